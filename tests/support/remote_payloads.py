"""Answers of the Remote API, byte for byte as its pages show them, and a client in front of a scripted server."""

from __future__ import annotations

from typing import Any

from scripted_server import ScriptedServer, Step, answer

import sequence_async as sa

TOKEN = "at_planted_31d0"
SECRET = "rs_planted_9c44"
OTHER = "rs_planted_5e21"
RULES = {"ru_12345": SECRET, "ru_6": OTHER}


def account(account_id: str = "5579244", dollars: str = "25342.77", **more: Any) -> str:
    """The JSON text of an account; ``dollars`` stands in it as it is."""
    kind, error = more.get("type", "Pod"), more.get("error", "null")
    balance = f'{{"amountInDollars": {dollars}, "error": {error}}}'
    return f'{{"id": "{account_id}", "name": "Account {account_id}", "balance": {balance}, "type": "{kind}"}}'


def accounts(*texts: str, member: str = "accounts", errors: str = "[]", **rest: Any) -> Step:
    """The answer to ``POST /accounts``."""
    body = f'{{"message": "OK", "requestId": "f1a2-top", "data": {{"{member}": [{", ".join(texts)}], "errors": {errors}}}}}'
    return answer(200, body.encode(), **rest)


def triggered(rule_id: str = "ru_12345", note: str = "", **rest: Any) -> Step:
    """The answer to a trigger."""
    message = f"Rule with id {rule_id} has been triggered{note}"
    return answer(200, {"code": "OK", "message": message, "data": {"requestId": "b28f-inside"}}, **rest)


def refused(status: int, code: str, message: str = "Unauthorized", **rest: Any) -> Step:
    """A flat error."""
    return answer(status, {"code": code, "message": message}, **rest)


def client(server: ScriptedServer, **options: Any) -> sa.RemoteClient:
    """A client with an access token and the secrets of two rules."""
    return sa.RemoteClient(**{"access_token": TOKEN, "rule_secrets": RULES, "base_url": server.origin, **options})
