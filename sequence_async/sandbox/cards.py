"""Debit cards and what is paid with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sequence_async.sandbox.entities import Account, Card, CardTransaction
from sequence_async.sandbox.registry import Registry

if TYPE_CHECKING:
    from sequence_async.sandbox.state import State


class Cards(Registry[Card]):
    """Every card of the organization."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._state = state

    def issue(
        self, account: Account, *, kind: str, status: str, holder: str, last_four: str, expires: str, created_ms: int
    ) -> Card:
        """Give a pod a card."""
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
        """Give the cards of a pod, in the order they were issued."""
        return [card for card in self.values() if card.account is account]

    def spend(self, card: Card, amount_in_cents: int, merchant: str) -> CardTransaction:
        """Pay with a card. Raises ``ValueError`` when it is not active or its pod holds too little."""
        if card.status != "ACTIVE":
            raise ValueError(f"card {card.id} is {card.status}")
        if amount_in_cents > card.account.cents:
            raise ValueError(f"{card.account.name!r} holds {card.account.cents} cents, not {amount_in_cents}")
        return self._book(card, amount_in_cents, merchant, refund=False)

    def refund(self, card: Card, amount_in_cents: int, merchant: str) -> CardTransaction:
        """Let a merchant give money back."""
        return self._book(card, amount_in_cents, merchant, refund=True)

    def record(self, card: Card, amount_in_cents: int, merchant: str, *, refund: bool, at_ms: int) -> CardTransaction:
        """Write an old transaction into the history; its money moved before the accounts were opened here."""
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

    def _book(self, card: Card, amount_in_cents: int, merchant: str, *, refund: bool) -> CardTransaction:
        ledger, now_ms = self._state.ledger, self._state.now_ms
        payer, payee = (ledger.outside, card.account) if refund else (card.account, ledger.outside)
        ledger.post(payer, payee, amount_in_cents, at_ms=now_ms, reference=card.id)
        return self.record(card, amount_in_cents, merchant, refund=refund, at_ms=now_ms)
