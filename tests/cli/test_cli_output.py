"""Output of the command line: every message arrives in full, and if it cannot be written, the exit code is correct."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from cli_support import MAIN, SandboxThread, command, needs_pty, on_terminal, sandbox_thread

from sequence_async.sandbox import faults

LIVE = ("--live", "--yes")
ESCAPE = "\x1b["
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither /dev/full nor closed descriptors")


@pytest.fixture(scope="module")
def server() -> Iterator[SandboxThread]:
    with sandbox_thread(seed=1, internal_seconds=0.0, execution_seconds=0.0, platform_rate_limit=None) as made:
        yield made


@pytest.fixture(autouse=True)
def _start_over(server: SandboxThread) -> None:
    server.do(lambda sandbox: (sandbox.faults.clear(), sandbox.requests.clear()))


def environment(server: SandboxThread, **more: str) -> dict[str, str]:
    secret = server.do(lambda sandbox: sandbox.rule_secret("Refill the agent"))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "COLUMNS"))}
    return {**kept, **server.environment, "SEQUENCE_RULE_SECRET": secret, **more}


def run(server: SandboxThread, *arguments: str, redirect: str = "", **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command under a shell that redirects its streams."""
    script = f'exec "$@" {redirect}'
    return subprocess.run(
        ["sh", "-c", script, "sh", sys.executable, "-X", "dev", "-W", "ignore", "-c", MAIN, *arguments],
        env=environment(server, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )


def without_reader(server: SandboxThread, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command whose stdout is a pipe with a closed reader."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return subprocess.run(
            [sys.executable, "-c", MAIN, *arguments],
            env=environment(server),
            stdin=subprocess.DEVNULL,
            stdout=writer,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    finally:
        os.close(writer)


def transfer(server: SandboxThread, api: str = "platform") -> list[str]:
    accounts = server.id_of("Main Operating", api), server.id_of("Taxes", api)
    return ["transfers", "create", *accounts, "--cents", "500"]


WRITES: dict[str, tuple[Callable[[SandboxThread], list[str]], str]] = {
    "transfers create": (transfer, "createTransfer"),
    "transfers create --wait": (lambda server: [*transfer(server), "--wait"], "createTransfer"),
    "rules trigger": (lambda server: ["rules", "trigger", server.id_of("Move to savings")], "triggerRule"),
    "rules run": (lambda server: ["rules", "run", server.id_of("Move to savings")], "triggerRule"),
    "remote trigger": (lambda server: ["remote", "trigger", server.id_of("Refill the agent")], "triggerRule"),
}
READS = [
    ["balances"],
    ["balances", "--json"],
    ["accounts"],
    ["rules", "list"],
    ["audit-logs"],
    ["remote", "accounts"],
    ["doctor"],
    ["models", "export", "--api", "v1"],
    ["sandbox"],
    ["demo", "--sandbox"],
    ["--version"],
    ["--help"],
    ["balances", "--help"],
]
BROKEN = {"closed": ">&-", "full": ">/dev/full"}


def key_of(stderr: bytes) -> str:
    found = re.search(rb"Idempotency key: (\S+)", stderr)
    assert found is not None, stderr
    return found[1].decode()


# -- results that cannot be written -----------------------------------------------------------------------


@posix
@pytest.mark.parametrize(
    ("form", "broken"),
    [
        pytest.param([], "closed", id="table-closed"),
        pytest.param(["--json"], "full", id="json-full"),
        pytest.param([], "full", id="table-full", marks=pytest.mark.soak),
        pytest.param(["--json"], "closed", id="json-closed", marks=pytest.mark.soak),
    ],
)
@pytest.mark.parametrize("write", WRITES)
def test_accepted_write_whose_result_cannot_be_written_exits_0(
    write: str, form: list[str], broken: str, server: SandboxThread
) -> None:
    arguments, operation = WRITES[write]
    done = run(server, *arguments(server), *form, *LIVE, redirect=BROKEN[broken])
    stderr = done.stderr.decode()
    assert (done.returncode, done.stdout) == (0, b""), stderr
    assert "Traceback" not in stderr
    assert "Exception ignored" not in stderr
    key = key_of(done.stderr)
    assert [key] == [one for name, one in server.writes() if name == operation]
    accepted = re.search(r"could not be written: .+\. Accepted: (.+)\. Idempotency key: (\S+)", stderr)
    assert accepted is not None, stderr
    assert accepted[2] == key
    if operation == "createTransfer":
        (made,) = server.do(lambda sandbox: sandbox.effects(key))
        assert made in accepted[1]


@posix
@pytest.mark.parametrize("write", WRITES)
def test_accepted_write_whose_reader_is_gone_exits_0(write: str, server: SandboxThread) -> None:
    arguments, operation = WRITES[write]
    process = without_reader(server, *arguments(server), *LIVE)
    assert process.returncode == 0, process.stderr
    assert b"Traceback" not in process.stderr
    assert b"Exception ignored" not in process.stderr
    assert [name for name, _ in server.writes()] == [operation]


@posix
@pytest.mark.parametrize("broken", BROKEN)
def test_write_in_doubt_whose_result_cannot_be_written_exits_3(broken: str, server: SandboxThread) -> None:
    server.do(lambda sandbox: sandbox.fail_next("createTransfer", n=9, fault=faults.Drop(after_effect=True)))
    done = run(server, *transfer(server), *LIVE, redirect=BROKEN[broken])
    assert done.returncode == 3
    assert key_of(done.stderr) in done.stderr.decode().partition("hint: ")[2]


@posix
@pytest.mark.parametrize(
    ("read", "broken"),
    [
        pytest.param(read, broken, id=f"{' '.join(read)}-{broken}", marks=[] if usual else [pytest.mark.soak])
        for number, read in enumerate(READS)
        for usual, broken in zip((number % 2 == 0, number % 2 == 1), BROKEN, strict=True)
    ],
)
def test_read_whose_result_cannot_be_written_exits_1_in_one_line(
    read: list[str], broken: str, server: SandboxThread
) -> None:
    done = run(server, *read, redirect=BROKEN[broken])
    stderr = done.stderr.decode()
    assert done.returncode == 1, stderr
    assert "sequence-async: The output could not be written: " in stderr
    assert "Traceback" not in stderr
    assert "Exception ignored" not in stderr


@posix
@pytest.mark.parametrize("read", [*READS, ["balances", "--watch", "--interval", "0.05"]], ids=" ".join)
def test_read_whose_reader_is_gone_ends_silently(read: Sequence[str], server: SandboxThread) -> None:
    done = without_reader(server, *read)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@posix
@pytest.mark.parametrize("broken", ["2>&-", "2>/dev/full"])
@pytest.mark.parametrize("wrong", [["nonsense"], ["balances", "--interval", "x"], ["transfers", "get"]], ids=" ".join)
def test_usage_error_that_cannot_be_written_exits_2(wrong: list[str], broken: str, server: SandboxThread) -> None:
    done = run(server, *wrong, redirect=broken)
    assert (done.returncode, done.stdout) == (2, b"")


@posix
@pytest.mark.parametrize("broken", BROKEN)
def test_models_diff_whose_result_cannot_be_written_exits_64(
    broken: str, server: SandboxThread, tmp_path: Path
) -> None:
    old = tmp_path / "old.py"
    assert run(server, "models", "export", "--api", "v1", "--out", str(old)).returncode == 0
    done = run(server, "models", "diff", str(old), "--json", redirect=BROKEN[broken])
    assert done.returncode == 64
    assert b"could not be written" in done.stderr


# -- the key is printed before a write --------------------------------------------------------------------

SIZES = ["0", "1", "abc", "-3", "²", "80", "99999", "9" * 5_000]
VARIABLES = ["COLUMNS", "LINES", "TERMINAL_WIDTH"]
# Each size runs with one of the variables, and in `make soak` with all three.
EACH_SIZE = pytest.mark.parametrize(
    ("size", "variable"),
    [
        pytest.param(
            size,
            variable,
            id=f"{size[:5]}-{variable}",
            marks=[] if number % len(VARIABLES) == position else [pytest.mark.soak],
        )
        for number, size in enumerate(SIZES)
        for position, variable in enumerate(VARIABLES)
    ],
)


@posix
@EACH_SIZE
def test_key_of_a_lost_response_is_printed_at_every_size(size: str, variable: str, server: SandboxThread) -> None:
    # A malformed response is not retried, so the test does not wait for pauses.
    server.do(lambda sandbox: sandbox.fail_next("createTransfer", fault=faults.Garbage(after_effect=True)))
    done = run(server, *transfer(server), *LIVE, **{variable: size})
    assert done.returncode == 3
    key = key_of(done.stderr)
    assert f"--idempotency-key {key}" in done.stderr.decode()
    assert len(server.do(lambda sandbox: sandbox.effects(key))) == 1


@posix
@EACH_SIZE
def test_help_and_usage_errors_are_printed_at_every_size(size: str, variable: str, server: SandboxThread) -> None:
    helped = run(server, "transfers", "create", "--help", **{variable: size})
    assert helped.returncode == 0, helped.stderr
    assert b"--idempotency-key" in helped.stdout
    wrong = run(server, "nonsense", **{variable: size})
    assert wrong.returncode == 2
    assert b"No such command 'nonsense'" in wrong.stderr


@needs_pty
@pytest.mark.parametrize("columns", [0, 1, 10, 60])
@pytest.mark.parametrize("term", ["xterm-256color", "dumb", "unknown"])
def test_key_is_printed_in_full_on_every_terminal(columns: int, term: str, server: SandboxThread) -> None:
    code, shown = on_terminal(environment(server), *transfer(server), *LIVE, columns=columns, TERM=term)
    assert code == 0, shown
    # A retry on a busy machine sends another request with the same key.
    (key,) = {key for name, key in server.writes() if name == "createTransfer"}
    assert f"Idempotency key: {key}" in shown


@posix
@pytest.mark.parametrize("broken", ["2>&-", "2>/dev/full"])
@pytest.mark.parametrize("write", WRITES)
def test_live_write_whose_key_cannot_be_printed_sends_nothing(write: str, broken: str, server: SandboxThread) -> None:
    done = run(server, *WRITES[write][0](server), *LIVE, redirect=broken)
    assert (done.returncode, done.stdout) == (2, b"")
    assert server.writes() == []


@posix
def test_live_write_with_a_passed_key_needs_no_stderr(server: SandboxThread) -> None:
    done = run(server, *transfer(server), *LIVE, "--idempotency-key", "mine", redirect="2>&-")
    assert done.returncode == 0
    assert ("createTransfer", "mine") in server.writes()


@needs_pty
def test_write_whose_terminal_is_gone_exits_with_the_outcome() -> None:
    with sandbox_thread(seed=1, auto_settle=False) as slow:
        ours, theirs = os.openpty()
        process = subprocess.Popen(
            [sys.executable, "-c", MAIN, *transfer(slow), *LIVE, "--wait", "--json"],
            env=environment(slow, TERM="xterm-256color"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=theirs,
        )
        os.close(theirs)
        shown = b""
        while b"\r\x1b[2K" not in shown:
            shown += os.read(ours, 4_096)
        os.close(ours)
        slow.do(lambda sandbox: sandbox.settle(sandbox.effects(key_of(shown))[0]))
        stdout, _ = process.communicate(timeout=60)
        assert process.returncode == 0, stdout
        assert b'"COMPLETE"' in stdout


# -- outcomes of dry runs and live writes -----------------------------------------------------------------


def test_dry_run_with_insufficient_funds_exits_1(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = server.id_of("Main Operating"), server.id_of("Taxes")
    result = command(server, "transfers", "create", *accounts, "--dollars", "99999999", monkeypatch=monkeypatch)
    assert result.exit_code == 1, result.output
    assert "INCOMPLETE (INSUFFICIENT_FUNDS) (simulated)" in result.stdout


def test_dry_run_that_would_succeed_exits_0_with_its_outcome(
    server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = command(server, *transfer(server), monkeypatch=monkeypatch)
    assert result.exit_code == 0, result.output
    assert "COMPLETE (simulated)" in result.stdout


def test_dry_run_without_wait_prints_that_it_is_not_settled(
    server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = command(server, *transfer(server), "--no-wait", monkeypatch=monkeypatch)
    assert result.exit_code == 0, result.output
    assert "The dry run was accepted and is not settled yet" in result.stderr


def test_dry_run_whose_wait_ends_first_exits_5_and_is_not_called_a_transfer(monkeypatch: pytest.MonkeyPatch) -> None:
    with sandbox_thread(seed=1, auto_settle=False) as slow:
        result = command(slow, *transfer(slow), "--timeout", "0.2", monkeypatch=monkeypatch)
        assert result.exit_code == 5, result.output
        assert "hint: The dry run continues. Run `sequence-async transfers wait " in result.stderr


APIS = pytest.mark.parametrize(("api", "named"), [([], ""), (["--api", "v1"], " --api v1")], ids=["default", "v1"])


@APIS
def test_live_transfer_is_accepted_and_not_called_settled(
    api: list[str], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sandbox_thread(seed=1, auto_settle=False) as slow:
        arguments = transfer(slow, api[-1] if api else "platform")
        result = command(slow, *arguments, *LIVE, "--json", *api, monkeypatch=monkeypatch)
        assert result.exit_code == 0
        made = json.loads(result.stdout)["id"]
        assert (
            f"The transfer was accepted and is not settled yet. Run `sequence-async transfers wait {made}{named}` to wait for it."
            in (result.stderr)
        )


@APIS
@pytest.mark.parametrize("kind", ["transfer", "run"])
def test_wait_that_times_out_exits_5_and_names_the_follow_up(
    kind: str, api: list[str], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sandbox_thread(seed=1, auto_settle=False, execution_seconds=3600.0) as slow:
        form = api[-1] if api else "platform"
        rule = slow.id_of("Move to savings", form)
        arguments = [*transfer(slow, form), "--wait"] if kind == "transfer" else ["rules", "run", rule]
        result = command(slow, *arguments, *LIVE, *api, "--timeout", "0.2", monkeypatch=monkeypatch)
        assert result.exit_code == 5, result.output
        accepted = re.search(r"Accepted: (?:transfer|execution) ([\w-]+)", result.stderr)
        assert accepted is not None
        follow_up = "transfers wait" if kind == "transfer" else f"executions {rule}"
        assert f"continues. Run `sequence-async {follow_up} {accepted[1]}{named}`" in result.stderr


@pytest.mark.parametrize("kind", ["transfer", "run"])
@pytest.mark.parametrize("fault", [faults.Drop(), faults.Status(status=500), faults.Garbage()], ids=repr)
def test_wait_that_fails_after_an_accepted_write_exits_5(
    kind: str, fault: faults.Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sandbox_thread(seed=1, auto_settle=False, execution_seconds=3600.0) as slow:
        for operation in ("platform.getTransfer", "platform.getRuleExecution"):
            slow.do(lambda sandbox, operation=operation: sandbox.fail_next(operation, n=99, fault=fault))
        arguments = (
            [*transfer(slow), "--wait"] if kind == "transfer" else ["rules", "run", slow.id_of("Move to savings")]
        )
        result = command(slow, *arguments, *LIVE, "--timeout", "0.2", monkeypatch=monkeypatch)
        assert result.exit_code == 5, result.output
        assert "continues. Run " in result.stderr


def test_remote_trigger_prints_that_the_outcome_is_not_known(
    server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEQUENCE_RULE_SECRET", server.do(lambda sandbox: sandbox.rule_secret("Refill the agent")))
    arguments = ["remote", "trigger", server.id_of("Refill the agent")]
    result = command(server, *arguments, *LIVE, monkeypatch=monkeypatch)
    assert result.exit_code == 0, result.output
    assert "Its outcome is not known yet." in result.stderr


@pytest.mark.parametrize(("kind", "code"), [("trigger", 0), ("run", 5)])
def test_rule_execution_without_an_id_prints_the_list_command(
    kind: str, code: int, server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = server.id_of("Move to savings", "v1")
    body = json.dumps({"success": True, "data": {"message": "Started"}})
    unnamed = faults.Status(status=200, body=body, after_effect=True)
    server.do(lambda sandbox: sandbox.fail_next("v1.triggerRule", fault=unnamed))
    result = command(server, "rules", kind, rule, "--api", "v1", *LIVE, monkeypatch=monkeypatch)
    assert result.exit_code == code, result.output
    assert f"Run `sequence-async executions {rule} --api v1` to see it." in result.stderr
    assert "None" not in result.output


def test_trigger_dry_run_prints_that_the_outcome_is_not_known(
    server: SandboxThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = command(server, "rules", "trigger", server.id_of("Move to savings"), monkeypatch=monkeypatch)
    assert result.exit_code == 0
    assert "Its outcome is not known yet." in result.stderr
    assert "sequence-async executions" in result.stderr


def test_reused_key_error_never_suggests_another_key(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = server.id_of("Main Operating"), server.id_of("Taxes")
    key = ["--idempotency-key", "reused"]
    command(server, *transfer(server), *key, *LIVE, monkeypatch=monkeypatch)
    result = command(server, "transfers", "create", *accounts, "--cents", "501", *key, *LIVE, monkeypatch=monkeypatch)
    assert result.exit_code == 1
    assert "Find out the outcome of that request before you use a new key" in result.stderr
    root = Path(__file__).parents[2]
    for page in (root / "docs").rglob("*.md"):
        assert "use another key" not in page.read_text(encoding="utf-8"), page


# -- output in a pipe -------------------------------------------------------------------------------------

FORCING = [
    {"FORCE_COLOR": "1"},
    {"TTY_COMPATIBLE": "1"},
    {"TTY_INTERACTIVE": "1"},
    {"PY_COLORS": "1"},
    {"GITHUB_ACTIONS": "1"},
    {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
]


@pytest.mark.parametrize(
    ("arguments", "forced"),
    [
        pytest.param(
            arguments,
            forced,
            id=f"{' '.join(arguments)}-{next(iter(forced))}",
            marks=[] if number in {0, position} else [pytest.mark.soak],
        )
        for number, arguments in enumerate([["accounts"], ["balances", "--help"], ["--help"], ["nonsense"]])
        for position, forced in enumerate(FORCING)
    ],
)
def test_pipe_gets_plain_lines_with_every_color_variable(
    arguments: list[str], forced: dict[str, str], server: SandboxThread
) -> None:
    done = run(server, *arguments, **forced)
    assert ESCAPE.encode() not in done.stdout + done.stderr
    if arguments == ["accounts"]:
        assert done.stdout.decode().splitlines()[0].startswith("Account\tID")


@needs_pty
def test_no_color_on_a_terminal_overrides_force_color(server: SandboxThread) -> None:
    _, colored = on_terminal(environment(server), "accounts")
    _, plain = on_terminal(environment(server), "accounts", NO_COLOR="1", FORCE_COLOR="1")
    assert re.search("\x1b\\[[0-9;]*m", colored)
    assert not re.search("\x1b\\[[0-9;]*3[0-7]", plain)
    assert "─" in plain


@needs_pty
@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_terminal_without_escape_sequences_gets_none_and_full_cells(term: str, server: SandboxThread) -> None:
    missing = "018cc251-0000-7000-8000-000000000000"
    run(server, "transfers", "create", server.id_of("Taxes"), missing, "--cents", "500", *LIVE)
    failed = re.search(r"^.*\tCREATE_TRANSFER\t\w+ \(.*$", run(server, "audit-logs").stdout.decode(), re.MULTILINE)
    assert failed is not None
    for arguments, cells in (
        (["accounts"], [server.id_of("Taxes")]),
        (["audit-logs"], failed[0].split("\t")[2:4]),
        (transfer(server), ["COMPLETE (simulated)"]),
    ):
        code, shown = on_terminal(environment(server), *arguments, columns=40, TERM=term)
        assert code == 0, shown
        assert ESCAPE not in shown
        for cell in cells:
            assert cell in shown


@needs_pty
def test_watch_on_a_terminal_without_escape_sequences_prints_lines(server: SandboxThread) -> None:
    code, shown = on_terminal(environment(server), "demo", "--api", "platform", "--seconds", "0.5", TERM="dumb")
    assert code == 0, shown
    assert ESCAPE not in shown
    assert f"\t{server.id_of('Taxes')}\tTaxes\t$" in shown


@needs_pty
def test_terminal_keeps_its_encoding_and_replaces_unsupported_characters() -> None:
    with sandbox_thread(seed=1) as named:
        named.do(lambda sandbox: sandbox.add_account({"name": "Café 日本", "type": "pod"}))
        settings = environment(named, PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
        code, shown = on_terminal(settings, "accounts", "--all", encoding="latin-1")
        assert code == 0, shown
        assert "Café ??" in shown


NAMES = ["Café José", "日本語", "\U0001f3e0 Rent"]


@pytest.mark.parametrize(
    "settings",
    [
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
    ids=lambda settings: " ".join(f"{name}={value}" for name, value in settings.items()),
)
def test_names_in_a_pipe_are_utf_8(settings: dict[str, str]) -> None:
    with sandbox_thread(seed=1) as named:
        for name in NAMES:
            named.do(lambda sandbox, name=name: sandbox.add_account({"name": name, "type": "pod"}))
        done = run(named, "accounts", "--all", **settings)
        assert done.returncode == 0, done.stderr
        for name in NAMES:
            assert name in done.stdout.decode("utf-8")
