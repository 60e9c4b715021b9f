"""AmountHandler: whatever is not an amount beyond doubt never becomes a 200, and nothing of a request gets into the log."""

from __future__ import annotations

import asyncio
import json
import logging
import pickle
import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from virtual_time import VirtualLoop, virtual_time

import sequence_async
from sequence_async import AmountHandler, AmountRequest, AmountResponse, ConfigurationError
from sequence_async.amounts import no_transfer

SECRET = "planted-secret-7f3a"
BODY = b'{"deposit": 12.30, "note": "planted-body-91c2"}'


def giving(amount: Any) -> Any:
    async def compute(request: AmountRequest) -> Any:
        return amount

    return compute


def raising(error: BaseException) -> Any:
    async def compute(request: AmountRequest) -> int:
        raise error

    return compute


async def asked(compute: Any, *, body: bytes = BODY, query: str = "", **options: Any) -> AmountResponse:
    return await AmountHandler(compute, **options).handle({"Content-Type": "application/json"}, body, query=query)


def amount_in(response: AmountResponse) -> Any:
    assert response.status == 200
    assert response.headers["Content-Type"] == "application/json"
    answer = json.loads(response.body)
    assert set(answer) == {"amountInCents"}
    return answer["amountInCents"]


WRONG = [
    25000.0,
    0.0,
    float("nan"),
    Decimal(25000),
    True,
    False,
    None,
    "25000",
    b"25000",
    -1,
    [25000],
    {"amountInCents": 25000},
    10**5000,
]


@pytest.mark.parametrize(
    "amount", WRONG, ids=lambda amount: f"{type(amount).__name__} {str(amount)[:9]}" if amount != 10**5000 else "huge"
)
async def test_what_is_no_amount_is_a_500_without_detail(amount: Any, caplog: pytest.LogCaptureFixture) -> None:
    response = await asked(giving(amount))
    assert response.status == 500
    assert json.loads(response.body) == {"message": "Internal Server Error"}
    assert [(record.name, record.levelname) for record in caplog.records] == [("sequence_async.amounts", "ERROR")]


