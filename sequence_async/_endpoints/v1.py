# Generated from openapi/v1.yaml 1.0.0 (SHA-256 a97065379c9f6122741a19189150f7fcc0fac04076ea31e49b9192017c15e233) by `python -m codegen`; do not edit.
"""The resources of Sequence API v1: one method per operation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sequence_async._endpoints._runtime import Resource
from sequence_async.models import v1
from sequence_async.operations import v1 as operations
from sequence_async.pager import Pager

__all__ = ["RESOURCES", "Accounts", "Cards", "RuleExecutions", "Rules", "Transfers"]


class Accounts(Resource):
    """Income sources, pods and connected external accounts."""

    def list(self, *, type: v1.AccountType | str | None = None) -> Pager[v1.AccountSummary]:
        """List all accounts of the organization, without their balances.

        One page contains every account. ``accounts.get`` returns the balance of one account; ``balances.snapshot``
        reads many.

        Args:
            type: Return only accounts of this type.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource.
            SequenceError: Any other failure.

        Scope: ``LIST_ACCOUNTS``. Source: https://cartesio.getsequence.io/docs/accounts/listAccounts
        """
        return Pager(self._caller, operations.LIST_ACCOUNTS, {"type": type})

    async def get(self, account_id: str) -> v1.Account:
        """Read one account with its balance.

        The key's ``READ_ACCOUNTS`` entry must include the account.

        Args:
            account_id: The account's ID, such as ``acc_01HGHI7890``.

        Returns:
            The account.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource.
            NotFoundError: The resource does not exist.
            SequenceError: Any other failure.

        Scope: ``READ_ACCOUNTS``. Source: https://cartesio.getsequence.io/docs/accounts/getAccount
        """
        response = await self._caller.call(operations.GET_ACCOUNT, path={"id": account_id})
        return response.data


class Transfers(Resource):
    """Movements of money between accounts."""

    def list(
        self,
        account_id: str,
        *,
        account_role: v1.AccountRole | str | None = None,
        direction: v1.TransferDirection | str | None = None,
        origin: v1.TransferOrigin | str | None = None,
        status: v1.TransferStatus | str | None = None,
        created_from: datetime | None = None,
        created_to: datetime | None = None,
        page_size: int | None = None,
    ) -> Pager[v1.Transfer]:
        """List the transfers of one account, newest first.

        Card payments are not included. The key's ``READ_TRANSFERS`` entry must include the account.

        Args:
            account_id: The account's ID.
            account_role: Return only transfers with the account on this side. Default: either side.
            direction: Return only transfers with this direction.
            origin: Return only transfers with this origin.
            status: Return only transfers with this status.
            created_from: Return only transfers created at or after this time. An aware ``datetime``.
            created_to: Return only transfers created at or before this time. An aware ``datetime``.
            page_size: Transfers per page. From 1 to 100. Default: 20.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource.
            SequenceError: Any other failure.

        Scope: ``READ_TRANSFERS``. Source: https://cartesio.getsequence.io/docs/transfers/listTransfers
        """
        return Pager(
            self._caller,
            operations.LIST_TRANSFERS,
            {
                "account_id": account_id,
                "account_role": account_role,
                "direction": direction,
                "origin": origin,
                "status": status,
                "from": created_from,
                "to": created_to,
                "first": page_size,
            },
        )

    async def create(
        self,
        *,
        source_account_id: str,
        destination_account_id: str,
        amount_in_cents: int,
        description: str | None = None,
        idempotency_key: str | None = None,
    ) -> v1.Transfer:
        """Move money from one account to another.

        The API responds before the money has moved. Call ``transfers.wait`` to wait for the final status. One entry of
        the key's ``MANUAL_TRANSFER`` scope must name this pair of accounts as ``source`` and ``target``. If the entry
        has a ``max_amount``, the amount must not exceed it.

        Args:
            source_account_id: The ID of the account that the money comes from.
            destination_account_id: The ID of the account that the money goes to.
            amount_in_cents: The amount, in cents. At least 1. The API's own minimum is not documented.
            description: Text for the bank statement. platform/v1 accepts at most 10 letters, digits and spaces.
            idempotency_key: Sent with every attempt, so that the API executes the call only once. Default: a new key.
                After a failure, read it from ``error.idempotency_key``.

        Returns:
            The accepted transfer. Its status is not final.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource.
            NotFoundError: The resource does not exist.
            ConflictError: The request conflicts with another one, such as one with the same idempotency key that is
                still running.
            SequenceError: Any other failure. Check ``in_doubt`` before you call again.

        Scope: ``MANUAL_TRANSFER``. Source: https://cartesio.getsequence.io/docs/transfers/createTransfer
        """
        body = v1.CreateTransferRequest(
            source_account_id=source_account_id,
            destination_account_id=destination_account_id,
            amount_in_cents=amount_in_cents,
            description=description,
        )
        response = await self._caller.call(operations.CREATE_TRANSFER, body=body, idempotency_key=idempotency_key)
        return response.data

    async def get(self, transfer_id: str) -> v1.Transfer:
        """Read one transfer.

        The key's ``READ_TRANSFERS`` entry must include its source or its destination.

        Args:
            transfer_id: The transfer's ID, such as ``txr_01HABC1111``.

        Returns:
            The transfer.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource.
            NotFoundError: The resource does not exist.
            SequenceError: Any other failure.

        Scope: ``READ_TRANSFERS``. Source: https://cartesio.getsequence.io/docs/transfers/getTransfer
        """
        response = await self._caller.call(operations.GET_TRANSFER, path={"id": transfer_id})
        return response.data


class Rules(Resource):
    """The organization's automations."""

    def list(self, *, source_id: str | None = None) -> Pager[v1.RuleSummary]:
        """List all rules of the organization, without their steps.

        One page contains every rule. ``rules.get`` returns a rule in full.

        Args:
            source_id: Return only rules whose source is this account.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource.
            SequenceError: Any other failure.

        Scope: ``LIST_RULES``. Source: https://cartesio.getsequence.io/docs/rules/listRules
        """
        return Pager(self._caller, operations.LIST_RULES, {"source_id": source_id})

    async def create(self, draft: v1.RuleDraft | Mapping[str, Any], *, idempotency_key: str | None = None) -> v1.Rule:
        """Create a rule (coming soon).

        A new rule is disabled until a person enables it in the app, regardless of the draft.

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
            ForbiddenError: The key lacks the scope for this resource.
            ConflictError: The request conflicts with another one, such as one with the same idempotency key that is
                still running.
            SequenceError: Any other failure. Check ``in_doubt`` before you call again.

        Scope: none documented. Source: https://cartesio.getsequence.io/docs/rules/createRule
        """
        response = await self._caller.call(operations.CREATE_RULE, body=draft, idempotency_key=idempotency_key)
        return response.data

    async def get(self, rule_id: str) -> v1.Rule:
        """Read one rule with its trigger and steps.

        The key's ``READ_RULES`` entry must include the rule.

        Args:
            rule_id: The rule's ID, such as ``rule_01HXYZ1234``.

        Returns:
            The rule.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource.
            NotFoundError: The resource does not exist.
            SequenceError: Any other failure.

        Scope: ``READ_RULES``. Source: https://cartesio.getsequence.io/docs/rules/getRule
        """
        response = await self._caller.call(operations.GET_RULE, path={"id": rule_id})
        return response.data

    async def update(
        self, rule_id: str, draft: v1.RuleDraft | Mapping[str, Any], *, idempotency_key: str | None = None
    ) -> v1.Rule:
        """Replace a rule (coming soon).

        Send the whole draft. An enabled rule becomes disabled until a person enables it in the app.

        Args:
            rule_id: The rule's ID, such as ``rule_01HXYZ1234``.
            draft: The complete rule that replaces the current one.
            idempotency_key: Sent with every attempt, so that the API executes the call only once. Default: a new key.
                After a failure, read it from ``error.idempotency_key``.

        Returns:
            The changed rule.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ComingSoonError: The client was made without ``preview={"updateRule"}``. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource.
            NotFoundError: The resource does not exist.
            ConflictError: The request conflicts with another one, such as one with the same idempotency key that is
                still running.
            SequenceError: Any other failure. Check ``in_doubt`` before you call again.

        Scope: none documented. Source: https://cartesio.getsequence.io/docs/rules/updateRule
        """
        response = await self._caller.call(
            operations.UPDATE_RULE, path={"id": rule_id}, body=draft, idempotency_key=idempotency_key
        )
        return response.data

    async def delete(self, rule_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete a rule (coming soon).

        Sequence disables the rule and hides it in the app, but keeps its record.

        Args:
            rule_id: The rule's ID, such as ``rule_01HXYZ1234``.
            idempotency_key: Sent with every attempt, so that the API executes the call only once. Default: a new key.
                After a failure, read it from ``error.idempotency_key``.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ComingSoonError: The client was made without ``preview={"deleteRule"}``. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource.
            NotFoundError: The resource does not exist.
            ConflictError: The request conflicts with another one, such as one with the same idempotency key that is
                still running.
            SequenceError: Any other failure. Check ``in_doubt`` before you call again.

        Scope: none documented. Source: https://cartesio.getsequence.io/docs/rules/deleteRule
        """
        await self._caller.call(operations.DELETE_RULE, path={"id": rule_id}, idempotency_key=idempotency_key)

    async def trigger(
        self, rule_id: str, *, manual_execute_amount: int | None = None, idempotency_key: str | None = None
    ) -> v1.TriggeredRule:
        """Run a rule now, regardless of its trigger.

        The API responds before the execution has ended. Call ``rule_executions.wait`` to wait for it, or ``rules.run``
        instead of this. The key's ``TRIGGER_RULES`` entry must include the rule.

        Args:
            rule_id: The rule's ID, such as ``rule_01HXYZ1234``.
            manual_execute_amount: The amount that replaces the rule's own amount, assumed to be in cents. For rules
                with a manual trigger.
            idempotency_key: Sent with every attempt, so that the API executes the call only once. Default: a new key.
                After a failure, read it from ``error.idempotency_key``.

        Returns:
            The ID of the execution that was started.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource.
            NotFoundError: The resource does not exist.
            ConflictError: The request conflicts with another one, such as one with the same idempotency key that is
                still running.
            SequenceError: Any other failure. Check ``in_doubt`` before you call again.

        Scope: ``TRIGGER_RULES``. Source: https://cartesio.getsequence.io/docs/rules/triggerRule
        """
        body = v1.TriggerRuleRequest(manual_execute_amount=manual_execute_amount)
        response = await self._caller.call(
            operations.TRIGGER_RULE, path={"id": rule_id}, body=body, idempotency_key=idempotency_key
        )
        return response.data


class RuleExecutions(Resource):
    """Executions of rules."""

    def list(
        self,
        rule_id: str,
        *,
        status: v1.RuleExecutionStatus | str | None = None,
        trigger_type: v1.ExecutionTriggerType | str | None = None,
        created_from: datetime | None = None,
        created_to: datetime | None = None,
        page_size: int | None = None,
    ) -> Pager[v1.RuleExecutionSummary]:
        """List the executions of one rule, newest first.

        The key's ``READ_RULE_EXECUTIONS`` entry must include the rule.

        Args:
            rule_id: The rule's ID.
            status: Return only executions with this status.
            trigger_type: Return only executions with this trigger type.
            created_from: Return only executions created at or after this time. An aware ``datetime``.
            created_to: Return only executions created at or before this time. An aware ``datetime``.
            page_size: Executions per page. From 1 to 100. Default: 20.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource.
            SequenceError: Any other failure.

        Scope: ``READ_RULE_EXECUTIONS``. Source: https://cartesio.getsequence.io/docs/rule-executions/listRuleExecutions
        """
        return Pager(
            self._caller,
            operations.LIST_RULE_EXECUTIONS,
            {
                "rule_id": rule_id,
                "status": status,
                "trigger_type": trigger_type,
                "from": created_from,
                "to": created_to,
                "first": page_size,
            },
        )

    async def get(self, execution_id: str) -> v1.RuleExecution:
        """Read one execution of a rule.

        The execution includes what triggered it, its status and the IDs of its transfers. The key's
        ``READ_RULE_EXECUTIONS`` entry must include the rule.

        Args:
            execution_id: The execution's ID, such as ``rex_01HABC4567``.

        Returns:
            The execution.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource.
            NotFoundError: The resource does not exist.
            SequenceError: Any other failure.

        Scope: ``READ_RULE_EXECUTIONS``. Source: https://cartesio.getsequence.io/docs/rule-executions/getRuleExecution
        """
        response = await self._caller.call(operations.GET_RULE_EXECUTION, path={"id": execution_id})
        return response.data


class Cards(Resource):
    """Debit cards and their transactions."""

    def list(
        self, account_id: str, *, status: v1.CardStatus | str | None = None, type: v1.CardType | str | None = None
    ) -> Pager[v1.Card]:
        """List the debit cards of one pod (coming soon).

        One page contains every card. The key's ``READ_CARDS`` entry must include the pod.

        Args:
            account_id: The pod's ID.
            status: Return only cards with this status.
            type: Return only cards of this type.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ComingSoonError: The client was made without ``preview={"listCards"}``. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource.
            SequenceError: Any other failure.

        Scope: ``READ_CARDS``. Source: https://cartesio.getsequence.io/docs/cards/listCards
        """
        return Pager(self._caller, operations.LIST_CARDS, {"account_id": account_id, "status": status, "type": type})

    async def get(self, card_id: str) -> v1.Card:
        """Read one debit card (coming soon).

        The key's ``READ_CARDS`` entry must include the card's pod.

        Args:
            card_id: The card's ID, such as ``card_01HABC4567``.

        Returns:
            The card.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ComingSoonError: The client was made without ``preview={"getCard"}``. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource.
            NotFoundError: The resource does not exist.
            SequenceError: Any other failure.

        Scope: ``READ_CARDS``. Source: https://cartesio.getsequence.io/docs/cards/getCard
        """
        response = await self._caller.call(operations.GET_CARD, path={"id": card_id})
        return response.data

    def transactions(
        self,
        card_id: str,
        *,
        direction: v1.CardTransactionDirection | str | None = None,
        created_from: datetime | None = None,
        created_to: datetime | None = None,
        page_size: int | None = None,
    ) -> Pager[v1.CardTransaction]:
        """List the transactions of one card, newest first (coming soon).

        A purchase is a debit, a refund is a credit.

        Args:
            card_id: The card's ID, such as ``card_01HABC4567``.
            direction: Return only purchases, or only refunds.
            created_from: Return only transactions created at or after this time. An aware ``datetime``.
            created_to: Return only transactions created at or before this time. An aware ``datetime``.
            page_size: Transactions per page. From 1 to 100. Default: 20.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ComingSoonError: The client was made without ``preview={"listCardTransactions"}``. No request was sent.
            BadRequestError: The API rejects the request.
            ForbiddenError: The key lacks the scope for this resource.
            NotFoundError: The resource does not exist.
            SequenceError: Any other failure.

        Scope: ``READ_CARDS``. Source: https://cartesio.getsequence.io/docs/cards/listCardTransactions
        """
        return Pager(
            self._caller,
            operations.LIST_CARD_TRANSACTIONS,
            {"direction": direction, "from": created_from, "to": created_to, "first": page_size},
            path={"id": card_id},
        )


RESOURCES: Final[Mapping[str, type[Resource]]] = MappingProxyType(
    {"accounts": Accounts, "transfers": Transfers, "rules": Rules, "rule_executions": RuleExecutions, "cards": Cards}
)
"""All resources by the name of the client's attribute."""
