"""Objects of platform/v1 in wire form, and a server that keeps lists of them as the API does."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import attrs
from scripted_server import Request, ScriptedServer, Step, answer

import sequence_async as sa

KEY = "sk_test_0123456789"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MOVE: dict[str, Any] = {"source_account_id": "acc_1", "destination_account_id": "acc_2", "amount_in_cents": 500}


def stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def balance(cents: int | None = 12345, **more: Any) -> dict[str, Any]:
    return {"balanceInCents": cents, "availableBalanceInCents": cents, "error": None, **more}


def summary(account_id: str = "acc_1", kind: str = "POD", **more: Any) -> dict[str, Any]:
    return {
        "id": account_id,
        "name": f"Account {account_id}",
        "type": kind,
        "description": None,
        "externalAccountType": "DEPOSITORY" if kind == "EXTERNAL_ACCOUNT" else None,
        "beneficiaryName": None,
        "institutionName": None,
        "canBeSource": True,
        "createdAt": "2026-01-01T00:00:00.000Z",
        "updatedAt": "2026-01-01T00:00:00.000Z",
        "deletedAt": None,
        **more,
    }


def account(account_id: str = "acc_1", kind: str = "POD", cents: int | None = 12345, **more: Any) -> dict[str, Any]:
    bank = {"routingNumber": None, "bankAccountNumber": None, "balance": balance(cents), "savingsTargetInCents": None}
    return {**summary(account_id, kind), **bank, **more}


def transfer(transfer_id: str = "trf_1", status: str = "PROCESSING", **more: Any) -> dict[str, Any]:
    return {
        "id": transfer_id,
        "amountInCents": 500,
        "direction": "INTERNAL",
        "origin": "USER",
        "source": {"id": "acc_1", "name": "One", "type": "POD", "isDeleted": False},
        "destination": {"id": "acc_2", "name": "Two", "type": "POD", "isDeleted": False},
        "status": status,
        "executionMode": "LIVE",
        "ruleId": None,
        "ruleExecutionId": None,
        "errorCode": None,
        "createdAt": stamp(NOON),
        "completedAt": None,
        **more,
    }


def execution(execution_id: str = "exe_1", status: str = "EXECUTED", **more: Any) -> dict[str, Any]:
    return {
        "id": execution_id,
        "ruleId": "rule_1",
        "status": status,
        "executionMode": "LIVE",
        "createdAt": stamp(NOON),
        "triggerDetails": {"type": "SEQUENCE_API", "amountInCents": None},
        "stepIndexMatched": 0,
        "conditionsNotMet": False,
        "transfersAttempted": 0,
        "transfersCompleted": 0,
        "transfersFailed": 0,
        "transfersPending": 0,
        "transferIds": [],
        "errorMessage": None,
        "nextAttemptAt": None,
        **more,
    }


def external_transaction(transaction_id: str = "ext_1", **more: Any) -> dict[str, Any]:
    return {
        "id": transaction_id,
        "accountId": "acc_1",
        "amountInCents": 700,
        "direction": "MONEY_OUT",
        "status": "COMPLETE",
        "description": "Groceries",
        "transactionDate": stamp(NOON),
        **more,
    }


def card_transaction(transaction_id: str = "crd_1", **more: Any) -> dict[str, Any]:
    return {
        "id": transaction_id,
        "cardId": "card_1",
        "cardType": "DEBIT_CARD",
        "account": {"id": "acc_1", "name": "One", "type": "POD", "isDeleted": False},
        "direction": "MONEY_OUT",
        "subtype": "PURCHASE",
        "status": "COMPLETE",
        "amountInCents": 900,
        "description": "",
        "createdAt": stamp(NOON),
        "completedAt": stamp(NOON),
        **more,
    }


def audit_entry(entry_id: str = "log_1", **more: Any) -> dict[str, Any]:
    return {
        "id": entry_id,
        "createdAt": stamp(NOON),
        "apiKeyId": "key_1",
        "apiKeyName": "Agent",
        "path": "/accounts",
        "action": "LIST_ACCOUNTS",
        "requestId": "req-1",
        "outcome": "SUCCESS",
        "errorCode": None,
        **more,
    }


def data(value: Any, status: int = 200, **rest: Any) -> Step:
    """A success in the envelope of platform/v1."""
    return answer(status, {"data": value, "requestId": "req-42"}, **rest)


def page(items: Sequence[Any], number: int = 1, size: int = 10, *, more: bool | None = False, **rest: Any) -> Step:
    pagination = {"page": number, "pageSize": size, "hasNextPage": more}
    if more is None:
        del pagination["hasNextPage"]
    return data({"items": list(items), "pagination": pagination}, **rest)


def query_of(request: Request) -> dict[str, str]:
    return dict(parse_qsl(request.query))


@asynccontextmanager
async def client_of(*steps: Any, **options: Any) -> AsyncIterator[tuple[sa.PlatformClient, ScriptedServer]]:
    options = {"rate_limit": None, **options}
    async with (
        ScriptedServer(*steps) as server,
        sa.PlatformClient(KEY, base_url=f"{server.origin}/platform/v1", **options) as client,
    ):
        yield client, server


def now() -> float:
    return asyncio.get_running_loop().time()


@attrs.define
class Listed:
    """A list, newest first, that answers page by page and honors ``from`` and ``to``."""

    items: list[dict[str, Any]]
    dated: str = "createdAt"
    bounded: bool = True
    """Whether ``to`` is honored."""
    after: Callable[[Listed, int], None] = lambda listed, served: None
    """Is called after each answer with the number of answers so far."""
    served: int = 0
    queries: list[dict[str, str]] = attrs.field(factory=list)

    def __call__(self, request: Request) -> Step:
        query = query_of(request)
        self.queries.append(query)
        number, size = int(query.get("page", 1)), int(query.get("pageSize", 10))
        chosen = [item for item in self.items if self._within(item, query)]
        shown = chosen[(number - 1) * size : number * size]
        step = page(shown, number, size, more=len(chosen) > number * size)
        self.served += 1
        self.after(self, self.served)
        return step

    def _within(self, item: Mapping[str, Any], query: Mapping[str, str]) -> bool:
        if "from" in query and item[self.dated] < _normal(query["from"]):
            return False
        return not (self.bounded and "to" in query and item[self.dated] > _normal(query["to"]))


def _normal(moment: str) -> str:
    return stamp(datetime.fromisoformat(moment))


def transfers(count: int, *, newest: datetime = NOON) -> list[dict[str, Any]]:
    """Transfers a minute apart, newest first."""
    return [
        transfer(f"t{number:03}", createdAt=stamp(newest - timedelta(minutes=number)), status="COMPLETE")
        for number in range(count)
    ]


class Enforcing:
    """The limit as the server keeps it: a call counts when it arrives."""

    def __init__(self, handler: Callable[[Request], Step], calls: int = 100, per: float = 60.0) -> None:
        self.handler, self.calls, self.rate = handler, calls, calls / per
        self.tokens, self.updated = float(calls), 0.0
        self.refused = 0

    def __call__(self, request: Request) -> Step:
        moment = now()
        self.tokens = min(self.calls, self.tokens + (moment - self.updated) * self.rate)
        self.updated = moment
        if self.tokens < 1.0 - 1e-6:
            self.refused += 1
            seconds = max(1, -(-(1.0 - self.tokens) // self.rate))
            body = {"error": {"code": "RATE_LIMIT_EXCEEDED", "message": "Too many requests."}}
            return answer(429, body, {"Retry-After": str(int(seconds))})
        self.tokens -= 1.0
        return self.handler(request)


def household(kinds: Mapping[str, str], cents: Mapping[str, int] | None = None) -> Callable[[Request], Step]:
    """Answer for accounts of these types, as they are at that moment: the list by pages, each with its balance."""

    def handler(request: Request) -> Step:
        found = re.fullmatch(r".*/accounts/([^/]+)", request.path)
        if found is None:
            return Listed([summary(account_id, kind) for account_id, kind in kinds.items()])(request)
        if found[1] not in kinds:
            return answer(404, {"error": {"code": "ACCOUNT_NOT_FOUND", "message": "No such account."}})
        return data(account(found[1], kinds[found[1]], 100 if cents is None else cents[found[1]]))

    return handler
