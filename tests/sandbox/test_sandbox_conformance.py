"""The sandbox is what the descriptions say: schemathesis asks, with good and with bad requests, and reads the answers."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import yaml
from hypothesis import Phase, assume, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sequence_async.operations import platform as platform_operations
from sequence_async.operations import remote as remote_operations
from sequence_async.operations import v1 as v1_operations
from sequence_async.sandbox import Sandbox
from sequence_async.sandbox.ids import v1_form

DESCRIPTIONS = Path(__file__).parents[2] / "openapi"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SCHEMAS = {
    api: schemathesis.openapi.from_dict(yaml.safe_load((DESCRIPTIONS / f"{api}.yaml").read_text(encoding="utf-8")))
    for api in ("v1", "platform", "remote")
}
OPERATIONS = {
    f"{api}.{operation.definition.raw['operationId']}": operation
    for api, schema in SCHEMAS.items()
    for operation in (found.ok() for found in schema.get_all_operations())
}
# Writing rules has large bodies, which take long to make up.
FEW = ("createRule", "updateRule")


class Running:
    """A sandbox on a thread of its own, for callers that wait."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        self.sandbox = Sandbox(seed="conformance", platform_rate_limit=None, remote_trigger_limit=None)
        self.run(self.sandbox.start())

    def run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    def close(self) -> None:
        self.run(self.sandbox.stop())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def real_ids(self, api: str) -> dict[str, str]:
        """An id of each kind of thing, the way an API writes it."""
        sandbox = self.sandbox
        write = str if api == "platform" else v1_form
        rule = sandbox.rules[next(iter(sandbox.rule_secrets))]
        # Changing a rule, which other requests here do, takes it out of use.
        sandbox.world.enable_rule(rule)
        if not rule.executions:
            sandbox.world.executions.start(rule, "MANUAL")
        found = {
            "account": sandbox.account("Groceries").id,
            "transfer": next(iter(sandbox.transfers)),
            "rule": rule.id,
            "execution": rule.executions[0].id,
            "card": next(iter(sandbox.world.cards)),
        }
        return {name: write(identifier) for name, identifier in found.items()}

    def call(self, api: str, case: Any) -> Any:
        sandbox = self.sandbox
        base = {"v1": sandbox.v1_url, "platform": sandbox.platform_url, "remote": sandbox.remote_url}[api]
        headers = {
            "v1": {"Authorization": f"ApiKey {sandbox.api_key}"},
            "platform": {"Authorization": f"Bearer {sandbox.api_key}"},
            "remote": {
                "x-sequence-access-token": f"Bearer {sandbox.access_token}",
                "x-sequence-signature": f"Bearer {next(iter(sandbox.rule_secrets.values()))}",
            },
        }[api]
        return case.call(base_url=base, headers=headers)


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    running = Running()
    yield running
    running.close()
    assert running.sandbox.errors == []
    assert running.sandbox.ledger.total_in_cents() == 0


@pytest.fixture(autouse=True)
def handled(request: pytest.FixtureRequest, running: Running) -> None:
    """Skip an operation that the sandbox answers with 501, and name it."""
    name = getattr(request.node, "callspec", None) and request.node.callspec.params.get("name")
    if name is not None and name in without_handler(running):
        pytest.skip(f"the sandbox has no handler for {name} yet")


def without_handler(running: Running) -> list[str]:
    return [f"{api.name}.{route.id}" for api in running.sandbox.apis for route in api.router if route.perform is None]


def kind_of(path: str, name: str) -> str:
    """What kind of thing a parameter of a path names."""
    if name == "id":
        kinds = {"accounts": "account", "transfers": "transfer", "rules": "rule", "cards": "card"}
        before = path.split("/{id}", maxsplit=1)[0].rsplit("/", 1)[-1]
        return kinds.get(before, "execution")
    return {"accountId": "account", "ruleId": "rule"}[name]


