# Generated from openapi/platform.yaml 1.0.0 (SHA-256 6ab6758fcdd4353fd1c62a183740d243229c5741b2d7ea20c9fae90ac39894f8) by `python -m codegen`; do not edit.
"""The resources of Sequence platform API v1, as attributes of a client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from sequence_async._endpoints import platform


class PlatformAttributes:
    """The resources of a client of this API, one attribute per tag."""

    _resources: Mapping[str, Any]

    @property
    def accounts(self) -> platform.Accounts:
        """Income sources, pods and connected external accounts."""
        return cast("platform.Accounts", self._resources["accounts"])

    @property
    def transfers(self) -> platform.Transfers:
        """Movements of money between accounts."""
        return cast("platform.Transfers", self._resources["transfers"])

    @property
    def rules(self) -> platform.Rules:
        """The organization's automations and their executions."""
        return cast("platform.Rules", self._resources["rules"])

    @property
    def external_transactions(self) -> platform.ExternalTransactions:
        """Transactions that banks report for connected external accounts."""
        return cast("platform.ExternalTransactions", self._resources["external_transactions"])

    @property
    def card_transactions(self) -> platform.CardTransactions:
        """Purchases and refunds on the cards of a pod."""
        return cast("platform.CardTransactions", self._resources["card_transactions"])

    @property
    def audit_logs(self) -> platform.AuditLogs:
        """Requests made with each API key."""
        return cast("platform.AuditLogs", self._resources["audit_logs"])
