# Generated from openapi/v1.yaml 1.0.0 (SHA-256 3218dd166e544eb6e53480612d55293ca1c5236eb05b7eb0a76f3c0a800d3662) by `python -m codegen`; do not edit.
"""The resources of Sequence API v1: a method for each operation."""

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
        """List all accounts of the organization.

        Gives summaries, without balances. There is no paging; every account comes in one answer.

        Args:
            type: Only accounts of this type.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key lacks the scope, or the resource is not among those that the scope is limited to.
            SequenceError: Any other failure.

        Scope: ``LIST_ACCOUNTS``. Source: https://cartesio.getsequence.io/docs/accounts/listAccounts
        """
        return Pager(self._caller, operations.LIST_ACCOUNTS, {"type": type})

    async def get(self, account_id: str) -> v1.Account:
        """Read one account with its balance.

        The account must be among those that the key's ``READ_ACCOUNTS`` entry names.

        Args:
            account_id: The account's id, such as ``acc_01HGHI7890``.

        Returns:
            The account.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key lacks the scope, or the resource is not among those that the scope is limited to.
            NotFoundError: There is no such thing.
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
        """List the transfers of one account.

        Newest first, by ``created_at``. What was paid or refunded by card is not among them. The account must be among
        those that the key's ``READ_TRANSFERS`` entry names.

        Args:
            account_id: The account whose transfers are wanted.
            account_role: On which side of the transfer the account must stand; either side when not given.
            direction: Only transfers of this direction.
            origin: Only transfers that began this way.
            status: Only transfers in this state.
            created_from: Only transfers created at or after this time. An aware ``datetime``.
            created_to: Only transfers created at or before this time. An aware ``datetime``.
            page_size: How many transfers the API returns per page. From 1 to 100. Default: 20.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key lacks the scope, or the resource is not among those that the scope is limited to.
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

        The answer comes before the money has moved: read the transfer again until it is settled. One entry of the key's
        ``MANUAL_TRANSFER`` scope must name exactly this pair of accounts as ``source`` and ``target``, and where that
        entry has a ``max_amount`` the amount must stay within it.

        Args:
            source_account_id: The account that the money is taken from.
            destination_account_id: The account that the money goes to.
            amount_in_cents: How much to move, in cents; at least 1. The API's own minimum is not documented.
            description: A word for the bank statement. platform/v1 takes at most 10 letters, digits and spaces.
            idempotency_key: Every attempt carries this key, and the API carries out the call once for it. Default: a
                new key. If the call fails, read it from ``error.idempotency_key``.

        Returns:
            The transfer as it was accepted.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key lacks the scope, or the resource is not among those that the scope is limited to.
            NotFoundError: There is no such thing.
            ConflictError: The request contradicts another one, such as one with the same key that has not ended yet.
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

        Its source or its destination must be among the accounts that the key's ``READ_TRANSFERS`` entry names.

        Args:
            transfer_id: The transfer's id, such as ``txr_01HABC1111``.

        Returns:
            The transfer.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key lacks the scope, or the resource is not among those that the scope is limited to.
            NotFoundError: There is no such thing.
            SequenceError: Any other failure.

        Scope: ``READ_TRANSFERS``. Source: https://cartesio.getsequence.io/docs/transfers/getTransfer
        """
        response = await self._caller.call(operations.GET_TRANSFER, path={"id": transfer_id})
        return response.data


class Rules(Resource):
    """The automations of an organization."""

    def list(self, *, source_id: str | None = None) -> Pager[v1.RuleSummary]:
        """List all rules of the organization.

        Gives summaries, without steps. There is no paging; every rule comes in one answer.

        Args:
            source_id: Only rules whose source is this account.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key lacks the scope, or the resource is not among those that the scope is limited to.
            SequenceError: Any other failure.

        Scope: ``LIST_RULES``. Source: https://cartesio.getsequence.io/docs/rules/listRules
        """
        return Pager(self._caller, operations.LIST_RULES, {"source_id": source_id})

    async def create(self, draft: v1.RuleDraft | Mapping[str, Any], *, idempotency_key: str | None = None) -> v1.Rule:
        """Write a new rule (coming soon).

        A new rule starts disabled, whatever the draft says: somebody has to look at it and enable it in the app before
        it can run. (The documentation's own example answers ``enabled``.)

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
            ForbiddenError: The key lacks the scope, or the resource is not among those that the scope is limited to.
            ConflictError: The request contradicts another one, such as one with the same key that has not ended yet.
            SequenceError: Any other failure. Check ``in_doubt`` before you call again.

        Scope: none documented. Source: https://cartesio.getsequence.io/docs/rules/createRule
        """
        response = await self._caller.call(operations.CREATE_RULE, body=draft, idempotency_key=idempotency_key)
        return response.data

    async def get(self, rule_id: str) -> v1.Rule:
        """Read one rule with its trigger and steps.

        The rule must be among those that the key's ``READ_RULES`` entry names.

        Args:
            rule_id: The rule's id, such as ``rule_01HXYZ1234``.

        Returns:
            The rule.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key lacks the scope, or the resource is not among those that the scope is limited to.
            NotFoundError: There is no such thing.
            SequenceError: Any other failure.

        Scope: ``READ_RULES``. Source: https://cartesio.getsequence.io/docs/rules/getRule
        """
        response = await self._caller.call(operations.GET_RULE, path={"id": rule_id})
        return response.data

    async def update(
        self, rule_id: str, draft: v1.RuleDraft | Mapping[str, Any], *, idempotency_key: str | None = None
    ) -> v1.Rule:
        """Replace a rule (coming soon).

        The draft replaces the whole rule, so everything that is required must be sent again. A rule that was enabled is
        disabled by this until somebody enables it in the app.

        Args:
            rule_id: The rule's id, such as ``rule_01HXYZ1234``.
            draft: The rule that replaces the present one, in full.
            idempotency_key: Every attempt carries this key, and the API carries out the call once for it. Default: a
                new key. If the call fails, read it from ``error.idempotency_key``.

        Returns:
            The rule as it is now.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ComingSoonError: The client was made without ``preview={"updateRule"}``. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key lacks the scope, or the resource is not among those that the scope is limited to.
            NotFoundError: There is no such thing.
            ConflictError: The request contradicts another one, such as one with the same key that has not ended yet.
            SequenceError: Any other failure. Check ``in_doubt`` before you call again.

        Scope: none documented. Source: https://cartesio.getsequence.io/docs/rules/updateRule
        """
        response = await self._caller.call(
            operations.UPDATE_RULE, path={"id": rule_id}, body=draft, idempotency_key=idempotency_key
        )
        return response.data

    async def delete(self, rule_id: str, *, idempotency_key: str | None = None) -> None:
        """Take a rule out of use (coming soon).

        The rule is switched off and no longer shown in the app; its record stays.

        Args:
            rule_id: The rule's id, such as ``rule_01HXYZ1234``.
            idempotency_key: Every attempt carries this key, and the API carries out the call once for it. Default: a
                new key. If the call fails, read it from ``error.idempotency_key``.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ComingSoonError: The client was made without ``preview={"deleteRule"}``. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key lacks the scope, or the resource is not among those that the scope is limited to.
            NotFoundError: There is no such thing.
            ConflictError: The request contradicts another one, such as one with the same key that has not ended yet.
            SequenceError: Any other failure. Check ``in_doubt`` before you call again.

        Scope: none documented. Source: https://cartesio.getsequence.io/docs/rules/deleteRule
        """
        await self._caller.call(operations.DELETE_RULE, path={"id": rule_id}, idempotency_key=idempotency_key)

    async def trigger(
        self, rule_id: str, *, manual_execute_amount: int | None = None, idempotency_key: str | None = None
    ) -> v1.TriggeredRule:
        """Run a rule now.

        Works whatever the rule's own trigger is. The answer names the execution, which is then read until it has ended.
        The rule must be among those that the key's ``TRIGGER_RULES`` entry names.

        Args:
            rule_id: The rule's id, such as ``rule_01HXYZ1234``.
            manual_execute_amount: The amount to run the rule with, in place of its own; taken to be cents. Meant for
                rules with a manual trigger.
            idempotency_key: Every attempt carries this key, and the API carries out the call once for it. Default: a
                new key. If the call fails, read it from ``error.idempotency_key``.

        Returns:
            Where to follow the run.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key lacks the scope, or the resource is not among those that the scope is limited to.
            NotFoundError: There is no such thing.
            ConflictError: The request contradicts another one, such as one with the same key that has not ended yet.
            SequenceError: Any other failure. Check ``in_doubt`` before you call again.

        Scope: ``TRIGGER_RULES``. Source: https://cartesio.getsequence.io/docs/rules/triggerRule
        """
        body = v1.TriggerRuleRequest(manual_execute_amount=manual_execute_amount)
        response = await self._caller.call(
            operations.TRIGGER_RULE, path={"id": rule_id}, body=body, idempotency_key=idempotency_key
        )
        return response.data


class RuleExecutions(Resource):
    """One entry for every run of a rule."""

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
        """List the runs of one rule.

        Newest first, by ``created_at``. The rule must be among those that the key's ``READ_RULE_EXECUTIONS`` entry
        names.

        Args:
            rule_id: The rule whose runs are wanted.
            status: Only runs in this state.
            trigger_type: Only runs that were started this way.
            created_from: Only runs created at or after this time. An aware ``datetime``.
            created_to: Only runs created at or before this time. An aware ``datetime``.
            page_size: How many runs the API returns per page. From 1 to 100. Default: 20.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key lacks the scope, or the resource is not among those that the scope is limited to.
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
        """Read one run of a rule.

        Tells what started the run, how it ended and which transfers it made. Its rule must be among those that the
        key's ``READ_RULE_EXECUTIONS`` entry names.

        Args:
            execution_id: The execution's id, such as ``rex_01HABC4567``.

        Returns:
            The run.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key lacks the scope, or the resource is not among those that the scope is limited to.
            NotFoundError: There is no such thing.
            SequenceError: Any other failure.

        Scope: ``READ_RULE_EXECUTIONS``. Source: https://cartesio.getsequence.io/docs/rule-executions/getRuleExecution
        """
        response = await self._caller.call(operations.GET_RULE_EXECUTION, path={"id": execution_id})
        return response.data


class Cards(Resource):
    """Debit cards and what was paid with them."""

    def list(
        self, account_id: str, *, status: v1.CardStatus | str | None = None, type: v1.CardType | str | None = None
    ) -> Pager[v1.Card]:
        """List the debit cards of one pod (coming soon).

        There is no paging; every card comes in one answer. The pod must be among the accounts that the key's
        ``READ_CARDS`` entry names.

        Args:
            account_id: The pod whose cards are wanted.
            status: Only cards in this state.
            type: Only cards of this type.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ComingSoonError: The client was made without ``preview={"listCards"}``. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key lacks the scope, or the resource is not among those that the scope is limited to.
            SequenceError: Any other failure.

        Scope: ``READ_CARDS``. Source: https://cartesio.getsequence.io/docs/cards/listCards
        """
        return Pager(self._caller, operations.LIST_CARDS, {"account_id": account_id, "status": status, "type": type})

    async def get(self, card_id: str) -> v1.Card:
        """Read one debit card (coming soon).

        Its pod must be among the accounts that the key's ``READ_CARDS`` entry names.

        Args:
            card_id: The card's id, such as ``card_01HABC4567``.

        Returns:
            The card.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ComingSoonError: The client was made without ``preview={"getCard"}``. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key lacks the scope, or the resource is not among those that the scope is limited to.
            NotFoundError: There is no such thing.
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
        """List what was paid with a card (coming soon).

        Newest first, by ``created_at``. A purchase is a debit, a refund a credit.

        Args:
            card_id: The card's id, such as ``card_01HABC4567``.
            direction: Only purchases, or only refunds.
            created_from: Only transactions created at or after this time. An aware ``datetime``.
            created_to: Only transactions created at or before this time. An aware ``datetime``.
            page_size: How many transactions the API returns per page. From 1 to 100. Default: 20.

        Returns:
            A lazy list. Iterate over it with ``async for``, or await its first page.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ComingSoonError: The client was made without ``preview={"listCardTransactions"}``. No request was sent.
            BadRequestError: The request is not one that the API accepts.
            ForbiddenError: The key lacks the scope, or the resource is not among those that the scope is limited to.
            NotFoundError: There is no such thing.
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
"""All of them, by the name of the client's attribute."""
