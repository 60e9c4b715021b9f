"""examples/payroll.py pays every employee exactly once and calls nobody paid whose transfer is not complete."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cli_support import needs_sigint

from sequence_async import idempotency_key_for
from sequence_async.sandbox import Sandbox, faults

PROGRAM = Path(__file__).parents[2] / "examples" / "payroll.py"
SOURCE = "Main Operating"
PAID = 0
FAILED = 1
INVALID = 2
IN_DOUBT = 3
NOT_SETTLED = 5
INTERRUPTED = 130


class Payroll:
    """A sandbox, and a folder with plans and one journal."""

    def __init__(self, sandbox: Sandbox, folder: Path, environment: dict[str, str]) -> None:
        self.sandbox = sandbox
        self.folder = folder
        self.environment = environment
        self.journal = folder / "payroll.journal"
        self._history = len(sandbox.transfers)
        # Money that stays in the organization is there at once, also on a weekend.
        pods = [one.name for one in sandbox.accounts.values() if one.type == "POD" and one.name != SOURCE]
        self.payments = [self.payment(f"e-{n}", pods[n % len(pods)], 1_000 + n) for n in range(8)]

    def payment(self, employee: Any, account: str, amount: Any) -> dict[str, Any]:
        return {"employee": employee, "account_id": self.sandbox.account(account).id, "amount_in_cents": amount}

    def plan(self, *payments: Any, file: str = "november.json", **fields: Any) -> Path:
        """Write a plan: of the eight standard payments if none are passed."""
        plan = {
            "name": "2026-11",
            "source_account_id": self.sandbox.account(SOURCE).id,
            "payments": payments or self.payments,
        }
        path = self.folder / file
        path.write_text(json.dumps(plan | fields), encoding="utf-8")
        return path

    def start(self, plan: Path, *options: str, journal: Path | None = None) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, PROGRAM, plan, journal or self.journal, "--wait", "0.3", *options],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, plan: Path, *options: str, journal: Path | None = None) -> Run:
        process = self.start(plan, *options, journal=journal)
        out, err = process.communicate(timeout=60)
        assert "Traceback" not in err, err
        return Run(process.returncode, out.splitlines(), err.splitlines())

    def transfers(self) -> list[tuple[str, int]]:
        """Return the account and the amount in cents of each transfer that was requested, whatever became of it."""
        made = list(self.sandbox.transfers.values())[self._history :]
        return [(one.destination.name, one.amount_in_cents) for one in made if one.origin == "USER"]

    def sent(self) -> int:
        """Return how many times a transfer was requested."""
        return sum(request.operation == "createTransfer" for request in self.sandbox.requests)

    def entries(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.journal.read_text(encoding="utf-8").splitlines()[1:]]

    def append(self, **entry: Any) -> None:
        with self.journal.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"plan": "2026-11", **entry}) + "\n")

    def let_time_pass(self, hours: float) -> None:
        """Let hours pass, for the sandbox and for the journal. If negative, set the program's clock back instead."""
        self.sandbox.clock.advance(timedelta(hours=max(hours, 0)))
        header, *lines = self.journal.read_text(encoding="utf-8").splitlines()
        entries = [json.loads(line) for line in lines]
        for entry in entries:
            if "at" in entry:
                entry["at"] = (datetime.fromisoformat(entry["at"]) - timedelta(hours=hours)).isoformat()
        text = "\n".join([header, *map(json.dumps, entries)])
        self.journal.write_text(f"{text}\n", encoding="utf-8")


class Run:
    """How the program ended."""

    def __init__(self, code: int, out: list[str], err: list[str]) -> None:
        self.code = code
        self.out = out
        self.err = err


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    for name in list(os.environ):
        if name.startswith("SEQUENCE_"):
            monkeypatch.delenv(name)
    return dict(os.environ)


def serve(folder: Path, environment: dict[str, str], **options: Any) -> Iterator[Payroll]:
    with Sandbox(seed="payroll", **options) as sandbox:
        environment |= {"SEQUENCE_API_KEY": sandbox.api_key, "SEQUENCE_PLATFORM_BASE_URL": sandbox.platform_url}
        yield Payroll(sandbox, folder, environment)


