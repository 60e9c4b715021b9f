"""The three descriptions: valid, complete, honest about what is inferred, and true to their own examples."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from openapi_schema_validator import OAS31Validator, oas31_format_checker
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

if TYPE_CHECKING:
    from collections.abc import Iterator

OPENAPI = Path(__file__).parents[2] / "openapi"
APIS = ("v1", "platform", "remote")
METHODS = {"get", "put", "post", "delete", "patch"}
LEGAL = {
    "x-availability": {"available", "coming-soon"},
    "x-effect": {"read", "write"},
    "x-takes-key": {True, False},
    "x-paging": {"none", "cursor", "page"},
    "x-credential": {"key", "access-token", "rule-secret"},
    "x-evidence": {"documented", "inferred"},
}
SCHEMA_WORDS = {
    *("$ref", "type", "format", "enum", "const", "description", "properties", "required", "items", "oneOf", "default"),
    *("discriminator", "minimum", "maximum", "minLength", "maxLength", "minItems", "pattern", "additionalProperties"),
    *("x-evidence", "x-inferred-members", "x-mixin", "x-sensitive"),
}
SCOPES: dict[str, dict[str, str | None]] = {
    "v1": {
        "listAccounts": "LIST_ACCOUNTS",
        "getAccount": "READ_ACCOUNTS",
        "listTransfers": "READ_TRANSFERS",
        "createTransfer": "MANUAL_TRANSFER",
        "getTransfer": "READ_TRANSFERS",
        "listRules": "LIST_RULES",
        "createRule": None,
        "getRule": "READ_RULES",
        "updateRule": None,
        "deleteRule": None,
        "triggerRule": "TRIGGER_RULES",
        "listRuleExecutions": "READ_RULE_EXECUTIONS",
        "getRuleExecution": "READ_RULE_EXECUTIONS",
        "listCards": "READ_CARDS",
        "getCard": "READ_CARDS",
        "listCardTransactions": "READ_CARDS",
    },
    "platform": {
        "listAccounts": "READ_ACCOUNTS",
        "getAccount": "READ_ACCOUNTS",
        "listAccountTransfers": "READ_TRANSFERS",
        "listTransfers": "READ_TRANSFERS",
        "createTransfer": "MANUAL_TRANSFER",
        "getTransfer": "READ_TRANSFERS",
        "listRules": "READ_RULES",
        "createRule": "CREATE_AND_EDIT_RULES",
        "getRule": "READ_RULES",
        "updateRule": "CREATE_AND_EDIT_RULES",
        "deleteRule": "CREATE_AND_EDIT_RULES",
        "triggerRule": "TRIGGER_RULES",
        "listRuleExecutions": "READ_RULES",
        "getRuleExecution": "READ_RULES",
        "listExternalTransactions": "READ_TRANSFERS",
        "listCardTransactions": "READ_TRANSFERS",
        "listAuditLogs": "READ_AUDIT_LOGS",
    },
    "remote": {"listAccounts": None, "triggerRule": None},
}
WEBHOOKS = {
    "v1": {"onTransferCreated", "onTransferApprovalRequired", "onTransferStatusChanged"},
    "platform": set(),
    "remote": {"queryAmount"},
}
GATED = {
    "v1": {"createRule", "updateRule", "deleteRule", "listCards", "getCard", "listCardTransactions"},
    "platform": {"createRule", "updateRule", "deleteRule"},
    "remote": set(),
}
WRITES = {"createTransfer", "createRule", "updateRule", "deleteRule", "triggerRule"}


@cache
def document(api: str) -> dict[str, Any]:
    loaded = yaml.safe_load((OPENAPI / f"{api}.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def found(api: str, section: str) -> list[dict[str, Any]]:
    items = document(api).get(section, {}).values()
    return [operation for item in items for method, operation in item.items() if method in METHODS]


def operations(api: str) -> list[dict[str, Any]]:
    return found(api, "paths")


def resolve(api: str, node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        target: Any = document(api)
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = target
    return node


def schemas(node: Any, place: str, *, named: bool = False) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every object in the place of a schema, below ``node``; ``named``: it is a mapping of names to schemas."""
    if named:
        for name, schema in node.items():
            yield from schemas(schema, f"{place}/{name}")
        return
    yield place, node
    yield from schemas(node.get("properties", {}), f"{place}/properties", named=True)
    if "items" in node:
        yield from schemas(node["items"], f"{place}/items")
    for index, option in enumerate(node.get("oneOf", ())):
        yield from schemas(option, f"{place}/oneOf/{index}")


