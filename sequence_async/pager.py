"""Lists that are read as they are walked through."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Generator, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sequence_async._core.arguments import check_integer
from sequence_async._core.paging import Page, Seen, read_page
from sequence_async._core.request import build_target
from sequence_async.operations._runtime import Operation

if TYPE_CHECKING:
    from sequence_async._transport.engine import Engine

__all__ = ["Page", "Pager"]

T = TypeVar("T")


class Pager(Generic[T]):
    """A list of ``T``, lazy: a page is asked for when it is needed, and none is kept.

    ``await pager`` gives the first :class:`Page`; ``async for item in pager`` gives every item, each once;
    ``pager.pages()`` gives page by page; ``await pager.collect(limit)`` gives a list. Each of these starts from the
    first page. A server that repeats a cursor or a page raises :class:`~sequence_async.PaginationError`.
    """

    def __init__(
        self,
        engine: Engine,
        operation: Operation[Any],
        query: Mapping[str, Any],
        *,
        path: Mapping[str, str] | None = None,
        at_start: Callable[[dict[str, Any]], None] | None = None,
    ) -> None:
        if operation.availability != "available":
            engine.check_unlocked(operation.id)
        build_target(operation, path, query)
        self._engine = engine
        self._operation = operation
        self._query = query
        self._path = path
        self._at_start = at_start

    def __await__(self) -> Generator[Any, None, Page[T]]:
        return self._first().__await__()

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.items:
                yield item

    async def pages(self) -> AsyncIterator[Page[T]]:
        """Give page by page. An item that a page shows again is left out of it; a page without a new item too."""
        seen = Seen(self._operation.id)
        query = dict(self._query)
        if self._at_start is not None:
            self._at_start(query)
        first = True
        while True:
            response = await self._engine.call(self._operation, path=self._path, query=query)
            turn = read_page(self._operation, response.data, response.envelope, query)
            fresh = seen.fresh(turn.items) if turn.items or turn.following else []
            if turn.following is not None:
                seen.follow(turn.following)
                query |= turn.following
            if fresh or first:
                yield Page(items=tuple(fresh), has_next=turn.following is not None)
            if turn.following is None:
                return
            first = False

    async def collect(self, limit: int | None = None) -> list[T]:
        """Return the items as a list: all of them, or the first ``limit``."""
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
