# Generated from openapi/remote.yaml 1.0.0 (SHA-256 3404f1245828fee2a3a837101612364f6ca7776b3436fe421c27168741d6d83f) by `python -m codegen`; do not edit.
"""The resources of Sequence Remote API, as attributes of a client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from sequence_async._endpoints import remote


class RemoteAttributes:
    """The resources of a client of this API, one attribute per tag."""

    _resources: Mapping[str, Any]

    @property
    def accounts(self) -> remote.Accounts:
        """The accounts of one beneficiary."""
        return cast("remote.Accounts", self._resources["accounts"])

    @property
    def rules(self) -> remote.Rules:
        """Rules whose trigger is the Remote API."""
        return cast("remote.Rules", self._resources["rules"])
