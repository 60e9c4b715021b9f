# Generated from openapi/platform.yaml 1.0.0 (SHA-256 c7f43161ed85185a2853d25ce2b0b63e71e4b3d6acec5cf7607e26baa5839aab) by `python -m codegen`; do not edit.
"""The resources of Sequence platform API v1: a method for each operation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sequence_async._core.arguments import check_ids
from sequence_async._endpoints._runtime import Resource
from sequence_async.models import platform
from sequence_async.operations import platform as operations
from sequence_async.pager import Pager

__all__ = ["RESOURCES", "Accounts", "AuditLogs", "CardTransactions", "ExternalTransactions", "Rules", "Transfers"]


class Accounts(Resource):
    """Income sources, pods and connected external accounts."""

    def list(
        self,
        *,
        type: platform.AccountType | str | None = None,
        state: platform.AccountState | str | None = None,
        page_size: int | None = None,
    ) -> Pager[platform.AccountSummary]:
        """List the accounts of the organization.

        Gives summaries, without balances.

        Args:
            type: Only accounts of this type.
            state: Whether accounts that were removed are listed too; only active ones when not given.
            page_size: How many items the API returns per page. From 1 to 100. Default: 10.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key may not do this, or the rule cannot be used this way.
            SequenceError: Any other failure.

        Scope: ``READ_ACCOUNTS``. Source: https://app.getsequence.io/api/platform/
        """
        return Pager(self._caller, operations.LIST_ACCOUNTS, {"type": type, "state": state, "pageSize": page_size})

    async def get(self, account_id: str) -> platform.Account:
        """Read one account with its balance.

        An external balance is read from the bank about once a banking day; ``balance_last_updated_at`` says when. The
        account and routing numbers are given in full.

        Args:
            account_id: The account's id.

        Returns:
            The account.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ForbiddenError: The key may not do this, or the rule cannot be used this way.
            NotFoundError: There is no such thing, or it was created so recently that it cannot be read yet.
            SequenceError: Any other failure.

        Scope: ``READ_ACCOUNTS``. Source: https://app.getsequence.io/api/platform/
        """
        response = await self._caller.call(operations.GET_ACCOUNT, path={"id": account_id})
        return response.data

    def transfers(
        self,
        account_id: str,
        *,
        account_role: platform.AccountRole | str | None = None,
        direction: platform.TransferDirection | str | None = None,
        status: platform.TransferStatus | str | None = None,
        execution_mode: platform.ListMode | str | None = None,
        created_from: datetime | None = None,
        created_to: datetime | None = None,
        origin: platform.TransferOrigin | str | None = None,
        rule_execution_id: str | None = None,
        page_size: int | None = None,
    ) -> Pager[platform.Transfer]:
        """List the transfers of one account.

        Newest first.

        Args:
            account_id: The account whose transfers are wanted.
            account_role: On which side of the transfer the account must stand; either side when not given.
            direction: Only transfers of this direction.
            status: Only transfers in this state.
            execution_mode: Whether real or simulated transfers are wanted; only real ones when not given.
            created_from: Only transfers created at or after this time. An aware ``datetime``.
            created_to: Only transfers created at or before this time. An aware ``datetime``.
            origin: Only transfers that began this way.
            rule_execution_id: Only transfers that this run of a rule made. The one name in this API that is written
                this way.
            page_size: How many items the API returns per page. From 1 to 100. Default: 10.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key may not do this, or the rule cannot be used this way.
            NotFoundError: There is no such thing, or it was created so recently that it cannot be read yet.
            SequenceError: Any other failure.

        Scope: ``READ_TRANSFERS``. Source: https://app.getsequence.io/api/platform/
        """
        return Pager(
            self._caller,
            operations.LIST_ACCOUNT_TRANSFERS,
            {
                "accountRole": account_role,
                "direction": direction,
                "status": status,
                "executionMode": execution_mode,
                "from": created_from,
                "to": created_to,
                "origin": origin,
                "rule_execution_id": rule_execution_id,
                "pageSize": page_size,
            },
            path={"accountId": account_id},
        )


class Transfers(Resource):
    """Movements of money between accounts."""

    def list(
        self,
        account_ids: Iterable[str],
        *,
        direction: platform.TransferDirection | str | None = None,
        status: platform.TransferStatus | str | None = None,
        execution_mode: platform.ListMode | str | None = None,
        created_from: datetime | None = None,
        created_to: datetime | None = None,
        origin: platform.TransferOrigin | str | None = None,
        rule_execution_id: str | None = None,
        page_size: int | None = None,
    ) -> Pager[platform.Transfer]:
        """List the transfers of one or more accounts.

        Newest first.

        Args:
            account_ids: The accounts that are meant, one or more, each written as ``accountIds[]=…``.
            direction: Only transfers of this direction.
            status: Only transfers in this state.
            execution_mode: Whether real or simulated transfers are wanted; only real ones when not given.
            created_from: Only transfers created at or after this time. An aware ``datetime``.
            created_to: Only transfers created at or before this time. An aware ``datetime``.
            origin: Only transfers that began this way.
            rule_execution_id: Only transfers that this run of a rule made. The one name in this API that is written
                this way.
            page_size: How many items the API returns per page. From 1 to 100. Default: 10.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key may not do this, or the rule cannot be used this way.
            SequenceError: Any other failure.

        Scope: ``READ_TRANSFERS``. Source: https://app.getsequence.io/api/platform/
        """
        return Pager(
            self._caller,
            operations.LIST_TRANSFERS,
            {
                "accountIds[]": check_ids("account_ids", account_ids),
                "direction": direction,
                "status": status,
                "executionMode": execution_mode,
                "from": created_from,
                "to": created_to,
                "origin": origin,
                "rule_execution_id": rule_execution_id,
                "pageSize": page_size,
            },
        )

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
        """Move money from one account to another.

        The answer comes before the money has moved: read the transfer again until it is settled. One entry of the key's
        ``MANUAL_TRANSFER`` scope must name this pair of accounts, and where that entry has a ``max_amount`` the amount
        must stay within it.

        Args:
            source_account_id: The account that the money is taken from.
            destination_account_id: The account that the money goes to.
            amount_in_cents: How much to move, in cents; at least 100.
            description: A word for the bank statement; at most 10 letters, digits and spaces.
            simulation: Whether to play the transfer through without moving money; false when not given.
            idempotency_key: Every attempt carries this key, and the API carries out the call once for it. Default: a
                new key. If the call fails, read it from ``error.idempotency_key``.

        Returns:
            The transfer as it was accepted.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key may not do this, or the rule cannot be used this way.
            ConflictError: The first request with this key has not ended yet; wait briefly and repeat it with the same
                key.
            SequenceError: Any other failure. Check ``in_doubt`` before you call again.

        Scope: ``MANUAL_TRANSFER``. Source: https://app.getsequence.io/api/platform/
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

    async def get(self, transfer_id: str) -> platform.Transfer:
        """Read one transfer.

        A transfer that was created a moment ago may not be found yet.

        Args:
            transfer_id: The transfer's id.

        Returns:
            The transfer.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ForbiddenError: The key may not do this, or the rule cannot be used this way.
            NotFoundError: There is no such thing, or it was created so recently that it cannot be read yet.
            SequenceError: Any other failure.

        Scope: ``READ_TRANSFERS``. Source: https://app.getsequence.io/api/platform/
        """
        response = await self._caller.call(operations.GET_TRANSFER, path={"id": transfer_id})
        return response.data


