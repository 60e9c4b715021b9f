"""The balances of many accounts: once, or again and again.

Reads run concurrently, never more than asked for at a time. One account that fails spoils none of the others.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Coroutine, Iterable, Mapping, Sequence
from contextvars import Context
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Protocol, TypeAlias, cast

import attrs

from sequence_async._core.arguments import check_boolean, check_ids, check_integer, check_seconds
from sequence_async._decoders._runtime import unfrozen
from sequence_async._transport.concurrency import for_each
from sequence_async.errors import (
    ConfigurationError,
    NoResponseError,
    RateLimitedError,
    SequenceError,
    ServerError,
    UsageError,
)

_log = logging.getLogger("sequence_async")


@attrs.frozen(kw_only=True)
class AccountBalance:
    """What was read of one account. Amounts are in cents."""

    account_id: str
    name: str | None
    balance_in_cents: int | None
    """What is in the account, or owed on it; ``None`` when the API could not read it."""
    available_in_cents: int | None = None
    """What can be moved now, where the API says so."""
    is_liability: bool | None = None
    """Whether the balance is a debt, such as a credit card or a loan; ``None`` if the API does not report it."""
    error: str | None = None
    """Why the API could not read the balance."""
    updated_at: datetime | None = None
    """When the bank was last asked, where the API says so."""


@attrs.frozen(kw_only=True)
class BalanceSnapshot:
    """The balances of many accounts, read at about the same time. Amounts are in cents."""

    balances: Mapping[str, AccountBalance]
    """What was read, by account id."""
    errors: Mapping[str, SequenceError]
    """The calls that failed, by account id."""
    observed_at: datetime
    """When the last of them was read; aware, UTC."""
    reports_liabilities: bool = True
    """Whether the API reports which balances are debts. The Remote API does not."""

    @property
    def total_in_cents(self) -> int:
        """The sum of all balances that were read, in cents, without those that are known to be debts."""
        return sum(balance.balance_in_cents or 0 for balance in self.balances.values() if not balance.is_liability)

    @property
    def owed_in_cents(self) -> int | None:
        """The debt on all liabilities that were read, in cents; 0 if none was read.

        ``None`` if the API does not report liabilities, or if ``is_liability`` of any account is ``None``. Then
        ``total_in_cents`` may include debts.
        """
        if not self.reports_liabilities or any(one.is_liability is None for one in self.balances.values()):
            return None
        return sum(balance.balance_in_cents or 0 for balance in self.balances.values() if balance.is_liability)


@attrs.frozen(kw_only=True)
class BalanceUpdate:
    """News of one account. Amounts are in cents."""

    account_id: str
    name: str | None
    balance_in_cents: int | None
    """``None`` when it could not be read; ``error`` says why."""
    available_in_cents: int | None
    previous_in_cents: int | None
    """The balance in the update before this one; ``None`` in the first."""
    changed: bool
    """Whether anything differs from the update before this one. True in the first."""
    error: SequenceError | str | None
    """The call that failed, or the API's words for why it could not read the balance."""
    observed_at: datetime
    """When it was read; aware, UTC."""


# Thousands are made of each in a round, and filled the way decoders fill models: in 0.3 µs in place of 0.7.
unfilled_balance: Any = unfrozen(AccountBalance)
_unfilled_update: Any = unfrozen(BalanceUpdate)

TRANSIENT = (NoResponseError, ServerError, RateLimitedError)
"""Failures of a whole round after which the next one may go well."""

FATAL = (UsageError, ConfigurationError)
"""Failures that are no account's own: the client is closed, or lacks a credential."""

Reading: TypeAlias = AccountBalance | SequenceError
Deliver: TypeAlias = Callable[[str, Reading], None]


class BalanceSource(Protocol):
    """Where balances come from. Each API has one."""

    async def read_all(
        self,
        account_ids: Sequence[str] | None,
        concurrency: int,
        deliver: Deliver,
        known: Collection[str] = (),
    ) -> None:
        """Read these accounts (``None``: all), handing each reading over as it arrives.

        ``known`` are accounts that earlier sweeps of all found: they are read where listing fails for the moment.
        """
        ...


