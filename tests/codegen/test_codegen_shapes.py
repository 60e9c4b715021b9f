"""Every sound shape gives a model, an operation and a decoder that do what the description says."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, get_type_hints

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_description import GONE, broken, compiled, sample

from codegen.checks import check_description
from codegen.docstrings import docstring
from codegen.formatting import GeneratedCodeError, format_module
from codegen.models import models_module
from codegen.operations import operations_module
from sequence_async.models._runtime import OpenStrEnum, UnknownVariant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


@pytest.fixture(scope="module")
def modules() -> Iterator[tuple[ModuleType, ModuleType, ModuleType]]:
    with compiled(sample()) as made:
        yield made


@pytest.fixture(scope="module")
def models(modules: tuple[ModuleType, ModuleType, ModuleType]) -> Any:
    return modules[0]


@pytest.fixture(scope="module")
def operations(modules: tuple[ModuleType, ModuleType, ModuleType]) -> Any:
    return modules[1]


@pytest.fixture(scope="module")
def decoders(modules: tuple[ModuleType, ModuleType, ModuleType]) -> Any:
    return modules[2].DECODERS


def field(model: type, name: str) -> attrs.Attribute[Any]:
    return attrs.fields_dict(model)[name]


# Models.


def test_every_component_has_a_class_and_stands_in_all(models: Any) -> None:
    others = {"DESCRIPTION_SHA256", "DESCRIPTION_VERSION", "UNIONS", "UnknownVariant"}
    assert sorted(models.__all__) == sorted({*sample().schemas, *others})
    assert models.DESCRIPTION_VERSION == "1.2.0"
    assert sample().sha256 == models.DESCRIPTION_SHA256


@pytest.mark.parametrize(
    ("attribute", "wire"),
    [
        ("owner_id", "ownerId"),
        ("class_", "class"),
        ("field_2fa_enabled", "2faEnabled"),
        ("member_since", "memberSince"),
        ("date", None),
    ],
)
def test_wire_names_become_attributes(models: Any, attribute: str, wire: str | None) -> None:
    assert field(models.Owner, attribute).metadata.get("json") == wire


@pytest.mark.parametrize(
    ("model", "attribute", "hint", "default"),
    [
        ("Thing", "id", "str", attrs.NOTHING),
        ("Thing", "made_at", "datetime.datetime", attrs.NOTHING),
        ("Thing", "changed_at", "datetime.datetime | None", None),
        ("Thing", "owner", "Owner | None", attrs.NOTHING),
        ("Thing", "kind", "Kind | None", None),
        ("Thing", "tags", "collections.abc.Sequence[str]", ()),
        ("FullThing", "rate", "float | None", None),
        ("FullThing", "labels", "collections.abc.Mapping[str, str] | None", None),
        ("FullThing", "extra", "collections.abc.Mapping[str, typing.Any] | None", None),
        ("Owner", "date", "datetime.date | None", None),
        ("Owner", "field_2fa_enabled", "bool", False),
        ("NamedPart", "kind", "typing.Literal['named']", "named"),
        ("Purse", "amount_in_dollars", "decimal.Decimal | None", attrs.NOTHING),
    ],
)
def test_types_and_defaults(models: Any, model: str, attribute: str, hint: str, default: Any) -> None:
    cls = getattr(models, model)
    shown = str(get_type_hints(cls)[attribute]).replace(f"{models.__name__}.", "")
    assert shown.removeprefix("<class '").removesuffix("'>") == hint
    assert field(cls, attribute).default == default


def test_constraints_stand_in_the_metadata(models: Any) -> None:
    assert field(models.ThingDraft, "name").metadata == {
        "min_length": 1,
        "max_length": 10,
        "pattern": "^[A-Za-z0-9 ]*$",
    }
    assert field(models.ThingDraft, "amount_in_cents").metadata == {"minimum": 100, "maximum": 100000000}
    assert field(models.ThingDraft, "parts").metadata == {"min_length": 1}
    assert field(models.Thing, "id").metadata == {}


def test_an_object_that_extends_another_is_one(models: Any) -> None:
    assert issubclass(models.FullThing, models.Thing)
    assert [each.name for each in attrs.fields(models.FullThing)][:2] == ["id", "status"]


def test_enums_are_open(models: Any) -> None:
    assert issubclass(models.Kind, OpenStrEnum)
    assert {member.name: member.value for member in models.Kind} == {
        "SMALL": "small",
        "VERY_LARGE": "Very Large",
        "FIELD_3D_PRINTED": "3d-printed",
        "YES": "yes",
    }


def test_unions_are_told_apart(models: Any) -> None:
    part, check = models.UNIONS
    assert (part.union, part.tag) == (models.Part, "kind")
    assert part.variants == {"named": models.NamedPart, "nested": models.NestedPart}
    assert (check.union, check.tag) == (models.Check, None)
    assert check.variants == {"condition": models.SingleCheck, "all": models.AllCheck, "any": models.AnyCheck}


def test_descriptions_become_docstrings() -> None:
    tree = ast.parse(models_module(sample()))
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    assert (
        ast.get_docstring(classes["Thing"])
        == 'A thing, in short.\n\nIt has "quotes", a backslash \\ and three quotes """.'
    )
    members = [node.value.value for node in classes["Thing"].body if isinstance(node, ast.Expr)]
    assert members[1:4] == ['Its id; ends in a quote "', "How far it is.", "When it was made; a backslash \\"]
    assert ast.get_docstring(classes["PageInfo"]) == "Where a page ends. Inferred, not documented."


