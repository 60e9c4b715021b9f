"""Responses whose text is not valid Unicode: U+FFFD in that one field, on all three APIs; money and IDs stay strict."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import platform_payloads
import pytest
import v1_payloads
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import ScriptedServer, Step, answer

import sequence_async as sa
from sequence_async._core import codec

MARK = "MALFORMED"
# What stands for the mark in the bytes: an escape of half a pair, and bytes that are not UTF-8.
MALFORMED = {
    "high half": rb"\ud83d",
    "low half": rb"\uDE00",
    "high half twice": rb"\ud83d\ud83d",
    "halves in the wrong order": rb"\ude00\ud83d",
    "a byte that is not UTF-8": b"\xff",
    "half a pair as bytes": b"\xed\xa0\xbd",
    "a character cut short": b"\xf0\x9f\x98",
}
MOVE = {"source_account_id": "acc_1", "destination_account_id": "acc_2", "amount_in_cents": 500}


def response(document: Any, malformed: bytes, status: int = 200) -> Step:
    return answer(status, json.dumps(document).encode().replace(MARK.encode(), malformed))


def has_replacement(text: str | None) -> bool:
    return text is not None and text.startswith("Pod ") and "\ufffd" in text and text.isprintable()


@pytest.fixture(params=MALFORMED)
def malformed(request: pytest.FixtureRequest) -> bytes:
    return MALFORMED[request.param]


async def call(steps: list[Step], make: Callable[[str], Any], work: Callable[[Any], Any]) -> Any:
    async with ScriptedServer(*steps) as server, make(server.url) as client:
        return await work(client)


def v1(url: str) -> sa.SequenceClient:
    return sa.SequenceClient("key", base_url=url, max_attempts=1, preview=True)


def platform(url: str) -> sa.PlatformClient:
    return sa.PlatformClient("sk_key", base_url=url, max_attempts=1)


def remote(url: str) -> sa.RemoteClient:
    return sa.RemoteClient("token", rule_secrets={"r": "secret"}, base_url=url, max_attempts=1)


async def test_list_with_a_malformed_name_returns_every_item(malformed: bytes) -> None:
    items = [v1_payloads.summary(name=f"Pod {MARK}"), v1_payloads.summary("acc_2", name="Two")]
    step = response({"data": items}, malformed)
    found = await call([step], v1, lambda client: client.accounts.list().collect())
    assert has_replacement(found[0].name)
    assert found[1].name == "Two"


async def test_list_of_the_platform_with_a_malformed_name_returns_every_item(malformed: bytes) -> None:
    items = [platform_payloads.summary(name=f"Pod {MARK}"), platform_payloads.summary("acc_2", name="Two")]
    pagination = {"page": 1, "pageSize": 10, "hasNextPage": False}
    step = response({"data": {"items": items, "pagination": pagination}, "requestId": f"r{MARK}"}, malformed)
    found = await call([step], platform, lambda client: client.accounts.list())
    assert has_replacement(found.items[0].name)
    assert found.items[1].name == "Two"


async def test_snapshot_of_the_remote_api_with_a_malformed_name_returns_every_account(malformed: bytes) -> None:
    accounts = [
        {"id": one, "name": name, "type": "Pod", "balance": {"amountInDollars": dollars, "error": None}}
        for one, name, dollars in (("1", f"Pod {MARK}", 10.25), ("2", "Two", 3))
    ]
    step = response({"message": "OK", "data": {"accounts": accounts, "errors": []}}, malformed)
    snapshot = await call([step], remote, lambda client: client.balances.snapshot())
    assert has_replacement(snapshot.balances["1"].name)
    assert snapshot.total_in_cents == 1_325
    assert snapshot.errors == {}


async def test_watch_with_a_malformed_name_goes_on(malformed: bytes) -> None:
    listed = response({"data": [v1_payloads.summary(name=f"Pod {MARK}")]}, malformed)
    read = response({"data": v1_payloads.account(name=f"Pod {MARK}")}, malformed)

    update = await call([listed, read], v1, lambda client: anext(client.balances.watch()))
    assert has_replacement(update.name)
    assert update.error is None


async def test_create_to_an_account_with_a_malformed_name_is_not_in_doubt(malformed: bytes) -> None:
    destination = {"id": "acc_2", "name": f"Pod {MARK}", "type": "pod", "is_deleted": False}
    document = {"data": v1_payloads.transfer(destination=destination)}
    made = await call([response(document, malformed, 201)], v1, lambda client: client.transfers.create(**MOVE))
    assert has_replacement(made.destination.name)


@pytest.mark.parametrize("field", ["id", "rule_id", "rule_execution_id"])
async def test_create_with_a_malformed_id_is_a_decode_error_in_doubt(field: str, malformed: bytes) -> None:
    step = response({"data": v1_payloads.transfer(**{field: f"txr_{MARK}"})}, malformed, 201)
    with pytest.raises(sa.DecodeError, match=rf"\$\.data\.{field} is not valid Unicode") as caught:
        await call([step], v1, lambda client: client.transfers.create(**MOVE))
    assert caught.value.in_doubt


async def test_list_with_a_malformed_cursor_is_a_decode_error(malformed: bytes) -> None:
    info = {"has_next_page": True, "end_cursor": f"c{MARK}"}
    step = response({"data": [], "page_info": info}, malformed)
    with pytest.raises(sa.DecodeError, match="end_cursor is not valid Unicode"):
        await call([step], v1, lambda client: client.transfers.list("acc_1").collect())


async def test_amount_that_is_malformed_text_is_a_decode_error(malformed: bytes) -> None:
    step = response({"data": v1_payloads.transfer(amount_in_cents=f"5{MARK}")}, malformed)
    with pytest.raises(sa.DecodeError, match="amount_in_cents should be an integer"):
        await call([step], v1, lambda client: client.transfers.get("txr_1"))


async def test_error_with_a_malformed_message_keeps_its_code(malformed: bytes) -> None:
    error = {"error": {"code": "TRANSFER_IN_PROGRESS", "message": f"Pod {MARK}", "account_id": f"a{MARK}"}}
    with pytest.raises(sa.OperationInProgressError) as caught:
        await call([response(error, malformed, 409)], v1, lambda client: client.transfers.create(**MOVE))
    assert caught.value.code == "TRANSFER_IN_PROGRESS"
    assert has_replacement(caught.value.message)
    str(caught.value).encode()


async def test_request_id_that_is_malformed_can_be_printed() -> None:
    step = Step(b"HTTP/1.1 404 No\r\nContent-Length: 2\r\nX-Request-ID: req_\xff\r\n\r\n{}")
    with pytest.raises(sa.NotFoundError) as caught:
        await call([step], v1, lambda client: client.accounts.get("acc_1"))
    assert caught.value.request_id == "req_\ufffd"


async def test_valid_pairs_and_other_text_stay_as_they_are() -> None:
    name = "Pod \U0001f600 caf\u00e9 \ufffd \\ud83d"
    step = response({"data": v1_payloads.account(name=name, description=MARK)}, rb"\ud83d\ude00 \ud83d")
    account = await call([step], v1, lambda client: client.accounts.get("acc_1"))
    assert account.name == name
    assert account.description == "\U0001f600 \ufffd"


@pytest.mark.parametrize("read", [codec.from_bytes, codec.from_bytes_exactly])
@pytest.mark.parametrize(
    "text",
    [rb'{"a": "\ud83d", "b": NaN}', rb'{"a": "\ud83d", "b": Infinity}', rb'{"a": "\ud83d"', b"\xff", b'{"a": \xff}'],
)
def test_malformed_text_does_not_make_other_errors_pass(read: Any, text: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - it says only that this is not JSON
        read(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


@given(JSON)
def test_valid_text_is_read_the_same_beside_malformed_text(value: Any) -> None:
    text = b'{"name": "\\ud83d", "value": ' + json.dumps(value).encode() + b"}"
    expected = {"name": "\ufffd", "value": json.loads(json.dumps(value))}
    assert codec.from_bytes(text, check_ids=False) == expected
