"""Whatever bytes come back: a value or a SequenceError, by the deadline. Cases that once failed are kept in ``hostile/``."""

from __future__ import annotations

import asyncio
import gzip
import json
import zlib
from pathlib import Path
from typing import Any

import pytest
from documented_examples import spoiled
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from scripted_server import ScriptedServer, Step, answer
from v1_payloads import account, transfer
from virtual_time import VirtualLoop, virtual_time

import sequence_async as sa

KEPT = sorted((Path(__file__).parents[1] / "support" / "hostile").glob("*.http"))
MOVE = {"source_account_id": "acc_1", "destination_account_id": "acc_2", "amount_in_cents": 500}
PROMPT = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    database=None,
)


async def survive(step: Step, timeout: float = 20.0) -> list[Any]:
    """Make a read and a write against the answer; return what each ended in."""
    loop = asyncio.get_running_loop()
    ends: list[Any] = []
    async with ScriptedServer(step) as server:
        async with sa.SequenceClient("sk_test", base_url=server.url, timeout=timeout, max_attempts=2) as client:
            for call in (client.accounts.get("acc_1"), client.transfers.create(**MOVE)):
                started = loop.time()
                try:
                    ends.append(await call)
                except sa.SequenceError as error:
                    str(error)
                    ends.append(error)
                assert loop.time() - started <= timeout + 0.05
    return ends


@pytest.fixture(scope="module")
def runner() -> Any:
    with asyncio.Runner(loop_factory=VirtualLoop) as made:
        yield made


def raw(head: bytes, body: bytes = b"") -> Step:
    return Step(head + b"\r\n\r\n" + body, drop=True)


VALUE = json.dumps({"data": account()}).encode()

