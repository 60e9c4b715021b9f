"""The balances of :class:`~sequence_async.RemoteClient`, which come in one response."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sequence_async._transport.caller import Caller
from sequence_async.balances import TRANSIENT, AccountBalance, Deliver
from sequence_async.errors import NotFoundError
from sequence_async.models import remote
from sequence_async.operations import remote as operations


class RemoteBalances:
    """The source for the Remote API, which returns all balances in one response."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def read_all(
        self,
        account_ids: Sequence[str] | None,
        concurrency: int,  # noqa: ARG002 - part of the protocol
        deliver: Deliver,
        known: Collection[str] = (),
    ) -> None:
        """Read all accounts, and deliver the requested ones."""
        if account_ids is not None and not account_ids:
            return
        wanted = known if account_ids is None else account_ids
        try:
            accounts = (await self._caller.call(operations.LIST_ACCOUNTS)).data.accounts
        except TRANSIENT as error:
            if not wanted:
                raise
            for account_id in wanted:
                deliver(account_id, error)
            return
        found = {account.id: account for account in accounts}
        if account_ids is None:
            account_ids = list(found)
        for account_id in account_ids:
            deliver(account_id, _balance(found[account_id]) if account_id in found else _missing(account_id))


def _balance(account: remote.RemoteAccount) -> AccountBalance:
    balance = account.balance
    unread = balance.amount_in_dollars is None
    return AccountBalance(
        account_id=account.id,
        name=account.name,
        balance_in_cents=balance.amount_in_cents,
        is_liability=None,  # A credit card has the same type as a bank account.
        error=balance.error or ("The API returned no balance." if unread else None),
    )


def _missing(account_id: str) -> NotFoundError:
    error = NotFoundError(f"listAccounts: the response does not contain the account {account_id!r}.", status=404)
    error.operation = operations.LIST_ACCOUNTS.id
    return error