@given(st.text(alphabet="\"\\ \nab{}'", min_size=1).filter(str.strip), st.sampled_from([0, 4]))
def test_any_description_survives_as_a_docstring(text: str, indent: int) -> None:
    assert ast.literal_eval(docstring(text, indent)).split() == text.split()


# Operations.


def test_an_operation_holds_what_is_described(operations: Any, models: Any) -> None:
    assert set(operations.OPERATIONS) == {"listThings", "makeThing", "deleteThing"}
    assert attrs.asdict(operations.API) == {
        "id": "sample",
        "version": "1.2.0",
        "sha256": sample().sha256,
        "key_header": "Idempotency-Key",
        "request_id_header": "X-Request-ID",
        "request_id_member": "request_id",
        "page_member": "page_info",
        "exact_numbers": True,  # there are dollars among the schemas
        "error_statuses": {"GONE_AWAY": 404},
        "key_prefix": "sk_",
        "key_has_prefix": False,
        "rejected_credential": "A sample takes a sample's key.",
        "missing_credential": {"key": "Pass a key."},
    }
    listing, making, deleting = operations.LIST_THINGS, operations.MAKE_THING, operations.DELETE_THING
    assert (listing.method, listing.path, listing.scope, listing.paging) == ("GET", "/things", "LIST_THINGS", "cursor")
    assert (listing.effect, listing.takes_key, listing.availability, listing.body) == ("read", False, "available", None)
    assert listing.result == Sequence[models.Thing]
    assert (making.method, making.scope, making.evidence) == ("POST", None, "inferred")
    assert (making.effect, making.takes_key, making.availability) == ("write", True, "coming-soon")
    assert (making.body, making.body_required, making.result) == (models.ThingDraft, True, models.FullThing)
    assert (deleting.path, deleting.path_parameters, deleting.result) == ("/things/{id}", ("id",), None)
    assert deleting.docs == "https://docs.sample.invalid/deleteThing"


def test_an_operation_holds_the_facts_of_its_method(operations: Any) -> None:
    listing, making, deleting = operations.LIST_THINGS, operations.MAKE_THING, operations.DELETE_THING
    assert (listing.client_method, making.client_method) == ("things.list", "things.create")
    assert listing.arguments == {
        "kind": "kind",
        "from": "made_from",
        "first": "page_size",
        "after": "after",
        "ids[]": "ids",
        "deep": "deep",
        "to": "made_to",
    }
    assert deleting.arguments == {"id": "thing_id"}
    assert (listing.page_position, listing.page_size, listing.default_page_size) == ("after", "first", 20)
    assert attrs.asdict(listing.window) == {"start": "from", "end": "to", "field": "made_at", "max_days": 90}
    assert (making.body_argument, making.creates) == ("draft", ("id",))
    assert making.echoes == {"amount_in_cents": "body.amount_in_cents"}
    assert attrs.asdict(making.dry_run) == {"field": "simulation", "attribute": "simulation", "mode": None}
    assert (deleting.window, deleting.dry_run, deleting.creates, deleting.echoes) == (None, None, (), {})


