"""Methods of :class:`~sequence_async.PlatformClient` that take several requests. The others are generated."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sequence_async._core.arguments import check_id
from sequence_async._endpoints import platform as endpoints
from sequence_async._endpoints._runtime import Resource
from sequence_async.models import platform
from sequence_async.movements import (
    Movement,
    MovementKind,
    check_kinds,
    kinds_of,
    merged,
    of_card_transactions,
    of_external_transactions,
    of_transfers,
)
from sequence_async.operations import platform as operations
from sequence_async.resources.platform_rules import Rules
from sequence_async.waiters import wait_until_settled


class Accounts(endpoints.Accounts):
    """Income sources, pods and connected external accounts."""

    def movements(
        self,
        account_id: str,
        *,
        kinds: Collection[MovementKind | str] | None = None,
        created_from: datetime | None = None,
        created_to: datetime | None = None,
    ) -> AsyncGenerator[Movement, None]:
        """Yield all money movements of one account, newest first.

        Movements are transfers, card transactions (of a pod) and the bank's transactions (of an external account). A
        transfer of an external account appears twice: as a transfer, and as a transaction of the bank. Pages are read
        when they are needed.

        Args:
            account_id: The account's ID.
            kinds: The kinds of movements. Default: those that its account type can have, which takes one request to
                read the account.
            created_from: Yield only movements at or after this time. An aware ``datetime``. At most 90 days back if
                external transactions are included.
            created_to: Yield only movements at or before this time. An aware ``datetime``.

        Raises:
            ArgumentError: An argument is invalid. Raised before the first read, or while you iterate if it depends on
                the account's type.
            SequenceError: Any other failure, raised while you iterate.

        Scopes: ``READ_TRANSFERS``, and ``READ_ACCOUNTS`` unless you pass ``kinds``.
        """
        check_id("account_id", account_id)

        def lists(chosen: Iterable[MovementKind]) -> Sequence[AsyncGenerator[Movement, None]]:
            return [self._list_of(kind, account_id, created_from, created_to) for kind in chosen]

        if kinds is not None:
            return merged(lists(check_kinds(kinds)))
        lists([MovementKind.TRANSFER])  # rejects invalid times before the first read
        return self._movements(account_id, lists)

    async def _movements(
        self,
        account_id: str,
        lists: Callable[[Iterable[MovementKind]], Sequence[AsyncGenerator[Movement, None]]],
    ) -> AsyncGenerator[Movement, None]:
        account = await self.get(account_id)
        async with aclosing(merged(lists(kinds_of(account.type)))) as movements:
            async for movement in movements:
                yield movement

    def _list_of(
        self,
        kind: MovementKind,
        account_id: str,
        created_from: datetime | None,
        created_to: datetime | None,
    ) -> AsyncGenerator[Movement, None]:
        window: Mapping[str, Any] = {"created_from": created_from, "created_to": created_to, "page_size": 100}
        match kind:
            case MovementKind.TRANSFER:
                return of_transfers(account_id, self.transfers(account_id, **window))
            case MovementKind.EXTERNAL_TRANSACTION:
                return of_external_transactions(
                    endpoints.ExternalTransactions(self._caller).list([account_id], **window)
                )
            case MovementKind.CARD_TRANSACTION:
                return of_card_transactions(endpoints.CardTransactions(self._caller).list(account_id, **window))


class Transfers(endpoints.Transfers):
    """Movements of money between accounts."""

    async def wait(self, transfer_id: str, *, timeout: float = 300.0) -> platform.Transfer:
        """Wait until a transfer reaches a final status.

        Waiting for approval is not a final status.

        Args:
            transfer_id: The transfer's ID.
            timeout: Seconds in total, including all polls.

        Returns:
            The transfer with its final status. It may have failed: check ``status``.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            WaitTimeoutError: The status is not final after ``timeout`` seconds. ``last`` is the last transfer read.
            SequenceError: A poll failed, and the failure is not transient.

        Scope: ``READ_TRANSFERS``. Source: https://app.getsequence.io/api/platform/
        """
        path = {"id": check_id("transfer_id", transfer_id)}
        return await wait_until_settled(self._caller, operations.GET_TRANSFER, path, f"Transfer {transfer_id}", timeout)


RESOURCES: Final[Mapping[str, type[Resource]]] = MappingProxyType(
    {**endpoints.RESOURCES, "accounts": Accounts, "transfers": Transfers, "rules": Rules}
)
"""The client's resources, by attribute name."""
