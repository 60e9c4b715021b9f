"""Balances of platform/v1, which returns one per request and allows each key 100 requests per minute."""

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
    """Balances of many accounts. Reading takes one request per account, and one per hundred accounts to list them.

    The client's rate limit paces the requests. The wait for it is not part of the client's ``timeout``.
    :meth:`estimate` returns how long a snapshot takes at least. Before the first balance is read, the same estimate is
    logged and, if the client has ``on_event``, sent as a :class:`~sequence_async.SweepEvent`.
    """

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._accounts = _Accounts(caller)
        self._per_account = PerAccountSource(self._accounts.ids, self._accounts.read, self._announce)
        super().__init__(self._per_account)

    async def estimate(self, account_ids: Iterable[str] | int | None = None) -> float:
        """Return the least time that a snapshot of these accounts takes from now, in seconds.

        The estimate includes the rate limit, recent requests and requests that already wait. It does not include the
        API's response times.

        Args:
            account_ids: The accounts' IDs, or their number. Default: all accounts, which are listed first.

        Returns:
            Seconds. 0.0 if the rate limit causes no wait.

        Raises:
            ArgumentError: An ID is invalid, or the number is below 0.
            SequenceError: The accounts could not be listed.

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
        """Poll the balances, and yield an update for each account that changed.

        Pods and income sources are read every ``interval`` seconds. External accounts are read only every
        ``external_interval`` seconds, because Sequence reads them from the bank about once per day. If the call for an
        external account failed, it is read again in the next round.

        A round starts ``interval`` seconds after the start of the previous one, or when the previous one ends if it
        takes longer. A slow consumer gets only the latest update per account. A failed call yields an update with its
        ``error``, and the watch continues. Leaving the loop or closing the iterator stops the reads.

        Args:
            account_ids: The accounts' IDs. Default: all accounts, listed again in each round.
            interval: Seconds between the starts of two rounds.
            concurrency: The most reads at a time, 1 or more.
            only_changes: Whether to skip accounts that have not changed.
            external_interval: Seconds between two reads of an external account. Default: 21,600 (6 hours).

        Raises:
            ArgumentError: An ID or a number is invalid. Raised before the first read.
            SequenceError: Raised while you iterate, if the accounts cannot be listed and a retry would not help.

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
    """Lists accounts and reads their balances. Stores which of them are external."""

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
        balance = account.balance or platform.Balance(error="The API returned no balance.")
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
    """A source that skips external accounts until ``external_interval`` has passed."""

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
