"""``sequence-async rules``: list, inspect, trigger and run rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from sequence_async._transport.concurrency import for_each
from sequence_async.cli.clients import open_client, resolve_api
from sequence_async.cli.confirmation import (
    CentsOption,
    DollarsOption,
    KeyOption,
    LiveOption,
    YesOption,
    confirm_write,
    format_amount_suffix,
    parse_amount,
)
from sequence_async.cli.executions import print_execution
from sequence_async.cli.exit_codes import ExitCode, describe, report_write, run
from sequence_async.cli.json_output import as_json, print_json
from sequence_async.cli.listing import Listing, page_size, print_items, read_list
from sequence_async.cli.options import (
    AllOption,
    AnyApi,
    JsonOption,
    LimitOption,
    RestApi,
    RestApiOption,
    TimeoutOption,
    api_option,
)
from sequence_async.cli.terminal import (
    Column,
    format_time,
    id_column,
    print_error,
    print_facts,
    print_line,
    print_note,
    spinner,
    text_column,
    yes_no,
)
from sequence_async.errors import DecodeError, SequenceError

if TYPE_CHECKING:
    from sequence_async.cli.clients import RestClient
    from sequence_async.models import platform, v1

app = typer.Typer(help="List, inspect, trigger and run rules.", no_args_is_help=True)

RuleArgument = Annotated[str, typer.Argument(metavar="RULE_ID", help="Use the rule with this ID.")]

_CONCURRENCY = 8


def _listing(triggers: Mapping[str, str]) -> Listing:
    """Return the columns and rows of a list of rules. ``triggers`` maps rule IDs to trigger types."""
    return Listing(
        columns=(
            text_column("Rule"),
            id_column(),
            Column("Status"),
            Column("Trigger", optional=True),
            Column("Changed", optional=True),
            text_column("Description", optional=True),
        ),
        row=lambda rule: (
            _rule_name(rule),
            rule.id,
            rule.status,
            triggers.get(rule.id),
            format_time(rule.updated_at),
            rule.description,
        ),
        empty="No rules.",
    )


async def _read_triggers(client: RestClient, rules: Sequence[Any]) -> dict[str, str]:
    """Return the trigger type of each rule. The platform's list does not include it, so this reads each rule."""
    from sequence_async.v1 import SequenceClient

    if isinstance(client, SequenceClient):
        return {rule.id: str(rule.trigger_type) for rule in rules}
    platform_client = client
    found: dict[str, str] = {}
    failed: list[SequenceError] = []

    async def read(rule_id: str) -> None:
        try:
            trigger: Any = (await platform_client.rules.get(rule_id)).trigger
        except SequenceError as error:
            failed.append(error)
        else:
            found[rule_id] = str(getattr(trigger, "type", None) or getattr(trigger, "tag", None))

    await for_each([rule.id for rule in rules], read, min(_CONCURRENCY, len(rules)))
    if failed:
        print_note(f"{len(failed)} of {len(rules)} triggers could not be read. First error: {describe(failed[0])}")
    return found


@app.command("list")
def list_rules(
    *,
    source: Annotated[str | None, typer.Option(help="List only rules that take money from this account.")] = None,
    limit: LimitOption = 100,
    show_all: AllOption = False,
    api: RestApiOption = None,
    json: JsonOption = False,
) -> None:
    """List the rules."""

    async def work() -> None:
        async with open_client(api) as client:
            max_items = None if show_all else limit
            is_v1 = resolve_api(api) is RestApi.V1
            page_arguments: dict[str, Any] = {} if is_v1 else {"page_size": page_size(max_items)}
            rules, has_more = await read_list(client.rules.list(source_id=source, **page_arguments), max_items)
            triggers = {} if json else await _read_triggers(client, rules)
        print_items(_listing(triggers), rules, max_items, has_more=has_more, json=json)

    run(work)


@app.command()
def get(rule_id: RuleArgument, *, api: RestApiOption = None, json: JsonOption = False) -> None:
    """Print one rule with its trigger and steps."""

    async def work() -> None:
        async with open_client(api) as client:
            rule = await client.rules.get(rule_id)
        if json:
            print_json(rule)
        else:
            _print_rule(rule)

    run(work)


@app.command()
def trigger(
    rule_id: RuleArgument,
    *,
    cents: CentsOption = None,
    dollars_text: DollarsOption = None,
    live: LiveOption = False,
    yes: YesOption = False,
    key: KeyOption = None,
    api: RestApiOption = None,
    json: JsonOption = False,
) -> None:
    """Start a rule without waiting for its outcome.

    By default, platform makes a dry run, and v1 asks for confirmation.
    Pass --live --yes to send a live request without a prompt.

    Exit code 0 means that the rule was started.
    Run `executions` to see the outcome, or use `rules run` to wait for it.
    """

    async def work() -> ExitCode:
        in_cents = parse_amount(cents, dollars_text)
        async with open_client(api) as client:
            action = f"run rule {rule_id}{format_amount_suffix(in_cents)}"
            confirmation = confirm_write(AnyApi(resolve_api(api)), action, live=live, yes=yes, key=key)
            with confirmation.report_interruption():
                triggered = await client.rules.trigger(
                    rule_id,
                    idempotency_key=confirmation.idempotency_key,
                    **_trigger_arguments(api, in_cents, simulation=confirmation.simulation),
                )

            def show() -> None:
                if json:
                    print_json(triggered)
                else:
                    print_facts([("Rule", rule_id), ("Execution", triggered.execution_id)])

            accepted = _describe_accepted(rule_id, triggered.execution_id)
            report_write(ExitCode.OK, show, accepted=accepted, key=confirmation.idempotency_key)
            started = "The dry run" if confirmation.simulation else "The rule"
            follow_up = _describe_follow_up(api, rule_id, triggered.execution_id)
            print_note(f"{started} was started. Its outcome is not known yet. {follow_up}")
        return ExitCode.OK

    run(work)


