"""The resources of :class:`~sequence_async.SequenceClient`. Each method names the page of Sequence's documentation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sequence_async._core import codec
from sequence_async._core.answer import bare
from sequence_async._core.arguments import check_id
from sequence_async._core.response import Response
from sequence_async._core.unicode import MalformedIdError
from sequence_async._transport.caller import Caller
from sequence_async.balances import AccountBalance, is_liability, unfilled_balance
from sequence_async.errors import ArgumentError, DecodeError
from sequence_async.models import v1
from sequence_async.operations import v1 as operations
from sequence_async.pager import Pager
from sequence_async.resources.resource import Resource
from sequence_async.waiters import follow, start_and_follow


class Accounts(Resource):
    """Income sources, pods and connected external accounts."""

    def list(self, *, type: v1.AccountType | str | None = None) -> Pager[v1.AccountSummary]:  # noqa: A002 - the API's word
        """List the accounts, without their balances.

        Scope: ``LIST_ACCOUNTS``. Source: https://cartesio.getsequence.io/docs/accounts/listAccounts
        """
        return Pager(self._caller, operations.LIST_ACCOUNTS, {"type": type})

    async def get(self, account_id: str) -> v1.Account:
        """Read one account with its balance.

        Scope: ``READ_ACCOUNTS``. Source: https://cartesio.getsequence.io/docs/accounts/getAccount
        """
        return (await self._caller.call(operations.GET_ACCOUNT, path={"id": account_id})).data


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
        """List the transfers of an account, newest first. ``page_size``: 1 to 100, the API's default is 20.

        Scope: ``READ_TRANSFERS``. Source: https://cartesio.getsequence.io/docs/transfers/listTransfers
        """
        return Pager(
            self._caller,
            operations.LIST_TRANSFERS,
            {
                "account_id": check_id("account_id", account_id),
                "account_role": account_role,
                "direction": direction,
                "origin": origin,
                "status": status,
                "from": created_from,
                "to": created_to,
                "first": page_size,
            },
        )

    async def get(self, transfer_id: str) -> v1.Transfer:
        """Read one transfer.

        Scope: ``READ_TRANSFERS``. Source: https://cartesio.getsequence.io/docs/transfers/getTransfer
        """
        return (await self._caller.call(operations.GET_TRANSFER, path={"id": transfer_id})).data

    async def create(
        self,
        *,
        source_account_id: str,
        destination_account_id: str,
        amount_in_cents: int,
        description: str | None = None,
        idempotency_key: str | None = None,
    ) -> v1.Transfer:
        """Move money. The answer comes before the money has moved: follow it with :meth:`wait`.

        Without an ``idempotency_key`` a fresh one is made; it is on every attempt, and on the error if there is one.

        Scope: ``MANUAL_TRANSFER`` for this pair of accounts.
        Source: https://cartesio.getsequence.io/docs/transfers/createTransfer

        Raises:
            ArgumentError: nothing was sent; the message names the argument and the rule.
            SequenceError: look at ``in_doubt`` before you do anything else.

        """
        body = v1.CreateTransferRequest(
            source_account_id=source_account_id,
            destination_account_id=destination_account_id,
            amount_in_cents=amount_in_cents,
            description=description,
        )
        response = await self._caller.call(operations.CREATE_TRANSFER, body=body, idempotency_key=idempotency_key)
        return response.data

    async def wait(self, transfer_id: str, *, timeout: float = 300.0) -> v1.Transfer:  # noqa: ASYNC109 - see waiters
        """Wait until no further change of the transfer is expected, whether it went well or not: look at ``status``.

        A transfer that waits for approval is waited for: somebody may still act. ``timeout`` in seconds.

        Scope: ``READ_TRANSFERS``. Source: https://cartesio.getsequence.io/docs/transfers/getTransfer

        Raises:
            WaitTimeoutError: the time is over; ``last`` is the transfer as it was seen last.

        """
        path = {"id": check_id("transfer_id", transfer_id)}
        return await follow(self._caller, operations.GET_TRANSFER, path, f"Transfer {transfer_id}", timeout)


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
        """List the runs of a rule, newest first. ``page_size``: 1 to 100, the API's default is 20.

        Scope: ``READ_RULE_EXECUTIONS``.
        Source: https://cartesio.getsequence.io/docs/rule-executions/listRuleExecutions
        """
        return Pager(
            self._caller,
            operations.LIST_RULE_EXECUTIONS,
            {
                "rule_id": check_id("rule_id", rule_id),
                "status": status,
                "trigger_type": trigger_type,
                "from": created_from,
                "to": created_to,
                "first": page_size,
            },
        )

    async def get(self, execution_id: str) -> v1.RuleExecution:
        """Read one run.

        Scope: ``READ_RULE_EXECUTIONS``.
        Source: https://cartesio.getsequence.io/docs/rule-executions/getRuleExecution
        """
        return (await self._caller.call(operations.GET_RULE_EXECUTION, path={"id": execution_id})).data

    async def wait(self, execution_id: str, *, timeout: float = 300.0) -> v1.RuleExecution:  # noqa: ASYNC109 - see waiters
        """Wait until the run has ended, well or not: look at ``succeeded``. ``timeout`` in seconds.

        Scope: ``READ_RULE_EXECUTIONS``.
        Source: https://cartesio.getsequence.io/docs/rule-executions/getRuleExecution

        Raises:
            WaitTimeoutError: the time is over; ``last`` is the run as it was seen last.

        """
        path = {"id": check_id("execution_id", execution_id)}
        return await follow(
            self._caller, operations.GET_RULE_EXECUTION, path, f"Rule execution {execution_id}", timeout
        )


class Rules(Resource):
    """The automations of an organization."""

    def list(self, *, source_id: str | None = None) -> Pager[v1.RuleSummary]:
        """List the rules, or those that take money from one account.

        Scope: ``LIST_RULES``. Source: https://cartesio.getsequence.io/docs/rules/listRules
        """
        return Pager(self._caller, operations.LIST_RULES, {"source_id": source_id})

    async def get(self, rule_id: str) -> v1.Rule:
        """Read one rule with its steps, conditions and actions.

        Scope: ``READ_RULES``. Source: https://cartesio.getsequence.io/docs/rules/getRule
        """
        return (await self._caller.call(operations.GET_RULE, path={"id": rule_id})).data

    async def trigger(
        self,
        rule_id: str,
        *,
        manual_execute_amount: int | None = None,
        idempotency_key: str | None = None,
    ) -> v1.TriggeredRule:
        """Run a rule now, whatever its trigger. ``manual_execute_amount`` in cents replaces the amount it would use.

        The answer comes before the run has ended: follow it with ``rule_executions.wait``, or call :meth:`run`.

        Scope: ``TRIGGER_RULES``. Source: https://cartesio.getsequence.io/docs/rules/triggerRule
        """
        return (await self._trigger(rule_id, manual_execute_amount, idempotency_key)).data

    async def run(
        self,
        rule_id: str,
        *,
        manual_execute_amount: int | None = None,
        idempotency_key: str | None = None,
        timeout: float = 300.0,  # noqa: ASYNC109 - see waiters
    ) -> v1.RuleExecution:
        """Run a rule now and wait until the run has ended, well or not: look at ``succeeded``.

        ``timeout`` in seconds, over both. An error after the trigger was accepted is ``in_doubt`` and has the trigger's
        key: repeat with it, and the same run is waited for.

        Scopes: ``TRIGGER_RULES`` and ``READ_RULE_EXECUTIONS``.
        Source: https://cartesio.getsequence.io/docs/rules/triggerRule

        Raises:
            WaitTimeoutError: the time is over; ``last`` is the run as it was seen last.

        """

        async def trigger(left: float) -> Response[v1.TriggeredRule]:
            return await self._trigger(rule_id, manual_execute_amount, idempotency_key, left)

        async def wait(triggered: v1.TriggeredRule, left: float) -> v1.RuleExecution:
            if triggered.execution_id is None:
                raise DecodeError("The rule was triggered, but the answer does not name the run: $.data.execution_id.")
            return await RuleExecutions(self._caller).wait(triggered.execution_id, timeout=left)

        return await start_and_follow(trigger, wait, what=f"Rule {rule_id}", timeout=timeout)

    async def _trigger(
        self,
        rule_id: str,
        manual_execute_amount: int | None,
        idempotency_key: str | None,
        timeout: float | None = None,  # noqa: ASYNC109 - see waiters
    ) -> Response[v1.TriggeredRule]:
        return await self._caller.call(
            operations.TRIGGER_RULE,
            path={"id": rule_id},
            body=v1.TriggerRuleRequest(manual_execute_amount=manual_execute_amount),
            idempotency_key=idempotency_key,
            timeout=timeout,
        )

    async def create(
        self,
        draft: v1.RuleDraft | Mapping[str, Any],
        *,
        idempotency_key: str | None = None,
    ) -> v1.Rule:
        """Create a rule (coming soon). It is disabled until somebody enables it in the app.

        Source: https://cartesio.getsequence.io/docs/rules/createRule
        """
        response = await self._caller.call(operations.CREATE_RULE, body=draft, idempotency_key=idempotency_key)
        return response.data

    async def update(
        self,
        rule_id: str,
        draft: v1.RuleDraft | Mapping[str, Any],
        *,
        idempotency_key: str | None = None,
    ) -> v1.Rule:
        """Replace a rule (coming soon). An enabled one is disabled by it until somebody enables it again.

        Source: https://cartesio.getsequence.io/docs/rules/updateRule
        """
        response = await self._caller.call(
            operations.UPDATE_RULE,
            path={"id": rule_id},
            body=draft,
            idempotency_key=idempotency_key,
        )
        return response.data

    async def delete(self, rule_id: str, *, idempotency_key: str | None = None) -> None:
        """Deactivate and hide a rule (coming soon).

        Source: https://cartesio.getsequence.io/docs/rules/deleteRule
        """
        await self._caller.call(operations.DELETE_RULE, path={"id": rule_id}, idempotency_key=idempotency_key)


class Cards(Resource):
    """Debit cards and what was paid with them (coming soon)."""

    def list(
        self,
        account_id: str,
        *,
        status: v1.CardStatus | str | None = None,
        type: v1.CardType | str | None = None,  # noqa: A002 - the API's word
    ) -> Pager[v1.Card]:
        """List the cards of a pod (coming soon).

        Scope: ``READ_CARDS``. Source: https://cartesio.getsequence.io/docs/cards/listCards
        """
        query = {"account_id": check_id("account_id", account_id), "status": status, "type": type}
        return Pager(self._caller, operations.LIST_CARDS, query)

    async def get(self, card_id: str) -> v1.Card:
        """Read one card (coming soon).

        Scope: ``READ_CARDS``. Source: https://cartesio.getsequence.io/docs/cards/getCard
        """
        return (await self._caller.call(operations.GET_CARD, path={"id": card_id})).data

    def transactions(
        self,
        card_id: str,
        *,
        direction: v1.CardTransactionDirection | str | None = None,
        created_from: datetime | None = None,
        created_to: datetime | None = None,
        page_size: int | None = None,
    ) -> Pager[v1.CardTransaction]:
        """List what was paid with a card, newest first (coming soon). ``page_size``: 1 to 100, the API's default is 20.

        Scope: ``READ_CARDS``. Source: https://cartesio.getsequence.io/docs/cards/listCardTransactions
        """
        query = {"direction": direction, "from": created_from, "to": created_to, "first": page_size}
        return Pager(self._caller, operations.LIST_CARD_TRANSACTIONS, query, path={"id": card_id})


class Webhooks(Resource):
    """Events that Sequence would post to a server of yours (coming soon)."""

    def parse(self, body: bytes | str) -> v1.WebhookEvent:
        """Read the body of an event (coming soon). Nothing is sent.

        How Sequence signs an event is not documented, so nothing is verified here: treat the event as a hint, and read
        the transfer with a call before you act.

        Source: https://cartesio.getsequence.io/docs/webhooks/onTransferCreated

        Raises:
            ArgumentError: ``body`` is neither bytes nor text.
            ComingSoonError: not unlocked by ``preview={"webhooks"}``.
            DecodeError: the body is not a documented event.

        """
        self._caller.check_preview("webhooks")
        if not isinstance(cast("object", body), bytes | str):
            raise ArgumentError(f"body must be bytes or str, not {type(body).__name__}.")
        return _read_event(body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body)


def _read_event(body: bytes) -> v1.WebhookEvent:
    try:
        event: v1.WebhookEvent = codec.decode("v1", v1.WebhookEvent, codec.from_bytes(body))
    except DecodeError as error:
        failure = bare(error)
    except MalformedIdError as malformed:
        failure = DecodeError(f"The event is not documented: {malformed}.")
    except (ValueError, RecursionError):
        failure = DecodeError("The event is not JSON.")
    else:
        return event
    raise failure


async def account_ids(caller: Caller) -> Sequence[str]:
    """List the ids of all accounts."""
    response = await caller.call(operations.LIST_ACCOUNTS, patient=True)
    return [account.id for account in response.data]


async def read_balance(caller: Caller, account_id: str) -> AccountBalance:
    """Read the balance of one account."""
    account = (await caller.call(operations.GET_ACCOUNT, path={"id": account_id}, patient=True)).data
    balance = account.balance or v1.Balance(error="The API gave no balance.")
    reading = unfilled_balance()
    reading.account_id = account_id
    reading.name = account.name
    reading.balance_in_cents = balance.balance_in_cents
    reading.available_in_cents = balance.available_balance_in_cents
    reading.is_liability = is_liability(account.type, account.external_account_type)
    reading.error = balance.error
    reading.updated_at = balance.balance_last_updated_at
    reading.__class__ = AccountBalance
    return cast("AccountBalance", reading)
