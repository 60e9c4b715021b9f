"""What the lists of platform/v1 can be narrowed down by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sequence_async.sandbox.apis import parameters
from sequence_async.sandbox.apis.listing import Window
from sequence_async.sandbox.entities import LIVE, SIMULATION, TRANSFER_STATUSES, Execution, Transfer

if TYPE_CHECKING:
    from sequence_async.sandbox.routing import ApiCall
    from sequence_async.sandbox.world import World

_ORIGINS: Final = (
    "DIRECT_DEPOSIT",
    "CHECK_DEPOSIT",
    "CASHBACK",
    "USER_PULL",
    "RULE",
    "USER",
    "EXTERNAL_PULL",
    "UNKNOWN",
)


def same(words: Iterable[str]) -> dict[str, str]:
    """Let words stand for themselves."""
    return {word: word for word in words}


def read_mode(call: ApiCall) -> bool | None:
    """Read whether simulated things are wanted; ``None`` for both kinds."""
    words = {"ALL": None, LIVE: False, SIMULATION: True}
    given = parameters.choice(call, "executionMode", same(words))
    return words[given or LIVE]


@dataclass(slots=True, frozen=True)
class TransferFilter:
    """What the two lists of transfers can be narrowed down by."""

    direction: str | None
    status: str | None
    origin: str | None
    execution: Execution | str | None
    simulation: bool | None
    window: Window

    @classmethod
    def read(cls, world: World, call: ApiCall) -> TransferFilter:
        """Read what a query asks for."""
        run = parameters.text(call, "rule_execution_id")
        return cls(
            parameters.choice(call, "direction", same(("MONEY_IN", "MONEY_OUT", "INTERNAL"))),
            parameters.choice(call, "status", same(TRANSFER_STATUSES)),
            parameters.choice(call, "origin", same(_ORIGINS)),
            None if run is None else world.executions.find(run) or run,
            read_mode(call),
            Window.read(call),
        )

    def holds(self, transfer: Transfer) -> bool:
        """Whether a transfer is wanted."""
        return (
            self.direction in (None, transfer.direction)
            and self.status in (None, transfer.status)
            and self.origin in (None, transfer.origin)
            and (self.execution is None or self.execution is transfer.execution)
            and self.simulation in (None, transfer.simulation)
            and self.window.holds(transfer)
        )
