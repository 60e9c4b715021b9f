"""Double entry: every cent that one book gains, another loses, so that the books always add up to nothing."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from sequence_async.sandbox.entities import LedgerAccount


@dataclass(slots=True, frozen=True)
class Posting:
    """One movement between two books."""

    at_ms: int
    source: LedgerAccount
    destination: LedgerAccount
    amount_in_cents: int
    reference: str
    """The transfer, card transaction or opening balance that it stands for."""


class Ledger:
    """All books of an organization, and the two that stand for the rest of the world and for money on its way."""

    def __init__(self, *, journal: int = 10_000) -> None:
        self.outside = LedgerAccount("outside")
        """Employers, merchants, other people."""
        self.in_transit = LedgerAccount("in transit")
        """What has left one account and not yet reached another."""
        self.accounts: list[LedgerAccount] = [self.outside, self.in_transit]
        self.postings: deque[Posting] = deque(maxlen=journal)
        """The newest postings, oldest first."""
        self.posted = 0
        """How many postings there were in all."""

    def add(self, book: LedgerAccount) -> None:
        """Take in an empty book."""
        if book.cents:
            raise ValueError(f"{book.name!r} is not empty")
        self.accounts.append(book)

    def post(
        self, source: LedgerAccount, destination: LedgerAccount, amount_in_cents: int, *, at_ms: int, reference: str
    ) -> None:
        """Move cents from one book to another. Raises ``ValueError`` for anything but a positive number of cents."""
        if type(amount_in_cents) is not int or amount_in_cents <= 0:
            raise ValueError(f"a posting is a positive number of cents, not {amount_in_cents!r}")
        source.cents -= amount_in_cents
        destination.cents += amount_in_cents
        self.posted += 1
        self.postings.append(Posting(at_ms, source, destination, amount_in_cents, reference))

    def total_in_cents(self) -> int:
        """Add up all books, the outside world included; anything but 0 is a defect."""
        return sum(book.cents for book in self.accounts)
