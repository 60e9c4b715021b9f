"""What :class:`~sequence_async.PlatformClient` does in more than one call. The methods of one call are generated."""

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
        """Read all movements of money on one account in one order, newest first.

        Transfers, what was paid by card (for a pod) and what the bank reports (for an external account, where a
        transfer of Sequence's shows up again, in the bank's words). Pages are read when their turn comes.

        Args:
            account_id: The account.
            kinds: Which movements; default those that an account of its type has, which costs one call to find out.
            created_from: At most 90 days back, where external transactions are among them.
            created_to: The end, included.

        Scopes: ``READ_TRANSFERS``, and ``READ_ACCOUNTS`` unless ``kinds`` is given.

        Raises:
            ArgumentError: at once, for arguments that are none.
            SequenceError: while iterating.

        """
        check_id("account_id", account_id)

        def lists(chosen: Iterable[MovementKind]) -> Sequence[AsyncGenerator[Movement, None]]:
            return [self._list_of(kind, account_id, created_from, created_to) for kind in chosen]

        if kinds is not None:
            return merged(lists(check_kinds(kinds)))
        lists([MovementKind.TRANSFER])  # refuses wrong moments at once
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

    async def wait(self, transfer_id: str, *, timeout: float = 300.0) -> platform.Transfer:  # noqa: ASYNC109 - see waiters
        """Wait until no further change of the transfer is expected, whether it went well or not: look at ``status``.

        A transfer that waits for approval is waited for: somebody may still act. ``timeout`` in seconds.

        Scope: ``READ_TRANSFERS``.

        Raises:
            WaitTimeoutError: the time is over; ``last`` is the transfer as it was seen last.

        """
        path = {"id": check_id("transfer_id", transfer_id)}
        return await wait_until_settled(self._caller, operations.GET_TRANSFER, path, f"Transfer {transfer_id}", timeout)


RESOURCES: Final[Mapping[str, type[Resource]]] = MappingProxyType(
    {**endpoints.RESOURCES, "accounts": Accounts, "transfers": Transfers, "rules": Rules}
)
"""The resources of the client, by the name of its attribute."""