def test_query_parameters_hold_what_is_described(operations: Any, models: Any) -> None:
    nothing = {
        "required": False,
        "repeated": False,
        "minimum": None,
        "maximum": None,
        "values": None,
    }
    assert [attrs.asdict(parameter, recurse=False) for parameter in operations.LIST_THINGS.query] == [
        {**nothing, "name": "kind", "kind": "enum", "values": models.Kind, "required": True},
        {**nothing, "name": "from", "kind": "date-time"},
        {**nothing, "name": "first", "kind": "integer", "minimum": 1, "maximum": 100},
        {**nothing, "name": "after", "kind": "string"},
        {**nothing, "name": "ids[]", "kind": "string", "repeated": True},
        {**nothing, "name": "deep", "kind": "boolean"},
        {**nothing, "name": "to", "kind": "date-time"},
    ]


def test_members_beside_data_and_older_names_are_told() -> None:
    making = "#/paths/~1things/post"
    envelope = f"{making}/responses/201/content/application~1json/schema/properties"
    changes = {
        f"{making}/x-outside-data": ["rate"],
        f"{making}/x-legacy-names": {"cost_in_cents": "amount_in_cents"},
        f"{envelope}/rate": {"type": "number", "description": "Percent a year."},
    }
    description = broken(changes)
    check_description(description)
    text = operations_module(description)
    assert 'outside_data=("rate",),\n' in text
    assert 'legacy_names={"cost_in_cents": "amount_in_cents"},\n' in text


# Decoders.


def example(description: Any, path: str, method: str, status: str) -> Any:
    content = description.document["paths"][path][method]["responses"][status]["content"]["application/json"]
    return next(iter(content["examples"].values()))["value"]["data"]


def test_an_example_decodes_into_models(decoders: Any, models: Any) -> None:
    thing = decoders[models.FullThing](example(sample(), "/things", "post", "201"))
    raw = {"kind": "from-the-future", "glow": True}
    assert thing == models.FullThing(
        id="thing_1",
        status=models.Status.OPEN,
        made_at=datetime(2024, 3, 1, 8, 0, 0, 250000, tzinfo=UTC),
        owner=models.Owner(owner_id="o1", full_name="Ann", field_2fa_enabled=True, member_since=date(2020, 2, 29)),
        amount_in_cents=100,
        routing_number="021000021",
        rate=2.0,
        parts=[
            models.NamedPart(name="lid"),
            models.NestedPart(parts=[models.NamedPart(name="knob")], weights=[1.5, 2.0]),
            UnknownVariant(tag="from-the-future", raw=raw),
        ],
        check=models.AllCheck(
            all=[models.SingleCheck(condition=models.Fact(fact="HEAVY", value=7)), models.AnyCheck(any=[])]
        ),
        labels={"color": "blue"},
        extra={"anything": [1, None, {"deep": True}]},
        transfers_failed=0,
        conditions_not_met=False,
    )
    assert "021000021" not in repr(thing)
    assert not thing.settled


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("labels", {"color": 1}),
        ("labels", []),
        ("extra", "text"),
        ("parts", {}),
        ("parts", [{"kind": "nested", "parts": [{"kind": "named"}]}]),
        ("parts", [{"kind": "nested", "parts": [], "weights": ["1"]}]),
        ("tags", None),
        ("tags", [1]),
        ("spare_parts", "text"),
    ],
)
def test_a_wrong_member_is_refused(decoders: Any, models: Any, member: str, value: Any) -> None:
    raw = {**example(sample(), "/things", "post", "201"), member: value}
    with pytest.raises((TypeError, ValueError, KeyError)):
        decoders[models.FullThing](raw)


# When a check has missed something.


def test_broken_output_is_not_written() -> None:
    with pytest.raises(GeneratedCodeError, match=r"sequence_async/models/sample\.py"):
        format_module("class :\n", "sequence_async/models/sample.py")
    with pytest.raises(GeneratedCodeError, match="T201"):
        format_module("print()\n", "sequence_async/models/sample.py")


def test_a_thing_that_needs_no_runtime_names_imports_none() -> None:
    changes = {f"#/components/schemas/{name}": GONE for name in ("Purse",)}
    assert "DollarAmount" not in models_module(broken(changes))
