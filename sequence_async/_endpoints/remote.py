# Generated from openapi/remote.yaml 1.0.0 (SHA-256 16c4219d6c85beea23a400fe77e777d33462e887d338c7b1da93866cc913326a) by `python -m codegen`; do not edit.
"""The resources of Sequence Remote API: a method for each operation."""

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
    """What an access token can see."""

    async def list(self) -> remote.AccountsSnapshot:
        """List all accounts with their balances.

        A read, for all that it is a POST. Covers pods, income sources and external accounts, except those that are
        connected through Spinwheel. There is no paging.

        Returns:
            The accounts.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
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

        The documentation writes this path also as ``/remote-api/rules/{ruleId}/trigger``, and the clients that are
        known to work use that form; the prefix is the caller's choice. A rule in test mode answers the same way and
        does nothing; the message then says so. A rule may be triggered a certain number of times a minute; the number
        is not published.

        Args:
            rule_id: The rule's id, such as ``ru_12345``.
            payload: A JSON object for the rule. Most rules need none.
            secret: The rule's secret. Default: the client's own for this rule.
            idempotency_key: Every attempt carries this key, and the API carries out the call once for it. Default: a
                new key. If the call fails, read it from ``error.idempotency_key``.

        Returns:
            What came of the trigger.

        Raises:
            ArgumentError: An argument is invalid. No request was sent.
            BadRequestError: There is no such rule, or its trigger is another one.
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
"""All of them, by the name of the client's attribute."""
