# Generated from openapi/remote.yaml 1.0.0 (SHA-256 3404f1245828fee2a3a837101612364f6ca7776b3436fe421c27168741d6d83f) by `python -m codegen`; do not edit.
"""The operations of Sequence Remote API, as data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from sequence_async.models.remote import (
    AccountsSnapshot,
    TriggeredRule,
)
from sequence_async.operations._runtime import Api, Operation

__all__ = ["API", "LIST_ACCOUNTS", "OPERATIONS", "TRIGGER_RULE"]

API: Final = Api(
    id="remote",
    version="1.0.0",
    sha256="3404f1245828fee2a3a837101612364f6ca7776b3436fe421c27168741d6d83f",
    key_header="idempotency-key",
    request_id_header=None,
    request_id_member="requestId",
    page_member=None,
    error_statuses={
        "INVALID_ACCESS_TOKEN": 401,
        "INVALID_API_SECRET": 401,
        "INVALID_REQUEST": 400,
        "TOO_MANY_REQUESTS": 429,
        "UNEXPECTED_ERROR": 500,
    },
    key_prefix="sk_",
    key_has_prefix=False,
    rejected_credential="RemoteClient takes an access token, and for a trigger the secret of that rule. A platform key (sk_…) belongs to PlatformClient.",
    missing_credential={
        "access-token": "Set SEQUENCE_ACCESS_TOKEN, or pass RemoteClient(access_token=…).",
        "rule-secret": "Pass rule_secrets={rule_id: secret} to the client, or secret=… to rules.trigger.",
    },
    exact_numbers=True,
)
"""The facts that all operations share."""

LIST_ACCOUNTS: Final[Operation[AccountsSnapshot]] = Operation(
    id="listAccounts",
    api=API,
    client_method="accounts.list",
    method="POST",
    path="/accounts",
    summary="Read all accounts with their balances in one request.",
    docs="https://support.getsequence.io/hc/en-us/articles/42813911824019-API-Overview",
    effect="read",
    availability="available",
    scope=None,
    takes_key=False,
    paging="none",
    credential="access-token",
    evidence="documented",
    path_parameters=(),
    query=(),
    arguments={},
    body=dict,
    body_required=True,
    body_argument=None,
    result=AccountsSnapshot,
    legacy_names={"balances": "accounts"},
)
"""Read all accounts with their balances in one request.

The result includes pods, income sources and external accounts, but no accounts connected through Spinwheel. If an
account could not be read, its amount is null and its `balance.error` is set.

Returns 200: All accounts that the access token gives access to.

Source: https://support.getsequence.io/hc/en-us/articles/42813911824019-API-Overview
"""

TRIGGER_RULE: Final[Operation[TriggeredRule]] = Operation(
    id="triggerRule",
    api=API,
    client_method="rules.trigger",
    method="POST",
    path="/rules/{ruleId}/trigger",
    summary="Run a rule whose trigger is the Remote API.",
    docs="https://support.getsequence.io/hc/en-us/articles/42813911824019-API-Overview",
    effect="write",
    availability="available",
    scope=None,
    takes_key=True,
    paging="none",
    credential="rule-secret",
    evidence="documented",
    path_parameters=("ruleId",),
    query=(),
    arguments={"ruleId": "rule_id"},
    body=dict,
    body_required=True,
    body_argument="payload",
    result=TriggeredRule,
    outside_data=("requestId", "message"),
    credential_parameter="ruleId",
)
"""Run a rule whose trigger is the Remote API.

The API responds before the rule runs, and this API cannot report the outcome. A rule in test mode gets the same
response and does nothing: check `test_mode`. The API limits the triggers of one rule per minute; the limit is not
published.

The documentation shows this path with and without `/remote-api`: see `trigger_prefix` of the client.

``ruleId``: The rule's ID, such as `ru_12345`.

Returns 200: The rule was triggered.

Source: https://support.getsequence.io/hc/en-us/articles/42813911824019-API-Overview
"""

OPERATIONS: Final[Mapping[str, Operation[Any]]] = MappingProxyType(
    {"listAccounts": LIST_ACCOUNTS, "triggerRule": TRIGGER_RULE}
)
"""All operations by ID."""
