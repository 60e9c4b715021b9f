"""Dry runs: which operations have them, and how a client that makes only dry runs keeps every write one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

import attrs

from sequence_async.errors import ArgumentError
from sequence_async.operations._runtime import Operation


def has_dry_run(operation: Operation[Any]) -> bool:
    """Whether the body of an operation can make it a dry run."""
    return _has_field(operation.body)


@cache
def _has_field(model: type | None) -> bool:
    return model is not None and attrs.has(model) and any(f.name == "simulation" for f in attrs.fields(model))


def as_simulation(operation: Operation[Any], body: object) -> object:
    """Return the body that makes a dry run of a write. What a read sends stays as it is.

    Raises:
        ArgumentError: The operation has no dry run, or the body asks for a live one.

    """
    if operation.effect != "write":
        return body
    if not has_dry_run(operation):
        raise ArgumentError(f"{operation.id} cannot be simulated, and this client was made with simulation=True.")
    chosen = _chosen(body)
    if chosen is not None and chosen is not True:
        raise ArgumentError(
            f"simulation must be True or left out, since this client was made with simulation=True; "
            f"{operation.id} was not sent.",
        )
    if body is None:
        return {"simulation": True}
    if isinstance(body, Mapping):
        return {**cast("Mapping[str, Any]", body), "simulation": True}
    return attrs.evolve(cast("Any", body), simulation=True) if isinstance(body, operation.body or ()) else body


def _chosen(body: object) -> object:
    if isinstance(body, Mapping):
        return cast("Mapping[str, Any]", body).get("simulation")
    return getattr(body, "simulation", None)
