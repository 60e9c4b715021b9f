# Generated from openapi/platform.yaml 1.0.0 (SHA-256 6ab6758fcdd4353fd1c62a183740d243229c5741b2d7ea20c9fae90ac39894f8) by `python -m codegen`; do not edit.
"""The resources of Sequence platform API v1: one method per operation."""

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
        """List the accounts of the organization, without their balances.

        ``accounts.get`` returns the balance of one account; ``balances.snapshot`` reads many.

        Args:
            type: Return only accounts of this type.
            state: Whether to include removed accounts. Default: only active accounts.
            page_size: Items per page. From 1 to 100. Default: 10.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource, or the rule cannot be used this way.
            SequenceError: Any other failure.

        Scope: ``READ_ACCOUNTS``. Source: https://app.getsequence.io/api/platform/
        """
        return Pager(self._caller, operations.LIST_ACCOUNTS, {"type": type, "state": state, "pageSize": page_size})

    async def get(self, account_id: str) -> platform.Account:
        """Read one account with its balance.

        Sequence reads an external balance from the bank about once per banking day; see ``balance_last_updated_at``.
        The response contains the full account and routing numbers.

        Args:
            account_id: The account's ID.

        Returns:
            The account.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ForbiddenError: The key lacks the scope for this resource, or the rule cannot be used this way.
            NotFoundError: The resource does not exist, or was created so recently that the API cannot find it yet.
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
        """List the transfers of one account, newest first.

        Card payments and the bank's own transactions are not included. ``accounts.movements`` reads them all.

        Args:
            account_id: The account's ID.
            account_role: Return only transfers with the account on this side. Default: either side.
            direction: Return only transfers with this direction.
            status: Return only transfers with this status.
            execution_mode: Whether to return live transfers, dry runs or both. Default: only live ones.
            created_from: Return only transfers created at or after this time. An aware ``datetime``.
            created_to: Return only transfers created at or before this time. An aware ``datetime``.
            origin: Return only transfers with this origin.
            rule_execution_id: Return only transfers of this rule execution.
            page_size: Items per page. From 1 to 100. Default: 10.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource, or the rule cannot be used this way.
            NotFoundError: The resource does not exist, or was created so recently that the API cannot find it yet.
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
        """List the transfers of one or more accounts, newest first.

        Card payments and the bank's own transactions are not included.

        Args:
            account_ids: The IDs of one or more accounts.
            direction: Return only transfers with this direction.
            status: Return only transfers with this status.
            execution_mode: Whether to return live transfers, dry runs or both. Default: only live ones.
            created_from: Return only transfers created at or after this time. An aware ``datetime``.
            created_to: Return only transfers created at or before this time. An aware ``datetime``.
            origin: Return only transfers with this origin.
            rule_execution_id: Return only transfers of this rule execution.
            page_size: Items per page. From 1 to 100. Default: 10.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource, or the rule cannot be used this way.
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

        The API responds before the money has moved. Call ``transfers.wait`` to wait for the final status. One entry of
        the key's ``MANUAL_TRANSFER`` scope must name this pair of accounts. If the entry has a ``max_amount``, the
        amount must not exceed it.

        Use one key for a dry run and another for the live transfer.

        Args:
            source_account_id: The ID of the account that the money comes from.
            destination_account_id: The ID of the account that the money goes to.
            amount_in_cents: The amount, in cents. At least 100.
            description: Text for the bank statement. At most 10 letters, digits and spaces.
            simulation: Whether to make a dry run, which moves no money. Default: false.
            idempotency_key: Sent with every attempt, so that the API executes the call only once. Default: a new key.
                After a failure, read it from ``error.idempotency_key``.

        Returns:
            The accepted transfer. Its status is not final.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource, or the rule cannot be used this way.
            ConflictError: The first request with this idempotency key is still running. Retry with the same key.
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

        The API may briefly return 404 for a transfer that was just created.

        Args:
            transfer_id: The transfer's ID.

        Returns:
            The transfer.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ForbiddenError: The key lacks the scope for this resource, or the rule cannot be used this way.
            NotFoundError: The resource does not exist, or was created so recently that the API cannot find it yet.
            SequenceError: Any other failure.

        Scope: ``READ_TRANSFERS``. Source: https://app.getsequence.io/api/platform/
        """
        response = await self._caller.call(operations.GET_TRANSFER, path={"id": transfer_id})
        return response.data


