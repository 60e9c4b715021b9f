"""No command switches the API, sends a credential to a host that is not configured, or counts a debt as an asset."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from cli_support import SandboxThread, command, sandbox_thread

KEY, TOKEN = "SEQUENCE_API_KEY", "SEQUENCE_ACCESS_TOKEN"
V1, PLATFORM, REMOTE = "SEQUENCE_BASE_URL", "SEQUENCE_PLATFORM_BASE_URL", "SEQUENCE_REMOTE_BASE_URL"
READS = ["accounts", "balances", "rules list", "transfers list x", "executions x", "demo --seconds 0.2"]
WRITES = ["transfers create a b --cents 500 --live --yes", "rules trigger x --live --yes", "rules run x --live --yes"]


@pytest.fixture(scope="module")
def server() -> Iterator[SandboxThread]:
    with sandbox_thread(seed=1) as made:
        yield made


def chosen(server: SandboxThread, *names: str) -> dict[str, str]:
    return {name: value for name, value in server.environment.items() if name in names}


@pytest.mark.parametrize("line", [*READS, *WRITES, "audit-logs"])
@pytest.mark.parametrize("names", [(KEY, V1), (KEY, V1, REMOTE), (KEY, REMOTE)], ids=" ".join)
def test_base_urls_of_other_apis_only_exit_2_and_send_nothing(
    names: tuple[str, ...], line: str, server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.do(lambda sandbox: sandbox.requests.clear())
    result = command(None, *line.split(), monkeypatch=monkeypatch, **chosen(server, *names))
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert "hint: " in result.stderr
    if V1 in names and line != "audit-logs":
        assert "--api v1" in result.stderr
    assert not server.do(lambda sandbox: list(sandbox.requests))


@pytest.mark.parametrize("line", ["balances", "demo --seconds 0.2", "balances --json", "balances --watch"])
@pytest.mark.parametrize("names", [(TOKEN,), (TOKEN, REMOTE)], ids=" ".join)
def test_access_token_alone_exits_2_and_names_the_api(
    names: tuple[str, ...], line: str, server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.do(lambda sandbox: sandbox.requests.clear())
    result = command(None, *line.split(), monkeypatch=monkeypatch, **chosen(server, *names))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--api remote" in result.stderr
    assert not server.do(lambda sandbox: list(sandbox.requests))


@pytest.mark.parametrize(
    ("api", "names"),
    [("platform", (KEY, PLATFORM)), ("v1", (KEY, V1)), ("remote", (TOKEN, REMOTE))],
    ids=["platform", "v1", "remote"],
)
def test_api_option_selects_the_api(
    api: str, names: tuple[str, ...], server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.do(lambda sandbox: sandbox.requests.clear())
    result = command(None, "balances", "--api", api, monkeypatch=monkeypatch, **chosen(server, *names))
    assert result.exit_code in {0, 1}, result.output
    assert {one.api for one in server.do(lambda sandbox: list(sandbox.requests))} == {api}


def test_default_api_with_all_variables_set_is_platform(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    server.do(lambda sandbox: sandbox.requests.clear())
    command(server, "balances", monkeypatch=monkeypatch)
    assert {one.api for one in server.do(lambda sandbox: list(sandbox.requests))} == {"platform"}


# -- debts ------------------------------------------------------------------------------------------------


def test_remote_balances_do_not_call_debts_assets(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    platform = json.loads(command(server, "balances", "--json", monkeypatch=monkeypatch).stdout)
    remote = json.loads(command(server, "balances", "--json", "--api", "remote", monkeypatch=monkeypatch).stdout)
    assert platform["owed_in_cents"] > 0
    assert remote["owed_in_cents"] is None
    assert {one["is_liability"] for one in remote["balances"]} == {None}
    assert {one["is_liability"] for one in platform["balances"]} == {True, False}
    assert remote["total_in_cents"] == platform["total_in_cents"] + platform["owed_in_cents"]
    shown = command(server, "balances", "--api", "remote", monkeypatch=monkeypatch).stderr
    assert "this API does not report debts" in shown
    assert "in total" in shown
    assert "held" not in shown
    assert "$0.00" not in shown


def test_platform_balances_print_held_and_owed(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = command(server, "balances", monkeypatch=monkeypatch).stderr
    assert "held" in shown
    assert "owed" in shown


# -- one credential, one host -----------------------------------------------------------------------------


@pytest.mark.parametrize("variable", [PLATFORM, V1, REMOTE])
def test_doctor_with_a_base_url_contacts_only_that_api(
    variable: str, server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A request to any other API would go to the default host, which has the state "no answer" without a network.
    result = command(None, "doctor", "--json", monkeypatch=monkeypatch, **chosen(server, KEY, TOKEN, variable))
    assert result.exit_code == 0, result.output
    found = {finding["api"]: finding for finding in json.loads(result.stdout)}
    asked = {PLATFORM: "platform", V1: "v1", REMOTE: "remote"}[variable]
    assert {api: finding["state"] for api, finding in found.items()} == {
        **dict.fromkeys(("platform", "v1", "remote"), "not asked"),
        asked: "accepted",
    }
    for api, finding in found.items():
        if api != asked:
            assert f"--api {api}" in finding["detail"]
            assert finding["base_url"] == ""


def test_doctor_with_a_base_url_but_no_credential_exits_2(
    server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = command(None, "doctor", monkeypatch=monkeypatch, **chosen(server, TOKEN, PLATFORM))
    assert result.exit_code == 2, result.output
