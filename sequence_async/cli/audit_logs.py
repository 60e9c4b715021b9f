"""``sequence-async audit-logs``: list the requests made with each API key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from sequence_async.cli.clients import check_platform_usable, print_slow_polling
from sequence_async.cli.exit_codes import run
from sequence_async.cli.listing import Listing, page_size, print_list
from sequence_async.cli.numbers import integer_parser
from sequence_async.cli.options import AllOption, JsonOption, LimitOption
from sequence_async.cli.terminal import Column, format_time, text_column

_LISTING = Listing(
    columns=(
        Column("Time"),
        text_column("Key"),
        Column("Action"),
        Column("Outcome"),
        text_column("Path", optional=True),
        Column("Request", optional=True),
    ),
    row=lambda entry: (
        format_time(entry.created_at),
        entry.api_key_name,
        entry.action,
        f"{entry.outcome} ({entry.error_code})" if entry.error_code else entry.outcome,
        entry.path,
        entry.request_id,
    ),
    empty="No requests.",
)


def audit_logs(
    *,
    action: Annotated[str | None, typer.Option(help="List only this action, such as CREATE_TRANSFER.")] = None,
    key_id: Annotated[str | None, typer.Option(help="List only requests made with the API key with this ID.")] = None,
    days: Annotated[
        int | None,
        typer.Option(parser=integer_parser(1, 90), metavar="NUMBER", help="List only the last NUMBER days."),
    ] = None,
    limit: LimitOption = 20,
    show_all: AllOption = False,
    json: JsonOption = False,
) -> None:
    """List the requests made with each API key of the organization, newest first (platform only)."""

    async def work() -> None:
        check_platform_usable()
        from sequence_async.platform import PlatformClient

        max_items = None if show_all else limit
        async with PlatformClient(on_event=print_slow_polling) as client:
            pager = client.audit_logs.list(
                api_key_id=key_id,
                action=action,
                created_from=None if days is None else datetime.now(UTC) - timedelta(days=days),
                page_size=page_size(max_items),
            )
            await print_list(_LISTING, pager, max_items, json=json)

    run(work)
