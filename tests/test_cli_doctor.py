"""``sequence-async doctor``: what it finds out, by reading alone, and what it keeps to itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from cli_support import Beside, beside, command

from sequence_async.sandbox import faults


@pytest.fixture(scope="module")
def place() -> Iterator[Beside]:
    with beside(seed=5, platform_rate_limit=None) as running:
        yield running


def _findings(
    place: Beside | None, monkeypatch: pytest.MonkeyPatch, *more: str, code: int = 0, **variables: str
) -> Any:
    result = command(place, "doctor", "--json", *more, monkeypatch=monkeypatch, **variables)
    assert result.exit_code == code, result.output
    return {finding["api"]: finding for finding in json.loads(result.stdout)}


def test_a_key_with_every_scope(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    found = _findings(place, monkeypatch)
    assert {api: finding["state"] for api, finding in found.items()} == dict.fromkeys(
        ("platform", "v1", "remote"), "accepted"
    )
    assert found["platform"]["base_url"] == place.sandbox.platform_url
    known = found["platform"]["scopes"]
    assert {scope for scope, answer in known.items() if answer == "yes"} == {
        "READ_ACCOUNTS",
        "READ_RULES",
        "READ_TRANSFERS",
        "READ_AUDIT_LOGS",
    }
    assert {scope for scope, answer in known.items() if answer.startswith("not tested")} == {
        "TRIGGER_RULES",
        "MANUAL_TRANSFER",
    }
    known = found["v1"]["scopes"]
    assert {scope for scope, answer in known.items() if answer == "yes"} == {
        "LIST_ACCOUNTS",
        "READ_ACCOUNTS",
        "READ_TRANSFERS",
        "LIST_RULES",
        "READ_RULES",
        "READ_RULE_EXECUTIONS",
    }
    assert place.writes() == []


def test_a_key_that_may_do_little(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    key = place.do(lambda sandbox: sandbox.create_key(["READ_ACCOUNTS", "LIST_ACCOUNTS"]))
    found = _findings(place, monkeypatch, SEQUENCE_API_KEY=key)
    assert found["v1"]["state"] == "accepted"
    scopes = found["v1"]["scopes"]
    assert (scopes["READ_ACCOUNTS"], scopes["LIST_ACCOUNTS"]) == ("yes", "yes")
    assert scopes["READ_TRANSFERS"].startswith("no (")
    assert scopes["READ_RULES"] == "not known: no data to test it on"
    assert found["platform"]["scopes"]["READ_RULES"].startswith("no (")


def test_nothing_is_ever_shown_of_a_credential(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = place.sandbox.api_key, place.sandbox.access_token
    for more in [], ["--json"]:
        result = command(place, "doctor", *more, monkeypatch=monkeypatch)
        assert result.exit_code == 0
        assert "SEQUENCE_API_KEY" in result.stdout
        assert not any(secret in result.output for secret in secrets)


def test_a_refused_key_is_told_apart_from_an_api_that_does_not_answer(
    place: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sequence_async._core.retry.BASE_SECONDS", 0.001)  # so that the test need not wait
    gone = "http://127.0.0.1:1/api/v1"
    variables = {"SEQUENCE_API_KEY": "sk_wrong", "SEQUENCE_ACCESS_TOKEN": "wrong", "SEQUENCE_BASE_URL": gone}
    result = command(place, "doctor", "--json", monkeypatch=monkeypatch, **variables)
    assert result.exit_code == 1
    found = {finding["api"]: finding for finding in json.loads(result.stdout)}
    assert {api: finding["state"] for api, finding in found.items()} == {
        "platform": "refused",
        "v1": "no answer",
        "remote": "refused",
    }
    assert "127.0.0.1:1" in found["v1"]["detail"]
    alone = command(place, "doctor", "--api", "v1", monkeypatch=monkeypatch, **variables)
    assert alone.exit_code == 4


def test_an_answer_of_somebody_else_is_told(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = f"{place.sandbox.url}/nowhere"
    found = _findings(place, monkeypatch, "--api", "v1", code=1, SEQUENCE_BASE_URL=elsewhere)
    assert found["v1"]["state"] == "not as documented"
    assert found["v1"]["detail"]


def test_one_failing_read_is_not_the_whole_api(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    place.do(lambda sandbox: sandbox.fail_next("v1.getAccount", 1, faults.Garbage()))
    found = _findings(place, monkeypatch, "--api", "v1")
    assert found["v1"]["scopes"]["READ_ACCOUNTS"].startswith("not known")
    assert found["v1"]["state"] == "accepted"


def test_without_any_credential_it_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    result = command(None, "doctor", monkeypatch=monkeypatch)
    assert result.exit_code == 2
    assert "SEQUENCE_API_KEY is not set" in result.stdout
    assert "sequence-async demo" in result.stderr


def test_a_credential_that_cannot_be_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    found = _findings(None, monkeypatch, "--api", "v1", code=2, SEQUENCE_API_KEY="sk_with a space")
    assert "white space" in found["v1"]["detail"]
    assert "with a space" not in json.dumps(found)
