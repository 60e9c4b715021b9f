"""Debit cards and their transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sequence_async.sandbox.entities import Account, Card, CardTransaction
from sequence_async.sandbox.registry import Registry

if TYPE_CHECKING:
    from sequence_async.sandbox.state import State


class Cards(Registry[Card]):
    """All cards of the organization."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._state = state

    def issue(
        self, account: Account, *, kind: str, status: str, holder: str, last_four: str, expires: str, created_ms: int
    ) -> Card:
        """Issue a card for a pod."""
        return self.add(
            Card(
                id=self._state.ids.make("card"),
                type=kind,
                status=status,
                last_four=last_four,
                holder=holder,
                expires=expires,
                account=account,
                created_ms=created_ms,
            )
        )

    def of(self, account: Account) -> list[Card]:
        """Return the cards of a pod, in the order of issue."""
        return [card for card in self.values() if card.account is account]

    def spend(self, card: Card, amount_in_cents: int, merchant: str) -> CardTransaction:
        """Pay with a card. Raises ``ValueError`` if it is not active or the balance of its pod is too low."""
        if card.status != "ACTIVE":
            raise ValueError(f"card {card.id} is {card.status}")
        if amount_in_cents > card.account.cents:
            raise ValueError(
                f"the balance of {card.account.name!r} is {card.account.cents} cents, less than {amount_in_cents}"
            )
        return self._post(card, amount_in_cents, merchant, refund=False)

    def refund(self, card: Card, amount_in_cents: int, merchant: str) -> CardTransaction:
        """Refund money to a card."""
        return self._post(card, amount_in_cents, merchant, refund=True)

    def record(self, card: Card, amount_in_cents: int, merchant: str, *, refund: bool, at_ms: int) -> CardTransaction:
        """Add a past transaction to the history. It moves no money, because opening balances already include it."""
        state = self._state
        transaction = CardTransaction(
            id=state.ids.make("ctx"),
            seq=state.next_seq(),
            card=card,
            refund=refund,
            amount_in_cents=amount_in_cents,
            description=merchant,
            created_ms=at_ms,
        )
        card.transactions.append(transaction)
        return transaction

    def _post(self, card: Card, amount_in_cents: int, merchant: str, *, refund: bool) -> CardTransaction:
        ledger, now_ms = self._state.ledger, self._state.now_ms
        payer, payee = (ledger.outside, card.account) if refund else (card.account, ledger.outside)
        ledger.post(payer, payee, amount_in_cents, at_ms=now_ms, reference=card.id)
        return self.record(card, amount_in_cents, merchant, refund=refund, at_ms=now_ms)