@pytest.fixture
def payroll(tmp_path: Path, environment: dict[str, str]) -> Iterator[Payroll]:
    """A payroll whose transfers settle at once."""
    yield from serve(tmp_path, environment, internal_seconds=0.0)


@pytest.fixture
def slow_payroll(tmp_path: Path, environment: dict[str, str]) -> Iterator[Payroll]:
    """A payroll whose transfers settle when the sandbox's clock is advanced."""
    yield from serve(tmp_path, environment, frozen=True)


def until(condition: Callable[[], object]) -> None:
    """Wait until a condition is true that another process brings about."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


def once_each(payroll: Payroll) -> Counter[tuple[str, int]]:
    names = {one.id: one.name for one in payroll.sandbox.accounts.values()}
    return Counter((names[payment["account_id"]], payment["amount_in_cents"]) for payment in payroll.payments)


# Accepted, settled and failed


def test_payroll_all_transfers_complete_exits_0(payroll: Payroll) -> None:
    run = payroll.run(payroll.plan(), "--new")
    assert (run.code, run.err) == (PAID, [])
    assert run.out[-1] == "8 payments: 8 paid."
    assert Counter(payroll.transfers()) == once_each(payroll)


def test_payroll_insufficient_funds_is_failed_and_never_sent_again(payroll: Payroll) -> None:
    plan = payroll.plan(payroll.payment("e-1", "Taxes", 9_999_999_900), payroll.payment("e-2", "Taxes", 200))
    first = payroll.run(plan, "--new")
    assert first.code == FAILED
    assert first.out[0].startswith("e-1: failed, 9999999900 cents, transfer ")
    assert first.out[0].endswith(": INCOMPLETE (INSUFFICIENT_FUNDS)")
    assert first.out[-1] == "2 payments: 1 failed, 1 paid."
    payroll.let_time_pass(hours=26)
    payroll.sandbox.deposit(SOURCE, 9_999_999_900)
    again = payroll.run(plan)
    assert (again.code, again.out) == (FAILED, first.out)
    assert payroll.sent() == 2


def test_payroll_transfer_not_settled_exits_5_and_a_later_run_reads_its_end(slow_payroll: Payroll) -> None:
    payroll = slow_payroll
    plan = payroll.plan(payroll.payment("e-1", "Taxes", 500), payroll.payment("e-2", "Taxes", 9_999_999_900))
    first = payroll.run(plan, "--new")
    assert first.code == NOT_SETTLED
    assert first.out[0].startswith("e-1: accepted, not settled, 500 cents, transfer ")
    assert first.out[0].endswith(": PROCESSING")
    assert first.out[-1] == "2 payments: 2 accepted, not settled."
    payroll.sandbox.clock.advance(10)
    later = payroll.run(plan)
    assert later.code == FAILED
    assert later.out[-1] == "2 payments: 1 failed, 1 paid."
    assert {entry["employee"]: entry["event"] for entry in payroll.entries()} == {"e-1": "settled", "e-2": "failed"}
    reads = len(payroll.sandbox.requests)
    assert payroll.run(plan).out == later.out
    assert len(payroll.sandbox.requests) == reads
    assert payroll.sent() == 2


def test_payroll_transfer_pending_approval_is_not_paid(tmp_path: Path, environment: dict[str, str]) -> None:
    for payroll in serve(tmp_path, environment, internal_seconds=0.0, approval_above=1_000):
        plan = payroll.plan(payroll.payment("e-1", "Taxes", 1_001))
        run = payroll.run(plan, "--new", "--wait", "0")
        assert run.code == NOT_SETTLED
        assert run.out[0].endswith(": PENDING_APPROVAL")
        payroll.sandbox.cancel(payroll.entries()[-1]["transfer_id"])
        later = payroll.run(plan)
        assert later.code == FAILED
        assert later.out[0].endswith(": CANCELLED")


def test_payroll_status_that_cannot_be_read_is_not_paid(payroll: Payroll) -> None:
    plan = payroll.plan(payroll.payment("e-1", "Taxes", 500))
    payroll.sandbox.fail_next("platform.getTransfer", 1, faults.Status(status=403, code="FORBIDDEN"))
    run = payroll.run(plan, "--new")
    assert run.code == NOT_SETTLED
    assert "403" in run.out[0]
    assert payroll.run(plan).code == PAID


# Identity


def test_payroll_renamed_plan_file_26_hours_later_pays_nobody_again(payroll: Payroll) -> None:
    plan = payroll.plan()
    assert payroll.run(plan, "--new").code == PAID
    payroll.let_time_pass(hours=26)
    renamed = plan.rename(payroll.folder / "november-final.json")
    assert payroll.run(renamed).code == PAID
    assert Counter(payroll.transfers()) == once_each(payroll)


def test_payroll_same_payments_under_another_plan_name_need_a_flag(payroll: Payroll) -> None:
    payroll.run(payroll.plan(), "--new")
    payroll.let_time_pass(hours=26)
    # One payment of the earlier plan is enough, in any capitalization.
    repeated = payroll.payments[3] | {"employee": "E-3", "account_id": payroll.payments[3]["account_id"].upper()}
    december = payroll.plan(repeated, payroll.payment("e-9", "Taxes", 500), name="2026-12")
    run = payroll.run(december)
    assert run.code == INVALID
    assert "--another-payroll" in run.err[0]
    assert "'2026-11'" in run.err[0]
    assert Counter(payroll.transfers()) == once_each(payroll)
    december = payroll.plan(name="2026-12")
    assert payroll.run(december, "--another-payroll").code == PAID
    assert Counter(payroll.transfers()) == once_each(payroll) + once_each(payroll)


def test_payroll_renamed_after_a_kill_pays_nobody_again(payroll: Payroll) -> None:
    payroll.run(payroll.plan(*payroll.payments[:4]), "--new")
    payroll.let_time_pass(hours=26)
    assert payroll.run(payroll.plan(name="November")).code == INVALID
    assert len(payroll.transfers()) == 4


def test_payroll_other_money_for_the_same_employee_is_rejected(payroll: Payroll) -> None:
    first = payroll.payment("e-1", "Taxes", 500)
    payroll.run(payroll.plan(first), "--new")
    other_source = payroll.sandbox.account("Emergency Fund").id
    changed = [
        payroll.plan(first | {"amount_in_cents": 501}, file="amount.json"),
        payroll.plan(payroll.payment("e-1", "Groceries", 500), file="account.json"),
        payroll.plan(first, source_account_id=other_source, file="source.json"),
        payroll.plan(first | {"employee": "E-1"}, file="spelling.json"),
        payroll.plan(first, file="same.json"),
    ]
    runs = {plan.stem: payroll.run(plan, "--another-payroll") for plan in changed}
    assert {name: run.code for name, run in runs.items()} == {
        "amount": INVALID,
        "account": INVALID,
        "source": INVALID,
        "spelling": INVALID,
        "same": PAID,
    }
    assert "e-1: the journal has another" in runs["amount"].err[0]
    assert payroll.sent() == 1


def test_payroll_employee_that_left_the_plan_is_rejected(payroll: Payroll) -> None:
    payroll.run(payroll.plan(payroll.payment("e-1", "Taxes", 500)), "--new")
    run = payroll.run(payroll.plan(payroll.payment("e-9", "Taxes", 500)))
    assert run.code == INVALID
    assert run.err[0].startswith("e-1: ")
    assert payroll.sent() == 1


# The journal


def test_payroll_without_a_journal_sends_nothing(payroll: Payroll) -> None:
    run = payroll.run(payroll.plan())
    assert (run.code, len(run.err)) == (INVALID, 1)
    assert "--new" in run.err[0]
    assert not payroll.sandbox.requests
    assert [path.name for path in payroll.folder.iterdir()] == ["november.json"]


def test_payroll_new_with_an_existing_journal_is_rejected(payroll: Payroll) -> None:
    payroll.run(payroll.plan(payroll.payments[0]), "--new")
    before = payroll.journal.read_bytes()
    assert payroll.run(payroll.plan(), "--new").code == INVALID
    assert payroll.journal.read_bytes() == before
    assert payroll.sent() == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"journal": "payroll", "vers',
        b"{}\n",
        b'{"name": "2026-11"}',
        b'{"journal": "payroll", "version": 1}\nno JSON\n',
        b'{"journal": "payroll", "version": 1}\n{"event": "paid", "plan": "2026-11", "employee": "e-1"}\n',
        b'{"journal": "payroll", "version": 1}\n{"event": "settled", "plan": "2026-11", "employee": "e-1"}\n',
        b'{"journal": "payroll", "version": 1}\n[1]\n',
    ],
    ids=["empty", "header torn", "no header", "plan", "not JSON", "unknown event", "settled before begun", "list"],
)
def test_payroll_invalid_journal_is_rejected_and_not_changed(payroll: Payroll, content: bytes) -> None:
    payroll.journal.write_bytes(content)
    run = payroll.run(payroll.plan())
    assert (run.code, len(run.err)) == (INVALID, 1)
    assert run.err[0].startswith(f"{payroll.journal}: line ")
    assert payroll.journal.read_bytes() == content
    assert not payroll.sandbox.requests


@pytest.mark.parametrize("event", ["not_executed", "accepted", "begun"])
def test_payroll_journal_that_revokes_a_paid_payment_is_rejected(payroll: Payroll, event: str) -> None:
    plan = payroll.plan(payroll.payment("e-1", "Taxes", 500))
    payroll.run(plan, "--new")
    payroll.append(**payroll.entries()[0] | {"event": event, "transfer_id": "018cc251-f401-7173-b4ea-c08e209dc69c"})
    run = payroll.run(plan)
    assert (run.code, len(run.err)) == (INVALID, 1)
    assert run.err[0].startswith(f"{payroll.journal}: line 5: invalid entry: ")
    assert payroll.sent() == 1


def test_payroll_journal_with_a_torn_line_goes_on(payroll: Payroll) -> None:
    plan = payroll.plan()
    payroll.run(plan, "--new")
    whole = payroll.journal.read_bytes()
    payroll.journal.write_bytes(whole[:-20])
    run = payroll.run(plan)
    assert (run.code, run.err) == (PAID, [f"{payroll.journal}: removed an incomplete last line."])
    assert payroll.journal.read_bytes() == whole
    assert Counter(payroll.transfers()) == once_each(payroll)


def test_payroll_journal_without_its_last_newline_keeps_its_last_line(payroll: Payroll) -> None:
    plan = payroll.plan(payroll.payment("e-1", "Taxes", 500))
    payroll.run(plan, "--new")
    header, begun, *_ = payroll.journal.read_text(encoding="utf-8").splitlines()
    payroll.sandbox.clock.advance(timedelta(hours=26))
    begun_at = payroll.entries()[0]["at"]
    long_ago = (datetime.fromisoformat(begun_at) - timedelta(hours=26)).isoformat()
    text = f"{header}\n{begun.replace(begun_at, long_ago)}"
    payroll.journal.write_text(text, encoding="utf-8")
    run = payroll.run(plan)
    assert (run.code, run.err) == (IN_DOUBT, [])
    assert payroll.journal.read_text(encoding="utf-8") == f"{text}\n"
    assert payroll.sent() == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_payroll_journal_is_readable_by_its_owner_only(payroll: Payroll) -> None:
    payroll.run(payroll.plan(), "--new")
    assert stat.S_IMODE(payroll.journal.stat().st_mode) == 0o600


def test_payroll_journal_edited_on_windows_is_read(payroll: Payroll) -> None:
    plan = payroll.plan()
    payroll.run(plan, "--new")
    payroll.journal.write_bytes(b"\xef\xbb\xbf" + payroll.journal.read_bytes().replace(b"\n", b"\r\n"))
    assert payroll.run(plan).code == PAID
    assert payroll.sent() == 8


# Killed, and two at once


@pytest.mark.parametrize("after_effect", [True, False], ids=["after it moved money", "before it moved money"])
def test_payroll_killed_and_started_again_pays_each_employee_once(payroll: Payroll, *, after_effect: bool) -> None:
    # The fifth payment gets no response. There, another run is rejected, and the program is killed.
    plan = payroll.plan()
    payroll.sandbox.fail_next("platform.createTransfer", 1, faults.Stall(after_effect=after_effect), skip=4)
    first = payroll.start(plan, "--new")
    until(lambda: payroll.sent() == 5)
    until(lambda: len(payroll.transfers()) == (5 if after_effect else 4))
    second = payroll.run(plan)
    assert (second.code, len(second.err)) == (INVALID, 1)
    assert "another process" in second.err[0]
    first.kill()
    first.communicate()
    assert first.returncode

    third = payroll.run(plan)
    assert (third.code, third.err) == (PAID, [])
    assert third.out[-1] == "8 payments: 8 paid."
    assert Counter(payroll.transfers()) == once_each(payroll)
    # On a busy machine, the first program retries the stalled request before it is killed.
    assert payroll.sent() >= 9


@needs_sigint
def test_payroll_interrupted_while_sending_reports_the_payment_in_doubt(payroll: Payroll) -> None:
    plan = payroll.plan(*payroll.payments[:3])
    payroll.sandbox.fail_next("platform.createTransfer", 1, faults.Stall(after_effect=True), skip=1)
    first = payroll.start(plan, "--new")
    until(lambda: payroll.sent() == 2)
    first.send_signal(signal.SIGINT)
    out, err = first.communicate(timeout=60)
    assert first.returncode == INTERRUPTED
    assert err.splitlines()[-1] == f"Interrupted. Run again with {payroll.journal} to continue."
    assert "Traceback" not in err
    assert out.splitlines()[1:] == [
        "e-1: in doubt, 1001 cents",
        "e-2: not sent, 1002 cents",
        "3 payments: 1 in doubt, 1 not sent, 1 accepted, not settled.",
    ]
    assert payroll.run(plan).out[-1] == "3 payments: 3 paid."
    assert len(payroll.transfers()) == 3


@needs_sigint
def test_payroll_interrupted_while_waiting_reports_accepted_payments(slow_payroll: Payroll) -> None:
    payroll = slow_payroll
    plan = payroll.plan(payroll.payment("e-1", "Taxes", 500))
    first = payroll.start(plan, "--new", "--wait", "60")
    until(lambda: any(request.operation == "getTransfer" for request in payroll.sandbox.requests))
    first.send_signal(signal.SIGINT)
    out, err = first.communicate(timeout=60)
    assert (first.returncode, "Traceback" in err) == (INTERRUPTED, False)
    assert out.splitlines()[-1] == "1 payments: 1 accepted, not settled."
    payroll.sandbox.clock.advance(10)
    assert payroll.run(plan).code == PAID
    assert payroll.sent() == 1


# In doubt


def test_payroll_no_response_exits_3_and_the_next_run_repeats_the_key(payroll: Payroll) -> None:
    plan = payroll.plan()
    payroll.sandbox.fail_next("platform.createTransfer", 1, faults.Garbage(), skip=2)
    first = payroll.run(plan, "--new")
    assert first.code == IN_DOUBT
    assert first.out[-1] == "8 payments: 1 in doubt, 5 not sent, 2 paid."
    assert first.out[2].startswith("e-2: in doubt, 1002 cents: ")
    payroll.let_time_pass(hours=22.9)
    assert payroll.run(plan).code == PAID
    assert Counter(payroll.transfers()) == once_each(payroll)
    assert len(payroll.sandbox.effects(idempotency_key_for("payroll", "2026-11", "e-2"))) == 1


@pytest.mark.parametrize("hours", [23.01, 26, -1], ids=["after 23 hours", "after 26 hours", "clock set back"])
def test_payroll_open_payment_whose_key_may_be_forgotten_is_not_sent(payroll: Payroll, hours: float) -> None:
    plan = payroll.plan()
    payroll.sandbox.fail_next("platform.createTransfer", 1, faults.Garbage(), skip=2)
    payroll.run(plan, "--new")
    payroll.let_time_pass(hours)
    run = payroll.run(plan)
    assert run.code == IN_DOUBT
    assert run.out[2] == "e-2: in doubt, 1002 cents, not sent again after 23 hours"
    assert run.out[-1] == "8 payments: 1 in doubt, 7 paid."
    assert Counter(payroll.transfers()) == once_each(payroll)
    made = payroll.sandbox.effects(idempotency_key_for("payroll", "2026-11", "e-2"))
    payroll.append(event="accepted", employee="e-2", transfer_id=made[0])
    assert payroll.run(plan).code == PAID
    assert Counter(payroll.transfers()) == once_each(payroll)


def test_payroll_open_payment_that_was_not_executed_is_sent_after_a_person_says_so(payroll: Payroll) -> None:
    plan = payroll.plan()
    payroll.sandbox.fail_next("platform.createTransfer", 4, faults.Drop(), skip=2)
    assert payroll.run(plan, "--new").code == IN_DOUBT
    payroll.let_time_pass(hours=26)
    assert payroll.run(plan).code == IN_DOUBT
    payroll.append(event="not_executed", employee="e-2")
    assert payroll.run(plan).code == PAID
    assert Counter(payroll.transfers()) == once_each(payroll)


def test_payroll_rejected_payment_is_not_sent_and_can_be_corrected(payroll: Payroll) -> None:
    wrong = payroll.payments[1] | {"account_id": "018cc251-f401-7173-b4ea-c08e209dc69c"}
    run = payroll.run(payroll.plan(payroll.payments[0], wrong, payroll.payments[2]), "--new")
    assert run.code == FAILED
    assert "TRANSFER_DESTINATION_NOT_FOUND" in run.out[1]
    assert run.out[-1] == "3 payments: 2 not sent, 1 paid."
    assert payroll.run(payroll.plan()).code == PAID
    assert Counter(payroll.transfers()) == once_each(payroll)


def test_payroll_open_payment_that_is_rejected_now_stays_in_doubt(payroll: Payroll) -> None:
    plan = payroll.plan()
    payroll.sandbox.fail_next("platform.createTransfer", 1, faults.Garbage())
    assert payroll.run(plan, "--new").code == IN_DOUBT
    payroll.sandbox.fail_next("platform.createTransfer", 1, faults.Status(status=403, code="FORBIDDEN"))
    assert payroll.run(plan).code == IN_DOUBT
    payroll.let_time_pass(hours=26)
    assert payroll.run(plan).out[0].startswith("e-0: in doubt")
    assert Counter(payroll.transfers()) == once_each(payroll)


def test_payroll_key_that_was_used_for_other_money_stays_in_doubt(payroll: Payroll) -> None:
    payroll.run(payroll.plan(payroll.payment("e-1", "Taxes", 500)), "--new")
    lost = payroll.folder / "other.journal"
    plan = payroll.plan(payroll.payment("e-1", "Taxes", 900))
    assert payroll.run(plan, "--new", journal=lost).code == IN_DOUBT
    assert "not_executed" not in lost.read_text(encoding="utf-8")
    assert len(payroll.transfers()) == 1


# Input


def assert_rejected(payroll: Payroll, plan: Path, place: str) -> None:
    run = payroll.run(plan, "--new")
    assert (run.code, run.out, len(run.err)) == (INVALID, [], 1), run.err
    assert run.err[0].startswith(f"{plan}: {place}"), run.err
    assert not payroll.sandbox.requests
    assert not payroll.journal.exists()


@pytest.mark.parametrize(
    "employee",
    ["Jose\u0301", "e-1 ", " e-1", "e  1", "e\t1", "e\u00a01", "e\u200b1", "e\ud800", "", 1, True, None, ["e-1"]],
    ids=ascii,
)
def test_payroll_employee_that_can_be_written_in_two_ways_is_rejected(payroll: Payroll, employee: Any) -> None:
    plan = payroll.plan(payroll.payments[0], payroll.payment(employee, "Taxes", 500))
    assert_rejected(payroll, plan, "payments[1].employee: must ")


@pytest.mark.parametrize("other", ["e-1", "E-1"])
def test_payroll_employee_twice_is_rejected(payroll: Payroll, other: str) -> None:
    plan = payroll.plan(payroll.payment("e-1", "Taxes", 500), payroll.payment(other, "Groceries", 600))
    assert_rejected(payroll, plan, "payments[1].employee: must not be in the plan twice")


@pytest.mark.parametrize("amount", [True, 0, -100, 99, 100.0, "100", None, 2**63, float("nan")])
def test_payroll_invalid_amount_is_rejected(payroll: Payroll, amount: Any) -> None:
    plan = payroll.plan(payroll.payment("e-1", "Taxes", amount))
    assert_rejected(payroll, plan, "payments[0].amount_in_cents: must be an integer")


def test_payroll_payment_to_its_own_source_is_rejected(payroll: Payroll) -> None:
    assert_rejected(payroll, payroll.plan(payroll.payment("e-1", SOURCE, 500)), "payments[0].account_id: must not")


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"name": "2026-11 "}, "name: must"),
        ({"name": 2026}, "name: must"),
        ({"source_account_id": None}, "source_account_id: must"),
        ({"payments": []}, "payments: must"),
        ({"payments": {}}, "payments: must"),
        ({"payments": ["e-1"]}, "payments[0]: must be an object"),
        ({"payments": [{"employee": "e-1", "account_id": "a"}]}, "payments[0]: the field 'amount_in_cents' is missing"),
        ({"currency": "USD"}, "the field 'currency' is unknown"),
    ],
    ids=str,
)
def test_payroll_invalid_field_is_rejected(payroll: Payroll, fields: dict[str, Any], place: str) -> None:
    assert_rejected(payroll, payroll.plan(**fields), place)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", "invalid JSON: "),
        (b'{"name": "2026-11",', "invalid JSON: "),
        (b"[]", "must be an object, not list"),
        ('{"name": "José"}'.encode("latin-1"), "invalid JSON: "),
        ('{"name": "José"}'.encode("utf-16"), "invalid JSON: "),
        (b'{"name": "a", "name": "b"}', "invalid JSON: an object has the same field twice"),
        (b"[" * 100_000, "invalid JSON: "),
        (b"9" * 10_000, "invalid JSON: "),
    ],
    ids=["empty", "cut off", "list", "Latin-1", "UTF-16", "field twice", "deep", "long number"],
)
def test_payroll_malformed_plan_is_rejected(payroll: Payroll, content: bytes, place: str) -> None:
    plan = payroll.folder / "november.json"
    plan.write_bytes(content)
    assert_rejected(payroll, plan, place)


def test_payroll_missing_plan_is_rejected(payroll: Payroll) -> None:
    assert_rejected(payroll, payroll.folder / "december.json", "")


def test_payroll_plan_with_a_byte_order_mark_is_paid(payroll: Payroll) -> None:
    plan = payroll.plan(payroll.payment("José", "Taxes", 500), name="Nómina 11")
    plan.write_bytes(b"\xef\xbb\xbf" + plan.read_bytes())
    payroll.environment["PYTHONIOENCODING"] = "ascii"
    run = payroll.run(plan, "--new")
    assert (run.code, run.err) == (PAID, [])
    assert run.out[0].startswith(r"Jos\xe9: paid, 500 cents")


def test_payroll_without_a_credential_is_rejected(payroll: Payroll) -> None:
    del payroll.environment["SEQUENCE_API_KEY"]
    run = payroll.run(payroll.plan(), "--new")
    assert (run.code, len(run.err)) == (INVALID, 1)
    assert "SEQUENCE_API_KEY" in run.err[0]


@pytest.mark.parametrize("wait", ["-1", "nan", "inf", "soon"])
def test_payroll_invalid_wait_is_rejected(payroll: Payroll, wait: str) -> None:
    run = payroll.run(payroll.plan(), "--new", f"--wait={wait}")
    assert run.code == INVALID
    assert not payroll.journal.exists()
