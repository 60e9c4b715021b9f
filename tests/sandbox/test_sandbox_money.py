"""Money is conserved: whatever happens in whatever order, no cent is lost and none is made."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from sequence_async.sandbox import Sandbox
from sequence_async.sandbox.entities import Account, Transfer

MACHINES, STEPS = 210, 60
AMOUNTS = st.integers(min_value=1, max_value=400_000)
PLACES = st.integers(min_value=0, max_value=10**6)


class Household(RuleBasedStateMachine):
    """Random doings, beside a count of what came in from outside and what went out."""

    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.sandbox = Sandbox(seed=1, frozen=True, start=datetime(2026, 3, 10, tzinfo=UTC), history=0)
        self.accounts = list(self.sandbox.accounts.values())
        self.rules = [self.sandbox.enable_rule(rule_id) for rule_id in self.sandbox.rules]
        self.cards = list(self.sandbox.world.cards.values())
        self.expected = self.inside()

    def inside(self) -> int:
        return sum(account.cents for account in self.accounts) + self.sandbox.ledger.in_transit.cents

    def open_transfers(self) -> list[Transfer]:
        return [one for one in self.sandbox.transfers.values() if not one.settled]

    def account(self, place: int) -> Account:
        return self.accounts[place % len(self.accounts)]

    @rule(source=PLACES, step=st.integers(min_value=1, max_value=12), amount=AMOUNTS, simulation=st.booleans())
    def move(self, source: int, step: int, amount: int, simulation: bool) -> None:
        self.sandbox.world.transfers.create(
            self.account(source), self.account(source + step), amount, simulation=simulation
        )

    @rule(place=PLACES, amount=AMOUNTS)
    def deposit(self, place: int, amount: int) -> None:
        self.sandbox.deposit(self.account(place).id, amount)
        self.expected += amount

    @rule(place=PLACES, amount=AMOUNTS)
    def pay_by_card(self, place: int, amount: int) -> None:
        card = self.cards[place % len(self.cards)]
        if card.status == "ACTIVE" and card.account.cents >= amount:
            self.sandbox.spend(card.id, amount)
            self.expected -= amount

    @rule(place=PLACES, amount=AMOUNTS)
    def get_a_refund(self, place: int, amount: int) -> None:
        self.sandbox.refund(self.cards[place % len(self.cards)].id, amount)
        self.expected += amount

    @rule(place=PLACES, amount=st.none() | AMOUNTS, simulation=st.booleans(), override=st.booleans())
    def trigger(self, place: int, amount: int | None, simulation: bool, override: bool) -> None:
        self.sandbox.world.executions.start(
            self.rules[place % len(self.rules)],
            "MANUAL",
            amount_in_cents=amount,
            simulation=simulation,
            fixed_override=override,
        )

    @rule(seconds=st.sampled_from([0.1, 0.3, 1, 2, 3_600, 40_000, 90_000, 300_000]))
    def let_time_pass(self, seconds: float) -> None:
        self.sandbox.clock.advance(seconds)

    @precondition(lambda self: self.open_transfers())
    @rule(place=PLACES, what=st.sampled_from(["approve", "cancel", "settle", "fail"]))
    def act(self, place: int, what: str) -> None:
        waiting = self.open_transfers()
        transfer = waiting[place % len(waiting)]
        approving = what == "approve"
        if approving == (transfer.status == "PENDING_APPROVAL") or what in ("cancel", "fail"):
            getattr(self.sandbox, what)(transfer.id)

    @rule()
    def read_balances_anew(self) -> None:
        self.sandbox.refresh()

    @invariant()
    def books_balance(self) -> None:
        Household.steps += 1
        assert self.sandbox.ledger.total_in_cents() == 0

    @invariant()
    def nothing_is_lost_or_made(self) -> None:
        assert self.inside() == self.expected

    @invariant()
    def what_is_in_transit_belongs_to_a_transfer(self) -> None:
        held = [one for one in self.sandbox.transfers.values() if one.held]
        assert self.sandbox.ledger.in_transit.cents == sum(one.amount_in_cents for one in held)
        assert not any(one.settled or one.simulation for one in held)

    @invariant()
    def nobody_spends_what_is_not_there(self) -> None:
        assert all(account.cents >= 0 for account in self.accounts if not account.is_liability)


def test_money_is_conserved() -> None:
    run_state_machine_as_test(
        Household,
        settings=settings(
            max_examples=MACHINES,
            stateful_step_count=STEPS,
            derandomize=True,
            deadline=None,
            database=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
    assert Household.steps >= 10_000
