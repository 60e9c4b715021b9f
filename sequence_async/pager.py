"""Lazy lists: pages are read while you iterate."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sequence_async._core.arguments import check_integer
from sequence_async._core.paging import Page, PageGuard, read_page, upper_bound
from sequence_async._core.request import Request
from sequence_async._core.target import within_reach
from sequence_async.operations._runtime import Operation

if TYPE_CHECKING:
    from sequence_async._transport.caller import Caller

__all__ = ["Page", "Pager"]

T = TypeVar("T")

_log = logging.getLogger("sequence_async")


class Pager(Generic[T]):
    """A lazy list of ``T``. Each page is requested when it is needed, and none is kept.

    - ``async for item in pager`` yields every item once.
    - ``await pager`` returns the first :class:`Page`.
    - ``pager.pages()`` yields page by page.
    - ``await pager.collect(limit)`` returns a list.

    Each of these starts at the first page. The client's ``timeout`` applies to each page. If the API repeats a cursor,
    or returns the same page repeatedly, :class:`~sequence_async.PaginationError` is raised.

    Numbered pages shift if the list changes while you read it:

    - If the operation takes an upper time bound and you pass none, later pages leave out items that are created after
      the first page is read.
    - Other shifts that the client can detect set :attr:`shifted`.
    - If an item leaves the list, such as a transfer whose status no longer matches the filter, the items after it move
      up. The client may then miss one without noticing.
    """

    def __init__(
        self,
        caller: Caller,
        operation: Operation[Any],
        query: Mapping[str, Any],
        *,
        path: Mapping[str, str] | None = None,
        queued: bool = False,
    ) -> None:
        self._caller = caller
        self._request = caller.build(operation, path=path, query=query)
        self._operation = operation
        self._query = query
        self._path = path
        self._queued = queued
        self._shifted = False

    @property
    def shifted(self) -> bool:
        """Whether the list changed during the last iteration, so that items may be missing.

        True if an item appeared twice, or if a page that the API announced was empty. A warning is logged as well.
        """
        return self._shifted

    def __await__(self) -> Generator[Any, None, Page[T]]:
        return self._first().__await__()

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.items:
                yield item

    async def pages(self) -> AsyncGenerator[Page[T], None]:
        """Yield page by page, without items that an earlier page contained.

        Pages that contain no new item are skipped, except the first.

        Raises:
            PaginationError: The API repeats a cursor or a page.
            SequenceError: Any other failure.

        """
        seen = PageGuard(self._operation.id)
        query = dict(self._query)
        request: Request | None = self._request
        first, announced = True, False
        self._shifted = False
        while True:
            now = datetime.now(UTC)
            if moved := within_reach(self._operation, query, now):
                query |= moved
                request = None
            if request is None:
                request = self._caller.build(self._operation, path=self._path, query=query)
            response = await self._caller.send(request, queued=self._queued, built_here=True)
            request = None
            result = read_page(self._operation, response.data, response.envelope, query)
            fresh = seen.unseen(result.items) if result.items or result.next_query else []
            if len(fresh) < len(result.items) or (announced and not result.items):
                self._note_shift()
            if result.next_query is not None:
                seen.note_next(result.next_query)
                if first:
                    query |= upper_bound(self._operation, query, result.items, now)
                query |= result.next_query
            if fresh or first:
                yield Page(items=tuple(fresh), has_next=result.next_query is not None)
            if result.next_query is None:
                return
            first, announced = False, result.has_next_page

    def _note_shift(self) -> None:
        if not self._shifted:
            _log.warning("%s: the list changed while it was read. Some items may be missing.", self._operation.id)
        self._shifted = True

    async def collect(self, limit: int | None = None) -> list[T]:
        """Return all items as a list.

        Args:
            limit: The most items to return, 0 or more. Default: all.

        Raises:
            ArgumentError: ``limit`` is invalid. No request was sent.
            SequenceError: A page could not be read.

        """
        if limit is not None:
            check_integer("limit", limit, 0)
        items: list[T] = []
        if limit == 0:
            return items
        async for item in self:
            items.append(item)
            if len(items) == limit:
                break
        return items

    async def _first(self) -> Page[T]:
        async for page in self.pages():
            return page
        raise AssertionError("a list has a first page")  # pragma: no cover
