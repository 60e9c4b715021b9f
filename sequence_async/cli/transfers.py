"""``sequence-async transfers``: list, inspect, create and wait for transfers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sequence_async.cli.clients import open_client, resolve_api
from sequence_async.cli.confirmation import (
    CentsOption,
    DollarsOption,
    KeyOption,
    LiveOption,
    YesOption,
    confirm_write,
    parse_required_amount,
)
from sequence_async.cli.exit_codes import ExitCode, describe, report_write, run, usage_error
from sequence_async.cli.json_output import print_json
from sequence_async.cli.listing import Listing, page_size, print_list
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
    format_dollars,
    format_time,
    id_column,
    money_column,
    print_error,
    print_facts,
    print_note,
    spinner,
    text_column,
)
from sequence_async.errors import SequenceError

if TYPE_CHECKING:
    from sequence_async.cli.clients import RestClient
    from sequence_async.models import platform, v1
    from sequence_async.pager import Pager

    Transfer = v1.Transfer | platform.Transfer

app = typer.Typer(help="List, inspect, create and wait for transfers.", no_args_is_help=True)

_LISTING = Listing(
    columns=(
        Column("Created", optional=True),
        money_column("Amount"),
        Column("Status"),
        text_column("From", optional=True),
        text_column("To", optional=True),
        Column("Origin", optional=True),
        id_column(),
    ),
    row=lambda transfer: (
        format_time(transfer.created_at),
        format_dollars(transfer.amount_in_cents),
        _status(transfer),
        transfer.source.name if transfer.source else None,
        transfer.destination.name if transfer.destination else None,
        transfer.origin,
        transfer.id,
    ),
    empty="No transfers.",
)


@app.command("list")
def list_transfers(
    account_ids: Annotated[
        list[str],
        typer.Argument(metavar="ACCOUNT_ID...", help="List the transfers of these accounts. v1 accepts only one."),
    ],
    *,
    status: Annotated[str | None, typer.Option(help="List only transfers with this status.")] = None,
    simulated: Annotated[bool, typer.Option("--simulated", help="Include dry runs (platform only).")] = False,
    limit: LimitOption = 20,
    show_all: AllOption = False,
    api: RestApiOption = None,
    json: JsonOption = False,
) -> None:
    """List the transfers of accounts, newest first."""

    async def work() -> None:
        async with open_client(api) as client:
            pager = _list_pager(client, account_ids, status, None if show_all else limit, simulated=simulated)
            await print_list(_LISTING, pager, None if show_all else limit, json=json)

    run(work)


def _list_pager(
    client: RestClient, account_ids: list[str], status: str | None, limit: int | None, *, simulated: bool
) -> Pager[Any]:
    from sequence_async.v1 import SequenceClient

    if not isinstance(client, SequenceClient):
        mode = "ALL" if simulated else None
        return client.transfers.list(account_ids, status=status, execution_mode=mode, page_size=page_size(limit))
    if len(account_ids) > 1 or simulated:
        raise usage_error(
            "--api v1 must not be used with several accounts or with --simulated. It lists the transfers of one "
            "account, and has no dry runs. Nothing was sent."
        )
    return client.transfers.list(account_ids[0], status=status, page_size=page_size(limit))


@app.command("get")
def get(
    transfer_id: Annotated[str, typer.Argument(help="Print the transfer with this ID.")],
    *,
    api: RestApiOption = None,
    json: JsonOption = False,
) -> None:
    """Print one transfer."""

    async def work() -> None:
        async with open_client(api) as client:
            _print_transfer(await client.transfers.get(transfer_id), json=json)

    run(work)


@app.command("create")
def create(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Take the money from the account with this ID.")],
    destination: Annotated[
        str, typer.Argument(metavar="DESTINATION", help="Move the money to the account with this ID.")
    ],
    *,
    cents: CentsOption = None,
    dollars_text: DollarsOption = None,
    description: Annotated[str | None, typer.Option(help="Set the text for the bank statement.")] = None,
    live: LiveOption = False,
    yes: YesOption = False,
    key: KeyOption = None,
    wait: Annotated[
        bool | None,
        typer.Option(
            "--wait/--no-wait",
            help="Wait until the transfer is settled. (default: only for a dry run)",
            show_default=False,
        ),
    ] = None,
    timeout: TimeoutOption = 300.0,
    api: RestApiOption = None,
    json: JsonOption = False,
) -> None:
    """Move money from one account to another.

    By default, platform makes a dry run, and v1 asks for confirmation.
    Pass --live --yes to send a live request without a prompt.

    The command prints the idempotency key before it sends anything.
    If it ends in doubt (exit code 3), retry it with that key. The transfer is executed only once.

    A dry run waits for its outcome, and ends with exit code 1 if the transfer would not have been made.
    A live transfer is accepted first and settles later. Exit code 0 then means that the API accepted it.
    """

    async def work() -> ExitCode:
        in_cents = parse_required_amount(cents, dollars_text)
        async with open_client(api) as client:
            action = f"transfer {format_dollars(in_cents)} from {source} to {destination}"
            confirmation = confirm_write(AnyApi(resolve_api(api)), action, live=live, yes=yes, key=key)
            with confirmation.report_interruption():
                transfer = await client.transfers.create(
                    source_account_id=source,
                    destination_account_id=destination,
                    amount_in_cents=in_cents,
                    description=description,
                    idempotency_key=confirmation.idempotency_key,
                    **({} if resolve_api(api) is RestApi.V1 else {"simulation": confirmation.simulation}),
                )
            code = _exit_code_of(transfer)
            follow_up = f"`sequence-async transfers wait {transfer.id}{api_option(api)}`"
            if not transfer.settled and (confirmation.simulation if wait is None else wait):
                print_note(f"Accepted: transfer {transfer.id} is {transfer.status}. Waiting until it is settled.")
                transfer, code = await _wait_for_accepted(client, transfer, timeout, follow_up)
            show = partial(_print_transfer, transfer, json=json)
            report_write(code, show, accepted=f"transfer {transfer.id}", key=confirmation.idempotency_key)
        if not transfer.settled and code is ExitCode.OK:
            print_note(f"The {_kind(transfer)} was accepted and is not settled yet. Run {follow_up} to wait for it.")
        return code

    run(work)


@app.command("wait")
def wait(
    transfer_id: Annotated[str, typer.Argument(help="Wait for the transfer with this ID.")],
    *,
    timeout: TimeoutOption = 300.0,
    api: RestApiOption = None,
    json: JsonOption = False,
) -> None:
    """Wait until a transfer is settled. Exit code 0 means that it is complete, and 1 that it failed."""

    async def work() -> ExitCode:
        async with open_client(api) as client:
            return await _wait_and_print(client, transfer_id, timeout, json=json)

    run(work)


async def _wait_for_accepted(
    client: RestClient, transfer: Transfer, seconds: float, follow_up: str
) -> tuple[Transfer, ExitCode]:
    """Wait for an accepted transfer. If the wait fails, the transfer continues."""
    try:
        with spinner(f"Waiting for transfer {transfer.id} to settle"):
            transfer = await client.transfers.wait(transfer.id, timeout=seconds)
    except SequenceError as error:
        print_error(describe(error), hint=f"The {_kind(transfer)} continues. Run {follow_up} to wait for it.")
        return transfer, ExitCode.WAIT_TIMED_OUT
    return transfer, _exit_code_of(transfer)


def _exit_code_of(transfer: Transfer) -> ExitCode:
    failed = transfer.settled and transfer.status.lower() != "complete"
    return ExitCode.FAILED if failed else ExitCode.OK


async def _wait_and_print(client: RestClient, transfer_id: str, seconds: float, *, json: bool) -> ExitCode:
    with spinner(f"Waiting for transfer {transfer_id} to settle"):
        transfer = await client.transfers.wait(transfer_id, timeout=seconds)
    _print_transfer(transfer, json=json)
    return _exit_code_of(transfer)


def _status(transfer: Transfer) -> str:
    reason = f" ({transfer.error_code})" if transfer.error_code else ""
    return f"{transfer.status}{reason}{' (simulated)' if _is_simulated(transfer) else ''}"


def _kind(transfer: Transfer) -> str:
    return "dry run" if _is_simulated(transfer) else "transfer"


def _is_simulated(transfer: Transfer) -> bool:
    return getattr(transfer, "execution_mode", None) == "SIMULATION"


def _print_transfer(transfer: Transfer, *, json: bool) -> None:
    if json:
        print_json(transfer)
        return
    print_facts(
        [
            ("Transfer", transfer.id),
            ("Amount", format_dollars(transfer.amount_in_cents)),
            ("Status", _status(transfer)),
            ("From", transfer.source.name if transfer.source else None),
            ("To", transfer.destination.name if transfer.destination else None),
            ("Direction", transfer.direction),
            ("Origin", transfer.origin),
            ("Rule", transfer.rule_id),
            ("Execution", transfer.rule_execution_id),
            ("Created", format_time(transfer.created_at)),
            ("Completed", format_time(transfer.completed_at)),
        ],
    )
