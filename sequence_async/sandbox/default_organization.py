"""The default organization: a household with a small business, generated from a seed."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

from sequence_async.sandbox.clock import DAY_MS, utc_datetime
from sequence_async.sandbox.default_organization_accounts import AccountSpec, account_specs, extra_account
from sequence_async.sandbox.default_organization_rules import rule_drafts
from sequence_async.sandbox.entities import (
    CANCELLED,
    COMPLETE,
    EXTERNAL_ACCOUNT,
    INCOME_SOURCE,
    INCOMPLETE,
    PENDING_APPROVAL,
    Account,
    Liability,
    Transfer,
)
from sequence_async.sandbox.rule_reader import V1_ACCOUNT_TYPES, V1_ACTION_TYPES, RuleReader

if TYPE_CHECKING:
    from sequence_async.sandbox.world import World

_HOLDERS: Final = ("John Smith", "Maria Garcia", "Aisha Khan", "Noah Cohen", "Emma Johnson", "Wei Chen")
_EMPLOYERS: Final = ("Acme Payroll", "Globex Corp", "Initech LLC", "Northwind Inc")
_MERCHANTS: Final = (
    "Corner Grocery",
    "City Transit",
    "Coffee House",
    "Hardware Store",
    "Book Shop",
    "Fuel Station",
)
_HISTORY_DAYS: Final = 60
_LARGE_IN_CENTS: Final = 50_000


class DefaultOrganization:
    """Creates the default organization in a world, from the world's seed."""

    def __init__(self, world: World, *, accounts: int | None) -> None:
        self._world = world
        self._random = world.random("household")
        self._digits = world.random("numbers")
        self._account_count = accounts
        self._holder = self._random.choice(_HOLDERS)

    def fill(self, *, history: int) -> None:
        """Create accounts, rules, cards and ``history`` past transfers. Rules need the full set of accounts."""
        specs = account_specs(self._random)
        count = len(specs) if self._account_count is None else self._account_count
        for spec in specs[:count]:
            self._open(spec)
        for number in range(len(specs) + 1, count + 1):
            self._open(extra_account(self._random, number))
        self._link()
        self._write_rules()
        self._issue_cards()
        self._write_history(history)

    def _find_account(self, name: str) -> Account | None:
        return next((account for account in self._world.accounts.values() if account.name == name), None)

    def _open(self, spec: AccountSpec) -> None:
        world, digits = self._world, self._digits
        inside = spec.kind != EXTERNAL_ACCOUNT
        created_ms = world.now_ms - (_HISTORY_DAYS + 200) * DAY_MS + len(world.accounts) * 60_000
        remote_id = str(5_000_000 + digits.randrange(900_000)) if inside else world.ids.make("x").v1[2:] + "Qx4"
        while remote_id in world.accounts:
            remote_id = str(int(remote_id) + 1)
        account = Account(world.ids.make("acc"), remote_id, spec.name, spec.kind, created_ms=created_ms)
        account.external_type = spec.external_type
        account.description = spec.description
        account.beneficiary = self._holder
        account.institution = spec.institution
        account.can_be_source, account.can_be_destination = spec.source, spec.destination
        account.savings_target_in_cents = spec.target
        account.error = spec.error
        account.needs_approval = spec.approval
        account.routing = f"0{digits.randrange(10**8):08d}" if spec.external_type != "LIABILITY" else None
        account.number = f"{digits.randrange(10**10):010d}"
        account.refreshed_ms = world.now_ms
        if spec.liability is not None:
            minimum, statement, rate, loan, limit = spec.liability
            account.liability = Liability(
                minimum_in_cents=minimum,
                statement_in_cents=statement,
                statement_date=None if statement is None else _day(world.now_ms - 12 * DAY_MS),
                due_date=_day(world.now_ms + 13 * DAY_MS),
                interest_rate=rate,
                original_loan_in_cents=loan,
                credit_limit_in_cents=limit,
            )
        world.add_account(account, spec.opening)

    def _link(self) -> None:
        card, pod = (
            next((one for one in self._world.accounts.values() if one.is_liability), None),
            self._find_account("Main Operating"),
        )
        if card is not None and pod is not None:
            pod.linked = card

    def _write_rules(self) -> None:
        reader = RuleReader(
            lambda name: (
                self._find_account(name)
                or next((one for one in self._world.accounts.values() if one.name.startswith(name)), None)
            ),
            name="nickname",
            action_types=V1_ACTION_TYPES,
            account_types=V1_ACCOUNT_TYPES,
            from_scenario=True,
        )
        if len(self._world.accounts) < len(account_specs(Random(0))):  # noqa: S311 - only their number matters
            return
        start = utc_datetime(self._world.now_ms).replace(hour=9, minute=0, second=0, microsecond=0)
        for draft, enabled, remote in rule_drafts(start.replace(day=15).isoformat()):
            rule = self._world.add_rule(reader.read(draft))
            rule.created_ms = rule.updated_ms = self._world.now_ms - _HISTORY_DAYS * DAY_MS
            if remote is not None:
                self._world.enable_remote_trigger(rule, test_mode=remote == "test")
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
            pod = self._find_account(pod_name)
            if pod is None:
                continue
            card = self._world.cards.issue(
                pod,
                kind=kind,
                status=status,
                holder=self._holder,
                last_four=f"{self._digits.randrange(10_000):04d}",
                expires=f"{self._digits.randrange(1, 13):02d}/{(utc_datetime(self._world.now_ms).year + 3) % 100:02d}",
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
                self._write_execution(paid)
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

    def _write_execution(self, paid: Transfer) -> None:
        rule = next((one for one in self._world.rules.values() if one.name == "Auto-save on deposit"), None)
        if rule is None or paid.amount_in_cents < _LARGE_IN_CENTS:
            return
        amount, at_ms = paid.amount_in_cents, paid.created_ms + 1_000
        saved = [
            self._world.transfers.record(
                action.source,
                action.destination,
                int(amount * (action.percentage or 0) / 100),
                origin="RULE",
                status=COMPLETE,
                at_ms=at_ms,
            )
            for action in rule.steps[0].actions
        ]
        self._world.executions.record(rule, amount, saved, at_ms)

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
    return utc_datetime(at_ms).date().isoformat()
