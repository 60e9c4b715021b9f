"""A made-up endpoint, added to a copy of a description: the client has it, and the sandbox answers 501."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from codegen.__main__ import main

PROJECT = Path(__file__).parents[2]
TAG = """  - name: Savings Goals
    description: What a pod is filled up to.
"""
SHARED = """      x-availability: available
      x-takes-key: {takes_key}
      x-paging: {paging}
      x-credential: key
      x-docs: https://docs.sample.invalid/goals
      x-evidence: documented
"""
ENVELOPE = """          content:
            application/json:
              schema:
                type: object
                description: The envelope.
                required: [data]
                properties:
                  data: {{$ref: '#/components/schemas/{model}', description: {text}}}
              examples:
                one:
                  summary: One
                  value: {{data: {value}}}
"""
GOAL = "{id: goal_1, amountInCents: 50000}"
PATHS = f"""  /savings-goals:
    get:
      operationId: listSavingsGoals
      tags: [Savings Goals]
      summary: List the goals of a pod.
      description: Newest first.
      x-method: list
      x-scope: READ_GOALS
      x-effect: read
{SHARED.format(takes_key="false", paging="page")}      parameters:
        - {{name: podId, in: query, required: true, description: The pod., schema: {{type: string, minLength: 1}}}}
        - $ref: '#/components/parameters/Page'
        - $ref: '#/components/parameters/PageSize'
      responses:
        '200':
          description: One page of goals.
{ENVELOPE.format(model="GoalPage", text="The page.", value=f"{{items: [{GOAL}], pagination: {{page: 1}}}}")}    post:
      operationId: createSavingsGoal
      tags: [Savings Goals]
      summary: Create a goal.
      description: The pod is filled up to its amount.
      x-method: create
      x-scope: WRITE_GOALS
      x-effect: write
      x-creates: [id]
{SHARED.format(takes_key="true", paging="none")}      parameters:
        - $ref: '#/components/parameters/IdempotencyKey'
      requestBody:
        required: true
        content:
          application/json:
            schema: {{$ref: '#/components/schemas/CreateGoalRequest'}}
      responses:
        '201':
          description: The goal was created.
{ENVELOPE.format(model="Goal", text="The new goal.", value=GOAL)}  /savings-goals/newest:
    get:
      operationId: getNewestSavingsGoal
      tags: [Savings Goals]
      summary: Read the newest goal.
      description: It may be any pod's.
      x-method: newest
      x-scope: READ_GOALS
      x-effect: read
{SHARED.format(takes_key="false", paging="none")}      responses:
        '200':
          description: The goal.
{ENVELOPE.format(model="Goal", text="The goal.", value=GOAL)}
"""
SCHEMAS = """    Goal:
      type: object
      description: A goal.
      required: [id, amountInCents]
      properties:
        id: {type: string, description: The goal's ID.}
        amountInCents: {type: integer, description: 'The amount, in cents.'}
    GoalPage:
      type: object
      description: A page of goals.
      required: [items, pagination]
      properties:
        items: {type: array, description: The goals., items: {$ref: '#/components/schemas/Goal'}}
        pagination: {$ref: '#/components/schemas/Pagination', description: Where the page is.}
    CreateGoalRequest:
      type: object
      description: A goal to create.
      required: [podId, amountInCents]
      properties:
        podId: {type: string, minLength: 1, description: The pod that the goal is for.}
        amountInCents: {type: integer, minimum: 100, description: 'The amount, in cents; at least 100.'}
        kind: {oneOf: [{$ref: '#/components/schemas/AccountType'}, {type: 'null'}], description: For what kind of account.}
        priority: {type: integer, default: 3, description: 'How early it is filled up. Default: 3.'}
        dueDate: {type: string, format: date, description: By when.}
        startAt: {type: string, format: date-time, description: From when on.}
"""
PROGRAM = Path(__file__).parents[1] / "support" / "made_up_endpoint_program.py"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the program says of the made-up endpoint, run against a copy of the project that has it."""
    copy = tmp_path_factory.mktemp("project")
    for folder in ("openapi", "sequence_async"):
        shutil.copytree(PROJECT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    description = copy / "openapi" / "platform.yaml"
    text = description.read_text(encoding="utf-8")
    for mark, more in (("\nx-api:", TAG), ("\ncomponents:", PATHS), ("\n    Pagination:\n", SCHEMAS)):
        assert text.count(mark) == 1
        text = text.replace(mark, "\n".join(["", *more.splitlines()]) + mark)
    description.write_text(text, encoding="utf-8")
    assert main(["--root", str(copy)]) == 0
    done = subprocess.run(
        [sys.executable, str(PROGRAM)],
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["package"] == str(copy / "sequence_async")
    return found


def test_the_client_calls_it(report: dict[str, Any]) -> None:
    assert report["created"] == {"id": "goal_1", "amount_in_cents": 50000}
    assert report["listed"] == ["goal_1"]
    assert report["newest"] == "goal_1"
    create, listing, newest = report["requests"]
    assert (create["method"], create["target"]) == ("POST", "/savings-goals")
    assert create["body"] == {"podId": "pod_1", "amountInCents": 50000, "priority": 3, "dueDate": "2026-12-24"}
    assert create["key"] == "key-1"
    assert (listing["method"], listing["target"]) == ("GET", "/savings-goals?podId=pod_1&pageSize=5")
    assert (newest["method"], newest["target"]) == ("GET", "/savings-goals/newest")


def test_bad_arguments_are_rejected_before_any_request(report: dict[str, Any]) -> None:
    assert report["rejected"] == [
        "ArgumentError: amount_in_cents must be at least 100.",
        "ArgumentError: kind must not be of type int.",
        "ArgumentError: start_at must be an aware datetime. Pass one with a time zone.",
        "ArgumentError: start_at must not be of type str.",
    ]


def test_its_methods_are_typed(report: dict[str, Any]) -> None:
    assert report["signatures"] == {
        "list": "(pod_id: 'str', *, page_size: 'int | None' = None) -> 'Pager[platform.Goal]'",
        "create": (
            "(*, pod_id: 'str', amount_in_cents: 'int', kind: 'platform.AccountType | None' = None, priority: 'int' = 3, "
            "due_date: 'date | None' = None, start_at: 'datetime | None' = None, idempotency_key: 'str | None' = None) "
            "-> 'platform.Goal'"
        ),
        "newest": "() -> 'platform.Goal'",
    }


def test_its_methods_are_documented(report: dict[str, Any]) -> None:
    text = report["documentation"]
    assert text.startswith("Create a goal.\n\n")
    assert "    amount_in_cents: The amount, in cents; at least 100.\n" in text
    assert "Scope: ``WRITE_GOALS``. Source: https://docs.sample.invalid/goals" in text
    assert report["resource"] == "What a pod is filled up to."


def test_the_sandbox_answers_501_until_it_has_a_handler(report: dict[str, Any]) -> None:
    error = report["sandbox"]
    assert (error["type"], error["status"], error["code"]) == ("ServerError", 501, "NOT_IMPLEMENTED")
    assert "no handler for getNewestSavingsGoal" in error["message"]
    assert report["without_handler"] == ["createSavingsGoal", "getNewestSavingsGoal", "listSavingsGoals"]
