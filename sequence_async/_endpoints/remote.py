# Generated from openapi/remote.yaml 1.0.0 (SHA-256 3404f1245828fee2a3a837101612364f6ca7776b3436fe421c27168741d6d83f) by `python -m codegen`; do not edit.
"""The resources of Sequence Remote API: one method per operation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from sequence_async._core.redaction import Secret
from sequence_async._endpoints._runtime import Resource
from sequence_async.models import remote
from sequence_async.operations import remote as operations

__all__ = ["RESOURCES", "Accounts", "Rules"]


class Accounts(Resource):
    """The accounts of one beneficiary."""

    async def list(self) -> remote.AccountsSnapshot:
        """Read all accounts with their balances in one request.

        The result includes pods, income sources and external accounts, but no accounts connected through Spinwheel. If
        an account could not be read, its amount is null and its ``balance.error`` is set.

        Returns:
            The accounts.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ConfigurationError: The client has no access token. No request was sent.
            SequenceError: Any other failure.

        Scope: none documented. Source: https://support.getsequence.io/hc/en-us/articles/42813911824019-API-Overview
        """
        response = await self._caller.call(operations.LIST_ACCOUNTS)
        return response.data


class Rules(Resource):
    """Rules whose trigger is the Remote API."""

    async def trigger(
        self,
        rule_id: str,
        payload: Mapping[str, Any] | None = None,
        *,
        secret: str | None = None,
        idempotency_key: str | None = None,
    ) -> remote.TriggeredRule:
        """Run a rule whose trigger is the Remote API.

        The API responds before the rule runs, and this API cannot report the outcome. A rule in test mode gets the same
        response and does nothing: check ``test_mode``. The API limits the triggers of one rule per minute; the limit is
        not published.

        The documentation shows this path with and without ``/remote-api``: see ``trigger_prefix`` of the client.

        Args:
            rule_id: The rule's ID, such as ``ru_12345``.
            payload: The input for the rule. Most rules need no input.
            secret: The rule's secret. Default: the client's secret for this rule.
            idempotency_key: Sent with every attempt, so that the API executes the call only once. Default: a new key.
                After a failure, read it from ``error.idempotency_key``.

        Returns:
            The trigger's request ID and message.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            ConfigurationError: The client has no rule secret. No request was sent.
            BadRequestError: The rule does not exist, or has another trigger.
            SequenceError: Any other failure. Check ``in_doubt`` before you call again.

        Scope: none documented. Source: https://support.getsequence.io/hc/en-us/articles/42813911824019-API-Overview
        """
        sealed, secret = None if secret is None else Secret(secret), None
        response = await self._caller.call(
            operations.TRIGGER_RULE,
            path={"ruleId": rule_id},
            body=payload,
            idempotency_key=idempotency_key,
            secret=sealed,
        )
        return response.data


RESOURCES: Final[Mapping[str, type[Resource]]] = MappingProxyType({"accounts": Accounts, "rules": Rules})
"""All resources by the name of the client's attribute."""
