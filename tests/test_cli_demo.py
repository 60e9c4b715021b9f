"""The demo, the watch and the sandbox command: what runs for a while, and how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from cli_support import Beside, beside, command, needs_pty, needs_sigint, on_terminal

ROOT = Path(__file__).parent.parent
PROGRAM = [sys.executable, "-c", "from sequence_async.cli import main; main()"]


@pytest.fixture(scope="module")
def place() -> Iterator[Beside]:
    with beside(seed=4, accounts=5) as running:
        yield running


@contextmanager
def _started(*arguments: str, **variables: str) -> Generator[subprocess.Popen[str], None, None]:
    process = subprocess.Popen(
        [*PROGRAM, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb", **variables},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_the_demo_shows_money_moving_and_what_to_type_next(monkeypatch: pytest.MonkeyPatch) -> None:
    began = time.monotonic()
    result = command(None, "demo", "--seconds", "5", monkeypatch=monkeypatch)
    assert result.exit_code == 0, result.output
    assert time.monotonic() - began < 9
    assert "No real money moves." in result.stdout
    assert re.search(r"rules\.run: '.+' ended as executed, with [1-9] transfer", result.stdout)
    assert "createTransfer failed: no answer" in result.stdout
    assert "with the same key" in result.stdout
    assert "transfers.create: $50.00 from" in result.stdout
    assert re.search(r"\t[+-]\$[0-9.,]+$", result.stdout, re.MULTILINE)
    summary = re.search(
        r"Read (\d+) balances of (\d+) accounts in (\d+) calls: (\d+) requests, including (\d+) retries\. (\d+) calls failed",
        result.stdout,
    )
    assert summary is not None
    readings, accounts, calls, requests, retries, failed = (int(number) for number in summary.groups())
    assert readings > accounts > 10
    assert requests == calls + retries
    assert retries >= 1
    assert failed == 0
    assert "sequence-async sandbox" in result.stdout
    assert "\x1b" not in result.output


@pytest.mark.parametrize("api", ["platform", "v1", "remote"])
def test_with_a_credential_the_demo_only_reads(api: str, place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    before = place.do(lambda sandbox: len(sandbox.requests))
    result = command(place, "demo", "--api", api, "--seconds", "0.5", monkeypatch=monkeypatch)
    assert result.exit_code == 0, result.output
    assert "The demo writes nothing." in result.stdout
    assert "of 5 accounts" in result.stdout
    assert place.do(lambda sandbox: len(sandbox.requests)) > before
    assert place.writes() == []


@needs_pty
def test_a_terminal_gets_a_live_table(place: Beside) -> None:
    code, shown = on_terminal(place.environment, "demo", "--api", "v1", "--seconds", "0.5")
    assert code == 0, shown
    assert "\x1b[" in shown
    table = shown.rpartition("Your balances")[2]
    assert re.search(r"Taxes +\$[0-9,]+\.[0-9]{2}", table)


def test_the_demo_ignores_a_credential_when_told_so(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    before = place.do(lambda sandbox: len(sandbox.requests))
    result = command(place, "demo", "--sandbox", "--seconds", "0.5", monkeypatch=monkeypatch)
    assert result.exit_code == 0, result.output
    assert place.do(lambda sandbox: len(sandbox.requests)) == before


def test_the_demo_tells_a_refused_credential_in_one_line(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    result = command(place, "demo", "--seconds", "0.5", monkeypatch=monkeypatch, SEQUENCE_API_KEY="sk_wrong")
    assert result.exit_code == 1
    assert "401" in result.stderr
    assert "sk_wrong" not in result.output


@needs_sigint
def test_the_watch_gives_one_document_a_line_until_ctrl_c(place: Beside) -> None:
    arguments = ["balances", "--watch", "--interval", "0.05", "--json", "--api", "v1"]
    with _started(*arguments, **place.environment) as process:
        assert process.stdout is not None
        first = [json.loads(process.stdout.readline()) for _ in range(5)]
        assert {update["account_id"] for update in first} == place.do(
            lambda sandbox: {one.v1_id for one in sandbox.accounts.values()}
        )
        assert all(update["changed"] and update["previous_in_cents"] is None for update in first)
        account = place.id_of("Taxes", "v1")
        place.do(lambda sandbox: sandbox.deposit(account, 777))
        news = json.loads(process.stdout.readline())
        assert (news["account_id"], news["balance_in_cents"] - news["previous_in_cents"]) == (account, 777)
        process.send_signal(signal.SIGINT)
        rest, told = process.communicate(timeout=10)
    assert (process.returncode, rest, told) == (0, "", "")


@needs_sigint
def test_the_watch_gives_plain_lines_where_there_is_no_terminal(place: Beside) -> None:
    with _started("balances", "--watch", "--interval", "0.05", "--api", "remote", **place.environment) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(6)]
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    assert lines[0].startswith("Balances, polled every 0.05 s")
    assert all(len(line.split("\t")) == 5 for line in lines[1:])


@needs_sigint
def test_the_sandbox_serves_until_ctrl_c() -> None:
    with _started("sandbox", "--json", "--seed", "9", "--accounts", "3") as process:
        assert process.stdout is not None
        details = json.loads(process.stdout.readline())
        request = Request(f"{details['v1_url']}/accounts", headers={"Authorization": f"ApiKey {details['api_key']}"})
        with urlopen(request, timeout=5) as answer:
            assert len(json.loads(answer.read())["data"]) == 3
        process.send_signal(signal.SIGINT)
        rest, told = process.communicate(timeout=10)
    assert (process.returncode, rest, told) == (0, "", "")


@needs_sigint
@pytest.mark.parametrize(
    ("text", "seed"),
    [("10", 10), ("1_0", "1_0"), ("٣", "٣"), ("9" * 5_000, "9" * 5_000)],
    ids=["digits", "underscore", "other digits", "long"],
)
def test_seed_is_a_number_only_if_it_is_written_in_digits(text: str, seed: int | str) -> None:
    with _started("sandbox", "--json", "--seed", text, "--accounts", "1") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)
    assert line
    assert json.loads(line)["seed"] == seed


@needs_sigint
def test_the_sandbox_says_how_to_use_it() -> None:
    with _started("sandbox", "--seed", "9") as process:
        assert process.stdout is not None
        text = ""
        while "Press Ctrl-C to stop" not in text:
            line = process.stdout.readline()
            assert line, text
            text += line
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    assert "curl http://127.0.0.1:" in text
    assert "export SEQUENCE_API_KEY=sk_" in text


def test_a_port_that_is_taken_is_told(place: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    result = command(None, "sandbox", "--port", str(place.sandbox.port), monkeypatch=monkeypatch)
    assert result.exit_code == 2
    assert "--port 0" in result.stderr


def test_a_scenario_that_breaks_a_rule_is_told_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text("accounts:\n  - name: Pocket\n    type: purse\n", "utf-8")
    result = command(None, "sandbox", "--scenario", str(file), monkeypatch=monkeypatch)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "line 3" in result.stderr
    missing = command(None, "sandbox", "--scenario", str(tmp_path / "none.yaml"), monkeypatch=monkeypatch)
    assert missing.exit_code == 2


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    for missing in "typer", "rich":
        code = (
            "import sys\n"
            "class Missing:\n"
            "    def find_spec(self, name, path=None, target=None):\n"
            f"        if name.partition('.')[0] == {missing!r}:\n"
            "            raise ModuleNotFoundError(name, name=name)\n"
            "sys.meta_path.insert(0, Missing())\n"
            "from sequence_async.cli import main\n"
            "main()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=ROOT, check=False, timeout=20
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.splitlines() == [
            "sequence-async: The command line needs the extra cli.",
            "hint: Run pip install 'sequence-async[cli]'.",
        ]


def test_another_missing_module_is_no_missing_extra() -> None:
    code = (
        "import sys\n"
        "class Missing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'attrs':\n"
        "            raise ModuleNotFoundError(name, name=name)\n"
        "sys.meta_path.insert(0, Missing())\n"
        "from sequence_async.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=ROOT, check=False, timeout=20
    )
    assert done.returncode == 1
    assert "pip install" not in done.stderr


def test_a_shell_can_complete_commands() -> None:
    variables = {"_SEQUENCE_ASYNC_COMPLETE": "complete_bash", "COMP_WORDS": "sequence-async bal", "COMP_CWORD": "1"}
    with _started(**variables) as process:
        stdout, _ = process.communicate(timeout=20)
    assert stdout.split() == ["balances"]


def test_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    result = command(None, "--version", monkeypatch=monkeypatch)
    assert (result.exit_code, result.stdout) == (0, "sequence-async 0.1.0\n")


def test_every_command_has_help_and_the_exit_codes_are_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    top = command(None, "--help", monkeypatch=monkeypatch)
    assert "in doubt" in " ".join(top.stdout.split())
    names = ["demo", "sandbox", "doctor", "balances", "accounts", "executions", "audit-logs"]
    groups = {
        "transfers": ["list", "get", "create", "wait"],
        "rules": ["list", "get", "trigger", "run"],
        "remote": ["accounts", "trigger"],
        "models": ["export", "diff"],
    }
    for arguments in [
        *([name] for name in names),
        *([group, name] for group, inner in groups.items() for name in inner),
    ]:
        result = command(None, *arguments, "--help", monkeypatch=monkeypatch)
        assert result.exit_code == 0
        assert "Usage:" in result.stdout
