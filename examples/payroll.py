"""Pay every employee on a list exactly once, even if this program is killed and started again.

    $ export SEQUENCE_API_KEY=sk_…
    $ python examples/payroll.py november.json payroll.journal

The plan is a JSON file:

    {"name": "2026-11", "source_account_id": "…",
     "payments": [{"employee": "e-1", "account_id": "…", "amount_in_cents": 350000}, …]}

The journal is the memory of all payrolls. Create it once, with ``--new``. The name of the plan and the employee
identify a payment, wherever the plan is. A line in the journal precedes each payment, so that a restarted program knows
what may have been sent. If there was no response, it sends the payment again with the same idempotency key, but only
for 23 hours: Sequence forgets keys after 24. After that, look for the transfer in the app and add one of these lines:

    {"event": "accepted", "plan": "2026-11", "employee": "e-1", "transfer_id": "…"}
    {"event": "not_executed", "plan": "2026-11", "employee": "e-1"}

Accepted is not paid: the program waits for the transfers. A restarted program reads those that are not settled yet. A
failed payment is final. To pay it after all, put it into another plan.

Exit codes: 0 all are paid; 3 a payment is in doubt; else 1 a payment failed or was not sent; else 5 a payment is
accepted and not settled. 2 means invalid input: nothing was sent. 130 means that Ctrl-C ended it.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import math
import os
import sqlite3
import sys
import unicodedata
from collections import Counter
from collections.abc import Generator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import attrs

from sequence_async import (
    ConfigurationError,
    ConflictError,
    IdempotencyKeyReusedError,
    PlatformClient,
    SequenceError,
    WaitTimeoutError,
    idempotency_key_for,
)
from sequence_async.models.platform import Transfer, TransferStatus

KEY_LIFETIME = timedelta(hours=23)  # of 24: a retry takes time to arrive
SMALLEST_TRANSFER = 100  # cents
HEADER = {"journal": "payroll", "version": 1}
PRECEDING = {"accepted": "begun", "not_executed": "begun", "settled": "accepted", "failed": "accepted"}
OUTCOMES = {
    "begun": ("in doubt", 3),
    "failed": ("failed", 1),
    "not_executed": ("not sent", 1),
    "accepted": ("accepted, not settled", 5),
    "settled": ("paid", 0),
}


class InputError(Exception):
    """The plan or the journal is invalid. Nothing was sent."""


@attrs.frozen
class Payment:
    """One payment of a plan."""

    plan: str
    employee: str
    source_account_id: str
    destination_account_id: str
    amount_in_cents: int

    @property
    def key(self) -> tuple[str, str]:
        """The identity of the payment, regardless of capitalization."""
        return self.plan.casefold(), self.employee.casefold()

    @property
    def content(self) -> tuple[str, str, int]:
        """The part of the identity that does not change if a plan is renamed."""
        return self.employee.casefold(), self.destination_account_id.casefold(), self.amount_in_cents


@attrs.frozen
class Record:
    """The state of a payment in the journal."""

    payment: Payment
    begun_at: datetime
    state: str = "begun"
    transfer_id: str = ""
    status: str = ""

    def key_is_known(self) -> bool:
        """Return whether Sequence still knows the idempotency key. If the clock was set back, that is uncertain."""
        return timedelta(0) <= datetime.now(UTC) - self.begun_at < KEY_LIFETIME


def read_file(path: Path) -> bytes:
    """Return the bytes of a file."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}.") from None


