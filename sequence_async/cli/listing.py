"""Lists as a table or JSON, up to a limit, with a note if there are more items."""

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
    """The columns and rows of a list's table."""

    columns: Sequence[Column]
    row: Callable[[Any], Sequence[object]]
    empty: str


def page_size(limit: int | None) -> int:
    """Return the page size to request: one item more than is printed, to detect whether there are more."""
    return _MAX_PAGE_SIZE if limit is None else min(_MAX_PAGE_SIZE, limit + 1)


async def print_list(listing: Listing, pager: Pager[Any], limit: int | None, *, json: bool) -> None:
    """Read a list up to ``limit`` (``None`` for no limit), and print it."""
    items, has_more = await read_list(pager, limit)
    print_items(listing, items, limit, has_more=has_more, json=json)


async def read_list(pager: Pager[Any], limit: int | None) -> tuple[Sequence[Any], bool]:
    """Return the items of a list up to ``limit`` (``None`` for no limit), and whether there are more."""
    items = await pager.collect(None if limit is None else limit + 1)
    return items[:limit], limit is not None and len(items) > limit


def print_items(listing: Listing, items: Sequence[Any], limit: int | None, *, has_more: bool, json: bool) -> None:
    """Print the items of a list, and a note if there are more."""
    if json:
        print_json(items)
    else:
        print_table(listing.columns, [listing.row(item) for item in items], empty=listing.empty)
    if has_more:
        print_note(f"Only the first {limit} are listed. Pass --limit NUMBER to list more, or --all to list all.")
