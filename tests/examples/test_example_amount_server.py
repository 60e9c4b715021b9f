"""examples/amount_server.py returns an amount only if nothing is unclear, and listens on loopback."""

from __future__ import annotations

import re
import signal
import socket
import sys

import aiohttp
import pytest
from cli_support import needs_sigint
from example_programs import load, run, started

from sequence_async import RemoteClient
from sequence_async.sandbox import Sandbox


def test_amount_server_without_arguments_shows_what_a_rule_moves() -> None:
    code, out, err = run("amount_server")
    assert code == 0
    assert int(re.findall(r"got (\d+) cents", out)[0]) > 0
    assert "Main Operating has 500000 cents left." in out
    assert "not-a-secret" not in out + err


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("account={id}&floor=0&secret=s3", 200),
        ("account={id}&floor=0&secret=wrong", 401),
        ("account={id}&secret=s3", 500),
        ("account={id}&floor=much&secret=s3", 500),
        ("account={id}&floor=-100&secret=s3", 500),
        ("account=nowhere&floor=0&secret=s3", 500),
    ],
)
async def test_amount_server_unclear_request_returns_no_amount(
    query: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    example = load("amount_server")
    async with Sandbox(seed=1, frozen=True) as sandbox:
        async with RemoteClient(sandbox.access_token, base_url=sandbox.remote_url) as client:
            runner = await example.serve(client, "s3", 0)
            host, port = runner.addresses[0]
            account = sandbox.account("Groceries")
            url = f"http://{host}:{port}/above?{query.format(id=account.remote_id)}"
            async with aiohttp.ClientSession() as session, session.post(url) as response:
                assert response.status == status
                body = await response.json()
            await runner.cleanup()
    assert body.get("amountInCents") == (account.cents if status == 200 else None)
    assert "secret=" not in caplog.text


@needs_sigint
async def test_amount_server_interrupted_serves_loopback_only_and_stops(
    sequence_env: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMOUNT_SECRET", "s3-of-the-rule")
    account = sequence_env.account("Taxes")
    with started("amount_server", "0") as server:
        assert server.stdout is not None
        port = int(re.findall(r"http://127\.0\.0\.1:(\d+)/above", server.stdout.readline())[0])
        url = f"http://127.0.0.1:{port}/above?account={account.remote_id}&floor=0&secret=s3-of-the-rule"
        async with aiohttp.ClientSession() as session, session.post(url) as response:
            assert await response.json() == {"amountInCents": account.cents}
        if sys.platform == "linux":  # where all of 127.0.0.0/8 reaches a server that listens on every address
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.2", port))
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=30)
    assert (server.returncode, out) == (0, "Stopped.\n")
    assert "s3-of-the-rule" not in err


@pytest.mark.parametrize("port", ["70000", "-1", "http"])
def test_amount_server_invalid_port_exits_2(port: str) -> None:
    code, out, err = run("amount_server", port)
    assert (code, out) == (2, "")
    assert "Traceback" not in err


def test_amount_server_port_without_a_secret_exits_2_and_tries_nothing_out(sequence_env: Sandbox) -> None:
    code, out, err = run("amount_server", "0")
    assert (code, out) == (2, "")
    assert "set AMOUNT_SECRET" in err


def test_amount_server_without_an_access_token_exits_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMOUNT_SECRET", "s3")
    code, out, err = run("amount_server", "0")
    assert (code, out) == (1, "")
    assert err.startswith("access_token and rule_secrets are missing. To read accounts, set SEQUENCE_ACCESS_TOKEN")


def test_amount_server_port_in_use_exits_1(sequence_env: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMOUNT_SECRET", "s3")
    code, out, err = run("amount_server", str(sequence_env.port))
    assert (code, out) == (1, "")
    assert "in use" in err
    assert "Traceback" not in err
