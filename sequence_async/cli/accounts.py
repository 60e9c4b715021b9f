"""``sequence-async accounts``: list the accounts, or print one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sequence_async.cli.clients import open_client, resolve_api
from sequence_async.cli.exit_codes import run
from sequence_async.cli.json_output import as_json, print_json
from sequence_async.cli.listing import Listing, page_size, print_list
from sequence_async.cli.options import AllOption, JsonOption, LimitOption, RestApi, RestApiOption
from sequence_async.cli.terminal import Column, format_dollars, format_time, id_column, print_facts, text_column, yes_no

if TYPE_CHECKING:
    from sequence_async.cli.clients import RestClient
    from sequence_async.models import platform, v1

_LISTING = Listing(
    columns=(
        text_column("Account"),
        id_column(),
        Column("Type"),
        text_column("Institution", optional=True),
        Column("Source", optional=True),
        text_column("Description", optional=True),
    ),
    row=lambda account: (
        account.name,
        account.id,
        account.external_account_type or account.type,
        account.institution_name,
        yes_no(account.can_be_source),
        account.description,
    ),
    empty="No accounts.",
)


def accounts(
    account_id: Annotated[
        str | None, typer.Argument(help="Print this account with its balance.", show_default=False)
    ] = None,
    *,
    limit: LimitOption = 100,
    show_all: AllOption = False,
    api: RestApiOption = None,
    json: JsonOption = False,
) -> None:
    """List the accounts, or print one with its balance. Account numbers are masked."""

    async def work() -> None:
        async with open_client(api) as client:
            if account_id is None:
                max_items = None if show_all else limit
                is_v1 = resolve_api(api) is RestApi.V1
                page_arguments: dict[str, Any] = {} if is_v1 else {"page_size": page_size(max_items)}
                await print_list(_LISTING, client.accounts.list(**page_arguments), max_items, json=json)
            else:
                await _print_account(client, account_id, json=json)

    run(work)


async def _print_account(client: RestClient, account_id: str, *, json: bool) -> None:
    account = await client.accounts.get(account_id)
    if json:
        print_json(account)
        return
    masked: dict[str, object] = as_json(account)
    print_facts(
        [
            ("Account", account.name),
            ("ID", account.id),
            ("Type", account.external_account_type or account.type),
            ("Institution", account.institution_name),
            ("Beneficiary", account.beneficiary_name),
            ("Routing number", masked["routing_number"]),
            ("Account number", masked["bank_account_number"]),
            ("Can be source", yes_no(account.can_be_source)),
            *_balance_facts(account.balance),
        ],
    )


def _balance_facts(balance: v1.Balance | platform.Balance | None) -> list[tuple[str, object]]:
    if balance is None:
        return [("Balance", None)]
    return [
        ("Balance", balance.error or format_dollars(balance.balance_in_cents)),
        ("Available", format_dollars(balance.available_balance_in_cents)),
        ("Updated", format_time(balance.balance_last_updated_at)),
    ]
