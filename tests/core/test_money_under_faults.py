"""No double payment and no lost one, whatever happens on the way: the caller's word against the sandbox's books.

* Told of a success: exactly one effect.
* Told of a refusal: none.
* In doubt, or cancelled in the middle: none or one; and repeating with the same key makes it exactly one.

``SCRIPTS`` in the environment sets how many scripts are played; ``make soak`` plays more than twenty thousand.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from fault_scripts import HEAVY_FAULTS, SCRIPTS, SMALL, Kind, Outcome, Player, Script
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sequence_async.sandbox import faults

COUNT = int(os.environ.get("SCRIPTS", "2500"))  # of which at least two thousand are not alike
PARTS = 8  # so that several workers can share them
PROMPT = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    database=None,
)


@pytest.fixture(scope="module")
def player() -> Iterator[Player]:
    with Player() as made:
        yield made


def check(script: Script, outcome: Outcome) -> None:
    match outcome.told:
        case "success":
            assert outcome.effects == 1, (script, outcome)
        case "refused":
            assert outcome.effects == 0, (script, outcome)
        case "in doubt":
            assert outcome.effects <= 1, (script, outcome)
            assert outcome.effects_after_repeating == 1, (script, outcome)
    assert outcome.took <= script.timeout + SMALL, (script, outcome)


@pytest.mark.parametrize("part", range(PARTS))
@settings(PROMPT, max_examples=-(-COUNT // PARTS))
@given(script=SCRIPTS)
def test_money_moves_once_or_not_at_all_and_the_caller_knows(player: Player, part: int, script: Script) -> None:
    check(script, player.play(script))


@settings(PROMPT, max_examples=max(6, COUNT // 400))
@given(kind=st.sampled_from(["v1.transfer", "platform.rule"]), fault=HEAVY_FAULTS)
def test_megabytes_do_not_change_that(player: Player, kind: Kind, fault: faults.Fault) -> None:
    script = Script(kind, (fault,), None)
    check(script, player.play(script))


@pytest.mark.parametrize("kind", ["v1.transfer", "platform.transfer", "v1.rule", "platform.rule", "remote.rule"])
def test_the_answer_lost_after_the_money_moved(player: Player, kind: Kind) -> None:
    """The one that matters most: this is how double payments happen."""
    script = Script(kind, (faults.Drop(after_effect=True),) * 9, None)
    outcome = player.play(script)
    assert (outcome.told, outcome.effects, outcome.effects_after_repeating) == ("in doubt", 1, 1)
    lost_once = player.play(Script(kind, (faults.Drop(after_effect=True),), None))
    assert (lost_once.told, lost_once.effects) == ("success", 1)


@pytest.mark.parametrize("turns", range(0, 60, 3))
def test_cancelling_at_any_moment(player: Player, turns: int) -> None:
    script = Script("v1.transfer", (), turns)
    check(script, player.play(script))
