"""Methods of :class:`~sequence_async.SequenceClient` that take several requests. The others are generated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, cast

from sequence_async._core import codec
from sequence_async._core.arguments import check_id
from sequence_async._core.response import Response
from sequence_async._core.unicode import MalformedIdError
from sequence_async._endpoints import v1 as endpoints
from sequence_async._endpoints._runtime import Resource
from sequence_async._transport.caller import Caller
from sequence_async.balances import AccountBalance, is_liability, unfilled_balance
from sequence_async.errors import ArgumentError, DecodeError
from sequence_async.models import v1
from sequence_async.operations import v1 as operations
from sequence_async.waiters import start_and_wait, wait_until_settled


class Transfers(endpoints.Transfers):
    """Movements of money between accounts."""

    async def wait(self, transfer_id: str, *, timeout: float = 300.0) -> v1.Transfer:
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

        Scope: ``READ_TRANSFERS``. Source: https://cartesio.getsequence.io/docs/transfers/getTransfer
        """
        path = {"id": check_id("transfer_id", transfer_id)}
        return await wait_until_settled(self._caller, operations.GET_TRANSFER, path, f"Transfer {transfer_id}", timeout)


class RuleExecutions(endpoints.RuleExecutions):
    """The executions of rules."""

    async def wait(self, execution_id: str, *, timeout: float = 300.0) -> v1.RuleExecution:
        """Wait until a rule execution ends.

        Args:
            execution_id: The execution's ID.
            timeout: Seconds in total, including all polls.

        Returns:
            The execution with its final status. It may have failed: check ``succeeded``.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            WaitTimeoutError: The execution has not ended after ``timeout`` seconds. ``last`` is the last one read.
            SequenceError: A poll failed, and the failure is not transient.

        Scope: ``READ_RULE_EXECUTIONS``.
        Source: https://cartesio.getsequence.io/docs/rule-executions/getRuleExecution
        """
        path = {"id": check_id("execution_id", execution_id)}
        return await wait_until_settled(
            self._caller, operations.GET_RULE_EXECUTION, path, f"Rule execution {execution_id}", timeout
        )


class Rules(endpoints.Rules):
    """The organization's automations."""

    async def run(
        self,
        rule_id: str,
        *,
        manual_execute_amount: int | None = None,
        idempotency_key: str | None = None,
        timeout: float = 300.0,
    ) -> v1.RuleExecution:
        """Trigger a rule, and wait until its execution ends.

        An error after the API accepts the trigger is ``in_doubt`` and carries the trigger's idempotency key. Call again
        with that key to keep waiting for the same execution.

        Args:
            rule_id: The rule's ID.
            manual_execute_amount: The amount that replaces the rule's own amount, assumed to be in cents. For rules
                with a manual trigger.
            idempotency_key: Sent with every attempt of the trigger. Default: a new key.
            timeout: Seconds in total, for the trigger and all polls.

        Returns:
            The execution with its final status. It may have failed: check ``succeeded``.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            WaitTimeoutError: The execution has not ended after ``timeout`` seconds. ``last`` is the last one read.
            SequenceError: Any other failure.

        Scopes: ``TRIGGER_RULES`` and ``READ_RULE_EXECUTIONS``.
        Source: https://cartesio.getsequence.io/docs/rules/triggerRule
        """

        async def trigger(left: float) -> Response[v1.TriggeredRule]:
            return await self._caller.call(
                operations.TRIGGER_RULE,
                path={"id": rule_id},
                body=v1.TriggerRuleRequest(manual_execute_amount=manual_execute_amount),
                idempotency_key=idempotency_key,
                timeout=left,
            )

        async def wait(triggered: v1.TriggeredRule, left: float) -> v1.RuleExecution:
            if triggered.execution_id is None:
                raise DecodeError("The rule was triggered, but the response has no execution ID: $.data.execution_id.")
            return await RuleExecutions(self._caller).wait(triggered.execution_id, timeout=left)

        return await start_and_wait(trigger, wait, what=f"Rule {rule_id}", timeout=timeout)


class Webhooks(Resource):
    """Events that Sequence sends to your server (coming soon)."""

    def parse(self, body: bytes | str) -> v1.WebhookEvent:
        """Parse the body of an event (coming soon). No request is sent.

        Sequence does not document how it signs events, so this method verifies nothing. Treat the event as a hint, and
        read the transfer from the API before you act.

        Args:
            body: The body of the request that Sequence sent.

        Returns:
            The event.

        Raises:
            ArgumentError: ``body`` is not ``bytes`` or ``str``.
            ComingSoonError: ``preview`` does not unlock ``"webhooks"``.
            DecodeError: The body is not a documented event.

        Source: https://cartesio.getsequence.io/docs/webhooks/onTransferCreated
        """
        self._caller.check_preview("webhooks")
        if not isinstance(cast("object", body), bytes | str):
            raise ArgumentError(f"body must be bytes or str, not {type(body).__name__}.")
        return _read_event(body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body)


def _read_event(body: bytes) -> v1.WebhookEvent:
    try:
        event: v1.WebhookEvent = codec.decode("v1", v1.WebhookEvent, codec.from_bytes(body))
    except DecodeError as error:
        failure = DecodeError(str(error).replace("Unexpected response", "Unexpected event", 1))
    except MalformedIdError as malformed:
        failure = DecodeError(f"Unexpected event: {malformed}.")
    except (ValueError, RecursionError):
        failure = DecodeError("The event is not JSON.")
    else:
        return event
    raise failure


RESOURCES: Final[Mapping[str, type[Resource]]] = MappingProxyType(
    {**endpoints.RESOURCES, "transfers": Transfers, "rule_executions": RuleExecutions, "rules": Rules}
)
"""The client's resources, by attribute name."""


async def account_ids(caller: Caller) -> Sequence[str]:
    """Return the IDs of all accounts."""
    response = await caller.call(operations.LIST_ACCOUNTS, queued=True)
    return [account.id for account in response.data]


async def read_balance(caller: Caller, account_id: str) -> AccountBalance:
    """Read the balance of one account."""
    account = (await caller.call(operations.GET_ACCOUNT, path={"id": account_id}, queued=True)).data
    balance = account.balance or v1.Balance(error="The API returned no balance.")
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
