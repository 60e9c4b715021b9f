"""Calls an endpoint that is not in this project, and prints what came of it; see ``test_adding_an_endpoint.py``."""

from __future__ import annotations

import asyncio
import inspect
import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import attrs
from aiohttp import web
from aiohttp.test_utils import TestServer

import sequence_async
from sequence_async.sandbox import Sandbox

GOAL = {"id": "goal_1", "amountInCents": 50000}
PAGE = {"items": [GOAL], "pagination": {"page": 1, "pageSize": 5, "hasNextPage": False}}


async def main() -> None:
    requests: list[dict[str, Any]] = []

    async def respond(request: web.Request) -> web.Response:
        body = await request.read()
        requests.append(
            {
                "method": request.method,
                "target": request.raw_path,
                "body": json.loads(body) if body else None,
                "key": request.headers.get("idempotency-key"),
            }
        )
        is_list = request.method == "GET" and request.query
        return web.json_response({"data": PAGE if is_list else GOAL}, status=200 if request.method == "GET" else 201)

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", respond)
    report: dict[str, Any] = {"package": str(Path(sequence_async.__file__).parent), "requests": requests}
    async with TestServer(application) as server, client_of(str(server.make_url("")).rstrip("/")) as client:
        goals = client.savings_goals
        created = await goals.create(
            pod_id="pod_1", amount_in_cents=50_000, due_date=date(2026, 12, 24), idempotency_key="key-1"
        )
        report["created"] = attrs.asdict(created)
        report["listed"] = [goal.id async for goal in goals.list("pod_1", page_size=5)]
        report["newest"] = (await goals.newest()).id
        report["rejected"] = []
        wrong = ({"amount_in_cents": 99}, {"kind": 5}, {"start_at": datetime(2026, 1, 1)}, {"start_at": "tomorrow"})  # noqa: DTZ001
        for change in wrong:
            try:
                await goals.create(**{"pod_id": "pod_1", "amount_in_cents": 100, **change})
            except sequence_async.ArgumentError as error:
                report["rejected"].append(f"{type(error).__name__}: {error}")
        methods = ("list", "create", "newest")
        report["signatures"] = {name: str(inspect.signature(getattr(goals, name))) for name in methods}
        report["documentation"] = inspect.getdoc(goals.create)
        report["resource"] = inspect.getdoc(type(client).savings_goals)
    async with Sandbox() as sandbox, client_of(sandbox.platform_url, sandbox.api_key) as client:
        try:
            await client.savings_goals.newest()
        except sequence_async.APIError as error:
            report["sandbox"] = {
                "type": type(error).__name__,
                "status": error.status,
                "code": error.code,
                "message": str(error),
            }
        routes = [route for api in sandbox.apis for route in api.router]
        report["without_handler"] = sorted(route.id for route in routes if route.perform is None)
    sys.stdout.write(json.dumps(report))


def client_of(base_url: str, key: str = "sk_key") -> Any:
    return sequence_async.PlatformClient(key, base_url=base_url)


asyncio.run(main())