HOSTILE = {
    "nothing": Step(b"", drop=True),
    "half a status line": Step(b"HTTP/1.1 20", drop=True),
    "a status beyond": raw(b"HTTP/1.1 999 What"),
    "a status of four digits": raw(b"HTTP/1.1 2000 OK"),
    "a status that is none": raw(b"HTTP/1.1 abc OK"),
    "http 0.9": Step(VALUE, drop=True),
    "http 3": raw(b"HTTP/3.0 200 OK\r\nContent-Length: 2", b"{}"),
    "a negative length": raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5", VALUE),
    "a length that is none": raw(b"HTTP/1.1 200 OK\r\nContent-Length: ten", VALUE),
    "two lengths": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7", VALUE),
    "a length beyond memory": Step(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n" + VALUE, hang=True),
    "length and chunks": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked", b"0\r\n\r\n"),
    "chunks of no size": raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked", b"zz\r\n{}\r\n0\r\n\r\n"),
    "a chunk beyond memory": raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked", b"ffffffffffffffff\r\n{}"),
    "chunks without end": Step(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", hang=True),
    "a header without a name": raw(b"HTTP/1.1 200 OK\r\n: x\r\nContent-Length: 2", b"{}"),
    "a header with a break": raw(b"HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 2", b"{}"),
    "a header with a null": raw(b"HTTP/1.1 200 OK\r\nX: a\x00b\r\nContent-Length: 2", b"{}"),
    "a long header": answer(200, VALUE, {"X-Long": "x" * 1_000_000}),
    "many headers": answer(200, VALUE, {f"X-{number}": "x" for number in range(20_000)}),
    "a content type that is none": answer(200, VALUE, {"Content-Type": "\xff/;;=;charset=klingon"}),
    "a charset that is none": answer(200, VALUE, {"Content-Type": "application/json; charset=klingon"}),
    "gzip that is none": answer(200, VALUE, {"Content-Encoding": "gzip"}),
    "gzip cut short": answer(200, gzip.compress(VALUE)[:-9], {"Content-Encoding": "gzip"}),
    "gzip with a tail": answer(200, gzip.compress(VALUE) + b"tail", {"Content-Encoding": "gzip"}),
    "deflate in deflate": answer(200, zlib.compress(zlib.compress(VALUE)), {"Content-Encoding": "deflate"}),
    "an encoding that is none": answer(200, VALUE, {"Content-Encoding": "rot13"}),
    "brotli that is none": answer(200, VALUE, {"Content-Encoding": "br"}),
    "an unpacked flood": answer(200, gzip.compress(b"[" * 40_000_000), {"Content-Encoding": "gzip"}),
    "only 100 continue": Step(b"HTTP/1.1 100 Continue\r\n\r\n" * 5, drop=True),
    "switching protocols": raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade", VALUE),
    "204 with a body": raw(b"HTTP/1.1 204 No Content\r\nContent-Length: 2", b"{}"),
    "304": raw(b"HTTP/1.1 304 Not Modified"),
    "deep nesting": answer(200, b'{"data":' * 100_000),
    "deep arrays": answer(200, b'{"data":' + b"[" * 900 + b"]" * 900 + b"}"),
    "huge numbers": answer(200, b'{"data":{"amount_in_cents":' + b"9" * 10_000 + b"}}"),
    "a tiny fraction": answer(200, b'{"data":{"amount_in_cents":1e-999999}}'),
    "duplicate keys": answer(200, b'{"data":{"id":"a","id":7}}'),
    "a byte order mark": answer(200, b"\xef\xbb\xbf" + VALUE),
    "utf-16": answer(200, VALUE.decode().encode("utf-16")),
    "lone surrogates": answer(200, b'{"data":{"id":"\\ud800"}}'),
    "invalid utf-8": answer(200, b'{"data":{"id":"\xc3\x28"}}'),
    "json twice": answer(200, VALUE + VALUE),
    "a comment": answer(200, b"// hello\n" + VALUE),
    "errors as a success": answer(200, {"error": {"code": "x", "message": "y"}}),
    "an endless message": answer(400, {"error": {"code": "c" * 100_000, "message": "m" * 1_000_000}}),
    "an error of errors": answer(400, {"error": {"error": {"error": []}}}),
    "a set-cookie": answer(200, VALUE, {"Set-Cookie": "a=b; Domain=evil; =; ;;"}),
    "a location that is none": answer(302, b"", {"Location": "::::"}),
    "a retry-after that is none": answer(503, b"", {"Retry-After": "9" * 400}),
    "a retry-after in the past": answer(503, b"", {"Retry-After": "Wed, 21 Oct 1815 07:28:00 GMT", "Date": "x"}),
}


@pytest.mark.parametrize("name", HOSTILE)
@virtual_time
async def test_hostile_answers(name: str) -> None:
    _, written = await survive(HOSTILE[name])
    assert isinstance(written, sa.SequenceError), "none of these is a transfer"
    if written.in_doubt:
        assert written.idempotency_key


@pytest.mark.parametrize("path", KEPT, ids=[path.stem for path in KEPT])
def test_answers_that_once_failed(runner: asyncio.Runner, path: Path) -> None:
    runner.run(survive(Step(path.read_bytes(), drop=True)))


def test_there_are_kept_answers() -> None:
    assert KEPT


@settings(PROMPT, max_examples=150)
@given(payload=st.binary(max_size=200))
def test_any_bytes(runner: asyncio.Runner, payload: bytes) -> None:
    runner.run(survive(Step(payload, drop=True)))


@settings(PROMPT, max_examples=150)
@given(
    status=st.integers(100, 999),
    headers=st.dictionaries(
        st.sampled_from(["Content-Type", "Retry-After", "X-Request-ID", "Content-Encoding", "Connection", "Date"]),
        st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20),
    ),
    body=st.binary(max_size=60) | spoiled({"request_id": "r", "data": transfer()}).map(json.dumps).map(str.encode),
)
def test_any_answer(runner: asyncio.Runner, status: int, headers: dict[str, str], body: bytes) -> None:
    runner.run(survive(answer(status, body, headers, drop=True)))
