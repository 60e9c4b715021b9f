"""The accounts of the default organization."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from sequence_async.sandbox.entities import EXTERNAL_ACCOUNT, INCOME_SOURCE, POD

BANKS: Final = ("Chase", "Bank of America", "Wells Fargo", "Ally Bank", "Capital One", "US Bank")


@dataclass(slots=True, frozen=True, kw_only=True)
class AccountSpec:
    """One account of the default organization. Amounts are in cents. The opening balance of a debt is negative."""

    name: str
    kind: str
    opening: int
    external_type: str | None = None
    institution: str | None = None
    description: str | None = None
    target: int | None = None
    source: bool = True
    destination: bool = True
    error: str | None = None
    approval: bool = False
    liability: tuple[int | None, int | None, float, int | None, int | None] | None = None
    """Minimum payment, statement balance, interest rate in percent, original loan and credit limit."""


def account_specs(random: Random) -> list[AccountSpec]:
    """Return the accounts that come first, in any number of accounts."""
    bank, other = random.sample(BANKS, 2)
    last = [f"••{random.randrange(10_000):04d}" for _ in range(4)]
    cents = random.randrange
    return [
        AccountSpec(
            name="Main Payroll", kind=INCOME_SOURCE, opening=cents(300_000, 600_000), description="Salary arrives here"
        ),
        AccountSpec(name="Client Payments", kind=INCOME_SOURCE, opening=cents(800_000, 1_500_000)),
        AccountSpec(name="Main Operating", kind=POD, opening=cents(1_500_000, 3_000_000)),
        AccountSpec(name="Emergency Fund", kind=POD, opening=cents(400_000, 900_000), target=2_000_000),
        AccountSpec(name="Taxes", kind=POD, opening=cents(200_000, 500_000), description="A quarter of every invoice"),
        AccountSpec(name="Groceries", kind=POD, opening=cents(20_000, 60_000)),
        AccountSpec(name="Agent Budget", kind=POD, opening=cents(10_000, 40_000)),
        AccountSpec(
            name=f"{bank} Checking {last[0]}",
            kind=EXTERNAL_ACCOUNT,
            opening=cents(300_000, 900_000),
            external_type="DEPOSITORY",
            institution=bank,
        ),
        AccountSpec(
            name=f"Amex Gold {last[1]}",
            kind=EXTERNAL_ACCOUNT,
            opening=-cents(80_000, 250_000),
            external_type="LIABILITY",
            institution="American Express",
            source=False,
            liability=(4_000, 61_500, 24.99, None, 1_000_000),
        ),
        AccountSpec(
            name="Car Loan",
            kind=EXTERNAL_ACCOUNT,
            opening=-cents(900_000, 1_800_000),
            external_type="LIABILITY",
            institution=other,
            source=False,
            liability=(38_000, None, 6.4, 2_400_000, None),
        ),
        AccountSpec(
            name="Vanguard Brokerage",
            kind=EXTERNAL_ACCOUNT,
            opening=cents(2_000_000, 6_000_000),
            external_type="INVESTMENT",
            institution="Vanguard",
            source=False,
        ),
        AccountSpec(
            name=f"{other} Joint Savings {last[2]}",
            kind=EXTERNAL_ACCOUNT,
            opening=cents(500_000, 900_000),
            external_type="DEPOSITORY",
            institution=other,
            description="Both owners have to approve what leaves it",
            approval=True,
        ),
        AccountSpec(
            name=f"Old Credit Union {last[3]}",
            kind=EXTERNAL_ACCOUNT,
            opening=cents(5_000, 20_000),
            external_type="DEPOSITORY",
            institution="Old Credit Union",
            description="The connection has to be renewed",
            error="DISCONNECTED_ACCOUNT",
        ),
    ]


_MORE: Final = (POD, POD, POD, INCOME_SOURCE, EXTERNAL_ACCOUNT)


def extra_account(random: Random, number: int) -> AccountSpec:
    """Return one more account, to reach the requested number."""
    kind = _MORE[number % len(_MORE)]
    if kind != EXTERNAL_ACCOUNT:
        word = "Pod" if kind == POD else "Income"
        return AccountSpec(name=f"{word} {number:05d}", kind=kind, opening=random.randrange(5_000, 500_000))
    return AccountSpec(
        name=f"Bank account {number:05d}",
        kind=kind,
        opening=random.randrange(5_000, 500_000),
        external_type="DEPOSITORY",
        institution=random.choice(BANKS),
    )
