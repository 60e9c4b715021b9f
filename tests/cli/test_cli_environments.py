"""Every command in every environment sends its credential only to the expected API and host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import pytest
from cli_support import SandboxThread, command, sandbox_thread

KEY, TOKEN = "SEQUENCE_API_KEY", "SEQUENCE_ACCESS_TOKEN"
URLS = {"platform": "SEQUENCE_PLATFORM_BASE_URL", "v1": "SEQUENCE_BASE_URL", "remote": "SEQUENCE_REMOTE_BASE_URL"}
CREDENTIALS = {"platform": KEY, "v1": KEY, "remote": TOKEN}
VARIABLES = (KEY, TOKEN, *URLS.values())
ENVIRONMENTS = [names for count in range(len(VARIABLES) + 1) for names in combinations(VARIABLES, count)]

PLATFORM_BY_DEFAULT = (
    "accounts",
    "accounts x",
    "balances",
    "transfers list x",
    "transfers get x",
    "transfers create x y --cents 500 --live --yes",
    "rules list",
    "rules get x",
    "rules trigger x --live --yes",
    "rules run x --live --yes",
    "executions x",
    "executions x y",
    "audit-logs",
)
DEMO = "demo --seconds 0.1"

Names = tuple[str, ...]


def described(names: Names) -> str:
    short = {KEY: "key", TOKEN: "token", **{variable: f"{api}_url" for api, variable in URLS.items()}}
    return "+".join(short[name] for name in names) or "nothing"


environments = pytest.mark.parametrize("names", ENVIRONMENTS, ids=described)


class Hosts:
    """Two sandboxes with the same credentials: one at the base URLs, and one that replaces the default host."""

    def __init__(self, chosen: SandboxThread, default: SandboxThread) -> None:
        self.chosen, self.default = chosen, default

    def run(self, line: str, names: Names, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str, set[tuple[str, str]]]:
        """Run a command. Return its exit code, its stderr, and the hosts and APIs that received requests."""
        for module, api in (("platform", "platform"), ("v1", "v1"), ("remote", "remote")):
            url = self.default.environment[URLS[api]]
            monkeypatch.setattr(f"sequence_async.{module}.DEFAULT_BASE_URL", url)
        variables = {name: self.chosen.environment[name] for name in names}
        for host in (self.chosen, self.default):
            host.do(lambda sandbox: sandbox.requests.clear())
        result = command(None, *line.split(), monkeypatch=monkeypatch, **variables)
        sent = {
            (name, str(request.api))
            for name, host in (("chosen", self.chosen), ("default", self.default))
            for request in host.do(lambda sandbox: list(sandbox.requests))
        }
        return result.exit_code, result.stderr, sent


@pytest.fixture(scope="module")
def hosts() -> Iterator[Hosts]:
    with (
        sandbox_thread(seed=1, platform_rate_limit=None) as chosen,
        sandbox_thread(seed=1, platform_rate_limit=None) as default,
    ):
        yield Hosts(chosen, default)


def place_of(api: str, names: Names) -> tuple[str, str]:
    """Return the host of an API, and the API."""
    return "chosen" if URLS[api] in names else "default", api


def fits(api: str, names: Names) -> bool:
    """Return whether the credentials and base URLs that are set include the API's, or none are set."""
    credential_fits = CREDENTIALS[api] in names or not {KEY, TOKEN} & set(names)
    return credential_fits and (URLS[api] in names or not set(URLS.values()) & set(names))


@environments
@pytest.mark.parametrize("line", [*PLATFORM_BY_DEFAULT, DEMO])
def test_command_without_api_option_uses_platform_or_sends_nothing(
    line: str, names: Names, hosts: Hosts, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, stderr, sent = hosts.run(line, names, monkeypatch)
    if line == DEMO and not {KEY, TOKEN} & set(names):
        assert (code, sent) == (0, set())  # The demo starts its own sandbox.
    elif fits("platform", names) and KEY in names:
        assert code in {0, 1}, stderr  # No object has the ID x.
        assert sent == {place_of("platform", names)}
    else:
        assert (code, sent) == (2, set())
        assert fits("platform", names) or "\nhint: " in stderr


@environments
@pytest.mark.parametrize("line", ["accounts", "balances", DEMO])
def test_command_that_hints_at_an_api_reaches_that_api_only(
    line: str, names: Names, hosts: Hosts, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, stderr, _ = hosts.run(line, names, monkeypatch)
    hinted = re.findall(r"--api (\w+)", stderr)
    others = ("v1",) if line == "accounts" else ("v1", "remote")
    starts_a_sandbox = line == DEMO and not {KEY, TOKEN} & set(names)
    if fits("platform", names) or starts_a_sandbox:
        assert hinted == []
    elif fitting := [api for api in others if fits(api, names)]:
        assert hinted == fitting
    else:
        # No other API fits. With a key, or without credentials, --api platform uses platform's default host.
        assert hinted == ([] if TOKEN in names and KEY not in names else ["platform"])
    assert ("--sandbox" in stderr) == (line == DEMO and not fits("platform", names) and not starts_a_sandbox)
    for api in hinted:
        if CREDENTIALS[api] in names:
            code, stderr, sent = hosts.run(f"{line} --api {api}", names, monkeypatch)
            assert code in {0, 1}, stderr
            assert sent == {place_of(api, names)}


@environments
def test_remote_accounts_uses_the_remote_api_or_sends_nothing(
    names: Names, hosts: Hosts, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, sent = hosts.run("remote accounts", names, monkeypatch)
    assert (code, sent) == ((0, {place_of("remote", names)}) if TOKEN in names else (2, set()))


@environments
def test_doctor_sends_no_credential_to_a_host_that_was_not_chosen(
    names: Names, hosts: Hosts, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, sent = hosts.run("doctor", names, monkeypatch)
    chosen = [api for api, variable in URLS.items() if variable in names] or list(URLS)
    assert sent == {place_of(api, names) for api in chosen if CREDENTIALS[api] in names}


@environments
@pytest.mark.parametrize("api", URLS)
def test_doctor_with_api_option_contacts_only_that_api(
    api: str, names: Names, hosts: Hosts, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, sent = hosts.run(f"doctor --api {api}", names, monkeypatch)
    assert sent == ({place_of(api, names)} if CREDENTIALS[api] in names else set())
