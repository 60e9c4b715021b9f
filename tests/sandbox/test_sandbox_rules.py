"""The rule engine: which step is taken, how much each action moves, in which order, and when rules run by themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sequence_async.sandbox import Sandbox
from sequence_async.sandbox.clock import milliseconds
from sequence_async.sandbox.entities import Execution
from sequence_async.sandbox.recurrence import next_due

START = datetime(2026, 3, 10, 12, tzinfo=UTC)  # a Tuesday
ALWAYS = None


@pytest.fixture
def sandbox() -> Sandbox:
    """An organization of a few round balances, at a time that stands still."""
    sandbox = Sandbox(accounts=0, history=0, frozen=True, start=START)
    for name, kind, cents in (
        ("Salary", "income_source", 1_000_000),
        ("Bills", "pod", 100_000),
        ("Savings", "pod", 0),
        ("Taxes", "pod", 0),
        ("Empty", "pod", 0),
    ):
        sandbox.add_account({"name": name, "type": kind, "balance_in_cents": cents})
    for name, owed, more in (
        ("Visa", 50_000, {"next_payment_minimum_in_cents": 2_500, "last_statement_balance_in_cents": 30_000}),
        ("Loan", 200_000, {}),
    ):
        sandbox.add_account(
            {
                "name": name,
                "type": "external_account",
                "external_account_type": "LIABILITY",
                "balance_in_cents": owed,
                "interest_rate_percentage": 20 if name == "Visa" else 30,
                **more,
            }
        )
    sandbox.add_account(
        {
            "name": "Broken",
            "type": "external_account",
            "external_account_type": "DEPOSITORY",
            "balance_in_cents": 500,
            "error": "DISCONNECTED_ACCOUNT",
        }
    )
    return sandbox


def action(kind: str, source: str, destination: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "source": source, "destination": destination, **more}


def step(*actions: dict[str, Any], when: Any = ALWAYS) -> dict[str, Any]:
    return {"conditions": when, "actions": list(actions)}


def when(fact: str, operator: str, value: int | None = None, **more: Any) -> dict[str, Any]:
    return {"condition": {"fact": fact, "operator": operator, "value": value, **more}}


def run(sandbox: Sandbox, *steps: dict[str, Any], amount: int | None = None, **how: Any) -> Execution:
    """Write a rule, trigger it, and let it end."""
    rule = sandbox.add_rule({"trigger": {"type": "MANUAL", "account_id": "Salary"}, "steps": list(steps)})
    execution = sandbox.world.executions.start(rule, "MANUAL", amount_in_cents=amount, **how)
    sandbox.clock.advance(5)
    return execution


def amounts(execution: Execution) -> list[int]:
    return [transfer.amount_in_cents for transfer in execution.transfers]


# Steps and conditions


def test_only_the_first_step_whose_conditions_hold_is_taken(sandbox: Sandbox) -> None:
    execution = run(
        sandbox,
        step(action("fixed_amount", "Salary", "Savings", amount_in_cents=100), when=when("BALANCE", "LESS_THAN", 5)),
        step(action("fixed_amount", "Salary", "Savings", amount_in_cents=200), when=when("BALANCE", "GREATER_THAN", 5)),
        step(action("fixed_amount", "Salary", "Savings", amount_in_cents=300)),
    )
    assert (execution.step_index, amounts(execution), execution.status) == (1, [200], "EXECUTED")
    assert not execution.conditions_not_met


def test_a_run_without_a_step_that_applies_is_executed_and_says_so(sandbox: Sandbox) -> None:
    execution = run(
        sandbox, step(action("fixed_amount", "Salary", "Savings", amount_in_cents=100), when=when("DATE", "EQUALS", 1))
    )
    assert (execution.status, execution.conditions_not_met, execution.step_index) == ("EXECUTED", True, None)
    assert amounts(execution) == []


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (when("DATE", "EQUALS", 10), True),
        (when("DATE", "NOT_EQUALS", 10), False),
        (when("DATE", "LESS_THAN", value_fact="LAST_DAY_OF_MONTH"), True),
        (when("BALANCE", "EQUALS", 100_000, params={"account_id": "Bills"}), True),
        (when("BALANCE", "GREATER_THAN_OR_EQUAL", 1_000_000), True),
        (when("BALANCE", "LESS_THAN_OR_EQUAL", 999_999), False),
        (when("BALANCE", "EQUALS", 50_000, params={"account_id": "Visa"}), True),
        (when("BALANCE", "LESS_THAN", 10**9, params={"account_id": "Broken"}), False),
        (
            when("BALANCE", "GREATER_THAN", value_fact="NEXT_PAYMENT_MINIMUM_AMOUNT", params={"account_id": "Visa"}),
            True,
        ),
        (when("BALANCE", "LESS_THAN", value_fact="LAST_STATEMENT_BALANCE", params={"account_id": "Visa"}), False),
        (when("BALANCE", "GREATER_THAN", value_fact="LAST_STATEMENT_BALANCE", params={"account_id": "Loan"}), False),
        (when("TRANSFER_AMOUNT", "EQUALS", 7_000), True),
        ({"all": [when("DATE", "EQUALS", 10), when("DATE", "EQUALS", 11)]}, False),
        ({"any": [when("DATE", "EQUALS", 10), when("DATE", "EQUALS", 11)]}, True),
        (
            {
                "all": [
                    when("DATE", "EQUALS", 10),
                    {"any": [when("DATE", "EQUALS", 9), when("DATE", "GREATER_THAN", 9)]},
                ]
            },
            True,
        ),
        (
            {"any": [{"all": [when("DATE", "EQUALS", 10), when("BALANCE", "EQUALS", 1)]}, when("DATE", "EQUALS", 1)]},
            False,
        ),
    ],
)
def test_conditions(sandbox: Sandbox, condition: Any, holds: bool) -> None:
    execution = run(
        sandbox, step(action("fixed_amount", "Salary", "Savings", amount_in_cents=100), when=condition), amount=7_000
    )
    assert execution.conditions_not_met is not holds


# Actions


@pytest.mark.parametrize(
    ("kind", "destination", "members", "moved"),
    [
        ("fixed_amount", "Savings", {"amount_in_cents": 12_345}, 12_345),
        ("percentage", "Savings", {"percentage_value": 33.33, "percentage_target": "SOURCE_ACCOUNT"}, 333_300),
        ("top_up", "Bills", {"amount_in_cents": 150_000}, 50_000),
        ("top_up", "Savings", {"next_payment_minimum_account": "Visa"}, 2_500),
        ("top_up", "Savings", {"current_balance_account": "Visa"}, 50_000),
        ("top_up", "Savings", {"last_statement_balance_account": "Visa"}, 30_000),
        ("top_up", "Savings", {"amount_in_cents": 5_000_000}, 1_000_000),
        ("round_down", "Savings", {"amount_in_cents": 999_000}, 1_000),
        ("next_payment_minimum", "Visa", {}, 2_500),
        ("total_amount_due", "Visa", {}, 50_000),
        ("last_statement_balance", "Visa", {}, 30_000),
        ("percentage_liability_balance", "Visa", {"percentage_value": 10}, 5_000),
    ],
)
def test_what_each_action_moves(sandbox: Sandbox, kind: str, destination: str, members: Any, moved: int) -> None:
    before = sandbox.account(destination).cents
    execution = run(sandbox, step(action(kind, "Salary", destination, **members)))
    assert amounts(execution) == [moved]
    sandbox.clock.advance(timedelta(days=7))
    assert sandbox.account(destination).cents == before + moved
    assert execution.status == "EXECUTED"
    assert sandbox.ledger.total_in_cents() == 0


@pytest.mark.parametrize(
    ("kind", "members"), [("top_up", {"amount_in_cents": 100_000}), ("round_down", {"amount_in_cents": 2_000_000})]
)
def test_nothing_to_do_is_no_failure(sandbox: Sandbox, kind: str, members: Any) -> None:
    execution = run(sandbox, step(action(kind, "Salary", "Bills", **members)))
    assert (execution.status, amounts(execution), execution.conditions_not_met) == ("EXECUTED", [], False)


def test_debts_are_paid_smallest_first_or_dearest_first(sandbox: Sandbox) -> None:
    snowball = run(sandbox, step(action("snowball", "Salary", "Visa", amount_in_cents=60_000)))
    assert [(one.destination.name, one.amount_in_cents) for one in snowball.transfers] == [
        ("Visa", 50_000),
        ("Loan", 10_000),
    ]
    other = Sandbox(accounts=0, history=0, frozen=True, start=START)
    other.add_account({"name": "Salary", "type": "income_source", "balance_in_cents": 60_000})
    for name, owed, rate in (("Cheap", 10_000, 5), ("Dear", 40_000, 25.5)):
        other.add_account(
            {
                "name": name,
                "type": "external_account",
                "external_account_type": "LIABILITY",
                "balance_in_cents": owed,
                "interest_rate_percentage": rate,
            }
        )
    avalanche = run(other, step(action("avalanche", "Salary", "Cheap", amount_in_cents=45_000)))
    assert [(one.destination.name, one.amount_in_cents) for one in avalanche.transfers] == [
        ("Dear", 40_000),
        ("Cheap", 5_000),
    ]


@pytest.mark.parametrize(
    ("kind", "destination", "code"),
    [
        ("next_payment_minimum", "Loan", "ACCOUNT_NO_MINIMUM_PAYMENT_AMOUNT"),
        ("last_statement_balance", "Loan", "ACCOUNT_NO_LAST_STATEMENT_BALANCE"),
        ("total_amount_due", "Broken", "NULL_BALANCE"),
    ],
)
def test_a_figure_that_nobody_knows_fails_the_action(sandbox: Sandbox, kind: str, destination: str, code: str) -> None:
    execution = run(sandbox, step(action(kind, "Salary", destination)))
    assert (execution.status, execution.error_message, amounts(execution)) == ("FAILED", code, [])


def test_a_division_sees_one_balance_and_what_follows_sees_what_is_left(sandbox: Sandbox) -> None:
    half = {"percentage_value": 50, "percentage_target": "SOURCE_ACCOUNT"}
    rest = {"percentage_value": 100, "percentage_target": "SOURCE_ACCOUNT"}
    execution = run(
        sandbox,
        step(
            action("top_up", "Salary", "Bills", amount_in_cents=200_000, group_index=0),
            action("percentage", "Salary", "Savings", **half, group_index=1),
            action("percentage", "Salary", "Taxes", **half, group_index=1),
        ),
    )
    assert amounts(execution) == [100_000, 450_000, 450_000]
    sandbox.deposit("Salary", 10_001)
    swept = run(
        sandbox,
        step(
            action("fixed_amount", "Salary", "Bills", amount_in_cents=1_000),
            action("percentage", "Salary", "Savings", **rest),
        ),
    )
    assert amounts(swept) == [1_000, 9_001]
    assert sandbox.account("Salary").cents == 0


def test_groups_run_in_their_order_whatever_order_they_are_written_in(sandbox: Sandbox) -> None:
    execution = run(
        sandbox,
        step(
            action("fixed_amount", "Salary", "Savings", amount_in_cents=300, group_index=2),
            action("fixed_amount", "Salary", "Savings", amount_in_cents=100, group_index=0),
            action("fixed_amount", "Salary", "Savings", amount_in_cents=200, group_index=1),
        ),
    )
    assert amounts(execution) == [100, 200, 300]


def test_a_failing_action_stops_the_rest(sandbox: Sandbox) -> None:
    execution = run(
        sandbox,
        step(
            action("fixed_amount", "Salary", "Savings", amount_in_cents=100),
            action("fixed_amount", "Empty", "Savings", amount_in_cents=200),
            action("fixed_amount", "Salary", "Savings", amount_in_cents=300),
        ),
    )
    assert [(one.amount_in_cents, one.status, one.error_code) for one in execution.transfers] == [
        (100, "COMPLETE", None),
        (200, "INCOMPLETE", "INSUFFICIENT_FUNDS"),
    ]
    assert (execution.status, execution.error_message) == ("PARTIAL", "INSUFFICIENT_FUNDS")
    assert sandbox.world.executions.counts(execution) == (2, 1, 1, 0)


def test_up_to_moves_what_there_is(sandbox: Sandbox) -> None:
    execution = run(
        sandbox, step(action("fixed_amount", "Bills", "Savings", amount_in_cents=900_000, up_to_enabled=True))
    )
    assert amounts(execution) == [100_000]


def test_less_than_a_dollar_is_not_moved(sandbox: Sandbox) -> None:
    execution = run(sandbox, step(action("fixed_amount", "Salary", "Savings", amount_in_cents=99)))
    assert [one.error_code for one in execution.transfers] == ["TRANSFER_AMOUNT_LESS_THAN_ONE_DOLLAR"]
    assert execution.status == "FAILED"


def test_the_actions_of_a_group_share_one_limit(sandbox: Sandbox) -> None:
    limit = {"period": "PER_WEEK", "amount_in_cents": 5_000}
    steps = [
        step(
            action("fixed_amount", "Salary", "Savings", amount_in_cents=4_000, limit=limit),
            action("fixed_amount", "Salary", "Taxes", amount_in_cents=4_000),
            action("fixed_amount", "Salary", "Bills", amount_in_cents=4_000, group_index=1),
        )
    ]
    rule = sandbox.add_rule({"trigger": {"type": "MANUAL"}, "steps": steps})

    def once() -> list[int]:
        execution = sandbox.world.executions.start(rule, "MANUAL")
        sandbox.clock.advance(5)
        return amounts(execution)

    assert once() == [4_000, 1_000, 4_000]
    assert once() == [4_000]
    sandbox.clock.advance(timedelta(days=5))
    assert once() == [4_000]
    sandbox.clock.advance(timedelta(days=1))
    assert once() == [4_000, 1_000, 4_000]


def test_a_limit_per_transfer_counts_for_each_run_anew(sandbox: Sandbox) -> None:
    limit = {"period": "PER_TRANSFER", "amount_in_cents": 5_000}
    steps = [
        step(
            action(
                "percentage", "Salary", "Savings", percentage_value=50, percentage_target="SOURCE_ACCOUNT", limit=limit
            )
        )
    ]
    assert amounts(run(sandbox, *steps)) == [5_000]
    assert amounts(run(sandbox, *steps)) == [5_000]


# Amounts that come with the trigger


def test_an_amount_drives_what_is_derived_and_leaves_a_fixed_amount_alone(sandbox: Sandbox) -> None:
    steps = [
        step(
            action("percentage", "Salary", "Savings", percentage_value=10, percentage_target="INCOMING_AMOUNT"),
            action("fixed_amount", "Salary", "Taxes", amount_in_cents=700),
            action("round_down", "Salary", "Bills", amount_in_cents=1),
        )
    ]
    assert amounts(run(sandbox, *steps, amount=20_000)) == [2_000, 700, 20_000]


def test_an_amount_takes_the_place_of_a_fixed_one_where_the_caller_says_so(sandbox: Sandbox) -> None:
    steps = [step(action("fixed_amount", "Salary", "Taxes", amount_in_cents=700))]
    assert amounts(run(sandbox, *steps, amount=20_000, fixed_override=True)) == [20_000]


def test_a_deposit_runs_the_rules_that_wait_for_it(sandbox: Sandbox) -> None:
    share = {"percentage_value": 20, "percentage_target": "INCOMING_AMOUNT"}
    rule = sandbox.add_rule(
        {
            "trigger": {"type": "ON_FUNDS_TRANSFERRED", "account_id": "Salary"},
            "steps": [
                step(
                    action("percentage", "Salary", "Savings", **share),
                    when=when("TRANSFER_AMOUNT", "GREATER_THAN", 1_000),
                )
            ],
        }
    )
    sandbox.deposit("Salary", 1_000)
    sandbox.deposit("Salary", 30_000)
    sandbox.deposit("Bills", 30_000)
    sandbox.clock.advance(5)
    assert [(one.trigger_type, one.conditions_not_met, amounts(one)) for one in rule.executions] == [
        ("ON_FUNDS_TRANSFERRED", True, []),
        ("ON_FUNDS_TRANSFERRED", False, [6_000]),
    ]


def test_rules_that_feed_each_other_do_not_run_for_ever(sandbox: Sandbox) -> None:
    for source, destination in (("Bills", "Savings"), ("Savings", "Bills")):
        sandbox.add_rule(
            {
                "trigger": {"type": "ON_FUNDS_TRANSFERRED", "account_id": source},
                "steps": [step(action("fixed_amount", source, destination, amount_in_cents=500))],
            }
        )
    sandbox.deposit("Bills", 10_000)
    sandbox.clock.advance(timedelta(hours=1))
    assert len(sandbox.executions) == 2


def test_money_at_another_bank_is_seen_when_balances_are_refreshed(sandbox: Sandbox) -> None:
    sandbox.add_account(
        {
            "name": "Checking",
            "type": "external_account",
            "external_account_type": "DEPOSITORY",
            "balance_in_cents": 5_000,
        }
    )
    rule = sandbox.add_rule(
        {
            "trigger": {"type": "ON_FUNDS_TRANSFERRED", "account_id": "Checking"},
            "steps": [step(action("fixed_amount", "Salary", "Savings", amount_in_cents=500))],
        }
    )
    sandbox.deposit("Checking", 10_000)
    sandbox.clock.advance(60)
    assert sandbox.account("Checking").balance_in_cents == 5_000
    assert rule.executions == []
    sandbox.clock.advance(timedelta(days=1))
    assert sandbox.account("Checking").balance_in_cents == 15_000
    assert [one.amount_in_cents for one in rule.executions] == [10_000]


def test_a_simulated_run_moves_nothing_and_reckons_as_if_it_had(sandbox: Sandbox) -> None:
    books = list(sandbox.world.ledger_balances())
    execution = run(
        sandbox,
        step(
            action("fixed_amount", "Salary", "Empty", amount_in_cents=5_000),
            action("percentage", "Empty", "Taxes", percentage_value=100, percentage_target="SOURCE_ACCOUNT"),
            action("fixed_amount", "Empty", "Taxes", amount_in_cents=100),
        ),
        simulation=True,
    )
    assert [(one.amount_in_cents, one.status) for one in execution.transfers] == [
        (5_000, "COMPLETE"),
        (5_000, "COMPLETE"),
        (100, "INCOMPLETE"),
    ]
    assert list(sandbox.world.ledger_balances()) == books


def test_a_run_is_over_when_only_banks_are_awaited(sandbox: Sandbox) -> None:
    execution = run(sandbox, step(action("fixed_amount", "Salary", "Visa", amount_in_cents=5_000)))
    assert execution.status == "EXECUTED"
    assert sandbox.world.executions.counts(execution) == (1, 0, 0, 1)
    sandbox.fail(execution.transfer_ids[0])
    assert execution.status == "FAILED"
    assert sandbox.account("Salary").cents == 1_000_000


# Schedules


def at(text: str) -> int:
    return milliseconds(datetime.fromisoformat(text).replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("kind", "start", "after", "due"),
    [
        ("ONE_TIME", "2026-03-12T09:00", "2026-03-10T12:00", "2026-03-12T09:00"),
        ("ONE_TIME", "2026-03-09T09:00", "2026-03-10T12:00", None),
        ("DAILY", "2026-03-01T09:00", "2026-03-10T09:00", "2026-03-11T09:00"),
        ("WEEKLY", "2026-03-01T09:00", "2026-03-10T12:00", "2026-03-15T09:00"),
        ("EVERY_OTHER_WEEK", "2026-03-01T09:00", "2026-03-16T12:00", "2026-03-29T09:00"),
        ("BI_WEEKLY", "2026-02-20T09:00", "2026-03-10T12:00", "2026-03-15T09:00"),
        ("BI_WEEKLY", "2026-02-20T09:00", "2026-12-15T09:00", "2027-01-01T09:00"),
        ("MONTHLY", "2026-01-31T09:00", "2026-02-10T12:00", "2026-02-28T09:00"),
        ("MONTHLY", "2026-01-31T09:00", "2026-02-28T09:00", "2026-03-31T09:00"),
        ("MONTHLY", "2025-11-15T09:00", "2026-03-10T12:00", "2026-03-15T09:00"),
    ],
)
def test_when_schedules_are_due(kind: str, start: str, after: str, due: str | None) -> None:
    assert next_due(at(start), kind, at(after)) == (None if due is None else at(due))


def test_a_scheduled_rule_runs_at_its_times_while_it_is_enabled(sandbox: Sandbox) -> None:
    rule = sandbox.add_rule(
        {
            "trigger": {"type": "SCHEDULED", "schedule_type": "DAILY", "start_date": "2026-03-11T09:00:00Z"},
            "steps": [step(action("fixed_amount", "Salary", "Savings", amount_in_cents=500))],
        }
    )
    sandbox.clock.advance(timedelta(days=3))
    assert [one.scheduled_ms for one in rule.executions] == [at(f"2026-03-{day}T09:00") for day in (11, 12, 13)]
    assert {one.trigger_type for one in rule.executions} == {"SCHEDULED"}
    sandbox.disable_rule(rule.id)
    sandbox.clock.advance(timedelta(days=3))
    assert len(rule.executions) == 3
    sandbox.enable_rule(rule.id)
    sandbox.clock.advance(timedelta(days=1))
    assert len(rule.executions) == 4
