"""How a list goes on, and when it must not: pure decisions over pages as they come."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final, Generic, TypeVar, cast

import attrs

from sequence_async.errors import DecodeError, PaginationError
from sequence_async.operations._runtime import Operation

T = TypeVar("T")

_REMEMBERED: Final = 10_000
_MAX_EMPTY_PAGES: Final = 100  # empty pages in a row before a list counts as endless
_TICK: Final = timedelta(milliseconds=1)  # times are given with no more precision than this


@attrs.frozen(kw_only=True)
class Page(Generic[T]):
    """One page of a list."""

    items: Sequence[T]
    has_next: bool
    """Whether another page follows."""


@attrs.frozen
class PageResult:
    """A page as it came, and how to ask for the next one: query parameters, or ``None`` at the end."""

    items: Sequence[Any]
    next_query: Mapping[str, Any] | None
    has_next_page: bool = False
    """Whether the API says that a page of that number follows."""


def read_page(
    operation: Operation[Any], data: Any, envelope: Mapping[str, Any], asked: Mapping[str, Any]
) -> PageResult:
    """Read a list's answer in the paging style of its operation."""
    match operation.paging:
        case "none":
            return PageResult(data, None)
        case "cursor":
            return PageResult(data, _next_cursor(operation, envelope))
        case "page":
            return PageResult(data.items, _next_number(operation, data, asked), data.pagination.has_next_page is True)


def _next_cursor(operation: Operation[Any], envelope: Mapping[str, Any]) -> Mapping[str, Any] | None:
    member = operation.api.page_member or ""
    info = envelope.get(member)
    if info is None:
        return None
    if not isinstance(info, dict):
        raise DecodeError(f"The answer to {operation.id} is not documented: $.{member} should be an object.")
    members = cast("dict[str, Any]", info)
    more, cursor = members.get("has_next_page"), members.get("end_cursor")
    if more is False or (more is None and not cursor):
        return None
    if not isinstance(cursor, str) or not cursor:
        raise DecodeError(f"The answer to {operation.id} says that more follows, but $.{member}.end_cursor is no text.")
    return {operation.page_position or "": cursor}


def _next_number(operation: Operation[Any], data: Any, asked: Mapping[str, Any]) -> Mapping[str, Any] | None:
    pagination = data.pagination
    # An empty page ends the list, whatever it says: a server that never says it is done must not keep us.
    if not data.items or pagination.has_next_page is False:
        return None
    size = pagination.page_size or asked.get(operation.page_size or "") or operation.default_page_size or 0
    if pagination.has_next_page is None and len(data.items) < size:
        return None
    number = operation.page_position or ""
    return {number: asked.get(number, 1) + 1}


def upper_bound(
    operation: Operation[Any], asked: Mapping[str, Any], items: Sequence[Any], now: datetime
) -> Mapping[str, datetime]:
    """Return the end of the window that keeps newer items out of the later pages; empty where none can be set.

    Pages are numbered from the newest item, so that each new one would move all others on by a place. The bound is that
    of the newest item itself and not the present: this computer's clock may be behind the server's, and would hide
    what was created just now. Where the first page is not seen to go from new to old, the present is the earliest bound
    that hides nothing.
    """
    window = operation.window
    if operation.paging != "page" or window is None or asked.get(window.end) is not None:
        return {}
    found = [getattr(item, window.field, None) for item in items]
    moments = [moment for moment in found if isinstance(moment, datetime)]
    if len(moments) < len(items) or not moments:
        return {}
    newest = max(moments)
    descending = moments[0] > moments[-1] and all(first >= second for first, second in pairwise(moments))
    return {window.end: (newest if descending else max(newest, now)) + _TICK}


class PageGuard:
    """What a list has already given: no item goes out twice, and no list goes round in circles.

    It remembers the last ten thousand ids and a fingerprint of each page, so that its size does not follow the list's.
    """

    def __init__(self, operation_id: str) -> None:
        self._operation = operation_id
        self._ids: set[str] = set()
        self._order: deque[str] = deque()
        self._pages: set[int] = set()
        self._queries: set[str] = set()
        self._stale = 0
        self._empty = 0

    def unseen(self, items: Sequence[T]) -> list[T]:
        """Return the items that were not given before.

        Raises:
            PaginationError: the server repeats itself.

        """
        if not items:
            self._count_empty()
            return []
        self._empty = 0
        ids = [cast("str | None", getattr(item, "id", None)) for item in items]
        fresh = [item for item, known in zip(items, map(self._known, ids), strict=True) if not known]
        fingerprint = hash(tuple(ids)) if all(ids) else hash(repr(items))
        if fingerprint in self._pages:
            fresh = []
        self._pages.add(fingerprint)
        # A newest-first list that grew by a page while it was read shows one page again, but not two in a row.
        self._stale = 0 if fresh else self._stale + 1
        if self._stale > 1:
            raise PaginationError(f"{self._operation}: the server gives the same items again and again.")
        return fresh

    def note_next(self, next_query: Mapping[str, Any]) -> None:
        """Note how the next page is asked for.

        Raises:
            PaginationError: it was asked for in the same way before.

        """
        result = repr(next_query)
        if result in self._queries:
            raise PaginationError(f"{self._operation}: the server gives a cursor that it gave before.")
        self._queries.add(result)

    def _count_empty(self) -> None:
        self._empty += 1
        if self._empty > _MAX_EMPTY_PAGES:
            raise PaginationError(f"{self._operation}: the server says that more follows, but gives empty pages.")

    def _known(self, key: str | None) -> bool:
        # Without an id, two equal items may be two things that happened.
        if key is None:
            return False
        if key in self._ids:
            return True
        self._ids.add(key)
        self._order.append(key)
        if len(self._order) > _REMEMBERED:
            self._ids.discard(self._order.popleft())
        return False
