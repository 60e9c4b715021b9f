"""No command changes the API by itself, sends a credential to a host that was not chosen, or calls a debt an asset."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from cli_support import Beside, beside, command

KEY, TOKEN = "SEQUENCE_API_KEY", "SEQUENCE_ACCESS_TOKEN"
V1, PLATFORM, REMOTE = "SEQUENCE_BASE_URL", "SEQUENCE_PLATFORM_BASE_URL", "SEQUENCE_REMOTE_BASE_URL"
READS = ["accounts", "balances", "rules list", "transfers list x", "executions x", "demo --seconds 0.2"]
WRITES = ["transfers create a b --cents 500 --live --yes", "rules trigger x --live --yes", "rules run x --live --yes"]


@pytest.fixture(scope="module")
def place() -> Iterator[Beside]:
    with beside(seed=1) as made:
        yield made


def chosen(place: Beside, *names: str) -> dict[str, str]:
    return {name: value for name, value in place.environment.items() if name in names}


@pytest.mark.parametrize("line", [*READS, *WRITES, "audit-logs"])
@pytest.mark.parametrize("names", [(KEY, V1), (KEY, V1, REMOTE), (KEY, REMOTE)], ids=" ".join)
def test_base_urls_of_other_apis_only_exit_2_and_send_nothing(
    names: tuple[str, ...], line: str, place: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.do(lambda sandbox: sandbox.requests.clear())
    result = command(None, *line.split(), monkeypatch=monkeypatch, **chosen(place, *names))
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert "hint: " in result.stderr
    if V1 in names and line != "audit-logs":
        assert "--api v1" in result.stderr
    assert not place.do(lambda sandbox: list(sandbox.requests))


@pytest.mark.parametrize("line", ["balances", "demo --seconds 0.2", "balances --json", "balances --watch"])
@pytest.mark.parametrize("names", [(TOKEN,), (TOKEN, REMOTE)], ids=" ".join)
def test_access_token_alone_exits_2_and_names_the_api(
    names: tuple[str, ...], line: str, place: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.do(lambda sandbox: sandbox.requests.clear())
    result = command(None, *line.split(), monkeypatch=monkeypatch, **chosen(place, *names))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--api remote" in result.stderr
    assert not place.do(lambda sandbox: list(sandbox.requests))


@pytest.mark.parametrize(
    ("api", "names"),
    [("platform", (KEY, PLATFORM)), ("v1", (KEY, V1)), ("remote", (TOKEN, REMOTE))],
    ids=["platform", "v1", "remote"],
)
def test_api_that_is_named_is_used(
    api: str, names: tuple[str, ...], place: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.do(lambda sandbox: sandbox.requests.clear())
    result = command(None, "balances", "--api", api, monkeypatch=monkeypatch, **chosen(place, *names))
    assert result.exit_code in {0, 1}, result.output
    assert {one.api for one in place.do(lambda sandbox: list(sandbox.requests))} == {api}


def test_platform_is_the_default_whatever_else_is_set(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    place.do(lambda sandbox: sandbox.requests.clear())
    command(place, "balances", monkeypatch=monkeypatch)
    assert {one.api for one in place.do(lambda sandbox: list(sandbox.requests))} == {"platform"}


# -- debts ------------------------------------------------------------------------------------------------


def test_remote_balances_do_not_call_debts_assets(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    platform = json.loads(command(place, "balances", "--json", monkeypatch=monkeypatch).stdout)
    remote = json.loads(command(place, "balances", "--json", "--api", "remote", monkeypatch=monkeypatch).stdout)
    assert platform["owed_in_cents"] > 0
    assert remote["owed_in_cents"] is None
    assert {one["is_liability"] for one in remote["balances"]} == {None}
    assert {one["is_liability"] for one in platform["balances"]} == {True, False}
    assert remote["total_in_cents"] == platform["total_in_cents"] + platform["owed_in_cents"]
    shown = command(place, "balances", "--api", "remote", monkeypatch=monkeypatch).stderr
    assert "this API does not report debts" in shown
    assert "in total" in shown
    assert "held" not in shown
    assert "$0.00" not in shown


def test_platform_balances_tell_what_is_held_and_owed(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = command(place, "balances", monkeypatch=monkeypatch).stderr
    assert "held" in shown
    assert "owed" in shown


# -- one credential, one host -----------------------------------------------------------------------------


@pytest.mark.parametrize("variable", [PLATFORM, V1, REMOTE])
def test_doctor_asks_only_the_apis_whose_base_url_is_set(
    variable: str, place: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whatever is asked besides the sandbox would be the default host: no network, and "no answer".
    result = command(None, "doctor", "--json", monkeypatch=monkeypatch, **chosen(place, KEY, TOKEN, variable))
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


def test_doctor_that_cannot_ask_the_one_api_says_so(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    result = command(None, "doctor", monkeypatch=monkeypatch, **chosen(place, TOKEN, PLATFORM))
    assert result.exit_code == 2, result.output
