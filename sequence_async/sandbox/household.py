"""The organization that a sandbox has when nobody says otherwise: a household with a small business, from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, Final

from sequence_async.sandbox.clock import DAY_MS, moment
from sequence_async.sandbox.entities import (
    CANCELLED,
    COMPLETE,
    EXTERNAL_ACCOUNT,
    INCOME_SOURCE,
    INCOMPLETE,
    PENDING_APPROVAL,
    POD,
    Account,
    Liability,
)
from sequence_async.sandbox.rulebook import V1_ACCOUNT_TYPES, V1_ACTION_TYPES, RuleReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sequence_async.sandbox.world import World

_HOLDERS: Final = ("John Smith", "Maria Garcia", "Aisha Khan", "Noah Cohen", "Emma Johnson", "Wei Chen")
_BANKS: Final = ("Chase", "Bank of America", "Wells Fargo", "Ally Bank", "Capital One", "US Bank")
_EMPLOYERS: Final = ("Acme Payroll", "Globex Corp", "Initech LLC", "Northwind Inc")
_MERCHANTS: Final = ("Corner Grocery", "City Transit", "Coffee House", "Hardware Store", "Book Shop", "Fuel Station")
_HISTORY_DAYS: Final = 60


@dataclass(slots=True, frozen=True, kw_only=True)
class _Plan:
    """One account of the default organization. Amounts are cents; a debt opens below zero."""

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
    """Minimum payment, statement balance, interest rate, original loan, credit limit."""


def _plans(random: Random) -> list[_Plan]:
    bank, other = random.sample(_BANKS, 2)
    last = [f"••{random.randrange(10_000):04d}" for _ in range(4)]
    cents = random.randrange
    return [
        _Plan(
            name="Main Payroll", kind=INCOME_SOURCE, opening=cents(300_000, 600_000), description="Salary arrives here"
        ),
        _Plan(name="Client Payments", kind=INCOME_SOURCE, opening=cents(800_000, 1_500_000)),
        _Plan(name="Main Operating", kind=POD, opening=cents(1_500_000, 3_000_000)),
        _Plan(name="Emergency Fund", kind=POD, opening=cents(400_000, 900_000), target=2_000_000),
        _Plan(name="Taxes", kind=POD, opening=cents(200_000, 500_000), description="A quarter of every invoice"),
        _Plan(name="Groceries", kind=POD, opening=cents(20_000, 60_000)),
        _Plan(name="Agent Budget", kind=POD, opening=cents(10_000, 40_000)),
        _Plan(
            name=f"{bank} Checking {last[0]}",
            kind=EXTERNAL_ACCOUNT,
            opening=cents(300_000, 900_000),
            external_type="DEPOSITORY",
            institution=bank,
        ),
        _Plan(
            name=f"Amex Gold {last[1]}",
            kind=EXTERNAL_ACCOUNT,
            opening=-cents(80_000, 250_000),
            external_type="LIABILITY",
            institution="American Express",
            source=False,
            liability=(4_000, 61_500, 24.99, None, 1_000_000),
        ),
        _Plan(
            name="Car Loan",
            kind=EXTERNAL_ACCOUNT,
            opening=-cents(900_000, 1_800_000),
            external_type="LIABILITY",
            institution=other,
            source=False,
            liability=(38_000, None, 6.4, 2_400_000, None),
        ),
        _Plan(
            name="Vanguard Brokerage",
            kind=EXTERNAL_ACCOUNT,
            opening=cents(2_000_000, 6_000_000),
            external_type="INVESTMENT",
            institution="Vanguard",
            source=False,
        ),
        _Plan(
            name=f"{other} Joint Savings {last[2]}",
            kind=EXTERNAL_ACCOUNT,
            opening=cents(500_000, 900_000),
            external_type="DEPOSITORY",
            institution=other,
            description="Both owners have to approve what leaves it",
            approval=True,
        ),
        _Plan(
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


def _more(random: Random, number: int) -> _Plan:
    kind = _MORE[number % len(_MORE)]
    if kind != EXTERNAL_ACCOUNT:
        word = "Pod" if kind == POD else "Income"
        return _Plan(name=f"{word} {number:05d}", kind=kind, opening=random.randrange(5_000, 500_000))
    return _Plan(
        name=f"Bank account {number:05d}",
        kind=kind,
        opening=random.randrange(5_000, 500_000),
        external_type="DEPOSITORY",
        institution=random.choice(_BANKS),
    )


class Household:
    """Fills a world from its seed."""

    def __init__(self, world: World, *, accounts: int | None) -> None:
        self._world = world
        self._random = world.random("household")
        self._digits = world.random("numbers")
        self._wanted = accounts
        self._holder = self._random.choice(_HOLDERS)

    def fill(self, *, history: int) -> None:
        """Make the accounts, the rules that have what they need, the cards and so many old transfers."""
        plans = _plans(self._random)
        wanted = len(plans) if self._wanted is None else self._wanted
        for plan in plans[:wanted]:
            self._open(plan)
        for number in range(len(plans) + 1, wanted + 1):
            self._open(_more(self._random, number))
        self._link()
        self._write_rules()
        self._issue_cards()
        self._write_history(history)

    def _named(self, name: str) -> Account | None:
        return next((account for account in self._world.accounts.values() if account.name == name), None)

    def _open(self, plan: _Plan) -> None:
        world, digits = self._world, self._digits
        inside = plan.kind != EXTERNAL_ACCOUNT
        created_ms = world.now_ms - (_HISTORY_DAYS + 200) * DAY_MS + len(world.accounts) * 60_000
        remote_id = str(5_000_000 + digits.randrange(900_000)) if inside else world.ids.make("x")[2:] + "Qx4"
        while remote_id in world.accounts:
            remote_id = str(int(remote_id) + 1)
        account = Account(world.ids.make("acc"), remote_id, plan.name, plan.kind, created_ms=created_ms)
        account.external_type = plan.external_type
        account.description = plan.description
        account.beneficiary = self._holder
        account.institution = plan.institution
        account.can_be_source, account.can_be_destination = plan.source, plan.destination
        account.savings_target_in_cents = plan.target
        account.error = plan.error
        account.needs_approval = plan.approval
        account.routing = f"0{digits.randrange(10**8):08d}" if plan.external_type != "LIABILITY" else None
        account.number = f"{digits.randrange(10**10):010d}"
        account.refreshed_ms = world.now_ms
        if plan.liability is not None:
            minimum, statement, rate, loan, limit = plan.liability
            account.liability = Liability(
                minimum_in_cents=minimum,
                statement_in_cents=statement,
                statement_date=None if statement is None else _day(world.now_ms - 12 * DAY_MS),
                due_date=_day(world.now_ms + 13 * DAY_MS),
                interest_rate=rate,
                original_loan_in_cents=loan,
                credit_limit_in_cents=limit,
            )
        world.add_account(account, plan.opening)

    def _link(self) -> None:
        card, pod = (
            next((one for one in self._world.accounts.values() if one.is_liability), None),
            self._named("Main Operating"),
        )
        if card is not None and pod is not None:
            pod.linked = card

    def _write_rules(self) -> None:
        reader = RuleReader(
            lambda name: (
                self._named(name)
                or next((one for one in self._world.accounts.values() if one.name.startswith(name)), None)
            ),
            name="nickname",
            action_types=V1_ACTION_TYPES,
            account_types=V1_ACCOUNT_TYPES,
        )
        if len(self._world.accounts) < len(_plans(Random(0))):  # noqa: S311 - only counts
            return
        start = moment(self._world.now_ms).replace(hour=9, minute=0, second=0, microsecond=0)
        for draft, enabled, remote in _drafts(start.replace(day=15).isoformat()):
            rule = self._world.add_rule(reader.read(draft))
            rule.created_ms = rule.updated_ms = self._world.now_ms - _HISTORY_DAYS * DAY_MS
            if remote is not None:
                self._world.open_to_remote(rule, test_mode=remote == "test")
            if enabled:
                self._world.enable_rule(rule)
                rule.updated_ms = rule.created_ms

    def _issue_cards(self) -> None:
        issued = (
            ("Groceries", "PHYSICAL", "ACTIVE"),
            ("Agent Budget", "VIRTUAL", "ACTIVE"),
            ("Groceries", "PHYSICAL", "LOST"),
        )
        for pod_name, kind, status in issued:
            pod = self._named(pod_name)
            if pod is None:
                continue
            card = self._world.cards.issue(
                pod,
                kind=kind,
                status=status,
                holder=self._holder,
                last_four=f"{self._digits.randrange(10_000):04d}",
                expires=f"{self._digits.randrange(1, 13):02d}/{(moment(self._world.now_ms).year + 3) % 100:02d}",
                created_ms=self._world.now_ms - _HISTORY_DAYS * DAY_MS,
            )
            for day in range(24, 0, -1):
                self._world.cards.record(
                    card,
                    self._random.randrange(250, 9_000),
                    self._random.choice(_MERCHANTS),
                    refund=day % 11 == 0,
                    at_ms=self._world.now_ms - day * 2 * DAY_MS + self._random.randrange(36_000) * 1000,
                )

    def _write_history(self, count: int) -> None:
        world, random = self._world, self._random
        accounts = list(world.accounts.values())[:200]
        inside = [one for one in accounts if not one.is_external]
        outside = [one for one in accounts if one.is_external and one.can_be_source and one.error is None]
        if len(inside) < 2:  # noqa: PLR2004 - a transfer has two sides
            return
        step = _HISTORY_DAYS * DAY_MS // (count + 2)
        for index in range(count):
            at_ms = world.now_ms - _HISTORY_DAYS * DAY_MS + index * step
            amount = random.randrange(1_000, 200_000)
            if index % 8 == 0 and inside[0].type == INCOME_SOURCE:
                paid = world.transfers.record(
                    world.ledger.outside, inside[0], amount, origin="DIRECT_DEPOSIT", status=COMPLETE, at_ms=at_ms
                )
                paid.description = random.choice(_EMPLOYERS)
            elif index % 8 == 4 and outside:  # noqa: PLR2004 - one in eight
                world.transfers.record(
                    outside[0], random.choice(inside), amount, origin="USER_PULL", status=COMPLETE, at_ms=at_ms
                )
            else:
                one, other = random.sample(inside, 2)
                world.transfers.record(one, other, amount, origin="USER", status=self._old_status(index), at_ms=at_ms)
        if count:
            one, other = random.sample(inside, 2)
            world.transfers.record(
                one, other, 250_000, origin="USER", status=PENDING_APPROVAL, at_ms=world.now_ms - DAY_MS
            )
        for transfer in world.transfers.values():
            transfer.hidden = 0
            if transfer.status == INCOMPLETE:
                transfer.error_code = "INSUFFICIENT_FUNDS"
        for account in outside:
            self._write_feed(account)

    @staticmethod
    def _old_status(index: int) -> str:
        return {13: INCOMPLETE, 21: CANCELLED}.get(index, COMPLETE)

    def _write_feed(self, account: Account) -> None:
        for day in range(28, 0, -1):
            line = self._world.transfers.write_feed(
                account,
                self._random.randrange(500, 90_000),
                incoming=day % 7 == 0,
                text=self._random.choice(_EMPLOYERS if day % 7 == 0 else _MERCHANTS),
            )
            line.created_ms = self._world.now_ms - day * 2 * DAY_MS
            if day == 1:
                line.status = "PENDING"


def _day(at_ms: int) -> str:
    return moment(at_ms).date().isoformat()


def _action(kind: str, source: str, destination: str, **more: Any) -> dict[str, Any]:
    base = {"type": kind, "source": {"id": source}, "destination": {"id": destination}, "group_index": 0}
    return base | {"up_to_enabled": False} | more


def _drafts(monthly_from: str) -> Iterator[tuple[dict[str, Any], bool, str | None]]:
    """Give the default rules: the rule, whether it is enabled, and whether (and how) the Remote API may trigger it."""
    big = {"condition": {"fact": "TRANSFER_AMOUNT", "operator": "GREATER_THAN_OR_EQUAL", "value": 50_000}}
    share = {"percentage_target": "INCOMING_AMOUNT"}
    yield (
        {
            "nickname": "Auto-save on deposit",
            "description": "Saves a part of every large deposit",
            "trigger": {"type": "ON_FUNDS_TRANSFERRED", "account_id": "Main Payroll"},
            "steps": [
                {
                    "conditions": big,
                    "actions": [
                        _action("percentage", "Main Payroll", "Emergency Fund", percentage_value=20, **share),
                        _action("percentage", "Main Payroll", "Taxes", percentage_value=10, **share),
                    ],
                },
                {
                    "conditions": None,
                    "actions": [
                        _action("fixed_amount", "Main Payroll", "Groceries", amount_in_cents=2_500, up_to_enabled=True)
                    ],
                },
            ],
        },
        True,
        None,
    )
    yield (
        {
            "nickname": "Monthly Amex payment",
            "description": None,
            "trigger": {
                "type": "SCHEDULED",
                "schedule_type": "MONTHLY",
                "start_date": monthly_from,
                "account_id": "Main Operating",
            },
            "steps": [
                {"conditions": None, "actions": [_action("next_payment_minimum", "Main Operating", "Amex Gold")]}
            ],
        },
        True,
        None,
    )
    full = {
        "condition": {
            "fact": "BALANCE",
            "operator": "LESS_THAN",
            "value": 100_000,
            "params": {"account_id": "Groceries"},
        }
    }
    yield (
        {
            "nickname": "Fill up groceries",
            "description": "Up to 600 dollars, while there are less than 1,000",
            "trigger": {"type": "MANUAL", "account_id": "Main Operating"},
            "steps": [
                {
                    "conditions": full,
                    "actions": [_action("top_up", "Main Operating", "Groceries", amount_in_cents=60_000)],
                }
            ],
        },
        True,
        "live",
    )
    yield (
        {
            "nickname": "Move to savings",
            "description": "A twentieth of the operating balance, or of the amount given",
            "trigger": {"type": "MANUAL", "account_id": "Main Operating"},
            "steps": [
                {
                    "conditions": None,
                    "actions": [
                        _action(
                            "percentage",
                            "Main Operating",
                            "Emergency Fund",
                            percentage_value=5,
                            percentage_target="SOURCE_ACCOUNT",
                            limit={"period": "PER_MONTH", "amount_in_cents": 500_000},
                        )
                    ],
                }
            ],
        },
        True,
        "live",
    )
    yield (
        {
            "nickname": "Refill the agent",
            "description": "Fifty dollars at a time",
            "trigger": {"type": "MANUAL", "account_id": "Client Payments"},
            "steps": [
                {
                    "conditions": None,
                    "actions": [_action("fixed_amount", "Client Payments", "Agent Budget", amount_in_cents=5_000)],
                }
            ],
        },
        True,
        "live",
    )
    yield (
        {
            "nickname": "Try out the sweep",
            "description": "In test mode",
            "trigger": {"type": "MANUAL", "account_id": "Client Payments"},
            "steps": [
                {
                    "conditions": None,
                    "actions": [_action("round_down", "Client Payments", "Taxes", amount_in_cents=100_000)],
                }
            ],
        },
        True,
        "test",
    )
    yield (
        {
            "nickname": "Written, not yet enabled",
            "description": None,
            "trigger": {"type": "MANUAL", "account_id": "Main Operating"},
            "steps": [
                {
                    "conditions": None,
                    "actions": [_action("fixed_amount", "Main Operating", "Taxes", amount_in_cents=10_000)],
                }
            ],
        },
        False,
        None,
    )
