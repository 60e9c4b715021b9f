# Generated from openapi/remote.yaml 1.0.0 (SHA-256 e87d81b806deff5ec2d5891c8b4c3c7f109b8e30a179764f784cf31f50646960) by `python -m codegen`; do not edit.
"""The resources of Sequence Remote API, as attributes of a client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from sequence_async._endpoints import remote


class RemoteAttributes:
    """What a client of this API has, one attribute for each tag."""

    _resources: Mapping[str, Any]

    @property
    def accounts(self) -> remote.Accounts:
        """The accounts of one beneficiary."""
        return cast("remote.Accounts", self._resources["accounts"])

    @property
    def rules(self) -> remote.Rules:
        """Rules whose trigger is the Remote API."""
        return cast("remote.Rules", self._resources["rules"])