def media(api: str, operation: dict[str, Any], place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every media type of an operation, with its JSON pointer."""
    parts = {f"{place}/requestBody": operation["requestBody"]} if "requestBody" in operation else {}
    parts |= {f"{place}/responses/{status}": answer for status, answer in operation["responses"].items()}
    for where, part in parts.items():
        pointer = part["$ref"].removeprefix("#") if "$ref" in part else where
        for content_type, content in resolve(api, part).get("content", {}).items():
            yield f"{pointer}/content/{content_type.replace('/', '~1')}", content


def all_media(api: str) -> dict[str, dict[str, Any]]:
    return {
        pointer: content
        for section in ("paths", "webhooks")
        for path, item in document(api).get(section, {}).items()
        for method, operation in item.items()
        for pointer, content in media(api, operation, f"/{section}/{path.replace('/', '~1')}/{method}")
    }


def all_schemas(api: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from schemas(document(api)["components"]["schemas"], "", named=True)
    for pointer, content in all_media(api).items():
        yield from schemas(content["schema"], pointer)


def answered(api: str) -> dict[str, dict[str, Any]]:
    """Return the components that stand in an answer or in an event, however deep."""
    bodies = [
        content["schema"]
        for pointer, content in all_media(api).items()
        if "requestBody" not in pointer or pointer.startswith("/webhooks")
    ]
    components = document(api)["components"]["schemas"]
    reached: dict[str, dict[str, Any]] = {}
    while bodies:
        for _, node in schemas(bodies.pop(), ""):
            name = node.get("$ref", "").rpartition("/")[2]
            if name and name not in reached:
                reached[name] = components[name]
                bodies.append(components[name])
    return reached


@pytest.mark.parametrize("api", APIS)
def test_a_description_is_valid_openapi_3_1(api: str) -> None:
    assert document(api)["openapi"].startswith("3.1.")
    assert document(api)["x-api"] == api
    validate(document(api))


@pytest.mark.parametrize("api", APIS)
def test_every_operation_is_there_with_its_scope(api: str) -> None:
    assert {operation["operationId"]: operation["x-scope"] for operation in operations(api)} == SCOPES[api]
    assert len(operations(api)) == {"v1": 16, "platform": 17, "remote": 2}[api]


@pytest.mark.parametrize("api", APIS)
def test_every_webhook_is_there_and_says_whether_it_can_be_had(api: str) -> None:
    hooks = found(api, "webhooks")
    assert {hook["operationId"] for hook in hooks} == WEBHOOKS[api]
    for hook in hooks:
        assert hook["x-availability"] == ("coming-soon" if api == "v1" else "available")
        assert hook["x-evidence"] in LEGAL["x-evidence"]
        assert hook["x-docs"].startswith("https://")


@pytest.mark.parametrize("api", APIS)
def test_the_root_says_how_the_api_names_keys_requests_and_pages(api: str) -> None:
    root = document(api)
    assert [root[f"x-{word}"] for word in ("key-header", "request-id-header", "request-id-member", "page-member")] == {
        "v1": ["Idempotency-Key", "X-Request-ID", "request_id", "page_info"],
        "platform": ["idempotency-key", None, "requestId", None],
        "remote": ["idempotency-key", None, "requestId", None],
    }[api]


@pytest.mark.parametrize("api", APIS)
def test_every_operation_carries_every_extension_with_a_legal_value(api: str) -> None:
    for operation in operations(api):
        name = operation["operationId"]
        wrong = {word for word, values in LEGAL.items() if operation.get(word, "missing") not in values}
        assert not wrong, name
        assert "x-scope" in operation, name
        assert operation["x-docs"].startswith("https://"), name
        assert set(operation.get("x-inferred-answers", ())) <= set(operation["responses"]), name


@pytest.mark.parametrize("api", APIS)
def test_what_is_gated_what_writes_and_what_takes_a_key(api: str) -> None:
    gated = {operation["operationId"] for operation in operations(api) if operation["x-availability"] == "coming-soon"}
    assert gated == GATED[api]
    for operation in operations(api):
        writes = operation["operationId"] in WRITES
        headers = {resolve(api, parameter)["name"] for parameter in operation.get("parameters", ())}
        assert operation["x-effect"] == ("write" if writes else "read")
        assert operation["x-takes-key"] == writes == (document(api)["x-key-header"] in headers)


@pytest.mark.parametrize("api", APIS)
def test_paging_says_the_same_as_the_parameters(api: str) -> None:
    for operation in operations(api):
        names = {resolve(api, parameter)["name"] for parameter in operation.get("parameters", ())}
        paging = "cursor" if {"first", "after"} <= names else "page" if {"page", "pageSize"} <= names else "none"
        assert operation["x-paging"] == paging, operation["operationId"]


@pytest.mark.parametrize("api", APIS)
def test_every_operation_has_one_success_and_the_answers_of_a_refused_key(api: str) -> None:
    for operation in operations(api):
        statuses = set(operation["responses"])
        assert len([status for status in statuses if status.startswith("2")]) == 1, operation["operationId"]
        assert "401" in statuses, operation["operationId"]
        assert api == "remote" or "403" in statuses, operation["operationId"]


@pytest.mark.parametrize("api", APIS)
def test_everything_is_described(api: str) -> None:
    silent = [place for place, node in all_schemas(api) if place.count("/") == 1 and "description" not in node]
    for place, node in all_schemas(api):
        silent += [
            f"{place}.{name}" for name, member in node.get("properties", {}).items() if not member.get("description")
        ]
    for operation in (*operations(api), *found(api, "webhooks")):
        missing_description = [operation, *(resolve(api, parameter) for parameter in operation.get("parameters", ()))]
        missing_description += [resolve(api, answer) for answer in operation["responses"].values()]
        missing_description += [operation["requestBody"]] if "requestBody" in operation else []
        silent += [operation["operationId"] for part in missing_description if not part.get("description")]
        assert operation["summary"].endswith((".", "?"))
    assert not silent


@pytest.mark.parametrize("api", APIS)
def test_a_schema_says_only_what_the_generator_reads(api: str) -> None:
    # A comma in an unquoted description makes a new key of what follows it.
    assert not {f"{place}: {word}" for place, node in all_schemas(api) for word in set(node) - SCHEMA_WORDS}


@pytest.mark.parametrize("api", APIS)
def test_what_is_inferred_is_never_required_of_an_answer(api: str) -> None:
    components = document(api)["components"]["schemas"]
    untagged = {
        option["$ref"].rpartition("/")[2]
        for schema in components.values()
        if "oneOf" in schema and "discriminator" not in schema
        for option in schema["oneOf"]
        if "$ref" in option
    }
    inline = {
        pointer: node
        for content in all_media(api).items()
        for pointer, node in schemas(content[1]["schema"], content[0])
    }
    for name, schema in {**answered(api), **inline}.items():
        if name in untagged or "requestBody" in name:
            continue  # a variant without a tag is known by the member that it must have
        required = {member for member in schema.get("required", ()) if "const" not in schema["properties"][member]}
        inferred = {
            member
            for member, node in schema.get("properties", {}).items()
            if node.get("x-evidence", schema.get("x-evidence")) == "inferred"
        }
        assert not required & inferred, name


@pytest.mark.parametrize("api", APIS)
def test_bank_details_are_marked_as_sensitive(api: str) -> None:
    for place, node in all_schemas(api):
        for name, member in node.get("properties", {}).items():
            bank = name.replace("_", "").lower() in {"routingnumber", "bankaccountnumber"}
            assert member.get("x-sensitive", False) is bank, f"{place}.{name}"


@pytest.mark.parametrize("api", APIS)
def test_money_is_whole_cents_and_dollars_are_decimal(api: str) -> None:
    for place, node in all_schemas(api):
        for name, member in node.get("properties", {}).items():
            kinds = {*([member["type"]] if isinstance(member.get("type"), str) else member.get("type", ()))} - {"null"}
            if name.lower().endswith(("_in_cents", "incents")) or name in {"manual_execute_amount", "executeAmount"}:
                assert kinds == {"integer"}, f"{place}.{name}"
                assert "cents" in member["description"], f"{place}.{name}"
            if name.endswith("Dollars"):
                assert (kinds, member["format"]) == ({"number"}, "decimal"), f"{place}.{name}"


def test_what_may_be_asked_for_is_limited_as_documented() -> None:
    queries = [
        (api, operation["operationId"], resolve(api, parameter))
        for api in APIS
        for operation in operations(api)
        for parameter in operation.get("parameters", ())
    ]
    days = {
        (api, operation["operationId"], operation["x-window"]["maxDays"])
        for api in APIS
        for operation in operations(api)
        if "maxDays" in operation.get("x-window", {})
    }
    assert days == {("platform", "listExternalTransactions", 90), ("platform", "listAuditLogs", 90)}
    for _, _, query in queries:
        if query["name"] in {"first", "pageSize"}:
            assert (query["schema"]["minimum"], query["schema"]["maximum"]) == (1, 100)
    body = document("platform")["components"]["schemas"]["CreateTransferRequest"]["properties"]
    assert (body["amountInCents"]["minimum"], body["description"]["maxLength"]) == (100, 10)
    key = document("platform")["components"]["parameters"]["IdempotencyKey"]["schema"]
    assert (key["maxLength"], key["pattern"]) == (36, "^[A-Za-z0-9._:/|-]+$")


@pytest.mark.parametrize("api", APIS)
def test_every_success_and_every_body_has_an_example(api: str) -> None:
    assert not [
        pointer
        for pointer, content in all_media(api).items()
        if ("requestBody" in pointer or "/responses/2" in pointer) and not content.get("examples")
    ]


def examples() -> Iterator[Any]:
    for api in APIS:
        for pointer, content in all_media(api).items():
            for name, example in content.get("examples", {}).items():
                yield pytest.param(api, pointer, example["value"], id=f"{api}{pointer}:{name}")


@cache
def registry(api: str) -> Registry[Any]:
    resource = Resource(contents=document(api), specification=DRAFT202012)
    return Registry().with_resource(f"urn:{api}", resource)


@pytest.mark.parametrize(("api", "pointer", "value"), list(examples()))
def test_an_example_is_what_its_schema_says(api: str, pointer: str, value: Any) -> None:
    quoted = pointer.replace("{", "%7B").replace("}", "%7D")
    schema = {"$ref": f"urn:{api}#{quoted}/schema"}
    validator = OAS31Validator(schema, registry=registry(api), format_checker=oas31_format_checker)
    assert not [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def _fields(node: Any, path: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    """Find every described field, wherever it is."""
    if isinstance(node, dict):
        for name, shape in (node.get("properties") or {}).items():
            if isinstance(shape, dict):
                yield f"{path}.{name}", shape
        for name, inner in node.items():
            yield from _fields(inner, f"{path}.{name}")
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            yield from _fields(inner, f"{path}[{index}]")


@pytest.mark.parametrize("api", APIS)
def test_only_percentages_are_floats(api: str) -> None:
    # A float holds no money exactly. Dollars have `format: decimal`, and cents are integers.
    description = yaml.safe_load((OPENAPI / f"{api}.yaml").read_text(encoding="utf-8"))
    floats = [
        path
        for path, shape in _fields(description)
        if "number" in (shape.get("type") if isinstance(shape.get("type"), list) else [shape.get("type")])
        and shape.get("format") != "decimal"
    ]
    assert [path for path in floats if "percentage" not in path.lower()] == []
