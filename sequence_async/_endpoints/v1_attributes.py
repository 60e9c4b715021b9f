# Generated from openapi/v1.yaml 1.0.0 (SHA-256 a97065379c9f6122741a19189150f7fcc0fac04076ea31e49b9192017c15e233) by `python -m codegen`; do not edit.
"""The resources of Sequence API v1, as attributes of a client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from sequence_async._endpoints import v1


class V1Attributes:
    """The resources of a client of this API, one attribute per tag."""

    _resources: Mapping[str, Any]

    @property
    def accounts(self) -> v1.Accounts:
        """Income sources, pods and connected external accounts."""
        return cast("v1.Accounts", self._resources["accounts"])

    @property
    def transfers(self) -> v1.Transfers:
        """Movements of money between accounts."""
        return cast("v1.Transfers", self._resources["transfers"])

    @property
    def rules(self) -> v1.Rules:
        """The organization's automations."""
        return cast("v1.Rules", self._resources["rules"])

    @property
    def rule_executions(self) -> v1.RuleExecutions:
        """Executions of rules."""
        return cast("v1.RuleExecutions", self._resources["rule_executions"])

    @property
    def cards(self) -> v1.Cards:
        """Debit cards and their transactions."""
        return cast("v1.Cards", self._resources["cards"])
