# Generated from openapi/remote.yaml 1.0.0 (SHA-256 16c4219d6c85beea23a400fe77e777d33462e887d338c7b1da93866cc913326a) by `python -m codegen`; do not edit.
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
    sha256="16c4219d6c85beea23a400fe77e777d33462e887d338c7b1da93866cc913326a",
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
"""What all of them have in common."""

LIST_ACCOUNTS: Final[Operation[AccountsSnapshot]] = Operation(
    id="listAccounts",
    api=API,
    client_method="accounts.list",
    method="POST",
    path="/accounts",
    summary="List all accounts with their balances.",
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
    older_names={"balances": "accounts"},
)
"""List all accounts with their balances.

A read, for all that it is a POST. Covers pods, income sources and external accounts, except those that are connected
through Spinwheel. There is no paging.

Answers 200: Every account that the access token can see.

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
    beside_data=("requestId", "message"),
    credential_parameter="ruleId",
)
"""Run a rule whose trigger is the Remote API.

The documentation writes this path also as `/remote-api/rules/{ruleId}/trigger`, and the clients that are known to work
use that form; the prefix is the caller's choice. A rule in test mode answers the same way and does nothing; the message
then says so. A rule may be triggered a certain number of times a minute; the number is not published.

``ruleId``: The rule's id, such as `ru_12345`.

Answers 200: The rule will run.

Source: https://support.getsequence.io/hc/en-us/articles/42813911824019-API-Overview
"""

OPERATIONS: Final[Mapping[str, Operation[Any]]] = MappingProxyType(
    {"listAccounts": LIST_ACCOUNTS, "triggerRule": TRIGGER_RULE}
)
"""All of them, by id."""