@app.command("run")
def run_rule(
    rule_id: RuleArgument,
    *,
    cents: CentsOption = None,
    dollars_text: DollarsOption = None,
    live: LiveOption = False,
    yes: YesOption = False,
    key: KeyOption = None,
    timeout: TimeoutOption = 300.0,
    api: RestApiOption = None,
    json: JsonOption = False,
) -> None:
    """Run a rule and wait until its execution ends.

    By default, platform makes a dry run, and v1 asks for confirmation.
    Pass --live --yes to send a live request without a prompt.

    Exit code 0 means that the execution and all its transfers succeeded, and 1 that they did not.
    If the wait ends first (exit code 5), the execution continues.
    """

    async def work() -> ExitCode:
        in_cents = parse_amount(cents, dollars_text)
        async with open_client(api) as client:
            action = f"run rule {rule_id}{format_amount_suffix(in_cents)}"
            confirmation = confirm_write(AnyApi(resolve_api(api)), action, live=live, yes=yes, key=key)
            with confirmation.report_interruption(), spinner(f"Starting rule {rule_id}"):
                triggered = await client.rules.trigger(
                    rule_id,
                    idempotency_key=confirmation.idempotency_key,
                    **_trigger_arguments(api, in_cents, simulation=confirmation.simulation),
                )
            accepted = _describe_accepted(rule_id, triggered.execution_id)
            print_note(f"Accepted: {accepted}. Waiting until it ends.")
            try:
                with spinner(f"Waiting for rule {rule_id}"):
                    execution = await _wait(client, rule_id, triggered.execution_id, timeout)
            except SequenceError as error:
                follow_up = _describe_follow_up(api, rule_id, triggered.execution_id)
                print_error(describe(error), hint=f"The execution continues. {follow_up}")
                execution, code = getattr(error, "last", None), ExitCode.WAIT_TIMED_OUT
            else:
                code = ExitCode.OK if execution.succeeded else ExitCode.FAILED

            def show() -> None:
                if execution is not None:
                    print_execution(execution, json=json)

            return report_write(code, show, accepted=accepted, key=confirmation.idempotency_key)

    run(work)


def _describe_accepted(rule_id: str, execution_id: str | None) -> str:
    return f"{'an execution' if execution_id is None else f'execution {execution_id}'} of rule {rule_id}"


def _describe_follow_up(api: RestApi | None, rule_id: str, execution_id: str | None) -> str:
    """Return a sentence with the command that prints an execution, or the list if its ID is unknown."""
    execution = "" if execution_id is None else f" {execution_id}"
    return f"Run `sequence-async executions {rule_id}{execution}{api_option(api)}` to see it."


async def _wait(client: RestClient, rule_id: str, execution_id: str | None, seconds: float) -> Any:
    from sequence_async.v1 import SequenceClient

    if execution_id is None:
        raise DecodeError("The rule was triggered, but the response does not name the execution.")
    if isinstance(client, SequenceClient):
        return await client.rule_executions.wait(execution_id, timeout=seconds)
    return await client.rules.wait(rule_id, execution_id, timeout=seconds)


def _trigger_arguments(api: RestApi | None, in_cents: int | None, *, simulation: bool) -> dict[str, Any]:
    if resolve_api(api) is RestApi.V1:
        return {"manual_execute_amount": in_cents}
    return {"execute_amount": in_cents, "simulation": simulation}


def _rule_name(rule: Any) -> str | None:
    name: str | None = getattr(rule, "name", None) or getattr(rule, "nickname", None)
    return name


def _print_rule(rule: v1.Rule | platform.Rule) -> None:
    print_facts(
        [
            ("Rule", _rule_name(rule)),
            ("ID", rule.id),
            ("Status", rule.status),
            ("Description", rule.description),
            ("Trigger", _describe_fields(rule.trigger)),
            ("Changed", format_time(rule.updated_at)),
        ],
    )
    steps: Sequence[v1.RuleStep | platform.RuleStep] = rule.steps
    for number, step in enumerate(steps, 1):
        print_line(f"Step {number}: if {_describe_condition(step.conditions)}")
        for action in step.actions:
            print_line(f"  {_describe_fields(action)}")


def _describe_condition(condition: Any) -> str:
    """Return a condition as text, with parentheses around a group."""
    if condition is None:
        return "always"
    if hasattr(condition, "condition"):
        one = condition.condition
        value = one.value if one.value_fact is None else one.value_fact
        account = f" of {one.params.account_id}" if one.params is not None and one.params.account_id else ""
        return f"{one.fact}{account} {one.operator} {value}"
    for word, joint in (("any", " or "), ("all", " and ")):
        if hasattr(condition, word):
            return f"({joint.join(_describe_condition(one) for one in getattr(condition, word))})"
    return repr(condition)


def _describe_fields(thing: Any) -> str:
    """Return a trigger or an action as one line: its type, then its other fields."""
    facts: dict[str, Any] = as_json(thing)
    rest = ", ".join(
        f"{name} {_format_value(value)}" for name, value in facts.items() if name != "type" and value is not None
    )
    return f"{facts.get('type')}: {rest}" if rest else str(facts.get("type"))


def _format_value(value: Any) -> str:
    if isinstance(value, dict):
        facts = cast("dict[str, Any]", value)
        return str(facts.get("name") or facts.get("id") or facts)
    return yes_no(value) if isinstance(value, bool) else str(value)