def append_line(path: Path, entry: dict[str, Any]) -> None:
    """Append a line of JSON and wait until it is on disk."""
    with path.open("ab") as file:
        file.write(json.dumps(entry).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def unique_fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON. If a field appears twice, one of the values would be lost."""
    if len(fields := dict(pairs)) < len(pairs):
        raise ValueError("an object has the same field twice")
    return fields


def parse(data: bytes, where: str) -> Any:
    """Return the value of JSON in UTF-8, with or without a byte order mark."""
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=unique_fields)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: invalid JSON: {error}.") from None


def read_fields(value: Any, where: str, *names: str) -> list[Any]:
    """Return the values of an object that has exactly these fields."""
    if not isinstance(value, dict):
        raise InputError(f"{where}: must be an object, not {type(value).__name__}.")
    fields = cast("dict[str, Any]", value)
    if wrong := sorted(set(names) ^ set(fields)):
        raise InputError(f"{where}: the field {wrong[0]!r} is {'missing' if wrong[0] in names else 'unknown'}.")
    return [fields[name] for name in names]


def read_text(value: Any, where: str) -> str:
    """Return text that is written in one way only."""
    if not isinstance(value, str) or not value:
        raise InputError(f"{where}: must be text of at least one character.")
    if value != unicodedata.normalize("NFC", value):
        raise InputError(f"{where}: must be in the Unicode form NFC.")
    if not value.isprintable() or value != " ".join(value.split()):
        raise InputError(f"{where}: must not contain outer or double spaces, control or invisible characters.")
    return value


def read_plan(path: Path) -> list[Payment]:
    """Return the payments of a plan."""
    plan = parse(read_file(path), f"{path}")
    name, source, lines = read_fields(plan, f"{path}", "name", "source_account_id", "payments")
    read_text(name, f"{path}: name")
    read_text(source, f"{path}: source_account_id")
    if not isinstance(lines, list) or not lines:
        raise InputError(f"{path}: payments: must be a list of at least one payment.")
    payments: dict[tuple[str, str], Payment] = {}
    for number, line in enumerate(cast("list[object]", lines)):
        where = f"{path}: payments[{number}]"
        employee, account, amount = read_fields(line, where, "employee", "account_id", "amount_in_cents")
        read_text(employee, f"{where}.employee")
        read_text(account, f"{where}.account_id")
        if account.casefold() == source.casefold():
            raise InputError(f"{where}.account_id: must not be the source account.")
        if type(amount) is not int or not SMALLEST_TRANSFER <= amount < 2**63:
            raise InputError(f"{where}.amount_in_cents: must be an integer of at least {SMALLEST_TRANSFER} cents.")
        payment = Payment(name, employee, source, account, amount)
        if payments.setdefault(payment.key, payment) is not payment:
            raise InputError(f"{where}.employee: must not be in the plan twice, in any capitalization.")
    return list(payments.values())


class Journal:
    """All payments of all plans. A line is on disk before the program continues."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._records: dict[tuple[str, str], Record] = {}
        text = read_file(path)
        missing = b"\n" if text.endswith(b"}") else b""  # A person edited the journal.
        whole, newline, torn = (text + missing).rpartition(b"\n")
        header, *lines = whole.split(b"\n")
        if parse(header or b"null", f"{path}: line 1") != HEADER:
            raise InputError(f"{path}: line 1: must be {json.dumps(HEADER)}. This is not a journal, or it was emptied.")
        for number, line in enumerate(lines, start=2):
            try:
                self._apply(parse(line, f"{path}: line {number}"))
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                raise InputError(f"{path}: line {number}: invalid entry: {error!r}.") from None
        if missing:
            with path.open("ab") as file:
                file.write(missing)
        if torn:
            # The program was killed while it wrote this line. A new payment was not sent. The key or ID finds others.
            print(f"{path}: removed an incomplete last line.", file=sys.stderr)
            os.truncate(path, len(whole + newline))

    def record_of(self, payment: Payment) -> Record | None:
        """Return the record of a payment, ``None`` if it was not sent."""
        return self._records.get(payment.key)

    def check(self, payments: list[Payment], *, another_payroll: bool) -> None:
        """Reject a plan that contradicts the journal or repeats an earlier plan under another name."""
        twins = {record.payment.content: record.payment for record in self._records.values()}
        for payment in payments:
            record, twin = self.record_of(payment), twins.get(payment.content)
            if record is not None and record.payment != payment:
                raise InputError(f"{payment.employee}: the journal has another account, amount or spelling.")
            if record is None and twin is not None and not another_payroll:
                raise InputError(
                    f"{payment.employee}: the journal has the same payment in the plan {twin.plan!r}. "
                    f"If {payment.plan!r} is another payroll and not a renamed one, pass --another-payroll."
                )
        planned = {payment.key for payment in payments}
        for record in self._records.values():
            if record.payment.key[0] == payments[0].key[0] and record.payment.key not in planned:
                raise InputError(f"{record.payment.employee}: in the journal of this plan, but missing in the plan.")

    def note(self, event: str, payment: Payment, **details: Any) -> None:
        """Append a line about a payment."""
        entry = {"event": event, "plan": payment.plan, "employee": payment.employee, **details}
        append_line(self._path, entry)
        self._apply(entry)

    def note_end(self, payment: Payment, transfer: Transfer) -> None:
        """Append the end of a transfer, if it has ended."""
        if transfer.settled:
            reason = f" ({transfer.error_code})" if transfer.error_code else ""
            event = "settled" if transfer.status == TransferStatus.COMPLETE else "failed"
            self.note(event, payment, transfer_id=transfer.id, status=f"{transfer.status}{reason}")

    def _apply(self, entry: dict[str, Any]) -> None:
        event, key = entry["event"], (entry["plan"].casefold(), entry["employee"].casefold())
        record = self._records.get(key)
        if (record and record.state) != (None if event == "begun" else PRECEDING[event]):
            raise ValueError(f"{event} after {record and record.state}")
        if record is None:
            payment = Payment(*(entry[field.name] for field in attrs.fields(Payment)))
            self._records[key] = Record(payment, datetime.fromisoformat(entry["at"]).astimezone(UTC))
        elif event == "not_executed":
            del self._records[key]
        else:
            self._records[key] = attrs.evolve(
                record, state=event, transfer_id=entry["transfer_id"], status=entry.get("status", "")
            )


@contextmanager
def open_journal(path: Path, *, new: bool) -> Generator[Journal]:
    """Open the journal for this process only. SQLite locks files on every system, and a kill releases the lock."""
    if new and path.exists():
        raise InputError(f"{path}: exists already. Leave out --new.")
    if not new and not path.is_file():
        raise InputError(
            f"{path}: no such journal. Find it, or employees are paid twice. For the first payroll, pass --new."
        )
    with closing(sqlite3.connect(f"{path.resolve()}.lock", timeout=0, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        if new:
            path.touch(0o600, exist_ok=False)
            append_line(path, HEADER)
        yield Journal(path)


async def send(client: PlatformClient, journal: Journal, payment: Payment) -> None:
    """Send a payment that is not accepted yet: for the first time, or again while its key is known."""
    record = journal.record_of(payment)
    if record is None:
        journal.note("begun", payment, **attrs.asdict(payment), at=datetime.now(UTC).isoformat())
    elif record.state != "begun" or not record.key_is_known():
        return
    try:
        transfer = await client.transfers.create(
            source_account_id=payment.source_account_id,
            destination_account_id=payment.destination_account_id,
            amount_in_cents=payment.amount_in_cents,
            idempotency_key=idempotency_key_for("payroll", payment.plan, payment.employee),
        )
    except SequenceError as error:
        # If the key was used before, such as with another amount, this error says nothing about that payment.
        if record is None and not error.in_doubt and not isinstance(error, ConflictError | IdempotencyKeyReusedError):
            journal.note("not_executed", payment)
        raise
    journal.note("accepted", payment, transfer_id=transfer.id)
    journal.note_end(payment, transfer)


async def read_end(client: PlatformClient, transfer_id: str, wait: float) -> Transfer | SequenceError:
    """Return a transfer once it is settled, or as it is after ``wait`` seconds, or why it was not read."""
    try:
        if wait:
            return await client.transfers.wait(transfer_id, timeout=wait)
        return await client.transfers.get(transfer_id)
    except WaitTimeoutError as error:
        return error.last if isinstance(error.last, Transfer) else error
    except SequenceError as error:
        return error


async def pay(payments: list[Payment], journal: Journal, wait: float) -> dict[Payment, str]:
    """Send what was not sent and wait for its end. Return remarks about payments."""
    remarks: dict[Payment, str] = {}
    async with PlatformClient(called_reason="payroll") as client:
        for payment in payments:
            try:
                await send(client, journal, payment)
            except SequenceError as error:
                remarks[payment] = str(error)
                break  # The next payment would most likely fail in the same way.
        records = [record for one in payments if (record := journal.record_of(one)) and record.state == "accepted"]
        ends = await asyncio.gather(*(read_end(client, record.transfer_id, wait) for record in records))
    for record, end in zip(records, ends, strict=True):
        remarks[record.payment] = str(end.status if isinstance(end, Transfer) else end)
        if isinstance(end, Transfer):
            journal.note_end(record.payment, end)
    return remarks


def report(payments: list[Payment], journal: Journal, remarks: dict[Payment, str]) -> int:
    """Print the outcome of each payment and the counts. Return the exit code."""
    counts: Counter[str] = Counter()
    for payment in payments:
        record, remark = journal.record_of(payment), remarks.get(payment)
        state = record.state if record else "not_executed"
        counts[state] += 1
        parts = [OUTCOMES[state][0], f"{payment.amount_in_cents} cents"]
        if record:
            remark = record.status or remark
            parts += [f"transfer {record.transfer_id}"] if record.transfer_id else []
            parts += ["not sent again after 23 hours"] if state == "begun" and not record.key_is_known() else []
        print(f"{payment.employee}: {', '.join(parts)}{f': {remark}' if remark else ''}")
    found = [(counts[state], outcome, code) for state, (outcome, code) in OUTCOMES.items() if counts[state]]
    print(f"{len(payments)} payments: {', '.join(f'{count} {outcome}' for count, outcome, _ in found)}.")
    return found[0][2]


def seconds(text: str) -> float:
    """Return a number of seconds from the command line."""
    if not 0 <= (value := float(text)) < math.inf:
        raise ValueError
    return value


def main() -> int:
    """Pay what is not yet paid and report what is. Return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # A terminal that cannot print "é" must not stop a payroll.
    parser = argparse.ArgumentParser(description="Pay every employee on a list exactly once.")
    parser.add_argument("plan", type=Path, help="the payments, as JSON")
    parser.add_argument("journal", type=Path, help="the journal of all payrolls")
    parser.add_argument("--new", action="store_true", help="create the journal")
    parser.add_argument(
        "--another-payroll", action="store_true", help="pay although another plan has the same payments"
    )
    parser.add_argument("--wait", type=seconds, default=60.0, metavar="SECONDS", help="wait for the transfers (60)")
    options = parser.parse_args()
    try:
        payments = read_plan(options.plan)
        with open_journal(options.journal, new=options.new) as journal:
            journal.check(payments, another_payroll=options.another_payroll)
            try:
                remarks = asyncio.run(pay(payments, journal, options.wait))
            except KeyboardInterrupt:
                report(payments, journal, {})
                print(f"Interrupted. Run again with {options.journal} to continue.", file=sys.stderr)
                return 130
            return report(payments, journal, remarks)
    except (InputError, ConfigurationError) as error:
        print(error, file=sys.stderr)
        return 2
    except sqlite3.Error as error:
        print(f"{options.journal}: another process has locked it, or it cannot be locked: {error}.", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{options.journal}: {error}. Stopped. Run again with this journal to continue.", file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main())
