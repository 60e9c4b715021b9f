"""Balances over platform/v1, where each of them costs a call, and a key has 100 calls a minute."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Collection, Iterable, Sequence

from sequence_async._core.arguments import check_integer, check_seconds
from sequence_async._transport.caller import Caller
from sequence_async.balances import (
    AccountBalance,
    Balances,
    BalanceUpdate,
    Deliver,
    PerAccountSource,
    Reading,
    checked_ids,
    is_liability,
    watch,
)
from sequence_async.models import platform
from sequence_async.operations import platform as operations
from sequence_async.pager import Pager

_PAGE_SIZE = 100


class PlatformBalances(Balances):
    """Reads the balances of many accounts: one call each, and one for every hundred that have to be listed.

    A sweep is paced by the client's rate limit, and takes as long as that says, whatever ``timeout`` the client has for
    a single call. :meth:`estimate` says how long; so do a log record and, if the client has ``on_event``, a
    :class:`~sequence_async.SweepEvent` before the first balance is read.
    """

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._accounts = _Accounts(caller)
        self._per_account = PerAccountSource(self._accounts.ids, self._accounts.read, self._announce)
        super().__init__(self._per_account)

    async def estimate(self, account_ids: Iterable[str] | int | None = None) -> float:
        """Return how many seconds a snapshot of these accounts must take at least, if it were begun now.

        That follows from the rate limit, and from the calls that were made lately or wait already. 0.0 means that
        nothing holds it up; each call still takes the time that the API needs for it.

        Args:
            account_ids: The accounts, or how many they are; default all, which lists them.

        Raises:
            ArgumentError: ids that are none, or a number below 0.
            SequenceError: the accounts could not be listed.

        """
        if account_ids is None:
            count = len(await self._accounts.ids())
            return self._least_seconds(count + max(1, -(-count // _PAGE_SIZE)))
        if isinstance(account_ids, int):
            return self._least_seconds(check_integer("account_ids", account_ids, 0))
        return self._least_seconds(len(checked_ids(account_ids) or ()))

    def watch(
        self,
        account_ids: Iterable[str] | None = None,
        *,
        interval: float = 300.0,
        concurrency: int = 16,
        only_changes: bool = True,
        external_interval: float = 21600.0,
    ) -> AsyncGenerator[BalanceUpdate, None]:
        """Read the balances again and again, and give an update for each account that changed.

        Calls are spent where they tell something: pods and income sources are read every ``interval`` seconds, external
        accounts only every ``external_interval`` (default 6 hours), since the bank is asked about once a day. An
        external account whose call failed is read again in the next round.

        A round begins ``interval`` seconds after the one before began, or when that one has ended, if it takes longer.
        Whoever takes updates more slowly than they come gets the newest of each account. Leaving the loop, or closing
        the iterator, ends the reading. A call that fails gives an update with its ``error``; the watch goes on.

        Args:
            account_ids: The accounts; default all, listed anew in each round.
            interval: Seconds.
            concurrency: Reads under way at a time, at the most.
            only_changes: Whether to leave out accounts that are as they were.
            external_interval: Seconds.

        Raises:
            ArgumentError: at once, for ids or numbers that are none.
            SequenceError: while iterating, when the accounts cannot be listed and trying again would not help.

        """
        every = check_seconds("external_interval", external_interval)
        source = _Unhurried(self._per_account, self._accounts, every)
        return watch(source, account_ids, interval, concurrency, only_changes=only_changes)

    def _least_seconds(self, calls: int) -> float:
        shared, now = self._caller.shared, asyncio.get_running_loop().time()
        if not calls:
            return 0.0
        paced = shared.bucket.seconds_for(calls, now) if shared.bucket is not None else 0.0
        return max(paced, shared.limits.cooldown_until - now, 0.0)

    def _announce(self, accounts: int) -> None:
        if self._caller.shared.bucket is None:
            return
        seconds = self._least_seconds(accounts)
        self._caller.shared.telemetry.sweep(operations.GET_ACCOUNT.id, accounts, seconds)


class _Accounts:
    """Lists accounts and reads their balances. Remembers which of them are external."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self.external: set[str] = set()

    async def ids(self) -> Sequence[str]:
        query = {"pageSize": _PAGE_SIZE}
        pager = Pager[platform.AccountSummary](self._caller, operations.LIST_ACCOUNTS, query, queued=True)
        accounts = await pager.collect()
        for account in accounts:
            self._note(account.id, account.type)
        return [account.id for account in accounts]

    async def read(self, account_id: str) -> AccountBalance:
        account = (await self._caller.call(operations.GET_ACCOUNT, path={"id": account_id}, queued=True)).data
        self._note(account_id, account.type)
        balance = account.balance or platform.Balance(error="The API gave no balance.")
        return AccountBalance(
            account_id=account_id,
            name=account.name,
            balance_in_cents=balance.balance_in_cents,
            available_in_cents=balance.available_balance_in_cents,
            is_liability=is_liability(account.type, account.external_account_type),
            error=balance.error,
            updated_at=balance.balance_last_updated_at,
        )

    def _note(self, account_id: str, kind: platform.AccountType) -> None:
        if kind == platform.AccountType.EXTERNAL_ACCOUNT:
            self.external.add(account_id)


class _Unhurried:
    """A source that passes external accounts over until their time has come."""

    def __init__(self, source: PerAccountSource, accounts: _Accounts, external_interval: float) -> None:
        self._source = source
        self._accounts = accounts
        self._external_interval = external_interval
        self._read_at: dict[str, float] = {}

    async def read_all(
        self,
        account_ids: Sequence[str] | None,
        concurrency: int,
        deliver: Deliver,
        known: Collection[str] = (),
    ) -> None:
        began = asyncio.get_running_loop().time()
        ids = await self._source.all_ids(known) if account_ids is None else account_ids

        def note(account_id: str, reading: Reading) -> None:
            if isinstance(reading, AccountBalance) and account_id in self._accounts.external:
                self._read_at[account_id] = began
            deliver(account_id, reading)

        await self._source.read_all([one for one in ids if self._is_due(one, began)], concurrency, note)

    def _is_due(self, account_id: str, now: float) -> bool:
        read_at = self._read_at.get(account_id)
        return read_at is None or now - read_at >= self._external_interval