class PerAccountSource:
    """The source of an API that gives one balance a call.

    ``announce`` is told, before the first of them, how many accounts are about to be read.
    """

    def __init__(
        self,
        list_ids: Callable[[], Awaitable[Sequence[str]]],
        read: Callable[[str], Awaitable[AccountBalance]],
        announce: Callable[[int], None] | None = None,
    ) -> None:
        self._list_ids = list_ids
        self._read = read
        self._announce = announce

    async def read_all(
        self,
        account_ids: Sequence[str] | None,
        concurrency: int,
        deliver: Deliver,
        known: Collection[str] = (),
    ) -> None:
        """Read account by account, ``concurrency`` at a time. Nothing runs on when this ends."""
        ids = await self.all_ids(known) if account_ids is None else account_ids
        if ids and self._announce is not None:
            self._announce(len(ids))

        async def read(account_id: str) -> None:
            try:
                deliver(account_id, await self._read(account_id))
            except FATAL:
                raise
            except SequenceError as error:
                # It is kept, and its traceback would keep the whole call.
                deliver(account_id, error.with_traceback(None))

        await for_each(ids, read, min(concurrency, len(ids)))

    async def all_ids(self, known: Collection[str]) -> Collection[str]:
        """List the accounts; where that fails in passing, give those that are known."""
        try:
            return await self._list_ids()
        except TRANSIENT:
            if not known:
                raise
            return known


_IS_LIABILITY: Mapping[str, bool] = {
    "LIABILITY": True,
    "DEPOSITORY": False,
    "INVESTMENT": False,
    "POD": False,
    "pod": False,
    "INCOME_SOURCE": False,
    "income_source": False,
}


def is_liability(account_type: str, external_account_type: str | None) -> bool | None:
    """Return whether an account of these types is a debt; ``None`` if that does not follow from them.

    It does not for an external account without a type, and for a type that the API has added since this release.
    """
    return _IS_LIABILITY.get(external_account_type or account_type)


class Balances:
    """Reads the balances of many accounts."""

    def __init__(self, source: BalanceSource, *, reports_liabilities: bool = True) -> None:
        self._source = source
        self._reports_liabilities = reports_liabilities

    async def snapshot(self, account_ids: Iterable[str] | None = None, *, concurrency: int = 16) -> BalanceSnapshot:
        """Read the balances of these accounts (default: of all) once.

        An account whose balance the API cannot read is in ``balances`` with its ``error``; a call that failed is in
        ``errors``. Liabilities count in ``owed_in_cents``, everything else in ``total_in_cents``, both in cents. The
        Remote API does not report liabilities: ``owed_in_cents`` is ``None``, and debts count in ``total_in_cents``.

        Raises:
            ArgumentError: ids that are none, or a ``concurrency`` below 1.
            SequenceError: the accounts could not be listed.

        """
        ids = checked_ids(account_ids)
        check_integer("concurrency", concurrency, 1)
        balances: dict[str, AccountBalance] = {}
        errors: dict[str, SequenceError] = {}

        def deliver(account_id: str, reading: Reading) -> None:
            if isinstance(reading, SequenceError):
                errors[account_id] = reading
            else:
                balances[account_id] = reading

        await self._source.read_all(ids, concurrency, deliver)
        return BalanceSnapshot(
            balances=MappingProxyType(balances),
            errors=MappingProxyType(errors),
            observed_at=datetime.now(UTC),
            reports_liabilities=self._reports_liabilities,
        )

    def watch(
        self,
        account_ids: Iterable[str] | None = None,
        *,
        interval: float = 300.0,
        concurrency: int = 16,
        only_changes: bool = True,
    ) -> AsyncGenerator[BalanceUpdate, None]:
        """Read the balances again and again, and give an update for each account that changed.

        A round begins ``interval`` seconds after the one before began, or when that one has ended, if it takes longer.
        Whoever takes updates more slowly than they come gets the newest of each account. Leaving the loop, or closing
        the iterator, ends the reading. A call that fails gives an update with its ``error``; the watch goes on.

        Args:
            account_ids: The accounts; default all, listed anew in each round.
            interval: Seconds.
            concurrency: Reads under way at a time, at the most.
            only_changes: Whether to leave out accounts that are as they were.

        Raises:
            ArgumentError: at once, for ids or numbers that are none.
            SequenceError: while iterating, when the accounts cannot be listed and trying again would not help.

        """
        return watch(self._source, account_ids, interval, concurrency, only_changes=only_changes)


