"""Dry runs: turn every write of a client with ``simulation=True`` into a dry run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import attrs

from sequence_async.errors import ArgumentError
from sequence_async.operations._runtime import DryRun, Operation


def as_simulation(operation: Operation[Any], body: object) -> object:
    """Return the body that makes a write a dry run. The body of a read does not change.

    Raises:
        ArgumentError: The operation has no dry run, or the body asks for a live one.

    """
    if operation.effect != "write":
        return body
    dry_run = operation.dry_run
    if dry_run is None:
        raise ArgumentError(
            f"{operation.id} cannot be simulated, but the client has simulation=True. Use another client."
        )
    chosen = _chosen(dry_run, body)
    if chosen is not None and chosen is not True:
        raise ArgumentError(
            f"{operation.id}: {dry_run.attribute} must be True or left out, because the client has simulation=True. "
            "No request was sent.",
        )
    if body is None:
        return {dry_run.field: True}
    if isinstance(body, Mapping):
        return {**cast("Mapping[str, Any]", body), dry_run.field: True}
    if isinstance(body, operation.body or ()):
        return attrs.evolve(cast("Any", body), **{dry_run.attribute: True})
    return body


def _chosen(dry_run: DryRun, body: object) -> object:
    if isinstance(body, Mapping):
        return cast("Mapping[str, Any]", body).get(dry_run.field)
    return getattr(body, dry_run.attribute, None)
