"""Random scripts of what can go wrong with a write, played against the sandbox by the real client, in virtual time.

A script says what happens to each attempt in turn, whether and when the caller cancels, and whether the process then starts
again. :func:`play` returns what the caller was told and what the sandbox's books say.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Literal

import attrs
from hypothesis import strategies as st
from virtual_time import VirtualLoop

import sequence_async as sa
from sequence_async._transport import limiter
from sequence_async.sandbox import Sandbox, faults
from sequence_async.sandbox import server as sandbox_server

# How often a stalled answer looks whether the caller left; each look costs real time here.
assert sandbox_server._POLL_SECONDS < 0.5
sandbox_server._POLL_SECONDS = 0.5  # type: ignore[misc]

Kind = Literal["v1.transfer", "v1.rule", "platform.transfer", "platform.rule", "remote.rule"]
KINDS: tuple[Kind, ...] = ("v1.transfer", "v1.rule", "platform.transfer", "platform.rule", "remote.rule")
OPERATIONS = {"transfer": "createTransfer", "rule": "triggerRule"}
RULE = "Move to savings"
CENTS = 100

TIMEOUT = 30.0
SMALL = 0.05
"""What a call may take beyond its deadline, in seconds."""


@attrs.frozen
class Script:
    kind: Kind
    faults: tuple[Any, ...]
    cancel_after: int | None
    """Turns of the event loop until the caller cancels."""
    timeout: float = TIMEOUT
    attempt_timeout: float = 10.0
    max_attempts: int = 4


@attrs.define
class Outcome:
    """What the caller was told, and what happened."""

    told: Literal["success", "refused", "in doubt"]
    effects: int
    effects_after_repeating: int | None
    """``None`` where the caller was told for certain, and had no reason to repeat."""
    key: str
    took: float
    error: sa.SequenceError | None
    events: list[sa.Event] = attrs.field(repr=False)


either = st.booleans()
seconds = st.sampled_from([0.1, 3.0, 9.0, 12.0, 40.0])

FAULTS = st.one_of(
    st.just(None),
    st.builds(faults.Drop, after_effect=either, reset=either),
    st.builds(faults.Truncate, keep=st.sampled_from([0.0, 0.3, 0.9, 0.99])),
    st.builds(faults.Stall, after_effect=either),
    st.builds(faults.Delay, seconds=seconds, after_effect=either),
    st.builds(faults.Drip, seconds=seconds, pieces=st.just(8)),
    st.builds(faults.Status, status=st.sampled_from([408, 500, 502, 503, 504, 501]), after_effect=either),
    st.builds(faults.Status, status=st.sampled_from([400, 401, 403, 404, 409, 422])),
    st.builds(faults.RateLimited, retry_after=st.sampled_from([None, 0, 1, 5, 60, "soon"])),
    st.builds(faults.InProgress, after_effect=either),
    st.builds(faults.Garbage, after_effect=either),
    st.builds(faults.Html, status=st.sampled_from([200, 502]), after_effect=either),
    st.builds(faults.WrongContentType),
    st.builds(faults.HeaderFlood),
    st.builds(faults.Redirect, after_effect=either),
)

# Megabytes take their time, so these are drawn rarely.
HEAVY_FAULTS = st.one_of(
    st.builds(faults.Endless, at_most=st.just(20 * 1024 * 1024), after_effect=either),
    st.builds(faults.GzipBomb, unpacked=st.just(20 * 1024 * 1024), after_effect=either),
)

ANY_SCRIPTS = st.builds(
    Script,
    kind=st.sampled_from(KINDS),
    faults=st.lists(FAULTS, max_size=6).map(tuple),
    cancel_after=st.none() | st.integers(0, 60),
    timeout=st.sampled_from([TIMEOUT, 2.0, 11.0]),
    attempt_timeout=st.sampled_from([10.0, 1.0]),
    max_attempts=st.sampled_from([4, 1, 6]),
)


def _possible(script: Script) -> Script:
    # The Remote API never says that a first request is still running.
    if script.kind != "remote.rule":
        return script
    kept = tuple(None if isinstance(fault, faults.InProgress) else fault for fault in script.faults)
    return attrs.evolve(script, faults=kept)


SCRIPTS = ANY_SCRIPTS.map(_possible)


class Player:
    """Plays scripts, one after the other, in one event loop."""

    def __init__(self, seed: int = 1) -> None:
        self._runner = asyncio.Runner(loop_factory=VirtualLoop)
        self._seed = seed

    def __enter__(self) -> Player:
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.close()

    def play(self, script: Script) -> Outcome:
        return self._runner.run(_play(script, self._seed))

    def run(self, main: Callable[[], Any]) -> Any:
        return self._runner.run(main())


async def _play(script: Script, seed: int) -> Outcome:
    # Another log record for each refused connection would only slow the run down.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    before = asyncio.all_tasks()
    async with Sandbox(seed=seed, frozen=True, history=0) as sandbox:
        key = "script-1"
        operation = f"{script.kind.partition('.')[0]}.{OPERATIONS[script.kind.partition('.')[2]]}"
        for position, fault in enumerate(script.faults):
            if fault is not None:
                sandbox.fail_next(operation, 1, fault, skip=position - _planned(script.faults[:position]))
        outcome = await _attempt(script, sandbox, key)
        outcome.effects = len(sandbox.effects(key))
        if outcome.told == "in doubt":
            sandbox.faults.clear()
            # A new client, as after a restart: all that is left of the old one is the key.
            _forget_gates()
            # A request that the server still holds back answers "in progress" for a while, so retry later.
            queued = attrs.evolve(script, timeout=120.0, attempt_timeout=10.0, max_attempts=60)
            async with make_client(queued, sandbox) as again:
                await write(again, script, sandbox, key)
            outcome.effects_after_repeating = len(sandbox.effects(key))
        assert sandbox.ledger.total_in_cents() == 0
    await asyncio.sleep(SMALL)
    left = asyncio.all_tasks() - before
    assert not left, f"tasks left behind: {left}"
    return outcome


def _planned(earlier: tuple[Any, ...]) -> int:
    # An order that waits counts only the calls which no earlier order took.
    return sum(fault is not None for fault in earlier)


def _forget_gates() -> None:
    limiter._shared.clear()


async def _attempt(script: Script, sandbox: Sandbox, key: str) -> Outcome:
    loop = asyncio.get_running_loop()
    events: list[sa.Event] = []
    _forget_gates()
    async with make_client(script, sandbox, on_event=events.append) as client:
        started = loop.time()
        task = asyncio.ensure_future(write(client, script, sandbox, key))
        if script.cancel_after is not None:
            for _ in range(script.cancel_after):
                await asyncio.sleep(0)
            task.cancel()
        error: sa.SequenceError | None = None
        told: Literal["success", "refused", "in doubt"] = "success"
        try:
            await task
        except sa.SequenceError as caught:
            error = caught
            told = "in doubt" if caught.in_doubt else "refused"
        except asyncio.CancelledError:
            ended = [event for event in events if isinstance(event, sa.CallEvent)]
            told = "in doubt" if any(event.in_doubt for event in ended) else "refused"
            assert all((event.outcome, event.idempotency_key) == ("cancelled", key) for event in ended)
        took = loop.time() - started
        assert error is None or error.idempotency_key == key or error.attempts == 0
        buckets = [bucket for limits in limiter._shared.values() for bucket in limits._buckets.values()]
        assert not any(bucket.in_flight for bucket in buckets), "a place of the limit was not given back"
    return Outcome(told, 0, None, key, took, error, events)


def make_client(script: Script, sandbox: Sandbox, **more: Any) -> Any:
    options = {
        "timeout": script.timeout,
        "attempt_timeout": script.attempt_timeout,
        "max_attempts": script.max_attempts,
        **more,
    }
    match script.kind.partition(".")[0]:
        case "v1":
            return sa.SequenceClient(sandbox.api_key, base_url=sandbox.v1_url, rate_limit=sa.RateLimit(1000), **options)
        case "platform":
            return sa.PlatformClient(sandbox.api_key, base_url=sandbox.platform_url, **options)
        case _:
            return sa.RemoteClient(rule_secrets=sandbox.rule_secrets, base_url=sandbox.remote_url, **options)


def write(client: Any, script: Script, sandbox: Sandbox, key: str) -> Awaitable[Any]:
    platform = script.kind.startswith("platform")
    source, destination, rule = sandbox.account("Main Operating"), sandbox.account("Taxes"), _rule(sandbox)
    if script.kind.endswith("transfer"):
        return client.transfers.create(
            source_account_id=source.id if platform else source.v1_id,
            destination_account_id=destination.id if platform else destination.v1_id,
            amount_in_cents=CENTS,
            idempotency_key=key,
        )
    return client.rules.trigger(rule.v1_id if script.kind.startswith("v1") else rule.id, idempotency_key=key)


def _rule(sandbox: Sandbox) -> Any:
    return next(rule for rule in sandbox.rules.values() if rule.name == RULE)
