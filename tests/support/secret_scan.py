"""Where a secret could show: everything that a log, a traceback with locals, an error tracker or a queue makes of an error."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Iterable, Iterator

import aiohttp

import sequence_async as sa


def shown_by(error: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        current = todo.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        assert not isinstance(current, aiohttp.ClientError), "an aiohttp error holds the headers"
        yield from (str(current), repr(current), repr(current.args), repr(vars(current)))
        if isinstance(current, sa.SequenceError):
            yield repr(pickle.dumps(current))
        for frame, _ in traceback.walk_tb(current.__traceback__):
            if "sequence_async" in frame.f_code.co_filename:
                yield from (repr(value) for value in frame.f_locals.values())
        todo += [current.__cause__, current.__context__]


def assert_clean(texts: Iterable[str], *planted: str) -> None:
    for text in texts:
        for secret in planted:
            assert secret not in text, text