class Rules(Resource):
    """The automations of an organization, and their runs."""

    def list(self, *, source_id: str | None = None, page_size: int | None = None) -> Pager[platform.RuleSummary]:
        """List the rules of the organization.

        Gives summaries, without triggers and steps.

        Args:
            source_id: Only rules whose source is this account.
            page_size: How many items the API returns per page. From 1 to 100. Default: 10.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key may not do this, or the rule cannot be used this way.
            SequenceError: Any other failure.

        Scope: ``READ_RULES``. Source: https://app.getsequence.io/api/platform/
        """
        return Pager(self._caller, operations.LIST_RULES, {"sourceId": source_id, "pageSize": page_size})

    async def create(
        self, draft: platform.RuleDraft | Mapping[str, Any], *, idempotency_key: str | None = None
    ) -> platform.Rule:
        """Write a new rule (coming soon).

        A new rule is always disabled: somebody has to look at it and enable it in the app before it can run. An account
        can be watched by one rule only.

        The published reference does not list this operation.

        Args:
            draft: The rule to create.
            idempotency_key: Every attempt carries this key, and the API carries out the call once for it. Default: a
                new key. If the call fails, read it from ``error.idempotency_key``.

        Returns:
            The rule as it was written.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ComingSoonError: The client was made without ``preview={"createRule"}``. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key may not do this, or the rule cannot be used this way.
            ConflictError: The first request with this key has not ended yet; wait briefly and repeat it with the same
                key.
            SequenceError: Any other failure. Check ``in_doubt`` before you call again.

        Scope: ``CREATE_AND_EDIT_RULES``. Source:
        https://github.com/getsequence/sequence-agentic/blob/main/skills/create-rule/SKILL.md
        """
        response = await self._caller.call(operations.CREATE_RULE, body=draft, idempotency_key=idempotency_key)
        return response.data

    async def get(self, rule_id: str) -> platform.Rule:
        """Read one rule with its trigger and steps.

        A rule whose summary says ``is_supported`` false cannot be read; the answer is 403 with ``INVALID_RULE``.

        Args:
            rule_id: The rule's id.

        Returns:
            The rule.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ForbiddenError: The key may not do this, or the rule cannot be used this way.
            NotFoundError: There is no such thing, or it was created so recently that it cannot be read yet.
            SequenceError: Any other failure.

        Scope: ``READ_RULES``. Source: https://app.getsequence.io/api/platform/
        """
        response = await self._caller.call(operations.GET_RULE, path={"id": rule_id})
        return response.data

    async def delete(self, rule_id: str, *, idempotency_key: str | None = None) -> None:
        """Take a rule out of use (coming soon).

        Concluded from api/v1, which has this operation; nothing shows it for this API.

        The published reference does not list this operation.

        Args:
            rule_id: The rule's id.
            idempotency_key: Every attempt carries this key, and the API carries out the call once for it. Default: a
                new key. If the call fails, read it from ``error.idempotency_key``.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ComingSoonError: The client was made without ``preview={"deleteRule"}``. No request was sent.
            ForbiddenError: The key may not do this, or the rule cannot be used this way.
            NotFoundError: There is no such thing, or it was created so recently that it cannot be read yet.
            ConflictError: The first request with this key has not ended yet; wait briefly and repeat it with the same
                key.
            SequenceError: Any other failure. Check ``in_doubt`` before you call again.

        Scope: ``CREATE_AND_EDIT_RULES``. Source:
        https://github.com/getsequence/sequence-agentic/blob/main/skills/create-rule/SKILL.md
        """
        await self._caller.call(operations.DELETE_RULE, path={"id": rule_id}, idempotency_key=idempotency_key)

    async def update(
        self, rule_id: str, draft: platform.RuleDraft | Mapping[str, Any], *, idempotency_key: str | None = None
    ) -> platform.Rule:
        """Change a rule (coming soon).

        Only other people's clients show this path and method. The whole draft is sent; a changed rule has to be enabled
        in the app again.

        The published reference does not list this operation.

        Args:
            rule_id: The rule's id.
            draft: The rule that replaces the present one, in full.
            idempotency_key: Every attempt carries this key, and the API carries out the call once for it. Default: a
                new key. If the call fails, read it from ``error.idempotency_key``.

        Returns:
            The rule as it is now.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ComingSoonError: The client was made without ``preview={"updateRule"}``. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key may not do this, or the rule cannot be used this way.
            NotFoundError: There is no such thing, or it was created so recently that it cannot be read yet.
            ConflictError: The first request with this key has not ended yet; wait briefly and repeat it with the same
                key.
            SequenceError: Any other failure. Check ``in_doubt`` before you call again.

        Scope: ``CREATE_AND_EDIT_RULES``. Source:
        https://github.com/getsequence/sequence-agentic/blob/main/skills/create-rule/SKILL.md
        """
        response = await self._caller.call(
            operations.UPDATE_RULE, path={"id": rule_id}, body=draft, idempotency_key=idempotency_key
        )
        return response.data

    async def trigger(
        self,
        rule_id: str,
        *,
        execute_amount: int | None = None,
        simulation: bool | None = None,
        idempotency_key: str | None = None,
    ) -> platform.TriggeredRule:
        """Run a rule now.

        The answer names the execution, which is then read, less and less often, until it has ended. A rule that is
        disabled is answered with 403 and ``RULE_DEACTIVATED``.

        Args:
            rule_id: The rule's id.
            execute_amount: The amount to work with, in cents, where an action derives its own from one; a fixed amount
                stays as it is.
            simulation: Whether to play the run through without moving money; false when not given.
            idempotency_key: Every attempt carries this key, and the API carries out the call once for it. Default: a
                new key. If the call fails, read it from ``error.idempotency_key``.

        Returns:
            Where to follow the run.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key may not do this, or the rule cannot be used this way.
            NotFoundError: There is no such thing, or it was created so recently that it cannot be read yet.
            ConflictError: The first request with this key has not ended yet; wait briefly and repeat it with the same
                key.
            SequenceError: Any other failure. Check ``in_doubt`` before you call again.

        Scope: ``TRIGGER_RULES``. Source: https://app.getsequence.io/api/platform/
        """
        body = platform.TriggerRuleRequest(execute_amount=execute_amount, simulation=simulation)
        response = await self._caller.call(
            operations.TRIGGER_RULE, path={"id": rule_id}, body=body, idempotency_key=idempotency_key
        )
        return response.data

    def executions(
        self,
        rule_id: str,
        *,
        status: platform.RuleExecutionStatus | str | None = None,
        trigger_type: platform.ExecutionTriggerType | str | None = None,
        execution_mode: platform.ListMode | str | None = None,
        created_from: datetime | None = None,
        created_to: datetime | None = None,
        page_size: int | None = None,
    ) -> Pager[platform.RuleExecutionSummary]:
        """List the runs of one rule.

        Newest first.

        Args:
            rule_id: The rule that ran.
            status: Only runs in this state.
            trigger_type: Only runs that were started this way.
            execution_mode: Whether real or simulated runs are wanted; only real ones when not given.
            created_from: Only runs created at or after this time. An aware ``datetime``.
            created_to: Only runs created at or before this time. An aware ``datetime``.
            page_size: How many items the API returns per page. From 1 to 100. Default: 10.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key may not do this, or the rule cannot be used this way.
            NotFoundError: There is no such thing, or it was created so recently that it cannot be read yet.
            SequenceError: Any other failure.

        Scope: ``READ_RULES``. Source: https://app.getsequence.io/api/platform/
        """
        return Pager(
            self._caller,
            operations.LIST_RULE_EXECUTIONS,
            {
                "status": status,
                "triggerType": trigger_type,
                "executionMode": execution_mode,
                "from": created_from,
                "to": created_to,
                "pageSize": page_size,
            },
            path={"ruleId": rule_id},
        )

    async def execution(self, rule_id: str, execution_id: str) -> platform.RuleExecution:
        """Read one run of a rule.

        Tells what started the run, how it ended and which transfers it made. A run that was started a moment ago may
        not be found yet.

        Args:
            rule_id: The rule that ran.
            execution_id: The run's id.

        Returns:
            The run.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ForbiddenError: The key may not do this, or the rule cannot be used this way.
            NotFoundError: There is no such thing, or it was created so recently that it cannot be read yet.
            SequenceError: Any other failure.

        Scope: ``READ_RULES``. Source: https://app.getsequence.io/api/platform/
        """
        response = await self._caller.call(operations.GET_RULE_EXECUTION, path={"ruleId": rule_id, "id": execution_id})
        return response.data


