"""Pay everybody on a list exactly once, whatever happens to this program in between.

    $ export SEQUENCE_API_KEY=sk_…
    $ python examples/payroll.py november.json

The plan is a JSON file:

    {"name": "2026-11", "source_account_id": "…",
     "payments": [{"employee": "e-1", "account_id": "…", "amount_in_cents": 350000}, …]}

Beside it stands a journal, ``november.json.journal``: a line before a payment is sent, and another when Sequence has
accepted it. Killed at any moment, the program goes on from the journal when it is started again. What was sent and not
answered is sent again under the same idempotency key, which follows from the name of the plan and the employee:
Sequence answers with the payment that there is, or makes it now.

Sequence forgets keys after 24 hours. A payment that has been open for longer is for a person to look at: it is named,
and nothing is sent until the journal says ``{"done": …}`` of it, or nothing at all.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import attrs

from sequence_async import PlatformClient, SequenceError, idempotency_key_for

KEYS_ARE_GOOD_FOR = timedelta(hours=23)  # of 24: a repetition takes time to arrive


@attrs.frozen
class Payment:
    """One line of the plan."""

    employee: str
    account_id: str
    amount_in_cents: int


@attrs.frozen
class Plan:
    """Who is to be paid what, and from where."""

    name: str
    source_account_id: str
    payments: list[Payment]

    @classmethod
    def read(cls, path: Path) -> Plan:
        """Read a plan. An employee who stands in it twice would be paid once, so that is refused."""
        text = json.loads(path.read_text())
        payments = [Payment(**line) for line in text["payments"]]
        if len({payment.employee for payment in payments}) < len(payments):
            sys.exit("An employee stands in the plan twice.")
        return cls(text["name"], text["source_account_id"], payments)


class Journal:
    """What was begun and what is done, by employee. A line is on the disk before the program goes on."""

    def __init__(self, path: Path) -> None:
        self.begun: dict[str, datetime] = {}
        self.done: dict[str, str] = {}
        self._path = path
        path.touch()
        whole, newline, torn = path.read_bytes().rpartition(b"\n")
        if torn:
            # Killed in the middle of a line: either nothing was sent yet, or its key finds what was.
            os.truncate(path, len(whole + newline))
        for line in whole.splitlines():
            self._take(json.loads(line))

    def begin(self, employee: str) -> None:
        """Note that a payment is about to be sent for the first time."""
        self._write({"begin": employee, "at": datetime.now(UTC).isoformat()})

    def finish(self, employee: str, transfer_id: str) -> None:
        """Note that Sequence has accepted a payment."""
        self._write({"done": employee, "transfer_id": transfer_id})

    def left_open(self, employee: str) -> bool:
        """Whether a payment was begun so long ago that its key may be forgotten, and is not done."""
        begun = self.begun.get(employee)
        return employee not in self.done and begun is not None and datetime.now(UTC) - begun > KEYS_ARE_GOOD_FOR

    def _take(self, entry: dict[str, str]) -> None:
        if "begin" in entry:
            self.begun[entry["begin"]] = datetime.fromisoformat(entry["at"])
        else:
            self.done[entry["done"]] = entry["transfer_id"]

    def _write(self, entry: dict[str, str]) -> None:
        with self._path.open("a") as file:
            file.write(json.dumps(entry) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self._take(entry)


async def pay(plan: Plan, journal: Journal) -> None:
    """Pay whoever is not yet paid."""
    async with PlatformClient(called_reason=f"payroll {plan.name}") as client:
        for payment in plan.payments:
            if payment.employee in journal.done:
                continue
            if payment.employee not in journal.begun:
                journal.begin(payment.employee)
            transfer = await client.transfers.create(
                source_account_id=plan.source_account_id,
                destination_account_id=payment.account_id,
                amount_in_cents=payment.amount_in_cents,
                idempotency_key=idempotency_key_for("payroll", plan.name, payment.employee),
            )
            journal.finish(payment.employee, transfer.id)
            print(f"{payment.employee}: {payment.amount_in_cents} cents, {transfer.id} {transfer.status}")


def main(path: Path) -> None:
    """Pay what is not yet paid, or say why not."""
    plan, journal = Plan.read(path), Journal(path.with_name(f"{path.name}.journal"))
    if stale := [one.employee for one in plan.payments if journal.left_open(one.employee)]:
        sys.exit(f"Open for more than 23 hours, look at the transfers first: {', '.join(stale)}")
    try:
        asyncio.run(pay(plan, journal))
    except SequenceError as error:
        sys.exit(f"{error}\nStopped. Start me again to go on.")
    print(f"{len(plan.payments)} of {len(plan.payments)} are paid.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
