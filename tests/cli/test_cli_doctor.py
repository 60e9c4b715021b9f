"""``sequence-async doctor``: its results, its reads, and that it never prints a credential."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from cli_support import SandboxThread, command, sandbox_thread

from sequence_async.sandbox import faults


@pytest.fixture(scope="module")
def server() -> Iterator[SandboxThread]:
    with sandbox_thread(seed=5, platform_rate_limit=None) as running:
        yield running


def _findings(
    server: SandboxThread | None, monkeypatch: pytest.MonkeyPatch, *more: str, code: int = 0, **variables: str
) -> Any:
    result = command(server, "doctor", "--json", *more, monkeypatch=monkeypatch, **variables)
    assert result.exit_code == code, result.output
    return {finding["api"]: finding for finding in json.loads(result.stdout)}


def test_doctor_key_with_every_scope_is_accepted(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    found = _findings(server, monkeypatch)
    assert {api: finding["state"] for api, finding in found.items()} == dict.fromkeys(
        ("platform", "v1", "remote"), "accepted"
    )
    assert found["platform"]["base_url"] == server.sandbox.platform_url
    known = found["platform"]["scopes"]
    assert {scope for scope, result in known.items() if result == "yes"} == {
        "READ_ACCOUNTS",
        "READ_RULES",
        "READ_TRANSFERS",
        "READ_AUDIT_LOGS",
    }
    assert {scope for scope, result in known.items() if result.startswith("not tested")} == {
        "TRIGGER_RULES",
        "MANUAL_TRANSFER",
    }
    known = found["v1"]["scopes"]
    assert {scope for scope, result in known.items() if result == "yes"} == {
        "LIST_ACCOUNTS",
        "READ_ACCOUNTS",
        "READ_TRANSFERS",
        "LIST_RULES",
        "READ_RULES",
        "READ_RULE_EXECUTIONS",
    }
    assert server.writes() == []


def test_doctor_key_with_few_scopes_reports_the_missing_scopes(
    server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = server.do(lambda sandbox: sandbox.create_key(["READ_ACCOUNTS", "LIST_ACCOUNTS"]))
    found = _findings(server, monkeypatch, SEQUENCE_API_KEY=key)
    assert found["v1"]["state"] == "accepted"
    scopes = found["v1"]["scopes"]
    assert (scopes["READ_ACCOUNTS"], scopes["LIST_ACCOUNTS"]) == ("yes", "yes")
    assert scopes["READ_TRANSFERS"].startswith("no (")
    assert scopes["READ_RULES"] == "not known: no data to test it on"
    assert found["platform"]["scopes"]["READ_RULES"].startswith("no (")


def test_doctor_never_prints_a_credential(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = server.sandbox.api_key, server.sandbox.access_token
    for more in [], ["--json"]:
        result = command(server, "doctor", *more, monkeypatch=monkeypatch)
        assert result.exit_code == 0
        assert "SEQUENCE_API_KEY" in result.stdout
        assert not any(secret in result.output for secret in secrets)


def test_doctor_distinguishes_a_rejected_key_from_no_response(
    server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sequence_async._core.retry.BASE_SECONDS", 0.001)  # so that the test does not wait
    gone = "http://127.0.0.1:1/api/v1"
    variables = {"SEQUENCE_API_KEY": "sk_wrong", "SEQUENCE_ACCESS_TOKEN": "wrong", "SEQUENCE_BASE_URL": gone}
    result = command(server, "doctor", "--json", monkeypatch=monkeypatch, **variables)
    assert result.exit_code == 1
    found = {finding["api"]: finding for finding in json.loads(result.stdout)}
    assert {api: finding["state"] for api, finding in found.items()} == {
        "platform": "refused",
        "v1": "no answer",
        "remote": "refused",
    }
    assert "127.0.0.1:1" in found["v1"]["detail"]
    alone = command(server, "doctor", "--api", "v1", monkeypatch=monkeypatch, **variables)
    assert alone.exit_code == 4


def test_doctor_reports_an_undocumented_response(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = f"{server.sandbox.url}/nowhere"
    found = _findings(server, monkeypatch, "--api", "v1", code=1, SEQUENCE_BASE_URL=elsewhere)
    assert found["v1"]["state"] == "not as documented"
    assert found["v1"]["detail"]


def test_doctor_one_malformed_response_does_not_affect_the_api_state(
    server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.do(lambda sandbox: sandbox.fail_next("v1.getAccount", 1, faults.Garbage()))
    found = _findings(server, monkeypatch, "--api", "v1")
    assert found["v1"]["scopes"]["READ_ACCOUNTS"].startswith("not known")
    assert found["v1"]["state"] == "accepted"


def test_doctor_without_credentials_prints_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    result = command(None, "doctor", monkeypatch=monkeypatch)
    assert result.exit_code == 2
    assert "SEQUENCE_API_KEY is not set" in result.stdout
    assert "sequence-async demo" in result.stderr


def test_doctor_reports_a_malformed_credential(monkeypatch: pytest.MonkeyPatch) -> None:
    found = _findings(None, monkeypatch, "--api", "v1", code=2, SEQUENCE_API_KEY="sk_with a space")
    assert "white space" in found["v1"]["detail"]
    assert "with a space" not in json.dumps(found)
