"""``sequence-async remote``: the Remote API, with its own credentials."""

from __future__ import annotations

import json as json_text
import os
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from sequence_async.cli.clients import open_remote_client
from sequence_async.cli.confirmation import KeyOption, LiveOption, YesOption, confirm_write, exit_on_interrupt
from sequence_async.cli.exit_codes import ExitCode, report_write, run, usage_error
from sequence_async.cli.json_output import print_json
from sequence_async.cli.options import AnyApi, JsonOption
from sequence_async.cli.terminal import (
    Column,
    format_dollars,
    id_column,
    is_interactive,
    money_column,
    print_error,
    print_facts,
    print_note,
    print_table,
    text_column,
    yes_no,
)

if TYPE_CHECKING:
    from sequence_async.models import remote

app = typer.Typer(
    help="Use the Remote API: read all balances in one call, and trigger rules by their secret.", no_args_is_help=True
)

SECRET_VARIABLE = "SEQUENCE_RULE_SECRET"  # noqa: S105 - the name of a variable, not a secret

_COLUMNS = (text_column("Account"), id_column(), Column("Type"), money_column("Balance"), text_column("Note"))


@app.command()
def accounts(*, json: JsonOption = False) -> None:
    """List the accounts with their balances, in one call. Requires SEQUENCE_ACCESS_TOKEN."""

    async def work() -> None:
        async with open_remote_client() as client:
            snapshot = await client.accounts.list()
        if json:
            print_json(snapshot)
            return
        print_table(_COLUMNS, [_row(account) for account in snapshot.accounts or ()], empty="No accounts.")
        for error in snapshot.errors:
            print_error(str(error))

    run(work)


def _row(account: remote.RemoteAccount) -> tuple[object, ...]:
    balance = account.balance
    return account.name, account.id, account.type, format_dollars(balance.amount_in_cents), balance.error


@app.command()
def trigger(
    rule_id: Annotated[str, typer.Argument(metavar="RULE_ID", help="Trigger the rule with this ID.")],
    *,
    payload: Annotated[str | None, typer.Option(metavar="JSON", help="Send this JSON object to the rule.")] = None,
    live: LiveOption = False,
    yes: YesOption = False,
    key: KeyOption = None,
    json: JsonOption = False,
) -> None:
    """Trigger a rule by its secret.

    The command asks for confirmation. Pass --live --yes to skip the prompt.
    Set the secret in SEQUENCE_RULE_SECRET. If it is not set, the command prompts for it without showing the input.
    """

    async def work() -> ExitCode:
        document = None if payload is None else _parse_payload(payload)
        async with open_remote_client(rule_secrets={rule_id: _read_secret(rule_id)}) as client:
            confirmation = confirm_write(AnyApi.REMOTE, f"trigger rule {rule_id}", live=live, yes=yes, key=key)
            with confirmation.report_interruption():
                triggered = await client.rules.trigger(rule_id, document, idempotency_key=confirmation.idempotency_key)

            def show() -> None:
                if json:
                    print_json(triggered)
                    return
                print_facts(
                    [
                        ("Rule", rule_id),
                        ("Request", triggered.request_id),
                        ("Message", triggered.message),
                        ("Test mode", yes_no(triggered.test_mode)),
                    ],
                )

            accepted = f"request {triggered.request_id} for rule {rule_id}"
            report_write(ExitCode.OK, show, accepted=accepted, key=confirmation.idempotency_key)
            print_note("The rule was started. Its outcome is not known yet. Run `sequence-async executions` to see it.")
        return ExitCode.OK

    run(work)


def _parse_payload(text: str) -> dict[str, Any]:
    try:
        found: Any = json_text.loads(text)
    except ValueError:
        found = None
    if isinstance(found, dict):
        return cast("dict[str, Any]", found)
    raise usage_error("--payload must be a JSON object, such as '{\"amount\": 1250}'. Nothing was sent.")


def _read_secret(rule_id: str) -> str:
    found = os.environ.get(SECRET_VARIABLE)
    if found:
        return found
    if not is_interactive():
        raise usage_error(f"The secret of rule {rule_id} is not set. Nothing was sent.", hint=f"Set {SECRET_VARIABLE}.")
    with exit_on_interrupt():
        secret: str = typer.prompt(f"Secret of rule {rule_id}", hide_input=True, err=True)
    return secret
