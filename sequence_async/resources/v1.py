"""What :class:`~sequence_async.SequenceClient` does in more than one call. The methods of one call are generated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, cast

from sequence_async._core import codec
from sequence_async._core.arguments import check_id
from sequence_async._core.response import Response
from sequence_async._core.response_parser import without_context
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

    async def wait(self, transfer_id: str, *, timeout: float = 300.0) -> v1.Transfer:  # noqa: ASYNC109 - see waiters
        """Wait until no further change of the transfer is expected, whether it went well or not: look at ``status``.

        A transfer that waits for approval is waited for: somebody may still act. ``timeout`` in seconds.

        Scope: ``READ_TRANSFERS``. Source: https://cartesio.getsequence.io/docs/transfers/getTransfer

        Raises:
            WaitTimeoutError: the time is over; ``last`` is the transfer as it was seen last.

        """
        path = {"id": check_id("transfer_id", transfer_id)}
        return await wait_until_settled(self._caller, operations.GET_TRANSFER, path, f"Transfer {transfer_id}", timeout)


class RuleExecutions(endpoints.RuleExecutions):
    """One entry for every run of a rule."""

    async def wait(self, execution_id: str, *, timeout: float = 300.0) -> v1.RuleExecution:  # noqa: ASYNC109 - see waiters
        """Wait until the run has ended, well or not: look at ``succeeded``. ``timeout`` in seconds.

        Scope: ``READ_RULE_EXECUTIONS``.
        Source: https://cartesio.getsequence.io/docs/rule-executions/getRuleExecution

        Raises:
            WaitTimeoutError: the time is over; ``last`` is the run as it was seen last.

        """
        path = {"id": check_id("execution_id", execution_id)}
        return await wait_until_settled(
            self._caller, operations.GET_RULE_EXECUTION, path, f"Rule execution {execution_id}", timeout
        )


class Rules(endpoints.Rules):
    """The automations of an organization."""

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
            return await self._caller.call(
                operations.TRIGGER_RULE,
                path={"id": rule_id},
                body=v1.TriggerRuleRequest(manual_execute_amount=manual_execute_amount),
                idempotency_key=idempotency_key,
                timeout=left,
            )

        async def wait(triggered: v1.TriggeredRule, left: float) -> v1.RuleExecution:
            if triggered.execution_id is None:
                raise DecodeError("The rule was triggered, but the answer does not name the run: $.data.execution_id.")
            return await RuleExecutions(self._caller).wait(triggered.execution_id, timeout=left)

        return await start_and_wait(trigger, wait, what=f"Rule {rule_id}", timeout=timeout)


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
        failure = without_context(error)
    except MalformedIdError as malformed:
        failure = DecodeError(f"The event is not documented: {malformed}.")
    except (ValueError, RecursionError):
        failure = DecodeError("The event is not JSON.")
    else:
        return event
    raise failure


RESOURCES: Final[Mapping[str, type[Resource]]] = MappingProxyType(
    {**endpoints.RESOURCES, "transfers": Transfers, "rule_executions": RuleExecutions, "rules": Rules}
)
"""The resources of the client, by the name of its attribute."""


async def account_ids(caller: Caller) -> Sequence[str]:
    """List the ids of all accounts."""
    response = await caller.call(operations.LIST_ACCOUNTS, queued=True)
    return [account.id for account in response.data]


async def read_balance(caller: Caller, account_id: str) -> AccountBalance:
    """Read the balance of one account."""
    account = (await caller.call(operations.GET_ACCOUNT, path={"id": account_id}, queued=True)).data
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
