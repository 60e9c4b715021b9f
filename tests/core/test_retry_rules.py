"""The retry decision, as the pure function it is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sequence_async._core.retry import Attempt, RetryBudget, Stop, Wait, decide, parse_retry_after


def attempt(**changes: Any) -> Attempt:
    return Attempt(**{"number": 1, "max_attempts": 4, "remaining": 30.0, "chance": 0.5, "status": 503, **changes})


@pytest.mark.parametrize("status", [None, 408, 429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again(status: int | None) -> None:
    assert isinstance(decide(attempt(status=status)), Wait)


@pytest.mark.parametrize("status", [200, 204, 301, 400, 401, 403, 404, 405, 409, 410, 418, 422, 501, 505])
def test_what_is_definite_is_not(status: int) -> None:
    assert isinstance(decide(attempt(status=status)), Stop)


def test_a_conflict_is_waited_out_only_while_the_first_request_runs() -> None:
    assert isinstance(decide(attempt(status=409)), Stop)
    assert isinstance(decide(attempt(status=409, in_progress=True)), Wait)


def test_a_failure_that_would_repeat_itself_is_not_repeated() -> None:
    assert isinstance(decide(attempt(status=None, permanent=True)), Stop)


def test_the_last_attempt_is_the_last() -> None:
    assert isinstance(decide(attempt(number=3)), Wait)
    assert decide(attempt(number=4)) == Stop("no attempt left", gave_up=True)
    assert decide(attempt(number=1, max_attempts=1)) == Stop("no attempt left", gave_up=True)


def test_pauses_double_up_to_the_cap_with_full_jitter() -> None:
    def pauses(chance: float) -> list[float]:
        verdicts = [decide(attempt(number=n, max_attempts=99, chance=chance)) for n in range(1, 8)]
        return [verdict.seconds for verdict in verdicts if isinstance(verdict, Wait)]

    assert pauses(0.5) == [0.25, 0.5, 1.0, 2.0, 4.0, 4.0, 4.0]
    assert pauses(0.0) == [0.0] * 7


def test_retry_after_is_a_floor() -> None:
    assert decide(attempt(status=429, retry_after=7.0)) == Wait(7.0, "status 429", False)


def test_a_pause_that_reaches_the_deadline_is_not_taken() -> None:
    assert decide(attempt(status=429, retry_after=31.0)) == Stop("the deadline comes first", gave_up=True)
    assert decide(attempt(status=429, retry_after=30.0)) == Stop("the deadline comes first", gave_up=True)


def test_without_budget_only_what_the_server_asked_for_is_repeated() -> None:
    assert decide(attempt(budget_left=False)) == Stop("the retry budget is spent", gave_up=True)
    assert isinstance(decide(attempt(budget_left=False, status=429, retry_after=1.0)), Wait)
    assert isinstance(decide(attempt(budget_left=False, status=409, in_progress=True)), Wait)


@given(
    number=st.integers(1, 10_000),
    chance=st.floats(0, 1, exclude_max=True),
    remaining=st.floats(0, 1e6),
    retry_after=st.none() | st.floats(0, 1e9),
    status=st.sampled_from([None, 408, 429, 500, 503]),
)
def test_no_pause_is_longer_than_what_remains_or_shorter_than_asked(
    number: int,
    chance: float,
    remaining: float,
    retry_after: float | None,
    status: int | None,
) -> None:
    verdict = decide(
        attempt(
            number=number,
            max_attempts=10_001,
            chance=chance,
            remaining=remaining,
            retry_after=retry_after,
            status=status,
        ),
    )
    if isinstance(verdict, Wait):
        assert (retry_after or 0.0) <= verdict.seconds < remaining
        assert verdict.seconds <= max(8.0, retry_after or 0.0)


def test_the_budget_is_spent_by_retries_and_earned_by_successes() -> None:
    budget = RetryBudget()
    for _ in range(100):
        assert budget.left
        budget.spend()
    assert not budget.left
    budget.earn()
    assert not budget.left
    budget.earn()
    assert budget.left
    for _ in range(1000):
        budget.earn()
    for _ in range(100):
        budget.spend()
    assert not budget.left, "the budget never grows beyond its capacity"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("5", 5.0),
        ("0", 0.0),
        ("0.5", 0.5),
        ("Wed, 21 Oct 2026 07:28:10 GMT", 10.0),
        ("Wed, 21 Oct 2026 07:27:00 GMT", None),
        ("-1", None),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value, "Wed, 21 Oct 2026 07:28:00 GMT") == seconds


def test_a_retry_after_date_without_a_date_header_says_nothing() -> None:
    assert parse_retry_after("Wed, 21 Oct 2026 07:28:10 GMT") is None
