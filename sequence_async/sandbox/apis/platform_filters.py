"""Filters of the lists of platform/v1."""

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
    """Return a mapping of each word to itself."""
    return {word: word for word in words}


def read_mode(call: ApiCall) -> bool | None:
    """Return whether to list simulations (``True``), live resources (``False``) or both (``None``)."""
    words = {"ALL": None, LIVE: False, SIMULATION: True}
    mode = parameters.choice(call, "executionMode", same(words))
    return words[mode or LIVE]


@dataclass(slots=True, frozen=True)
class TransferFilter:
    """The filters of the two lists of transfers."""

    direction: str | None
    status: str | None
    origin: str | None
    execution: Execution | str | None
    simulation: bool | None
    window: Window

    @classmethod
    def read(cls, world: World, call: ApiCall) -> TransferFilter:
        """Return the filters in a query."""
        execution = parameters.text(call, "rule_execution_id")
        return cls(
            parameters.choice(call, "direction", same(("MONEY_IN", "MONEY_OUT", "INTERNAL"))),
            parameters.choice(call, "status", same(TRANSFER_STATUSES)),
            parameters.choice(call, "origin", same(_ORIGINS)),
            None if execution is None else world.executions.find(execution) or execution,
            read_mode(call),
            Window.read(call),
        )

    def matches(self, transfer: Transfer) -> bool:
        """Return whether a transfer matches all filters."""
        return (
            self.direction in (None, transfer.direction)
            and self.status in (None, transfer.status)
            and self.origin in (None, transfer.origin)
            and (self.execution is None or self.execution is transfer.execution)
            and self.simulation in (None, transfer.simulation)
            and self.window.contains(transfer)
        )