@pytest.mark.parametrize(
    "error",
    [
        ValueError(BODY.decode()),
        KeyError("planted-body-91c2"),
        TimeoutError(),
        asyncio.CancelledError(),
        GeneratorExit(),
        RecursionError(),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_an_exception_is_a_500_and_its_words_stay_out_of_the_log(
    error: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    response = await asked(raising(error))
    assert response.status == 500
    assert b"planted" not in response.body
    assert "planted" not in caplog.text
    assert "compute" in caplog.text


async def test_the_log_names_the_exception_and_its_place(caplog: pytest.LogCaptureFixture) -> None:
    await asked(raising(ZeroDivisionError()))
    assert "compute raised ZeroDivisionError at test_amounts.py:" in caplog.text


async def test_a_function_that_is_not_async_is_a_500() -> None:
    assert (await asked(lambda request: 5)).status == 500


async def test_more_than_the_cap_is_a_500_and_the_cap_itself_is_not(caplog: pytest.LogCaptureFixture) -> None:
    assert (await asked(giving(10_001), maximum_cents=10_000)).status == 500
    assert "more than maximum_cents" in caplog.text
    assert amount_in(await asked(giving(10_000), maximum_cents=10_000)) == 10_000
    assert (await asked(giving(1), maximum_cents=0)).status == 500


@virtual_time
async def test_a_missed_deadline_is_a_504_on_time_and_the_computation_is_cancelled() -> None:
    cancelled = asyncio.Event()

    async def compute(request: AmountRequest) -> int:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            cancelled.set()
            raise
        return 100

    loop = asyncio.get_running_loop()
    began = loop.time()
    response = await asked(compute, deadline=2.0)
    assert (response.status, json.loads(response.body)) == (504, {"message": "Gateway Timeout"})
    assert loop.time() - began == pytest.approx(2.0)
    await cancelled.wait()


@virtual_time
async def test_a_computation_that_will_not_be_cancelled_does_not_hold_up_the_answer() -> None:
    async def compute(request: AmountRequest) -> int:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            await asyncio.sleep(5)
        raise RuntimeError("late, and nobody is left to hear it")

    loop = asyncio.get_running_loop()
    began = loop.time()
    assert (await asked(compute, deadline=2.0)).status == 504
    assert loop.time() - began == pytest.approx(2.0)
    await asyncio.sleep(10)


@virtual_time
async def test_an_amount_that_comes_late_because_the_loop_was_blocked_is_none() -> None:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)

    async def compute(request: AmountRequest) -> int:
        loop.virtual_now += 2.5  # as time.sleep() would
        return 100

    assert (await asked(compute, deadline=2.0)).status == 504
    assert (await asked(compute, deadline=3.0)).status == 200


@virtual_time
async def test_whoever_cancels_the_question_cancels_the_computation() -> None:
    ended = asyncio.Event()

    async def compute(request: AmountRequest) -> int:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()
        return 100

    question = asyncio.create_task(asked(compute))
    await asyncio.sleep(1)
    question.cancel()
    with pytest.raises(asyncio.CancelledError):
        await question
    await asyncio.wait_for(ended.wait(), 1)


# Policies


async def test_a_policy_turns_a_failure_into_a_deliberate_zero(caplog: pytest.LogCaptureFixture) -> None:
    seen: list[Any] = []

    def policy(request: AmountRequest, error: BaseException) -> int:
        seen.append((request.body, error))
        return 0

    error = ValueError("no such invoice")
    assert amount_in(await asked(raising(error), on_error=policy)) == 0
    assert seen == [(BODY, error)]
    assert "Returned 0, as on_error decided" in caplog.text
    assert amount_in(await asked(giving(-5), on_error=no_transfer)) == 0
    assert amount_in(await asked(giving(500), on_error=no_transfer)) == 500


@virtual_time
async def test_a_policy_sees_a_missed_deadline_as_a_timeout() -> None:
    async def compute(request: AmountRequest) -> int:
        await asyncio.sleep(60)
        return 1

    only_late = lambda request, error: 0 if isinstance(error, TimeoutError) else None  # noqa: E731
    assert amount_in(await asked(compute, on_error=only_late)) == 0
    assert (await asked(giving(None), on_error=only_late)).status == 500


@pytest.mark.parametrize("verdict", [None, 1, 0.0, False, "0", -1])
async def test_a_policy_can_say_zero_and_nothing_else(verdict: Any) -> None:
    assert (await asked(giving(None), on_error=lambda *_: verdict)).status == 500


async def test_a_policy_that_raises_leaves_the_500() -> None:
    def policy(request: AmountRequest, error: BaseException) -> int:
        raise RuntimeError

    assert (await asked(giving(None), on_error=policy)).status == 500


async def test_a_policy_does_not_let_a_stranger_in() -> None:
    assert (await asked(giving(5), shared_secret=SECRET, on_error=no_transfer)).status == 401


# The shared secret


@pytest.mark.parametrize(
    ("headers", "query"),
    [
        ({}, ""),
        ({"Authorization": f"Bearer {SECRET}x"}, ""),
        ({"Authorization": f"Bearer {SECRET[:-1]}"}, ""),
        ({"Authorization": "Bearer "}, ""),
        ({"Authorization": SECRET}, ""),
        ({"Authorization": f"Basic {SECRET}"}, ""),
        ({"Authorization": "Bearer \udcff"}, "secret=%FF"),
        ({"X-Secret": SECRET}, ""),
        ({}, "secret="),
        ({}, f"secret={SECRET}x"),
        ({}, f"Secret={SECRET}"),
        ({}, f"pod={SECRET}"),
    ],
)
async def test_a_wrong_or_missing_secret_is_a_401(
    headers: dict[str, str], query: str, caplog: pytest.LogCaptureFixture
) -> None:
    called: list[AmountRequest] = []

    async def compute(request: AmountRequest) -> int:
        called.append(request)
        return 5

    response = await AmountHandler(compute, shared_secret=SECRET).handle(headers, BODY, query=query)
    assert (response.status, response.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert not called
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    ("headers", "query"),
    [
        ({"Authorization": f"Bearer {SECRET}"}, ""),
        ([("authorization", f"bearer {SECRET}")], ""),
        ([("Authorization", "Basic dTpw"), ("Authorization", f"Bearer {SECRET}")], ""),
        ({"Authorization": "Basic dTpw"}, f"secret={SECRET}"),
        ({}, f"secret={SECRET}&pod=Rent"),
        ({}, f"pod=Rent&secret={SECRET.replace('-', '%2D')}&secret=other"),
    ],
)
async def test_the_right_secret_is_let_in_and_taken_out_of_the_request(headers: Any, query: str) -> None:
    seen: list[AmountRequest] = []

    async def compute(request: AmountRequest) -> int:
        seen.append(request)
        return 5

    assert amount_in(await AmountHandler(compute, shared_secret=SECRET).handle(headers, BODY, query=query)) == 5
    (request,) = seen
    assert "authorization" not in request.headers
    assert "secret" not in request.query
    assert request.query.get("pod", "Rent") == "Rent"
    assert SECRET not in f"{request!r} {dict(request.headers)} {dict(request.query)}"


async def test_the_handler_keeps_no_secret() -> None:
    handler = AmountHandler(no_transfer, shared_secret=SECRET)  # type: ignore[arg-type]
    assert SECRET not in repr(vars(handler))
    assert SECRET.encode() not in pickle.dumps(vars(handler))


@pytest.mark.parametrize("secret", ["", " ", "two words", "line\nbreak", "ünïcode", 5, b"bytes"])
def test_a_secret_that_cannot_be_one_is_refused_and_not_shown(secret: Any) -> None:
    with pytest.raises(ConfigurationError) as caught:
        AmountHandler(giving(5), shared_secret=secret)
    frames = []
    traceback = caught.value.__traceback__
    while traceback is not None:
        if "sequence_async" in traceback.tb_frame.f_code.co_filename:
            frames.append(traceback.tb_frame.f_locals)
        traceback = traceback.tb_next
    assert frames
    assert all(value is not secret for frame in frames for value in frame.values())


async def test_without_a_shared_secret_nothing_is_taken_out() -> None:
    seen: list[AmountRequest] = []

    async def compute(request: AmountRequest) -> int:
        seen.append(request)
        return 5

    await AmountHandler(compute).handle({"Authorization": "Basic dTpw"}, b"", query="secret=santa")
    assert (seen[0].headers["authorization"], seen[0].query["secret"]) == ("Basic dTpw", "santa")


# The request


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[1]",
        b'"text"',
        b"5",
        b"{",
        b"\xff\xfe",
        b'{"a": NaN}',
        b'{"a": 1e99999999999999999999}',
        b"[" * 100_000,
        b"\x00" * 1000,
    ],
    ids=range(11),
)
async def test_a_body_that_is_no_json_object_is_no_error(body: bytes) -> None:
    async def compute(request: AmountRequest) -> int:
        assert request.json is None
        assert request.body == body
        return 7

    assert amount_in(await asked(compute, body=body)) == 7


