"""``sequence-async executions``: list the executions of a rule, or print one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sequence_async.cli.clients import open_client, resolve_api
from sequence_async.cli.exit_codes import run, usage_error
from sequence_async.cli.json_output import print_json
from sequence_async.cli.listing import Listing, page_size, print_list
from sequence_async.cli.options import AllOption, JsonOption, LimitOption, RestApi, RestApiOption
from sequence_async.cli.terminal import Column, format_time, id_column, print_facts, yes_no

if TYPE_CHECKING:
    from sequence_async.cli.clients import RestClient
    from sequence_async.models import platform, v1
    from sequence_async.pager import Pager

    Execution = v1.RuleExecution | platform.RuleExecution

_V1_LISTING = Listing(
    columns=(Column("Started"), id_column(), Column("Status"), Column("Trigger", optional=True)),
    row=lambda execution: (format_time(execution.created_at), execution.id, execution.status, execution.trigger_type),
    empty="No executions.",
)
# The platform's list does not include the trigger of an execution, and api/v1 has no dry runs.
_PLATFORM_LISTING = Listing(
    columns=(Column("Started"), id_column(), Column("Status"), Column("Mode", optional=True)),
    row=lambda execution: (format_time(execution.created_at), execution.id, execution.status, execution.execution_mode),
    empty="No executions.",
)


def executions(
    rule_id: Annotated[str, typer.Argument(metavar="RULE_ID", help="List the executions of this rule.")],
    execution_id: Annotated[
        str | None, typer.Argument(metavar="[EXECUTION_ID]", help="Print this execution.", show_default=False)
    ] = None,
    *,
    status: Annotated[str | None, typer.Option(help="List only executions with this status.")] = None,
    simulated: Annotated[bool, typer.Option("--simulated", help="Include dry runs (platform only).")] = False,
    limit: LimitOption = 20,
    show_all: AllOption = False,
    api: RestApiOption = None,
    json: JsonOption = False,
) -> None:
    """List the executions of a rule, newest first, or print one with its transfers."""

    async def work() -> None:
        async with open_client(api) as client:
            if execution_id is not None:
                print_execution(await _read_execution(client, rule_id, execution_id), json=json)
                return
            max_items = None if show_all else limit
            pager = _list_pager(client, rule_id, status, max_items, simulated=simulated)
            listing = _V1_LISTING if resolve_api(api) is RestApi.V1 else _PLATFORM_LISTING
            await print_list(listing, pager, max_items, json=json)

    run(work)


async def _read_execution(client: RestClient, rule_id: str, execution_id: str) -> Execution:
    from sequence_async.v1 import SequenceClient

    if isinstance(client, SequenceClient):
        return await client.rule_executions.get(execution_id)
    return await client.rules.execution(rule_id, execution_id)


def _list_pager(
    client: RestClient, rule_id: str, status: str | None, limit: int | None, *, simulated: bool
) -> Pager[Any]:
    from sequence_async.v1 import SequenceClient

    if not isinstance(client, SequenceClient):
        mode = "ALL" if simulated else None
        return client.rules.executions(rule_id, status=status, execution_mode=mode, page_size=page_size(limit))
    if simulated:
        raise usage_error("--simulated must not be used with --api v1, because v1 has no dry runs. Nothing was sent.")
    return client.rule_executions.list(rule_id, status=status, page_size=page_size(limit))


def print_execution(execution: Execution, *, json: bool) -> None:
    """Print one execution, as facts or as JSON."""
    if json:
        print_json(execution)
        return
    print_facts(
        [
            ("Execution", execution.id),
            ("Rule", execution.rule_id),
            ("Status", execution.status),
            *_mode_facts(execution),
            ("Succeeded", yes_no(execution.succeeded) if execution.settled else "not yet known"),
            (
                "Conditions met",
                None if execution.conditions_not_met is None else yes_no(not execution.conditions_not_met),
            ),
            ("Matching step", None if execution.step_index_matched is None else execution.step_index_matched + 1),
            ("Transfers", _format_counts(execution)),
            *(("Transfer", transfer_id) for transfer_id in execution.transfer_ids or ()),
            ("Error", execution.error_message),
            ("Started", format_time(execution.created_at)),
            ("Next attempt", format_time(execution.next_attempt_at)),
        ],
    )


def _mode_facts(execution: Execution) -> list[tuple[str, object]]:
    from sequence_async.models import v1

    # api/v1 has no dry runs, and so no mode.
    return [] if isinstance(execution, v1.RuleExecution) else [("Mode", execution.execution_mode)]


def _format_counts(execution: Execution) -> str:
    counts = (
        (execution.transfers_attempted, "attempted"),
        (execution.transfers_completed, "complete"),
        (execution.transfers_failed, "failed"),
        (execution.transfers_pending, "pending"),
    )
    return ", ".join(f"{count} {status}" for count, status in counts if count is not None)