def give_real_ids(case: Any, ids: dict[str, str], *, query: bool) -> None:
    case.path_parameters = {name: ids[kind_of(case.path, name)] for name in case.path_parameters or {}}
    if not query:
        return
    for name in list(case.query or {}):
        kind = {"accountIds[]": "account", "account_id": "account", "accountId": "account", "rule_id": "rule"}.get(name)
        if kind is not None:
            case.query[name] = [ids[kind]] if name.endswith("[]") else ids[kind]


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_good_request_gets_an_answer_of_the_described_shape(running: Running, name: str) -> None:
    api, operation = name.split(".", maxsplit=1)[0], OPERATIONS[name]

    @settings(
        max_examples=3 if name.endswith(FEW) else 12,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def ask(case: Any) -> None:
        give_real_ids(case, running.real_ids(api), query=True)
        if name.endswith("deleteRule"):
            case.path_parameters = {"id": "no-such-rule"}
        case.validate_response(running.call(api, case), checks=CHECKS)

    ask()


@pytest.mark.parametrize(
    "name",
    [name for name, operation in OPERATIONS.items() if operation.query or (operation.body and "remote" not in name)],
)
def test_a_bad_request_is_refused_in_the_described_way(running: Running, name: str) -> None:
    api, operation = name.split(".", maxsplit=1)[0], OPERATIONS[name]

    @settings(
        max_examples=3 if name.endswith(FEW) else 15,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def ask(case: Any) -> None:
        bad = {
            str(part).rsplit(".", 1)[-1].lower() for part, how in case.meta.components.items() if how.mode.is_negative
        }
        # Headers are the same for every call here: what is wrong with them is the subject of other tests.
        assume(bad - {"header"})
        case.headers = None
        give_real_ids(case, running.real_ids(api), query=False)
        case.validate_response(running.call(api, case), checks=[*CHECKS, negative_data_rejection])

    ask()


def examples_of(api: str) -> Iterator[tuple[str, str, Any]]:
    """Every documented example of a request body."""
    for name, operation in OPERATIONS.items():
        if name.startswith(f"{api}."):
            content = operation.definition.raw.get("requestBody", {}).get("content", {})
            for label, example in content.get("application/json", {}).get("examples", {}).items():
                yield name, label, example["value"]


EXAMPLES = [example for api in SCHEMAS for example in examples_of(api)]


class RealAccounts:
    """Puts an account that exists in the place of each account of an example."""

    def __init__(self, ids: list[str]) -> None:
        self._free = iter(ids)
        self._given: dict[str, str] = {}

    def replace(self, value: Any, name: str = "") -> Any:
        if isinstance(value, list):
            return [self.replace(item) for item in value]
        if isinstance(value, dict):
            return {member: self.replace(inner, member) for member, inner in value.items()}
        if isinstance(value, str) and (name == "id" or name.lower().endswith(("account_id", "accountid"))):
            if value not in self._given:
                self._given[value] = next(self._free)
            return self._given[value]
        return value


@pytest.mark.parametrize(("name", "label", "body"), EXAMPLES, ids=[f"{name}-{label}" for name, label, _ in EXAMPLES])
def test_a_documented_request_succeeds(running: Running, name: str, label: str, body: Any) -> None:
    api, operation = name.split(".", maxsplit=1)[0], OPERATIONS[name]
    write = str if api == "platform" else v1_form
    inside = [write(one.id) for one in running.sandbox.accounts.values() if not one.is_external]
    case = operation.Case(
        body=RealAccounts(inside).replace(body),
        media_type="application/json",
        path_parameters={
            parameter.name: running.real_ids(api)[kind_of(operation.path, parameter.name)]
            for parameter in operation.path_parameters
        },
    )
    response = running.call(api, case)
    case.validate_response(response, checks=CHECKS)
    assert response.status_code < 300, response.text


@pytest.mark.parametrize("name", [name for name, operation in OPERATIONS.items() if operation.method == "get"])
def test_a_plain_read_succeeds(running: Running, name: str) -> None:
    api, operation = name.split(".", maxsplit=1)[0], OPERATIONS[name]
    required = {parameter.name for parameter in operation.query if parameter.is_required}
    case = operation.Case(
        path_parameters={parameter.name: "" for parameter in operation.path_parameters},
        query=dict.fromkeys(required, ""),
    )
    give_real_ids(case, running.real_ids(api), query=True)
    response = running.call(api, case)
    case.validate_response(response, checks=CHECKS)
    assert response.status_code == 200, response.text


@pytest.mark.parametrize("api", SCHEMAS)
def test_the_sandbox_has_exactly_the_described_operations(running: Running, api: str) -> None:
    tables = {"v1": v1_operations, "platform": platform_operations, "remote": remote_operations}
    described = {(one.id, one.method, one.path) for one in tables[api].OPERATIONS.values()}
    served = {
        (one.id, one.method, one.path)
        for served_api in running.sandbox.apis
        for one in served_api.router
        if served_api.name == api
    }
    assert served == described
