"""Transfers, from the request to settlement.

Money leaves the source when a transfer begins and is in transit until the transfer ends. Then it reaches the
destination or returns to the source. Transfers that wait for approval and simulated transfers hold no money.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from sequence_async.sandbox.clock import utc_datetime
from sequence_async.sandbox.entities import (
    CANCELLED,
    COMPLETE,
    ERROR,
    INCOMPLETE,
    PENDING,
    PENDING_APPROVAL,
    PROCESSING,
    Account,
    Execution,
    ExternalTransaction,
    LedgerAccount,
    Transfer,
)
from sequence_async.sandbox.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from sequence_async.sandbox.state import State

SMALLEST_IN_CENTS: Final = 100
_SATURDAY: Final = 5
_DAY_SECONDS: Final = 86_400.0


class Transfers(Registry[Transfer]):
    """All transfers of the organization."""

    def __init__(self, state: State, *, arrived: Callable[[Account, int, frozenset[str]], None]) -> None:
        super().__init__()
        self._state = state
        self._arrived = arrived
        """Called when money reaches an account, with the amount in cents and the rules that led to the transfer."""

    # Create

    def create(
        self,
        source: LedgerAccount,
        destination: LedgerAccount,
        amount_in_cents: int,
        *,
        origin: str = "USER",
        description: str | None = None,
        execution: Execution | None = None,
        simulation: bool = False,
        available: int | None = None,
    ) -> Transfer:
        """Create a transfer and begin it, unless it needs approval.

        ``available`` replaces the balance of the source: a simulated execution counts money that has not moved.
        """
        transfer = self._new(source, destination, amount_in_cents, origin, PROCESSING)
        transfer.description = description
        transfer.execution = execution
        transfer.simulation = simulation
        if execution is not None:
            execution.transfers.append(transfer)
        if execution is None and self._needs_approval(transfer):
            transfer.status = PENDING_APPROVAL
        else:
            self._begin(transfer, available)
        return transfer

    def arrive(
        self,
        source: LedgerAccount,
        account: Account,
        amount_in_cents: int,
        *,
        origin: str,
        description: str | None = None,
    ) -> Transfer:
        """Move money in from outside immediately, and start rules that wait for it.

        Raises ``ValueError`` if ``amount_in_cents`` is not a positive integer.
        """
        if type(amount_in_cents) is not int or amount_in_cents <= 0:
            raise ValueError(f"amount_in_cents must be a positive integer, not {amount_in_cents!r}")
        transfer = self._new(source, account, amount_in_cents, origin, PROCESSING)
        transfer.description = description
        self._take_money(transfer)
        self._complete(transfer)
        return transfer

    def record(
        self,
        source: LedgerAccount,
        destination: LedgerAccount,
        amount_in_cents: int,
        *,
        origin: str,
        status: str,
        at_ms: int,
    ) -> Transfer:
        """Add a past transfer to the history. It moves no money, because opening balances already include it."""
        transfer = self._new(source, destination, amount_in_cents, origin, status)
        transfer.created_ms = at_ms
        if status == COMPLETE:
            transfer.completed_ms = at_ms + round(self._duration(transfer) * 1000)
        return transfer

    def _new(
        self, source: LedgerAccount, destination: LedgerAccount, amount_in_cents: int, origin: str, status: str
    ) -> Transfer:
        state = self._state
        transfer = Transfer(
            id=state.ids.make("txr"),
            seq=state.next_seq(),
            source=source,
            destination=destination,
            amount_in_cents=amount_in_cents,
            direction=_direction(source, destination),
            origin=origin,
            status=status,
            created_ms=state.now_ms,
            hidden=state.settings.fresh_404,
        )
        for side in (source, destination):
            if isinstance(side, Account):
                side.transfers.append(transfer)
        return self.add(transfer)

    def _needs_approval(self, transfer: Transfer) -> bool:
        above = self._state.settings.approval_above
        source = transfer.source
        if transfer.simulation:
            return False
        return (above is not None and transfer.amount_in_cents > above) or (
            isinstance(source, Account) and source.needs_approval
        )

    # Progress

    def _begin(self, transfer: Transfer, available: int | None = None) -> None:
        transfer.final_error = self.error_for(transfer, available)
        if transfer.final_error is None and not transfer.simulation:
            self._take_money(transfer)
        if transfer.execution is not None and (transfer.final_error is not None or transfer.simulation):
            # A rule needs the result of an action immediately: the actions after it depend on it.
            self._end(transfer)
        elif self._state.settings.auto_settle:
            self._later(self._state.settings.internal_seconds, transfer)

    def _later(self, seconds: float, transfer: Transfer) -> None:
        self._state.scheduler.add(self._state.after(seconds), partial(self._step, transfer))

    def _step(self, transfer: Transfer) -> None:
        if transfer.settled:
            return
        rest = self._duration(transfer) - self._state.settings.internal_seconds
        if transfer.final_error is not None or transfer.simulation or transfer.status == PENDING or rest <= 0:
            self._end(transfer)
            return
        transfer.status = PENDING
        self._conclude(transfer)
        self._later(_past_weekend(self._state.now_ms, rest), transfer)

    def _end(self, transfer: Transfer) -> None:
        if transfer.final_error is None:
            self._complete(transfer)
        else:
            self._end_with_error(transfer, transfer.final_error)

    def _end_with_error(self, transfer: Transfer, code: str) -> None:
        transfer.error_code = code
        transfer.status = INCOMPLETE if code == "INSUFFICIENT_FUNDS" else ERROR
        self._conclude(transfer)

    @staticmethod
    def error_for(transfer: Transfer, available: int | None = None) -> str | None:
        """Return the error code of a transfer that cannot succeed, or ``None`` if it can.

        ``available`` replaces the balance of the source.
        """
        source, destination = transfer.source, transfer.destination
        if any(isinstance(side, Account) and side.deleted_ms is not None for side in (source, destination)):
            return "RESOURCE_DELETED"
        if any(isinstance(side, Account) and side.error is not None for side in (source, destination)):
            return "DISCONNECTED_ACCOUNT"
        if transfer.amount_in_cents < SMALLEST_IN_CENTS:
            return "TRANSFER_AMOUNT_LESS_THAN_ONE_DOLLAR"
        if isinstance(source, Account):
            held = source.cents if available is None else available
            if held < transfer.amount_in_cents:
                return "INSUFFICIENT_FUNDS"
        return None

    def _take_money(self, transfer: Transfer) -> None:
        transfer.held = True
        ledger = self._state.ledger
        ledger.post(
            transfer.source,
            ledger.in_transit,
            transfer.amount_in_cents,
            at_ms=self._state.now_ms,
            reference=transfer.id,
        )

    def _complete(self, transfer: Transfer) -> None:
        state = self._state
        transfer.status = COMPLETE
        transfer.completed_ms = state.now_ms
        if transfer.held:
            transfer.held = False
            state.ledger.post(
                state.ledger.in_transit,
                transfer.destination,
                transfer.amount_in_cents,
                at_ms=state.now_ms,
                reference=transfer.id,
            )
            self._write_feeds(transfer)
        self._conclude(transfer)
        destination = transfer.destination
        if transfer.simulation or not isinstance(destination, Account):
            return
        if destination.is_external:
            # Sequence sees the money at the next refresh of the balance.
            destination.received_in_cents += transfer.amount_in_cents
        else:
            chain = transfer.execution.chain if transfer.execution else frozenset[str]()
            self._arrived(destination, transfer.amount_in_cents, chain)

    @staticmethod
    def _conclude(transfer: Transfer) -> None:
        if transfer.execution is not None:
            transfer.execution.conclude()

    def _write_feeds(self, transfer: Transfer) -> None:
        for account, incoming in ((transfer.source, False), (transfer.destination, True)):
            if isinstance(account, Account) and account.is_external:
                self.write_feed(
                    account, transfer.amount_in_cents, incoming=incoming, text=transfer.description or "SEQUENCE"
                )

    def write_feed(self, account: Account, amount_in_cents: int, *, incoming: bool, text: str) -> ExternalTransaction:
        """Add a transaction to the feed of an external account. This moves no money."""
        state = self._state
        line = ExternalTransaction(
            id=state.ids.make("any"),
            seq=state.next_seq(),
            account=account,
            amount_in_cents=amount_in_cents,
            incoming=incoming,
            status=COMPLETE,
            description=text,
            created_ms=state.now_ms,
        )
        account.feed.append(line)
        return line

    def _duration(self, transfer: Transfer) -> float:
        settings = self._state.settings
        source, destination = transfer.source, transfer.destination
        seconds = 0.0
        if isinstance(source, Account) and source.is_external:
            seconds += settings.pull_seconds
        if isinstance(destination, Account) and destination.is_external:
            seconds += settings.liability_seconds if destination.is_liability else settings.push_seconds
        return seconds or settings.internal_seconds

    # Controls

    def approve(self, transfer: Transfer) -> None:
        """Begin a transfer that waits for approval. Raises ``ValueError`` if it does not wait."""
        if transfer.status != PENDING_APPROVAL:
            raise ValueError(f"transfer {transfer.id} is {transfer.status}, not {PENDING_APPROVAL}")
        transfer.status = PROCESSING
        self._begin(transfer)

    def cancel(self, transfer: Transfer) -> None:
        """Cancel a transfer and return its money to the source. Raises ``ValueError`` if it has settled."""
        self._stop(transfer, CANCELLED, None)

    def fail(self, transfer: Transfer, error_code: str) -> None:
        """Fail a transfer and return its money to the source. Raises ``ValueError`` if it has settled."""
        self._stop(transfer, INCOMPLETE if error_code == "INSUFFICIENT_FUNDS" else ERROR, error_code)

    def settle(self, transfer: Transfer) -> None:
        """Settle a transfer now, with the result that it would have later.

        Raises ``ValueError`` if it has settled or waits for approval.
        """
        if transfer.settled or transfer.status == PENDING_APPROVAL:
            raise ValueError(f"transfer {transfer.id} is {transfer.status}")
        self._end(transfer)

    def _stop(self, transfer: Transfer, status: str, error_code: str | None) -> None:
        if transfer.settled:
            raise ValueError(f"transfer {transfer.id} has already settled: its status is {transfer.status}")
        if transfer.held:
            transfer.held = False
            ledger = self._state.ledger
            ledger.post(
                ledger.in_transit,
                transfer.source,
                transfer.amount_in_cents,
                at_ms=self._state.now_ms,
                reference=transfer.id,
            )
        transfer.status, transfer.error_code = status, error_code
        self._conclude(transfer)


def _direction(source: LedgerAccount, destination: LedgerAccount) -> str:
    inside = [isinstance(side, Account) and not side.is_external for side in (source, destination)]
    if all(inside):
        return "INTERNAL"
    return "MONEY_IN" if inside[1] else "MONEY_OUT"


def _past_weekend(now_ms: int, seconds: float) -> float:
    """Extend a duration that would end on a weekend, when banks are closed, to Monday."""
    weekday = utc_datetime(now_ms + round(seconds * 1000)).weekday()
    return seconds if weekday < _SATURDAY else seconds + (7 - weekday) * _DAY_SECONDS
