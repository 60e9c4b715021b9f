"""After every fault: no credential in what is shown, and nothing left behind: no task, descriptor or place of the limit."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from fault_scripts import SCRIPTS, Player, Script
from hypothesis import HealthCheck, Phase, given, settings
from secret_scan import assert_clean, shown_by

from sequence_async.sandbox import Sandbox

SEED = 7
PROMPT = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink],
    database=None,
)


class Recorder(logging.Handler):
    """Keeps everything that any logger says, at any level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(f"{record.getMessage()} {record.args!r} {vars(record)!r}")


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    handler = Recorder()
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture(scope="module")
def player() -> Iterator[Player]:
    with Player(SEED) as made:
        yield made


@pytest.fixture(scope="module")
def credentials() -> tuple[str, ...]:
    sandbox = Sandbox(seed=SEED, history=0)
    return (sandbox.api_key, sandbox.access_token, *sandbox.rule_secrets.values())


@settings(PROMPT, max_examples=int(os.environ.get("SCRIPTS", "2000")) // 5)
@given(script=SCRIPTS)
def test_no_credential_is_shown(
    player: Player,
    recorder: Recorder,
    credentials: tuple[str, ...],
    script: Script,
) -> None:
    recorder.texts.clear()
    outcome = player.play(script)
    if outcome.error is not None:
        assert_clean(shown_by(outcome.error), *credentials)
    assert_clean((repr(event) for event in outcome.events), *credentials)
    assert_clean(recorder.texts, *credentials)
    assert any("sequence_async" in text for text in recorder.texts) or outcome.error is None


def _descriptors() -> int:
    gc.collect()
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts file descriptors by /proc, which Linux has")
def test_no_descriptor_is_left(player: Player) -> None:
    from sequence_async.sandbox import faults

    script = Script("v1.transfer", (), None)
    troubles = [faults.Drop(reset=True), faults.Truncate(), faults.Stall(), faults.Garbage(), faults.Redirect(), None]
    player.play(script)
    before = _descriptors()
    for trouble in troubles:
        for cancel_after in (None, 5, 20):
            player.play(attrs.evolve(script, faults=(trouble,), cancel_after=cancel_after))
    assert _descriptors() <= before
