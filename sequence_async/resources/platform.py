"""The resources of :class:`~sequence_async.PlatformClient`. The reference: https://app.getsequence.io/api/platform/."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime
from typing import Any

from sequence_async._core.arguments import check_id, check_ids
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
from sequence_async.pager import Pager
from sequence_async.resources.resource import Resource
from sequence_async.waiters import follow


class Accounts(Resource):
    """Income sources, pods and connected external accounts."""

    def list(
        self,
        *,
        type: platform.AccountType | str | None = None,  # noqa: A002 - the API's word
        state: platform.AccountState | str | None = None,
        page_size: int | None = None,
    ) -> Pager[platform.AccountSummary]:
        """List the accounts, without their balances. ``page_size``: 1 to 100, the API's default is 10.

        Scope: ``READ_ACCOUNTS``.
        """
        return Pager(self._caller, operations.LIST_ACCOUNTS, {"type": type, "state": state, "pageSize": page_size})

    async def get(self, account_id: str) -> platform.Account:
        """Read one account with its balance.

        Scope: ``READ_ACCOUNTS``.
        """
        return (await self._caller.call(operations.GET_ACCOUNT, path={"id": account_id})).data

    def transfers(
        self,
        account_id: str,
        *,
        account_role: platform.AccountRole | str | None = None,
        direction: platform.TransferDirection | str | None = None,
        origin: platform.TransferOrigin | str | None = None,
        status: platform.TransferStatus | str | None = None,
        execution_mode: platform.ListMode | str | None = None,
        rule_execution_id: str | None = None,
        created_from: datetime | None = None,
        created_to: datetime | None = None,
        page_size: int | None = None,
    ) -> Pager[platform.Transfer]:
        """List the transfers of one account, newest first. ``page_size``: 1 to 100, the API's default is 10.

        Simulated ones are left out unless ``execution_mode`` says ``SIMULATION`` or ``ALL``.

        Scope: ``READ_TRANSFERS``.
        """
        return Pager(
            self._caller,
            operations.LIST_ACCOUNT_TRANSFERS,
            {
                "accountRole": account_role,
                "direction": direction,
                "origin": origin,
                "status": status,
                "executionMode": execution_mode,
                "rule_execution_id": rule_execution_id,
                "from": created_from,
                "to": created_to,
                "pageSize": page_size,
            },
            path={"accountId": account_id},
        )

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
                return of_external_transactions(ExternalTransactions(self._caller).list([account_id], **window))
            case MovementKind.CARD_TRANSACTION:
                return of_card_transactions(CardTransactions(self._caller).list(account_id, **window))


class Transfers(Resource):
    """Movements of money between accounts."""

    def list(
        self,
        account_ids: Iterable[str],
        *,
        direction: platform.TransferDirection | str | None = None,
        origin: platform.TransferOrigin | str | None = None,
        status: platform.TransferStatus | str | None = None,
        execution_mode: platform.ListMode | str | None = None,
        rule_execution_id: str | None = None,
        created_from: datetime | None = None,
        created_to: datetime | None = None,
        page_size: int | None = None,
    ) -> Pager[platform.Transfer]:
        """List the transfers of one or more accounts, newest first. ``page_size``: 1 to 100, the API's default is 10.

        Simulated ones are left out unless ``execution_mode`` says ``SIMULATION`` or ``ALL``.

        Scope: ``READ_TRANSFERS``.
        """
        return Pager(
            self._caller,
            operations.LIST_TRANSFERS,
            {
                "accountIds[]": check_ids("account_ids", account_ids),
                "direction": direction,
                "origin": origin,
                "status": status,
                "executionMode": execution_mode,
                "rule_execution_id": rule_execution_id,
                "from": created_from,
                "to": created_to,
                "pageSize": page_size,
            },
        )

    async def get(self, transfer_id: str) -> platform.Transfer:
        """Read one transfer.

        Scope: ``READ_TRANSFERS``.
        """
        return (await self._caller.call(operations.GET_TRANSFER, path={"id": transfer_id})).data

    async def create(
        self,
        *,
        source_account_id: str,
        destination_account_id: str,
        amount_in_cents: int,
        description: str | None = None,
        simulation: bool | None = None,
        idempotency_key: str | None = None,
    ) -> platform.Transfer:
        """Move money, 100 cents at least. The answer comes before the money has moved: follow it with :meth:`wait`.

        ``simulation=True`` plays it through without moving anything. ``description``: at most 10 letters, digits and
        spaces. Without an ``idempotency_key`` a fresh one is made; it is on every attempt, and on the error if there is
        one. A dry run and the real thing are two requests: give them two keys.

        Scope: ``MANUAL_TRANSFER`` for this pair of accounts.

        Raises:
            ArgumentError: nothing was sent; the message names the argument and the rule.
            SequenceError: look at ``in_doubt`` before you do anything else.

        """
        body = platform.CreateTransferRequest(
            source_account_id=source_account_id,
            destination_account_id=destination_account_id,
            amount_in_cents=amount_in_cents,
            description=description,
            simulation=simulation,
        )
        response = await self._caller.call(operations.CREATE_TRANSFER, body=body, idempotency_key=idempotency_key)
        return response.data

    async def wait(self, transfer_id: str, *, timeout: float = 300.0) -> platform.Transfer:  # noqa: ASYNC109 - see waiters
        """Wait until no further change of the transfer is expected, whether it went well or not: look at ``status``.

        A transfer that waits for approval is waited for: somebody may still act. ``timeout`` in seconds.

        Scope: ``READ_TRANSFERS``.

        Raises:
            WaitTimeoutError: the time is over; ``last`` is the transfer as it was seen last.

        """
        path = {"id": check_id("transfer_id", transfer_id)}
        return await follow(self._caller, operations.GET_TRANSFER, path, f"Transfer {transfer_id}", timeout)


class ExternalTransactions(Resource):
    """What banks report for connected external accounts, whether or not Sequence moved it."""

    def list(
        self,
        account_ids: Iterable[str],
        *,
        direction: platform.TransactionDirection | str | None = None,
        status: platform.ExternalTransactionStatus | str | None = None,
        created_from: datetime | None = None,
        created_to: datetime | None = None,
        page_size: int | None = None,
    ) -> Pager[platform.ExternalTransaction]:
        """List the transactions of one or more external accounts. ``page_size``: 1 to 100, the API's default is 10.

        ``created_from``: at most 90 days back. A start at that edge is moved by seconds, so as to be within it still
        when the request arrives.

        Scope: ``READ_TRANSFERS``.
        """
        return Pager(
            self._caller,
            operations.LIST_EXTERNAL_TRANSACTIONS,
            {
                "accountIds[]": check_ids("account_ids", account_ids),
                "direction": direction,
                "status": status,
                "from": created_from,
                "to": created_to,
                "pageSize": page_size,
            },
        )


class CardTransactions(Resource):
    """What was paid with the cards of a pod, and paid back. Sequence calls them coming soon in one place."""

    def list(
        self,
        account_id: str,
        *,
        card_id: str | None = None,
        created_from: datetime | None = None,
        created_to: datetime | None = None,
        page_size: int | None = None,
    ) -> Pager[platform.CardTransaction]:
        """List the card transactions of a pod. ``page_size``: 1 to 100, the API's default is 10.

        Scope: ``READ_TRANSFERS``.
        """
        return Pager(
            self._caller,
            operations.LIST_CARD_TRANSACTIONS,
            {
                "accountId": check_id("account_id", account_id),
                "cardId": card_id,
                "from": created_from,
                "to": created_to,
                "pageSize": page_size,
            },
        )


class AuditLogs(Resource):
    """Which key called what."""

    def list(
        self,
        *,
        api_key_id: str | None = None,
        action: platform.AuditLogAction | str | None = None,
        created_from: datetime | None = None,
        created_to: datetime | None = None,
        page_size: int | None = None,
    ) -> Pager[platform.AuditLogEntry]:
        """List the calls that the organization's keys made. ``page_size``: 1 to 100, the API's default is 10.

        ``created_from``: at most 90 days back. A start at that edge is moved by seconds, so as to be within it still
        when the request arrives.

        Scope: ``READ_AUDIT_LOGS``.
        """
        return Pager(
            self._caller,
            operations.LIST_AUDIT_LOGS,
            {
                "apiKeyId": api_key_id,
                "action": action,
                "from": created_from,
                "to": created_to,
                "pageSize": page_size,
            },
        )
