"""Dry runs: which operations have them, and how a client that is for them alone keeps every write one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

import attrs

from sequence_async.errors import ArgumentError
from sequence_async.operations._runtime import Operation


@cache
def _has_member(model: type | None) -> bool:
    return model is not None and attrs.has(model) and any(f.name == "simulation" for f in attrs.fields(model))


def asks_for_simulation(operation: Operation[Any], body: object) -> bool:
    """Say whether this body makes a dry run of its operation."""
    return _has_member(operation.body) and _chosen(body) is True


def as_simulation(operation: Operation[Any], body: object) -> object:
    """Return the body that makes a dry run of a write. What a read sends stays as it is.

    Raises:
        ArgumentError: the operation has no dry run, or the body asks for the real thing.

    """
    if operation.effect != "write":
        return body
    if not _has_member(operation.body):
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
