"""A planted credential and planted account numbers are looked for wherever an error, a log or an event could show them."""

from __future__ import annotations

import copy
import logging
import pickle
from typing import Any

import aiohttp
import pytest
from scripted_server import ScriptedServer, Step, answer, cut_short, data, drop, error, hang
from secret_scan import assert_clean, shown_by
from v1_payloads import account, transfer
from virtual_time import virtual_time

import sequence_async as sa
from sequence_async._core.redaction import Secret
from sequence_async.models import v1

PLANTED = "sk_planted_5f2c77d1"
NUMBERS = ("021000021", "000123456789")
HIDDEN = (PLANTED, *NUMBERS)
MOVE = {"source_account_id": "acc_1", "destination_account_id": "acc_2", "amount_in_cents": 500}

TROUBLES = {
    "dropped": drop(),
    "cut short": cut_short(transfer()),
    "hanging": hang(),
    "refused": error(401, PLANTED, f"The key {PLANTED} is unknown.", headers={"X-Request-ID": PLANTED}),
    "failing": answer(500, f"<html>{PLANTED}</html>".encode()),
    "garbage": answer(200, f"<html>{PLANTED}</html>".encode()),
    "undocumented": data({**account(), "name": 7, "routing_number": NUMBERS[0], "bank_account_number": NUMBERS[1]}),
    "no http": Step(f"{PLANTED}\r\n\r\n".encode(), drop=True),
    "redirect": answer(307, headers={"Location": f"https://example.com/{PLANTED}"}),
    "limited": error(429, "slow", headers={"Retry-After": "100"}),
}


@pytest.mark.parametrize("name", TROUBLES)
@pytest.mark.parametrize("borrowed", [False, True])
@virtual_time
async def test_no_failure_shows_the_key(name: str, borrowed: bool, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    events: list[sa.Event] = []
    session = aiohttp.ClientSession() if borrowed else None
    async with ScriptedServer(TROUBLES[name]) as server:
        async with sa.SequenceClient(PLANTED, base_url=server.url, session=session, on_event=events.append) as client:
            for call in (lambda: client.transfers.create(**MOVE), lambda: client.accounts.get("acc_1")):
                with pytest.raises(sa.SequenceError) as caught:
                    await call()
                assert_clean(shown_by(caught.value), *HIDDEN)
            assert_clean(
                [repr(client), repr(client.accounts), repr(client._caller), repr(client._caller.shared)], *HIDDEN
            )
        assert server.requests[0].headers["authorization"] == f"ApiKey {PLANTED}", "the key was really there"
    if session is not None:
        await session.close()
    assert_clean([repr(event) for event in events], *HIDDEN)
    assert_clean([record.getMessage() + repr(record.args) for record in caplog.records], *HIDDEN)
    assert any(record.name == "sequence_async" for record in caplog.records)


@pytest.mark.parametrize(
    "options",
    [
        {"base_url": "http://example.com"},
        {"timeout": -1},
        {"preview": "x"},
        {"session": 1},
        {"max_connections": 0},
        {"rate_limit": 5},
    ],
)
def test_no_refused_construction_shows_the_key(options: dict[str, Any]) -> None:
    with pytest.raises(sa.ConfigurationError) as caught:
        sa.SequenceClient(PLANTED, **options)
    assert_clean(shown_by(caught.value), *HIDDEN)


def test_a_key_that_is_refused_is_not_shown() -> None:
    with pytest.raises(sa.ConfigurationError) as caught:
        sa.SequenceClient(PLANTED + "\n")
    assert_clean(shown_by(caught.value), *HIDDEN)


def test_a_secret_hides_and_is_never_pickled() -> None:
    secret = Secret(PLANTED)
    assert secret.reveal() == PLANTED
    assert_clean([repr(secret), str(secret), f"{secret}", f"{secret!r:>40}", secret.fingerprint()], *HIDDEN)
    with pytest.raises(TypeError, match="must not be pickled"):
        pickle.dumps(secret)
    with pytest.raises(TypeError, match="must not be pickled"):
        copy.copy(secret)


@virtual_time
async def test_account_numbers_are_masked_in_repr_and_there_to_use() -> None:
    numbers = {"routing_number": NUMBERS[0], "bank_account_number": NUMBERS[1]}
    whole = account(**numbers, linked_account={"id": "acc_2", **numbers})
    async with ScriptedServer(data(whole)) as server, sa.SequenceClient("k", base_url=server.url) as client:
        read = await client.accounts.get("acc_1")
    assert (read.routing_number, read.bank_account_number) == NUMBERS
    assert_clean([repr(read), str(read), f"{read.linked_account}"], *HIDDEN)


def test_an_unknown_variant_does_not_show_its_values() -> None:
    from sequence_async.models._runtime import UnknownVariant

    variant = UnknownVariant(tag="new", raw={"bank_account_number": NUMBERS[1], "type": "new"})
    assert "bank_account_number" in repr(variant)
    assert_clean([repr(variant)], *HIDDEN)


def test_a_refused_argument_does_not_show_its_value() -> None:
    with pytest.raises(sa.ArgumentError) as caught:
        sa.idempotency_key_for(float(len(PLANTED)), PLANTED)  # type: ignore[arg-type]
    assert_clean([str(caught.value)], *HIDDEN)


def test_models_can_be_sent_to_other_processes_with_their_numbers() -> None:
    known = v1.Account(id="a", name="n", type=v1.AccountType.POD, can_be_source=True, routing_number=NUMBERS[0])
    assert pickle.loads(pickle.dumps(known)) == known
