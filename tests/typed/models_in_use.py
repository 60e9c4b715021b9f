"""What users write with the models, as mypy and pyright must see it. It is never run.

Each line that must be refused carries an ignore; strict checkers report an ignore that is not needed.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import assert_never, assert_type

from sequence_async._decoders import v1 as decoders
from sequence_async.models import platform, remote, v1
from sequence_async.operations import platform as platform_operations
from sequence_async.operations import v1 as operations
from sequence_async.operations._runtime import Operation

# Lists, tuples and nested ones are all arrays.
both = v1.AllCondition(all=[v1.AnyCondition(any=()), v1.AnyCondition(any=[])])
step = v1.RuleStep(conditions=both, actions=[v1.TopUpAction()])
draft = v1.RuleDraft(status=v1.RuleStatus.ENABLED, trigger=v1.ManualTrigger(), steps=(step, step))
assert_type(draft.steps, Sequence[v1.RuleStep])
assert_type(draft.nickname, str | None)

v1.RuleStep(conditions=None, actions=[1])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
v1.RuleStep(actions=[])  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
v1.RuleStep(None, [])  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
draft.steps = ()  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def told_apart(trigger: v1.Trigger) -> str | None:
    """Reach every variant; a checker knows that there is no other."""
    match trigger:
        case v1.ManualTrigger() | v1.ScheduledTrigger() | v1.FundsTransferredTrigger():
            return trigger.account_id
        case v1.UnknownVariant():
            return trigger.tag
        case _:
            assert_never(trigger)


def derived(
    transfer: platform.Transfer, run: v1.RuleExecution, balance: remote.RemoteBalance
) -> tuple[bool, int | None]:
    """Read the properties that the mixins give."""
    return transfer.settled and run.settled and run.succeeded, balance.amount_in_cents


def newer(status: v1.TransferStatus) -> bool:
    """Compare an open enum with text."""
    return not status.is_known or status == "complete"


def closed(status: platform.RuleStatus) -> str:  # type: ignore[return]  # pyright: ignore[reportReturnType]
    """Forget that the API may add values: both checkers report it."""
    match status:  # pyright: ignore[reportMatchNotExhaustive]
        case platform.RuleStatus.ENABLED:
            return "on"
        case platform.RuleStatus.DISABLED:
            return "off"


def open_ended(status: platform.RuleStatus) -> str:
    """End with ``case _``: neither checker calls it unreachable."""
    match status:
        case platform.RuleStatus.ENABLED:
            return "on"
        case platform.RuleStatus.DISABLED:
            return "off"
        case _:
            return f"new: {status}"


assert_type(operations.GET_ACCOUNT, Operation[v1.Account])
assert_type(operations.LIST_TRANSFERS, Operation[Sequence[v1.Transfer]])
assert_type(operations.DELETE_RULE, Operation[None])
assert_type(platform_operations.LIST_TRANSFERS, Operation[platform.TransferPage])
decoders.DECODERS[v1.Account]({})
datetime.now(UTC)