def watch(
    source: BalanceSource,
    account_ids: Iterable[str] | None,
    interval: float,
    concurrency: int,
    *,
    only_changes: bool,
) -> AsyncGenerator[BalanceUpdate, None]:
    """Check the arguments at once, and return what reads a source again and again; see :meth:`Balances.watch`."""
    ids = checked_ids(account_ids)
    check_seconds("interval", interval)
    check_integer("concurrency", concurrency, 1)
    check_boolean("only_changes", only_changes)
    watcher = UpdateQueue(only_changes=only_changes)
    return _watch(watcher, lambda: _rounds(source, ids, interval, concurrency, watcher.deliver))


def checked_ids(account_ids: Iterable[str] | None) -> list[str] | None:
    """Return the ids as a list, each once; ``None`` means all."""
    return None if account_ids is None else check_ids("account_ids", account_ids)


_NOTHING_YET = (None, None, None)


class UpdateQueue:
    """Keeps the newest reading of each account until the consumer takes it."""

    def __init__(self, *, only_changes: bool) -> None:
        self._only_changes = only_changes
        # A dict would be searched from its start for the oldest entry: 3.6 µs each where 10,000 wait, in place of 0.3.
        self._pending: OrderedDict[str, tuple[Reading, object, bool, datetime]] = OrderedDict()
        self._taken: dict[str, tuple[object, int | None, str | None]] = {}
        """What the last update of each account said: its state, and the last balance and name that were read."""
        self._news = asyncio.Event()
        self._over: BaseException | None = None

    def deliver(self, account_id: str, reading: Reading) -> None:
        """Take a reading; it replaces one of the same account that nobody took."""
        state = _state(reading)
        known = self._taken.get(account_id)
        changed = known is None or known[0] != state
        if self._only_changes and not changed:
            self._pending.pop(account_id, None)
            return
        # A newer reading takes the place of the older one in the queue: a busy account must not starve the others.
        self._pending[account_id] = (reading, state, changed, datetime.now(UTC))
        self._news.set()

    def end(self, reason: BaseException) -> None:
        """Say that there will be no more readings."""
        self._over = reason
        self._news.set()

    async def take(self) -> BalanceUpdate:
        """Wait for the next update."""
        while not self._pending:
            if self._over is not None:
                raise self._over
            self._news.clear()
            await self._news.wait()
        account_id, (reading, state, changed, observed_at) = self._pending.popitem(last=False)
        _, previous, name = self._taken.get(account_id, _NOTHING_YET)
        balance = available = None
        error: SequenceError | str | None
        if isinstance(reading, SequenceError):
            error = reading
        else:
            name, error = reading.name, reading.error
            balance, available = reading.balance_in_cents, reading.available_in_cents
        self._taken[account_id] = (state, previous if balance is None else balance, name)
        update = _unfilled_update()
        update.account_id = account_id
        update.name = name
        update.balance_in_cents = balance
        update.available_in_cents = available
        update.previous_in_cents = previous
        update.changed = changed
        update.error = error
        update.observed_at = observed_at
        update.__class__ = BalanceUpdate
        return cast("BalanceUpdate", update)


def _state(reading: Reading) -> object:
    """Return what an account is compared by."""
    if isinstance(reading, SequenceError):
        return type(reading)
    return reading.balance_in_cents, reading.available_in_cents, reading.error


async def _watch(
    watcher: UpdateQueue,
    rounds: Callable[[], Coroutine[None, None, None]],
) -> AsyncGenerator[BalanceUpdate, None]:
    # It outlives whatever awaits the first update, and must not keep that caller's context.
    reader = asyncio.get_running_loop().create_task(_run(watcher, rounds()), context=Context())
    try:
        while True:
            yield await watcher.take()
    finally:
        reader.cancel()
        await asyncio.gather(reader, return_exceptions=True)


async def _run(watcher: UpdateQueue, rounds: Coroutine[None, None, None]) -> None:
    try:
        await rounds
    except Exception as error:  # noqa: BLE001 - whatever ends the reading is raised where updates are taken
        watcher.end(error)


async def _rounds(
    source: BalanceSource,
    account_ids: Sequence[str] | None,
    interval: float,
    concurrency: int,
    deliver: Deliver,
) -> None:
    loop = asyncio.get_running_loop()
    known: dict[str, None] = {}

    def note(account_id: str, reading: Reading) -> None:
        known[account_id] = None
        deliver(account_id, reading)

    while True:
        began = loop.time()
        try:
            await source.read_all(account_ids, concurrency, note, tuple(known))
        except TRANSIENT as error:
            _log.warning("balances: a round failed (%s); the next one follows", type(error).__name__)
        await asyncio.sleep(max(0.0, began + interval - loop.time()))