class ExternalTransactions(Resource):
    """Transactions that banks report for connected external accounts, whether or not Sequence made them."""

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
        """List what moved on external accounts.

        What the bank reports for connected accounts, whether or not Sequence moved it.

        Args:
            account_ids: The accounts that are meant, one or more, each written as ``accountIds[]=…``.
            direction: Only what came in, or only what went out.
            status: Only transactions in this state.
            created_from: Only transactions at or after this time. An aware ``datetime``. At most 90 days back; a start
                at this limit is moved by seconds, to be in range when the request arrives.
            created_to: Only transactions at or before this time. An aware ``datetime``.
            page_size: How many items the API returns per page. From 1 to 100. Default: 10.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key may not do this, or the rule cannot be used this way.
            SequenceError: Any other failure.

        Scope: ``READ_TRANSFERS``. Source: https://app.getsequence.io/api/platform/
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
    """Purchases and refunds on the cards of a pod. One page of the documentation calls them coming soon."""

    def list(
        self,
        account_id: str,
        *,
        card_id: str | None = None,
        created_from: datetime | None = None,
        created_to: datetime | None = None,
        page_size: int | None = None,
    ) -> Pager[platform.CardTransaction]:
        """List what was paid with the cards of one pod.

        The reference documents this path, and in another place calls card transactions coming soon.

        Args:
            account_id: The pod whose cards are meant.
            card_id: Only transactions of this card.
            created_from: Only transactions created at or after this time. An aware ``datetime``.
            created_to: Only transactions created at or before this time. An aware ``datetime``.
            page_size: How many items the API returns per page. From 1 to 100. Default: 10.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key may not do this, or the rule cannot be used this way.
            SequenceError: Any other failure.

        Scope: ``READ_TRANSFERS``. Source: https://app.getsequence.io/api/platform/
        """
        return Pager(
            self._caller,
            operations.LIST_CARD_TRANSACTIONS,
            {"accountId": account_id, "cardId": card_id, "from": created_from, "to": created_to, "pageSize": page_size},
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
        """List which keys called what.

        One entry for every call that a key of the organization made.

        Args:
            api_key_id: Only calls of this key.
            action: Only calls that did this. The reference does not list ``LIST_AUDIT_LOGS`` for this parameter.
            created_from: Only calls at or after this time. An aware ``datetime``. At most 90 days back; a start at this
                limit is moved by seconds, to be in range when the request arrives.
            created_to: Only calls at or before this time. An aware ``datetime``.
            page_size: How many items the API returns per page. From 1 to 100. Default: 10.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key may not do this, or the rule cannot be used this way.
            SequenceError: Any other failure.

        Scope: ``READ_AUDIT_LOGS``. Source: https://app.getsequence.io/api/platform/
        """
        return Pager(
            self._caller,
            operations.LIST_AUDIT_LOGS,
            {"apiKeyId": api_key_id, "action": action, "from": created_from, "to": created_to, "pageSize": page_size},
        )


RESOURCES: Final[Mapping[str, type[Resource]]] = MappingProxyType(
    {
        "accounts": Accounts,
        "transfers": Transfers,
        "rules": Rules,
        "external_transactions": ExternalTransactions,
        "card_transactions": CardTransactions,
        "audit_logs": AuditLogs,
    }
)
"""All of them, by the name of the client's attribute."""
