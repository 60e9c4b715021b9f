"""Decide how a list continues, and when it must stop. Pure functions over the pages received."""

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
_TICK: Final = timedelta(milliseconds=1)  # the precision of the API's times


@attrs.frozen(kw_only=True)
class Page(Generic[T]):
    """One page of a list."""

    items: Sequence[T]
    has_next: bool
    """Whether another page follows."""


@attrs.frozen
class PageResult:
    """A page as received, and the query parameters of the next page, or ``None`` at the end."""

    items: Sequence[Any]
    next_query: Mapping[str, Any] | None
    has_next_page: bool = False
    """Whether the API announces that another page follows."""


def read_page(
    operation: Operation[Any], data: Any, envelope: Mapping[str, Any], asked: Mapping[str, Any]
) -> PageResult:
    """Return the page in a list response, according to the operation's paging style."""
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
        raise DecodeError(f"{operation.id}: unexpected response: $.{member} should be an object.")
    members = cast("dict[str, Any]", info)
    more, cursor = members.get("has_next_page"), members.get("end_cursor")
    if more is False or (more is None and not cursor):
        return None
    if not isinstance(cursor, str) or not cursor:
        raise DecodeError(
            f"{operation.id}: unexpected response: $.{member} announces another page, but end_cursor is not a string."
        )
    return {operation.page_position or "": cursor}


def _next_number(operation: Operation[Any], data: Any, asked: Mapping[str, Any]) -> Mapping[str, Any] | None:
    pagination = data.pagination
    # An empty page always ends the list, because a server may never report the end.
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
    """Return the upper time bound that keeps newer items out of later pages; empty if there is none.

    Pages are numbered from the newest item, so each new item would shift all others by one. The bound is the time of
    the newest item and not the current time, because this computer's clock may be behind the server's and would hide
    items that were just created. If the first page is not ordered from new to old, the current time is the earliest
    bound that hides nothing.
    """
    window = operation.window
    if operation.paging != "page" or window is None or asked.get(window.end) is not None:
        return {}
    found = [getattr(item, window.field, None) for item in items]
    times = [time for time in found if isinstance(time, datetime)]
    if len(times) < len(items) or not times:
        return {}
    newest = max(times)
    descending = times[0] > times[-1] and all(first >= second for first, second in pairwise(times))
    return {window.end: (newest if descending else max(newest, now)) + _TICK}


class PageGuard:
    """Filters items that an earlier page contained, and detects a list that never ends.

    It stores the last 10,000 IDs and a fingerprint of each page, so it does not store the whole list.
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
        """Return the items that no earlier page contained.

        Raises:
            PaginationError: The API returns the same items repeatedly.

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
        # A list sorted newest first that grows by a page while it is read repeats one page, but not two in a row.
        self._stale = 0 if fresh else self._stale + 1
        if self._stale > 1:
            raise PaginationError(
                f"{self._operation}: the API returns the same items repeatedly, so the list would never end."
            )
        return fresh

    def note_next(self, next_query: Mapping[str, Any]) -> None:
        """Store the query of the next page.

        Raises:
            PaginationError: An earlier page had the same query.

        """
        query = repr(next_query)
        if query in self._queries:
            raise PaginationError(
                f"{self._operation}: the API returns the same cursor again, so the list would never end."
            )
        self._queries.add(query)

    def _count_empty(self) -> None:
        self._empty += 1
        if self._empty > _MAX_EMPTY_PAGES:
            raise PaginationError(
                f"{self._operation}: the API returned more than {_MAX_EMPTY_PAGES} empty pages in a row."
            )

    def _known(self, key: str | None) -> bool:
        # Two equal items without an ID may be different events.
        if key is None:
            return False
        if key in self._ids:
            return True
        self._ids.add(key)
        self._order.append(key)
        if len(self._order) > _REMEMBERED:
            self._ids.discard(self._order.popleft())
        return False
