"""A double-entry ledger: each posting credits one account and debits another, so that the total is always 0."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from sequence_async.sandbox.entities import LedgerAccount


@dataclass(slots=True, frozen=True)
class Posting:
    """A movement of money between two ledger accounts."""

    at_ms: int
    source: LedgerAccount
    destination: LedgerAccount
    amount_in_cents: int
    reference: str
    """The ID of the transfer, card transaction or account (for its opening balance)."""


class Ledger:
    """The ledger accounts of an organization, plus one for the outside world and one for money in transit."""

    def __init__(self, *, kept_postings: int = 10_000) -> None:
        self.outside = LedgerAccount("outside")
        """The outside world: employers, merchants and other people."""
        self.in_transit = LedgerAccount("in transit")
        """Money that has left one account and not yet reached another."""
        self.accounts: list[LedgerAccount] = [self.outside, self.in_transit]
        self.postings: deque[Posting] = deque(maxlen=kept_postings)
        """The latest postings, oldest first."""
        self.posted = 0
        """The total number of postings."""

    def add(self, account: LedgerAccount) -> None:
        """Add an empty ledger account."""
        if account.cents:
            raise ValueError(f"{account.name!r} must have a balance of 0")
        self.accounts.append(account)

    def post(
        self, source: LedgerAccount, destination: LedgerAccount, amount_in_cents: int, *, at_ms: int, reference: str
    ) -> None:
        """Move cents between two ledger accounts. Raises ``ValueError`` if the amount is not a positive integer."""
        if type(amount_in_cents) is not int or amount_in_cents <= 0:
            raise ValueError(f"amount_in_cents must be a positive integer, not {amount_in_cents!r}")
        source.cents -= amount_in_cents
        destination.cents += amount_in_cents
        self.posted += 1
        self.postings.append(Posting(at_ms, source, destination, amount_in_cents, reference))

    def total_in_cents(self) -> int:
        """Return the sum of all ledger accounts. Any value other than 0 is a bug."""
        return sum(account.cents for account in self.accounts)