async def test_the_request_has_the_query_the_headers_and_exact_numbers() -> None:
    async def compute(request: AmountRequest) -> int:
        assert request.query["pod"] == "Rent & heat"
        assert request.query.getall("pod") == ["Rent & heat", ""]
        assert request.headers["CONTENT-TYPE"] == "application/json"
        assert request.json == {"deposit": Decimal("12.30"), "note": "planted-body-91c2"}
        assert "planted" not in repr(request)
        return int(request.json["deposit"] * 100)

    assert amount_in(await asked(compute, query="pod=Rent+%26%20heat&pod")) == 1230


@given(
    st.binary(max_size=60), st.text(max_size=30), st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=3)
)
def test_no_request_makes_it_raise(body: bytes, query: str, headers: dict[str, str]) -> None:
    for secret in (None, SECRET):
        response = asyncio.run(AmountHandler(giving(5), shared_secret=secret).handle(headers, body, query=query))
        assert response.status == (200 if secret is None else 401)


@pytest.mark.parametrize("arguments", [(None, b""), (5, b""), ({}, None), ({}, "text"), ({}, 5)])
async def test_a_mount_that_hands_over_nonsense_gets_a_500(arguments: Any) -> None:
    headers, body = arguments
    assert (await AmountHandler(giving(5)).handle(headers, body)).status == 500
    assert (await AmountHandler(giving(5)).handle({}, b"", query=5)).status == 500  # type: ignore[arg-type]


@given(st.integers(min_value=0, max_value=10**18))
def test_every_whole_number_of_cents_is_answered_as_it_is(cents: int) -> None:
    assert amount_in(asyncio.run(asked(giving(cents)))) == cents


# Construction


@pytest.mark.parametrize(
    "options",
    [
        {"deadline": 0},
        {"deadline": -1},
        {"deadline": "5"},
        {"deadline": float("inf")},
        {"deadline": True},
        {"maximum_cents": -1},
        {"maximum_cents": 1.5},
        {"maximum_cents": True},
        {"maximum_cents": ""},
        {"on_error": 0},
        {"on_error": "0"},
        {"share_identical": 1},
        {"compute": None},
    ],
    ids=str,
)
def test_a_wrong_argument_is_refused_at_construction(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match=next(iter(options))):
        AmountHandler(**{"compute": giving(5), **options})


def test_it_is_public_and_needs_no_aiohttp() -> None:
    assert {"AmountHandler", "AmountRequest", "AmountResponse"} <= set(sequence_async.__all__)
    code = """
import sys
sys.modules["aiohttp"] = None
from sequence_async import AmountHandler, AmountRequest, AmountResponse
import asyncio
async def compute(request): return 5
print(asyncio.run(AmountHandler(compute).handle({}, b"")).body.decode())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, timeout=30)
    assert json.loads(done.stdout) == {"amountInCents": 5}
