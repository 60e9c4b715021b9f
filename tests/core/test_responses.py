"""Answers that are not what they should be, and those that are more than was known."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from scripted_client import MOVE, client_of
from scripted_server import Step, answer, data, error
from v1_payloads import account, summary, transfer
from virtual_time import virtual_time

import sequence_async as sa


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (
            {"data": {**transfer(), "amount_in_cents": "500"}},
            r"\$\.data\.amount_in_cents should be an integer, not str",
        ),
        (
            {"data": {**transfer(), "amount_in_cents": 500.0}},
            r"\$\.data\.amount_in_cents should be an integer, not float",
        ),
        (
            {"data": {**transfer(), "amount_in_cents": True}},
            r"\$\.data\.amount_in_cents should be an integer, not bool",
        ),
        (
            {"data": {**transfer(), "amount_in_cents": None}},
            r"\$\.data\.amount_in_cents should be an integer, not null",
        ),
        ({"data": {**transfer(), "created_at": "2024-01-01"}}, r"\$\.data\.created_at"),
        ({"data": {**transfer(), "source": {"name": 1, "type": "pod"}}}, r"\$\.data\.source\.name should be text"),
        ({"data": {"id": "txr_1"}}, r"\$\.data\.amount_in_cents is missing"),
        ({"data": []}, r"\$\.data should be an object"),
        ({"data": None}, r"\$\.data should be an object"),
        ({"nothing": 1}, r"\$\.data is missing"),
        ([], r"\$ should be an object"),
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b'{"data": NaN}', "not JSON"),
        (b'{"data": "\\ud800"}', r"\$\.data should be an object"),
        (b'{"data": "\\ud800"', "not JSON"),
        (b"[" * 100_000, "not JSON"),
    ],
)
@virtual_time
async def test_an_answer_that_is_not_documented_says_where(body: Any, place: str) -> None:
    async with client_of(answer(200, body)) as (client, server):
        with pytest.raises(sa.DecodeError, match=place):
            await client.transfers.get("txr_1")
    assert len(server.requests) == 1


@virtual_time
async def test_what_the_api_gained_breaks_nothing() -> None:
    news = {**transfer(status="teleported"), "color": "blue", "direction": "sideways"}
    async with client_of(data(news)) as (client, _):
        read = await client.transfers.get("txr_1")
    assert read.status == "teleported"
    assert not read.status.is_known
    assert not read.settled


@virtual_time
async def test_a_redirect_is_not_followed() -> None:
    async with client_of(answer(302, headers={"Location": "http://127.0.0.1:1/elsewhere"})) as (client, server):
        with pytest.raises(sa.APIError, match="does not follow redirects") as caught:
            await client.accounts.get("acc_1")
    assert caught.value.status == 302
    assert len(server.requests) == 1


def chunked(size: int, total: int) -> Step:
    piece = b"%x\r\n" % size + b" " * size + b"\r\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    return Step(head + piece * (total // size), hang=True)


@virtual_time
async def test_an_endless_answer_is_not_read_to_its_end() -> None:
    async with client_of(chunked(65536, 24 * 1024 * 1024)) as (client, _):
        with pytest.raises(sa.DecodeError, match="larger than 16 MiB"):
            await client.accounts.get("acc_1")


@virtual_time
async def test_a_small_answer_that_swells_is_not_read_to_its_end() -> None:
    bomb = gzip.compress(b" " * (200 * 1024 * 1024))
    async with client_of(answer(200, bomb, {"Content-Encoding": "gzip"})) as (client, _):
        with pytest.raises(sa.DecodeError, match="larger than 16 MiB"):
            await client.transfers.get("txr_1")


@virtual_time
async def test_compressed_answers_are_read() -> None:
    packed = gzip.compress(json.dumps({"data": account()}).encode())
    async with client_of(answer(200, packed, {"Content-Encoding": "gzip"})) as (client, _):
        assert (await client.accounts.get("acc_1")).id == "acc_1"


@virtual_time
async def test_a_large_page_is_read_whole() -> None:
    many = [summary(f"acc_{number}") for number in range(20_000)]
    async with client_of(data(many)) as (client, _):
        assert len(await client.accounts.list().collect()) == 20_000


@virtual_time
async def test_an_error_without_a_body_is_still_an_error() -> None:
    for body in (b"", b"null", b"[]", b'"text"', b'{"error": 7}', b'{"error": {"code": 7, "message": []}}', b"\xff"):
        async with client_of(answer(404, body)) as (client, _):
            with pytest.raises(sa.NotFoundError, match="404 Not Found"):
                await client.accounts.get("acc_1")


@virtual_time
async def test_a_403_names_the_scope() -> None:
    async with client_of(error(403, "forbidden")) as (client, _):
        with pytest.raises(sa.ForbiddenError, match="MANUAL_TRANSFER"):
            await client.transfers.create(**MOVE)


@virtual_time
async def test_a_401_names_the_client_for_the_other_kind_of_key() -> None:
    async with client_of(error(401, "unauthorized")) as (client, _):
        with pytest.raises(sa.UnauthorizedError, match="PlatformClient"):
            await client.accounts.list()