class Rules(Resource):
    """The organization's automations and their executions."""

    def list(self, *, source_id: str | None = None, page_size: int | None = None) -> Pager[platform.RuleSummary]:
        """List the rules of the organization, without triggers and steps.

        ``rules.get`` returns a rule in full.

        Args:
            source_id: Return only rules whose source is this account.
            page_size: Items per page. From 1 to 100. Default: 10.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource, or the rule cannot be used this way.
            SequenceError: Any other failure.

        Scope: ``READ_RULES``. Source: https://app.getsequence.io/api/platform/
        """
        return Pager(self._caller, operations.LIST_RULES, {"sourceId": source_id, "pageSize": page_size})

    async def create(
        self, draft: platform.RuleDraft | Mapping[str, Any], *, idempotency_key: str | None = None
    ) -> platform.Rule:
        """Create a rule (coming soon).

        A new rule is always disabled until a person enables it in the app. Only one rule can watch an account.

        The published reference does not list this operation.

        Args:
            draft: The rule to create.
            idempotency_key: Sent with every attempt, so that the API executes the call only once. Default: a new key.
                After a failure, read it from ``error.idempotency_key``.

        Returns:
            The new rule.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ComingSoonError: The client was made without ``preview={"createRule"}``. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource, or the rule cannot be used this way.
            ConflictError: The first request with this idempotency key is still running. Retry with the same key.
            SequenceError: Any other failure. Check ``in_doubt`` before you call again.

        Scope: ``CREATE_AND_EDIT_RULES``. Source:
        https://github.com/getsequence/sequence-agentic/blob/main/skills/create-rule/SKILL.md
        """
        response = await self._caller.call(operations.CREATE_RULE, body=draft, idempotency_key=idempotency_key)
        return response.data

    async def get(self, rule_id: str) -> platform.Rule:
        """Read one rule with its trigger and steps.

        If ``is_supported`` is false in the rule's summary, the rule cannot be read: the API returns 403 with
        ``INVALID_RULE``.

        Args:
            rule_id: The rule's ID.

        Returns:
            The rule.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ForbiddenError: The key lacks the scope for this resource, or the rule cannot be used this way.
            NotFoundError: The resource does not exist, or was created so recently that the API cannot find it yet.
            SequenceError: Any other failure.

        Scope: ``READ_RULES``. Source: https://app.getsequence.io/api/platform/
        """
        response = await self._caller.call(operations.GET_RULE, path={"id": rule_id})
        return response.data

    async def delete(self, rule_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete a rule (coming soon).

        Assumed from api/v1, which documents this operation.

        The published reference does not list this operation.

        Args:
            rule_id: The rule's ID.
            idempotency_key: Sent with every attempt, so that the API executes the call only once. Default: a new key.
                After a failure, read it from ``error.idempotency_key``.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ComingSoonError: The client was made without ``preview={"deleteRule"}``. No request was sent.
            ForbiddenError: The key lacks the scope for this resource, or the rule cannot be used this way.
            NotFoundError: The resource does not exist, or was created so recently that the API cannot find it yet.
            ConflictError: The first request with this idempotency key is still running. Retry with the same key.
            SequenceError: Any other failure. Check ``in_doubt`` before you call again.

        Scope: ``CREATE_AND_EDIT_RULES``. Source:
        https://github.com/getsequence/sequence-agentic/blob/main/skills/create-rule/SKILL.md
        """
        await self._caller.call(operations.DELETE_RULE, path={"id": rule_id}, idempotency_key=idempotency_key)

    async def update(
        self, rule_id: str, draft: platform.RuleDraft | Mapping[str, Any], *, idempotency_key: str | None = None
    ) -> platform.Rule:
        """Replace a rule (coming soon).

        Send the whole draft. A changed rule is disabled until a person enables it in the app. The path and the method
        are known only from other clients.

        The published reference does not list this operation.

        Args:
            rule_id: The rule's ID.
            draft: The complete rule that replaces the current one.
            idempotency_key: Sent with every attempt, so that the API executes the call only once. Default: a new key.
                After a failure, read it from ``error.idempotency_key``.

        Returns:
            The changed rule.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ComingSoonError: The client was made without ``preview={"updateRule"}``. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource, or the rule cannot be used this way.
            NotFoundError: The resource does not exist, or was created so recently that the API cannot find it yet.
            ConflictError: The first request with this idempotency key is still running. Retry with the same key.
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

        The API responds before the execution has ended. Call ``rules.wait`` to wait for it, or ``rules.run`` instead of
        this. For a disabled rule, the API returns 403 with ``RULE_DEACTIVATED``.

        Use one key for a dry run and another for the live execution.

        Args:
            rule_id: The rule's ID.
            execute_amount: The amount, in cents, that the rule's actions derive their amounts from. It does not change
                fixed amounts.
            simulation: Whether to make a dry run, which moves no money. Default: false.
            idempotency_key: Sent with every attempt, so that the API executes the call only once. Default: a new key.
                After a failure, read it from ``error.idempotency_key``.

        Returns:
            The ID of the execution that was started.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource, or the rule cannot be used this way.
            NotFoundError: The resource does not exist, or was created so recently that the API cannot find it yet.
            ConflictError: The first request with this idempotency key is still running. Retry with the same key.
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
        """List the executions of one rule, newest first.

        ``rules.execution`` returns an execution in full.

        Args:
            rule_id: The rule's ID.
            status: Return only executions with this status.
            trigger_type: Return only executions with this trigger type.
            execution_mode: Whether to return live executions, dry runs or both. Default: only live ones.
            created_from: Return only executions created at or after this time. An aware ``datetime``.
            created_to: Return only executions created at or before this time. An aware ``datetime``.
            page_size: Items per page. From 1 to 100. Default: 10.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource, or the rule cannot be used this way.
            NotFoundError: The resource does not exist, or was created so recently that the API cannot find it yet.
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
        """Read one execution of a rule.

        The execution includes what triggered it, its status and the IDs of its transfers. The API may briefly return
        404 for an execution that was just started.

        Args:
            rule_id: The rule's ID.
            execution_id: The execution's ID.

        Returns:
            The execution.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ForbiddenError: The key lacks the scope for this resource, or the rule cannot be used this way.
            NotFoundError: The resource does not exist, or was created so recently that the API cannot find it yet.
            SequenceError: Any other failure.

        Scope: ``READ_RULES``. Source: https://app.getsequence.io/api/platform/
        """
        response = await self._caller.call(operations.GET_RULE_EXECUTION, path={"ruleId": rule_id, "id": execution_id})
        return response.data


class ExternalTransactions(Resource):
    """Transactions that banks report for connected external accounts."""

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
        """List the transactions of one or more external accounts.

        Banks report these transactions, whether or not Sequence made them.

        Args:
            account_ids: The IDs of one or more accounts.
            direction: Return only transactions with this direction.
            status: Return only transactions with this status.
            created_from: Return only transactions at or after this time. An aware ``datetime``. At most 90 days back; a
                start at this limit is moved by seconds, to be in range when the request arrives.
            created_to: Return only transactions at or before this time. An aware ``datetime``.
            page_size: Items per page. From 1 to 100. Default: 10.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource, or the rule cannot be used this way.
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
    """Purchases and refunds on the cards of a pod."""

    def list(
        self,
        account_id: str,
        *,
        card_id: str | None = None,
        created_from: datetime | None = None,
        created_to: datetime | None = None,
        page_size: int | None = None,
    ) -> Pager[platform.CardTransaction]:
        """List the card transactions of one pod.

        The reference documents this path but elsewhere lists card transactions as coming soon.

        Args:
            account_id: The pod's ID.
            card_id: Return only transactions of this card.
            created_from: Return only transactions created at or after this time. An aware ``datetime``.
            created_to: Return only transactions created at or before this time. An aware ``datetime``.
            page_size: Items per page. From 1 to 100. Default: 10.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource, or the rule cannot be used this way.
            SequenceError: Any other failure.

        Scope: ``READ_TRANSFERS``. Source: https://app.getsequence.io/api/platform/
        """
        return Pager(
            self._caller,
            operations.LIST_CARD_TRANSACTIONS,
            {"accountId": account_id, "cardId": card_id, "from": created_from, "to": created_to, "pageSize": page_size},
        )


class AuditLogs(Resource):
    """Requests made with each API key."""

    def list(
        self,
        *,
        api_key_id: str | None = None,
        action: platform.AuditLogAction | str | None = None,
        created_from: datetime | None = None,
        created_to: datetime | None = None,
        page_size: int | None = None,
    ) -> Pager[platform.AuditLogEntry]:
        """List the API requests of the organization.

        Each entry is one request that was made with one of the organization's API keys.

        Args:
            api_key_id: Return only requests made with this API key.
            action: Return only requests with this action. The reference does not list ``LIST_AUDIT_LOGS`` here.
            created_from: Return only requests at or after this time. An aware ``datetime``. At most 90 days back; a
                start at this limit is moved by seconds, to be in range when the request arrives.
            created_to: Return only requests at or before this time. An aware ``datetime``.
            page_size: Items per page. From 1 to 100. Default: 10.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource, or the rule cannot be used this way.
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
"""All resources by the name of the client's attribute."""
