"""SIGTERM ends a command as Ctrl-C does, also as process 1 of a container. The command line also runs as a module."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import pytest
from cli_support import SandboxThread, command, sandbox_thread

from sequence_async.sandbox import faults

PROGRAM = [sys.executable, "-m", "sequence_async"]
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send SIGTERM to one process")
SIGNALS = {"SIGTERM": (143, "Terminated by SIGTERM."), "SIGINT": (130, "Interrupted by Ctrl-C.")}
"""The exit code and message of each signal, for a command that is not endless."""


def has_namespaces() -> bool:
    """Return whether a test can start a process as process 1."""
    tool = shutil.which("unshare")
    if tool is None:
        return False
    return subprocess.run([tool, "--pid", "--fork", "true"], capture_output=True, check=False).returncode == 0


as_process_1 = pytest.mark.skipif(not has_namespaces(), reason="`unshare --pid --fork true` fails here")


@pytest.fixture(scope="module")
def server() -> Iterator[SandboxThread]:
    with sandbox_thread(seed=1) as made:
        yield made


@contextmanager
def started(*command: str, **variables: str) -> Generator[subprocess.Popen[str], None, None]:
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env={**os.environ, **variables}
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


ENDLESS = {"sandbox": ["sandbox", "--json"], "watch": ["balances", "--watch", "--interval", "0.05", "--json"]}


@posix
@pytest.mark.parametrize("name", SIGNALS)
@pytest.mark.parametrize("command", ENDLESS)
def test_signal_ends_an_endless_command_with_0(command: str, name: str, server: SandboxThread) -> None:
    with started(*PROGRAM, *ENDLESS[command], **server.environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        process.send_signal(getattr(signal, name))
        _, stderr = process.communicate(timeout=20)
    assert (process.returncode, stderr) == (0, "")


@as_process_1
@pytest.mark.parametrize("command", ENDLESS)
def test_sigterm_ends_process_1_of_a_container(command: str, server: SandboxThread) -> None:
    # The command replaces the shell of the namespace, so it is process 1. unshare waits for it outside the namespace.
    words = ["unshare", "--pid", "--fork", "--kill-child", *PROGRAM, *ENDLESS[command]]
    with started(*words, **server.environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        inside = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, check=True)
        os.kill(int(inside.stdout), signal.SIGTERM)
        process.communicate(timeout=20)
    assert process.returncode == 0


@posix
@pytest.mark.parametrize("name", SIGNALS)
def test_signal_during_a_read_exits_with_its_code(name: str, server: SandboxThread) -> None:
    server.do(lambda sandbox: sandbox.requests.clear())
    server.do(lambda sandbox: sandbox.fail_next("platform.listAccounts", fault=faults.Stall()))
    with started(*PROGRAM, "accounts", **server.environment) as process:
        wait_for(server, "listAccounts")
        process.send_signal(getattr(signal, name))
        _, stderr = process.communicate(timeout=20)
    code, message = SIGNALS[name]
    assert (process.returncode, stderr) == (code, f"sequence-async: {message}\n")


@posix
@pytest.mark.parametrize("name", SIGNALS)
def test_signal_during_a_write_prints_the_key_and_that_it_is_in_doubt(name: str, server: SandboxThread) -> None:
    server.do(lambda sandbox: sandbox.requests.clear())
    server.do(lambda sandbox: sandbox.fail_next("createTransfer", fault=faults.Stall(after_effect=True)))
    arguments = ["transfers", "create", server.id_of("Main Operating"), server.id_of("Taxes"), "--cents", "500"]
    with started(*PROGRAM, *arguments, "--live", "--yes", **server.environment) as process:
        wait_for(server, "createTransfer")
        process.send_signal(getattr(signal, name))
        _, stderr = process.communicate(timeout=20)
    assert process.returncode == SIGNALS[name][0]
    key = re.search(r"Idempotency key: (\S+)", stderr)
    assert key is not None
    assert "The request was interrupted. It may have taken effect." in stderr
    assert f"--idempotency-key {key[1]}" in stderr.partition("hint: ")[2]


@posix
def test_sigterm_before_a_command_runs_exits_143() -> None:
    # Importing the commands takes most of the startup time, so a signal is likely to arrive then.
    code = (
        "import os, signal, sys\n"
        "class Importing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'sequence_async.cli.app':\n"
        "            os.kill(os.getpid(), signal.SIGTERM)\n"
        "sys.meta_path.insert(0, Importing())\n"
        "from sequence_async.cli import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (143, "", "")


def test_command_restores_the_sigterm_handler(server: SandboxThread, monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGTERM)
    assert command(server, "accounts", monkeypatch=monkeypatch).exit_code == 0
    assert signal.getsignal(signal.SIGTERM) is before


def wait_for(server: SandboxThread, operation: str) -> None:
    """Wait until the sandbox has received a request of an operation."""
    for _ in range(2_000):
        if any(one.operation == operation for one in server.do(lambda sandbox: list(sandbox.requests))):
            return
        time.sleep(0.01)
    pytest.fail(f"no {operation} has arrived")


def test_module_runs_the_command_line() -> None:
    done = subprocess.run([*PROGRAM, "--help"], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0
    assert "Usage: sequence-async" in done.stdout


def test_module_without_the_extra_prints_what_to_install() -> None:
    code = (
        "import runpy, sys; sys.modules['typer'] = None; sys.argv = ['x', '--help'];"
        " runpy.run_module('sequence_async', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "pip install 'sequence-async[cli]'" in done.stderr
    assert "Traceback" not in done.stderr
