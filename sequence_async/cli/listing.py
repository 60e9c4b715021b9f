"""How a list is shown: a table or JSON, up to a limit, and a word when there is more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs

from sequence_async.cli.json_output import print_json
from sequence_async.cli.terminal import Column, print_note, print_table
from sequence_async.pager import Pager

_MAX_PAGE_SIZE = 100


@attrs.frozen(kw_only=True)
class Listing:
    """What the table of a list looks like."""

    columns: Sequence[Column]
    row: Callable[[Any], Sequence[object]]
    empty: str


def page_size(limit: int | None) -> int:
    """Say how large a page to ask for: one more than is shown tells whether there is more."""
    return _MAX_PAGE_SIZE if limit is None else min(_MAX_PAGE_SIZE, limit + 1)


async def print_list(listing: Listing, pager: Pager[Any], limit: int | None, *, json: bool) -> None:
    """Read a list up to ``limit`` (``None``: to its end), and show it."""
    shown, more = await read_list(pager, limit)
    print_items(listing, shown, limit, more=more, json=json)


async def read_list(pager: Pager[Any], limit: int | None) -> tuple[Sequence[Any], bool]:
    """Read a list up to ``limit`` (``None``: to its end). Return the items, and whether there are more."""
    items = await pager.collect(None if limit is None else limit + 1)
    return items[:limit], limit is not None and len(items) > limit


def print_items(listing: Listing, items: Sequence[Any], limit: int | None, *, more: bool, json: bool) -> None:
    """Show items that were read."""
    if json:
        print_json(items)
    else:
        print_table(listing.columns, [listing.row(item) for item in items], empty=listing.empty)
    if more:
        print_note(f"There are more than these {limit}: --limit N shows more of them, --all shows all.")
