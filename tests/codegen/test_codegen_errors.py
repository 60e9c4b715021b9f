"""Every shape that cannot become a sound model is rejected with its place and a fix."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from sample_description import GONE, broken, sample

from codegen.checks import check_description
from codegen.checks.signatures import RESOURCES_TAKEN
from codegen.description import load
from codegen.problems import InvalidDescriptionError, at
from sequence_async import PlatformClient, RemoteClient, SequenceClient
from sequence_async.operations import platform, remote, v1

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMAS = "#/components/schemas"
THING = f"{SCHEMAS}/Thing/properties"
FULL = f"{SCHEMAS}/FullThing/allOf/1/properties"
LIST = "#/paths/~1things/get"
MAKE = "#/paths/~1things/post"
TEXT = {"type": "string", "description": "Text."}
KIND = {"$ref": f"{SCHEMAS}/Kind"}
NULL = {"type": "null"}


def text(**words: Any) -> dict[str, Any]:
    return {**TEXT, **words}


def refused(changes: dict[str, Any]) -> list[str]:
    with pytest.raises(InvalidDescriptionError) as caught:
        check_description(broken(changes))
    return str(caught.value).splitlines()


def test_the_sample_itself_is_sound() -> None:
    check_description(sample())


def test_all_places_are_named_at_once() -> None:
    lines = refused({f"{THING}/id": {"type": "string"}, f"{THING}/tags": text(enum=["a"])})
    assert [line.split(": ")[0] for line in lines] == [
        "descriptions/sample.yaml#/components/schemas/Thing/properties/id",
        "descriptions/sample.yaml#/components/schemas/Thing/properties/tags/enum",
    ]


CASES = [
    # Structure.
    ("#/components/schemas", [], "#/components/schemas", "not a mapping"),
    ("#/info", {}, "#/info", "title is missing"),
    ("#/paths", None, "#/paths", "not a mapping"),
    (f"{LIST}/parameters", {}, f"{LIST}/parameters", "not a list"),
    (f"{LIST}/parameters/0/$ref", "#/components/parameters/None", f"{LIST}/parameters/0/$ref", "does not exist"),
    (f"{SCHEMAS}/Thing/required", "id", f"{SCHEMAS}/Thing/required", "not a list"),
    (f"{SCHEMAS}/Part/discriminator/mapping/named", 1, f"{SCHEMAS}/Part/discriminator/mapping/named", "not text"),
    # The top level.
    ("#/openapi", "3.0.3", "#/openapi", "OpenAPI 3.0.3; write 3.1.0"),
    ("#/info/version", 1.2, "#/info/version", "not text"),
    ("#/x-api", "other", "#/x-api", "'other' is not the name of the file; write sample"),
    ("#/x-page-member", GONE, "#", "x-page-member is missing"),
    ("#/x-key-header", 7, "#/x-key-header", "7 is not text"),
    # Names.
    (f"{SCHEMAS}/rule_step", text(type="object"), f"{SCHEMAS}/rule_step", "is not a valid class name"),
    (
        f"{SCHEMAS}/UnknownVariant",
        text(type="object"),
        f"{SCHEMAS}/UnknownVariant",
        "reserve the name UnknownVariant",
    ),
    (f"{THING}/self", TEXT, f"{THING}/self", "named self breaks the class"),
    (f"{THING}/attrs", TEXT, f"{THING}/attrs", "named attrs breaks the class"),
    (f"{THING}/masked", TEXT, f"{THING}/masked", "named masked breaks the class"),
    (f"{THING}/_hidden", TEXT, f"{THING}/_hidden", "cannot be the name of an attribute"),
    (f"{THING}/naïve", TEXT, f"{THING}/naïve", "cannot be the name of an attribute"),
    (f"{THING}/madeAt", TEXT, f"{THING}/madeAt", "'madeAt' and 'made_at' would be the same attribute"),
    (f"{FULL}/settled", text(type="boolean"), f"{SCHEMAS}/FullThing/x-mixin", "both have settled"),
    # Docstrings.
    (f"{SCHEMAS}/Thing/description", GONE, f"{SCHEMAS}/Thing", "no description"),
    (f"{THING}/id", {"type": "string"}, f"{THING}/id", "no description"),
    # Objects.
    (f"{SCHEMAS}/Fact/properties", {}, f"{SCHEMAS}/Fact", "an object without properties"),
    (f"{SCHEMAS}/Fact/required", ["facts"], f"{SCHEMAS}/Fact/required/0", "'facts' is not a property of this object"),
    (
        f"{SCHEMAS}/ThingDraft/required",
        ["simulation"],
        f"{SCHEMAS}/ThingDraft/required/0",
        "is required and has a default",
    ),
    (f"{SCHEMAS}/Fact/additionalProperties", True, f"{SCHEMAS}/Fact/additionalProperties", "is not supported here"),
    (f"{SCHEMAS}/Fact/nullable", True, f"{SCHEMAS}/Fact/nullable", "write type: [<type>, 'null']"),
    (f"{SCHEMAS}/Fact/x-sensitiv", True, f"{SCHEMAS}/Fact/x-sensitiv", "is not supported here"),
    (f"{SCHEMAS}/Name", TEXT, f"{SCHEMAS}/Name", "neither an object, nor an enum, nor a union"),
    (f"{SCHEMAS}/Names", {"type": "array", "items": TEXT, "description": "x"}, f"{SCHEMAS}/Names", "neither an object"),
    # Members.
    (f"{THING}/id", {"description": "Anything."}, f"{THING}/id", "no type: any value would be accepted"),
    (f"{THING}/id", text(type=["string", "integer"]), f"{THING}/id", "more than one type"),
    (f"{THING}/id", text(type="text"), f"{THING}/id/type", "'text' is not a type"),
    (f"{THING}/id", text(nullable=True), f"{THING}/id/nullable", "write type: [<type>, 'null']"),
    (f"{THING}/id", text(multipleOf=2), f"{THING}/id/multipleOf", "is not supported here"),
    (f"{THING}/id", text(examples=["a"]), f"{THING}/id/examples", "write examples next to the schema of the response"),
    (f"{THING}/id", text(format="email"), f"{THING}/id/format", "'email' is not a format of string"),
    (f"{THING}/id", text(format="decimal"), f"{THING}/id/format", "'decimal' is not a format of string"),
    (f"{THING}/id", text(pattern="("), f"{THING}/id/pattern", "not a regular expression"),
    (f"{THING}/id", text(minLength=3, maxLength=2), f"{THING}/id/minLength", "no value lies between 3 and 2"),
    (f"{THING}/id", text(minLength="3"), f"{THING}/id/minLength", "'3' is not a number"),
    (f"{THING}/id", text(**{"x-evidence": "guessed"}), f"{THING}/id/x-evidence", "'guessed' is unknown"),
    (f"{THING}/id", text(**{"x-sensitive": "yes"}), f"{THING}/id/x-sensitive", "'yes' is unknown"),
    (
        f"{THING}/id",
        text(const="a"),
        f"{THING}/id/const",
        "const is supported only on a union's discriminator; remove it",
    ),
    (f"{THING}/id", text(enum=["a", "b"]), f"{THING}/id/enum", "an enum inside a schema; make it a component"),
    (f"{THING}/id", text(type=["string", "null"], enum=["a", None]), f"{THING}/id/enum", "null in an enum"),
    (
        f"{THING}/id",
        {"allOf": [KIND], "description": "x"},
        f"{THING}/id/allOf",
        "write $ref and description next to each other",
    ),
    (f"{THING}/id", {"anyOf": [KIND, NULL], "description": "x"}, f"{THING}/id/anyOf", "anyOf of anything but"),
    (f"{THING}/id", {"oneOf": [KIND, TEXT], "description": "x"}, f"{THING}/id/oneOf", "oneOf of anything but"),
    (f"{THING}/tags/minItems", "1", f"{THING}/tags/minItems", "'1' is not a number"),
    (f"{THING}/id", {"$ref": f"{SCHEMAS}/Nothing", "description": "x"}, f"{THING}/id/$ref", "does not exist"),
    (
        f"{THING}/id",
        {"$ref": "#/components/responses/Unauthorized", "description": "x"},
        f"{THING}/id/$ref",
        "is not a schema component",
    ),
    (f"{THING}/id", {**KIND, "default": "small", "description": "x"}, f"{THING}/id/default", "is not supported here"),
    (f"{THING}/id", text(type="object", properties={"a": TEXT}), f"{THING}/id", "an object inside a schema"),
    (f"{THING}/id", text(type="object"), f"{THING}/id", "an object inside a schema"),
    (f"{THING}/tags", text(type="array"), f"{THING}/tags", "an array without items"),
    (f"{THING}/tags", text(type="array", items={"type": "array"}), f"{THING}/tags/items", "neither a reference nor"),
    (f"{THING}/tags/items", {"type": "string", "enum": ["a"]}, f"{THING}/tags/items/enum", "an enum inside a schema"),
    (f"{THING}/tags/items", {"type": ["string", "null"]}, f"{THING}/tags/items", "neither a reference nor"),
    (f"{THING}/tags/default", ["a"], f"{THING}/tags/default", "a default other than the empty array"),
    (
        f"{FULL}/labels/additionalProperties",
        {"type": "text"},
        f"{FULL}/labels/additionalProperties/type",
        "is not a type",
    ),
    (f"{THING}/changed_at/default", "2020-01-01T00:00:00Z", f"{THING}/changed_at/default", "a default on a date-time"),
    (
        f"{THING}/id",
        text(type=["string", "null"], default="a"),
        f"{THING}/id/default",
        "a default on a nullable property",
    ),
    (f"{FULL}/rate/default", "2", f"{FULL}/rate/default", "'2' is not of type number"),
    (
        f"{SCHEMAS}/ThingDraft/properties/simulation/default",
        0,
        f"{SCHEMAS}/ThingDraft/properties/simulation/default",
        "0 is",
    ),
    # Money.
    (f"{FULL}/amount_in_cents/type", "number", f"{FULL}/amount_in_cents", "cents as number; write type: integer"),
    (f"{FULL}/amount_in_cents/type", ["string", "null"], f"{FULL}/amount_in_cents", "cents as string"),
    (f"{FULL}/amountInCents", text(type="number"), f"{FULL}/amountInCents", "cents as number"),
    (
        f"{FULL}/spent_in_cents",
        {**KIND, "description": "x"},
        f"{FULL}/spent_in_cents",
        "cents of a type other than integer",
    ),
    (f"{FULL}/price", text(type=["number", "null"]), f"{FULL}/price", "an amount of money as a float"),
    (
        f"{SCHEMAS}/Purse/properties/amountInDollars/format",
        GONE,
        f"{SCHEMAS}/Purse/properties/amountInDollars",
        "an amount of money as a float; write format: decimal",
    ),
    # Enums.
    (f"{SCHEMAS}/Kind/enum", ["small", None], f"{SCHEMAS}/Kind/enum/1", "null in an enum"),
    (f"{SCHEMAS}/Kind/type", ["string", "null"], f"{SCHEMAS}/Kind/type", "an enum of a type other than string"),
    (f"{SCHEMAS}/Kind/type", "integer", f"{SCHEMAS}/Kind/type", "an enum of a type other than string"),
    (f"{SCHEMAS}/Kind/enum", [], f"{SCHEMAS}/Kind/enum", "an enum without members"),
    (f"{SCHEMAS}/Kind/enum", ["a", 2], f"{SCHEMAS}/Kind/enum/1", "2 cannot be the name of a member"),
    (f"{SCHEMAS}/Kind/enum", ["a", ""], f"{SCHEMAS}/Kind/enum/1", "'' cannot be the name of a member"),
    (f"{SCHEMAS}/Kind/enum", ["Pod", "POD"], f"{SCHEMAS}/Kind/enum/1", "'POD' and 'Pod' would be the same member"),
    (f"{SCHEMAS}/Kind/x-inferred-members", ["huge"], f"{SCHEMAS}/Kind/x-inferred-members", "'huge' is not a member"),
    (f"{SCHEMAS}/Kind/default", "small", f"{SCHEMAS}/Kind/default", "is not supported here"),
    # Objects that extend another.
    (
        f"{SCHEMAS}/FullThing/allOf",
        [{"$ref": f"{SCHEMAS}/Thing"}, {"$ref": f"{SCHEMAS}/Owner"}],
        f"{SCHEMAS}/FullThing/allOf",
        "allOf with 2 references",
    ),
    (f"{SCHEMAS}/FullThing/allOf/0", {"type": "object"}, f"{SCHEMAS}/FullThing/allOf", "a reference and an object"),
    (f"{SCHEMAS}/FullThing/allOf/0", KIND, f"{SCHEMAS}/FullThing/allOf", "Kind is not an object to extend"),
    (
        f"{SCHEMAS}/FullThing/allOf/0/$ref",
        f"{SCHEMAS}/FullThing",
        f"{SCHEMAS}/FullThing/allOf",
        "is not an object to extend",
    ),
    (f"{FULL}/id", text(type="integer"), f"{FULL}/id", "Thing declares it differently"),
    # Mixins.
    (f"{SCHEMAS}/FullThing/x-mixin", ["Other"], f"{SCHEMAS}/FullThing/x-mixin/0", "'Other' is unknown"),
    (f"{SCHEMAS}/FullThing/x-mixin", "Outcome", f"{SCHEMAS}/FullThing/x-mixin", "not a list"),
    (f"{SCHEMAS}/Fact/x-mixin", ["Settling"], f"{SCHEMAS}/Fact/x-mixin/0", "needs a property status of type enum"),
    (f"{SCHEMAS}/FullThing/x-mixin", ["Outcome", "Outcome"], f"{SCHEMAS}/FullThing/x-mixin/1", "already exists"),
    # Unions.
    (f"{SCHEMAS}/Part/oneOf/0", NULL, f"{SCHEMAS}/Part/oneOf/0", "a variant that is not a reference"),
    (f"{SCHEMAS}/Part/oneOf/0", KIND, f"{SCHEMAS}/Part/oneOf/0", "a variant that is not an object"),
    (f"{SCHEMAS}/Part/oneOf", [{"$ref": f"{SCHEMAS}/NamedPart"}], f"{SCHEMAS}/Part", "a union without oneOf"),
    (f"{SCHEMAS}/Part/anyOf", [KIND], f"{SCHEMAS}/Part/anyOf", "anyOf is not supported here; write oneOf"),
    (f"{SCHEMAS}/Part/discriminator/mapping/nested", GONE, f"{SCHEMAS}/Part/discriminator/mapping", "mapping 0 times"),
    (f"{SCHEMAS}/Part/discriminator/mapping", GONE, f"{SCHEMAS}/Part/discriminator", "a property name and a mapping"),
    (
        f"{SCHEMAS}/Part/discriminator/mapping/other",
        f"{SCHEMAS}/Fact",
        f"{SCHEMAS}/Part/discriminator/mapping/other",
        "is not a variant",
    ),
    (
        f"{SCHEMAS}/NamedPart/properties/kind/const",
        "name",
        f"{SCHEMAS}/NamedPart/properties/kind",
        "not the const 'named'",
    ),
    (f"{SCHEMAS}/NamedPart/properties/kind", TEXT, f"{SCHEMAS}/NamedPart/properties/kind", "write const: named"),
    (
        f"{SCHEMAS}/NamedPart/properties/kind",
        text(enum=["named"]),
        f"{SCHEMAS}/NamedPart/properties/kind/enum",
        "an enum inside a schema",
    ),
    (f"{SCHEMAS}/NamedPart/required", ["name"], f"{SCHEMAS}/NamedPart", "a variant without a required kind"),
    (f"{SCHEMAS}/AllCheck/required", [], f"{SCHEMAS}/Check/oneOf/1", "AllCheck has no required property"),
    (
        f"{SCHEMAS}/AllCheck/properties/any",
        TEXT,
        f"{SCHEMAS}/Check/oneOf/2",
        "AnyCheck has no required property that no other variant has",
    ),
    (f"{SCHEMAS}/Twin", {**sample().schemas["Part"]}, f"{SCHEMAS}/Twin/oneOf", "the same variants as Part"),
    (
        f"{THING}/id",
        {"oneOf": [KIND], "discriminator": {"propertyName": "kind"}, "description": "x"},
        f"{THING}/id/discriminator",
        "a union inside a schema; make it a component",
    ),
    # Operations.
    (f"{LIST}/operationId", "List things", LIST, "operationId 'List things'"),
    (f"{LIST}/operationId", "makeThing", f"{MAKE}/operationId", "makeThing already exists"),
    *(
        (f"{LIST}/x-{name}", GONE, LIST, f"x-{name} is missing")
        for name in ("availability", "effect", "takes-key", "paging")
    ),
    *((f"{LIST}/x-{name}", GONE, LIST, f"x-{name} is missing") for name in ("credential", "evidence", "scope", "docs")),
    (f"{LIST}/x-paging", "pages", f"{LIST}/x-paging", "'pages' is unknown; write none or cursor or page"),
    (f"{LIST}/x-takes-key", 1, f"{LIST}/x-takes-key", "1 is unknown; write true or false"),
    (f"{LIST}/x-scope", "read things", f"{LIST}/x-scope", "is not a scope"),
    (f"{LIST}/x-effect", "write", f"{LIST}/x-effect", "GET is a read"),
    (f"{LIST}/summary", "", LIST, "no summary"),
    (f"{MAKE}/x-takes-key", False, MAKE, "x-takes-key and the parameter Idempotency-Key disagree"),
    (f"{LIST}/parameters/1/schema", text(enum=["a"]), f"{LIST}/parameters/kind/schema", "not a plain type"),
    (f"{LIST}/parameters/1/schema", {"$ref": f"{SCHEMAS}/Owner"}, f"{LIST}/parameters/kind/schema", "neither an enum"),
    (
        f"{LIST}/parameters/2/schema/format",
        "date",
        f"{LIST}/parameters/from/schema",
        "format 'date' is not supported here",
    ),
    (f"{LIST}/parameters/3/schema/maximum", "9", f"{LIST}/parameters/first/schema/maximum", "'9' is not a number"),
    (f"{LIST}/parameters/1/description", GONE, f"{LIST}/parameters/kind", "no description"),
    (
        "#/paths/~1things~1{id}/delete/parameters/0/name",
        "key",
        "#/paths/~1things~1{id}/delete",
        "is not both in the path",
    ),
    (
        "#/paths/~1things~1{id}/delete/parameters/0/schema/type",
        "integer",
        "#/paths/~1things~1{id}/delete/parameters/id",
        "a path parameter that is not a required string",
    ),
    (
        f"{MAKE}/requestBody/content/application~1json/schema",
        text(type="object", properties={"a": TEXT}),
        f"{MAKE}/requestBody/content/application~1json/schema",
        "a body inside an operation; make it a component",
    ),
    (f"{MAKE}/requestBody/content", {"text/plain": {}}, f"{MAKE}/requestBody", "a body that is not JSON"),
    (f"{LIST}/responses/200", GONE, f"{LIST}/responses", "0 successful responses"),
    (f"{LIST}/responses/202", {"description": "x"}, f"{LIST}/responses", "2 successful responses"),
    (f"{MAKE}/responses/201/content", GONE, f"{MAKE}/responses/201", "no content"),
    (
        f"{MAKE}/responses/201/content/application~1json/examples",
        GONE,
        f"{MAKE}/responses/201/content/application~1json",
        "no examples",
    ),
    (
        f"{MAKE}/responses/201/content/application~1json/schema/required",
        [],
        f"{MAKE}/responses/201/content/application~1json/schema",
        "a response without a required data field",
    ),
    (
        f"{MAKE}/responses/201/content/application~1json/schema/properties/data",
        text(type="object"),
        f"{MAKE}/responses/201/content/application~1json/schema/properties/data",
        "neither a component nor an array of one",
    ),
    (
        f"{LIST}/responses/200/content/application~1json/schema/properties/page_info",
        GONE,
        f"{LIST}/responses/200/content/application~1json/schema",
        "a cursor without an array in data",
    ),
    (
        f"{MAKE}/x-outside-data",
        ["request_id"],
        f"{MAKE}/x-outside-data",
        "is not both next to data and in the result",
    ),
    (f"{MAKE}/x-outside-data", "request_id", f"{MAKE}/x-outside-data", "not a list"),
    (f"{MAKE}/x-legacy-names", {"name": "nothing"}, f"{MAKE}/x-legacy-names", "name is not a legacy name"),
    (
        f"{LIST}/x-paging",
        "page",
        f"{LIST}/responses/200/content/application~1json/schema/properties/data",
        "a page without items",
    ),
    # What methods are made of.
    ("#/x-error-statuses", {"GONE": "404"}, "#/x-error-statuses", "not a mapping to int"),
    ("#/x-missing-credential", GONE, "#/x-missing-credential", "not a mapping to str"),
    ("#/x-key-form", {"prefix": "sk_"}, "#/x-key-form", "not a valid key form"),
    ("#/x-rejected-credential", GONE, "#", "x-rejected-credential is missing"),
    ("#/tags/0/description", GONE, "#/tags/0", "description is missing"),
    (f"{LIST}/x-method", GONE, LIST, "x-method is missing"),
    (f"{LIST}/x-method", "import", LIST, "x-method is missing or not a name"),
    (f"{LIST}/x-method", "create", f"{MAKE}/x-method", "listThings already has this method"),
    (f"{LIST}/tags", ["nothings"], f"{LIST}/tags", "not exactly one of the declared tags"),
    (f"{LIST}/tags", ["Things", "Things"], f"{LIST}/tags", "not exactly one of the declared tags"),
    (f"{LIST}/parameters/2/x-argument", "From", f"{LIST}/parameters/from", "'From' cannot be an argument"),
    (f"{LIST}/parameters/2/x-argument", "kind", LIST, "two arguments are named kind"),
    (f"{LIST}/parameters/3/x-page", "length", LIST, "x-page 'length' is unknown"),
    (f"{LIST}/parameters/4/x-page", GONE, LIST, "x-paging and the x-page of its parameters disagree"),
    (f"{LIST}/x-window", GONE, LIST, "from without x-window"),
    (f"{LIST}/x-window/end", "kind", f"{LIST}/x-window", "not a window over its times"),
    (f"{LIST}/x-window/field", "age", f"{LIST}/x-window/field", "age is not a field of the items"),
    (f"{LIST}/x-window/maxDays", "90", f"{LIST}/x-window/maxDays", "'90' is not a number of days"),
    (f"{MAKE}/x-distinct", ["name", "maker"], f"{MAKE}/x-distinct", "maker is not a required field of the body"),
    (f"{MAKE}/x-dry-run", {"field": "name"}, f"{MAKE}/x-dry-run", "field is not a boolean of the body"),
    (
        f"{MAKE}/x-dry-run",
        {"field": "simulation", "mode": "how"},
        f"{MAKE}/x-dry-run",
        "how is not a field of the result",
    ),
    (f"{MAKE}/x-creates", ["name"], f"{MAKE}/x-creates", "name is not a field of the result"),
    (f"{MAKE}/x-echoes", {"owner.id": "body.name"}, f"{MAKE}/x-echoes/owner.id", "not a field of the result"),
    (f"{MAKE}/x-echoes", {"id": "path.id"}, f"{MAKE}/x-echoes/id", "path.id is not in the request"),
    (f"{MAKE}/requestBody/x-argument", GONE, f"{MAKE}/requestBody", "parts is not a plain argument"),
    (f"{MAKE}/requestBody/x-argument", "2", f"{MAKE}/requestBody/x-argument", "'2' cannot be an argument"),
    (f"{LIST}/x-credential", "rule-secret", LIST, "x-credential and x-credential-parameter disagree"),
    (f"{LIST}/x-credential-parameter", "id", LIST, "x-credential and x-credential-parameter disagree"),
    (f"{LIST}/x-credential", "access-token", f"{LIST}/x-credential", "access-token is not a credential of this API"),
    (f"{LIST}/x-window/maxDays", 0, f"{LIST}/x-window/maxDays", "0 is not a number of days"),
    (f"{LIST}/x-window/end", "from", f"{LIST}/x-window", "not a window over its times"),
    (f"{LIST}/x-window/field", "id", f"{LIST}/x-window/field", "id is not a field of the items"),
    (
        f"{LIST}/parameters/4/schema/type",
        "integer",
        f"{LIST}/parameters/after",
        "x-page: position on an unsuitable parameter",
    ),
    (f"{LIST}/parameters/4/required", True, f"{LIST}/parameters/after", "x-page: position on an unsuitable parameter"),
    (f"{MAKE}/x-distinct", ["name", "simulation"], f"{MAKE}/x-distinct", "simulation is not a required field"),
    (f"{MAKE}/x-distinct", ["name", "name"], f"{MAKE}/x-distinct", "fewer than two distinct fields"),
    # What a method can be called, and take.
    ("#/tags/0/name", "things-2", "#/tags/0", "'things-2' cannot be a class"),
    ("#/tags/0/description", "One.\n\nTwo.", "#/tags/0", "a description that cannot be a docstring"),
    (f"{LIST}/summary", "Lists", f"{LIST}/summary", "a summary that cannot be a docstring"),
    (f"{LIST}/x-method", "str", f"{LIST}/x-method", "str is a Python built-in"),
    (f"{LIST}/x-creats", ["id"], f"{LIST}/x-creats", "x-creats is unknown"),
    (f"{LIST}/x-window/maxdays", 3, f"{LIST}/x-window", "not a window"),
    (
        f"{LIST}/parameters/3/x-arguments",
        "size",
        f"{LIST}/parameters/first/x-arguments",
        "x-arguments is not supported here",
    ),
    (
        f"{LIST}/parameters/3/schema/exclusiveMinimum",
        0,
        f"{LIST}/parameters/first/schema/exclusiveMinimum",
        "not supported here",
    ),
    (
        f"{LIST}/parameters/6/schema/default",
        True,
        f"{LIST}/parameters/deep/schema/default",
        "write it in the description",
    ),
    (
        f"{LIST}/parameters/5/schema/items/type",
        "integer",
        f"{LIST}/parameters/ids[]/schema/items",
        "a list of a type other than string",
    ),
    (
        f"{LIST}/parameters/5/schema/minItems",
        2,
        f"{LIST}/parameters/ids[]/schema/minItems",
        "minItems 2 is not supported here",
    ),
    (f"{LIST}/parameters/6/in", "cookie", f"{LIST}/parameters/deep", "in: cookie"),
    (f"{LIST}/parameters/6/x-argument", "operations", LIST, "the argument name operations is reserved"),
    (f"{LIST}/parameters/6/x-argument", "sample", LIST, "the argument name sample is reserved"),
    (
        f"{LIST}/parameters/0",
        {"name": "h", "in": "header", "required": True, "schema": TEXT},
        f"{LIST}/parameters/h",
        "a required header",
    ),
]


@pytest.mark.parametrize(("pointer", "value", "place", "words"), CASES, ids=[f"{case[2]} {case[3]}" for case in CASES])
def test_an_unsound_shape_is_refused_where_it_stands(pointer: str, value: Any, place: str, words: str) -> None:
    found = [line.removeprefix(sample().source) for line in refused({pointer: value})]
    assert any(line.startswith(f"{place}: ") and words in line for line in found), found
    # Each says what to write instead.
    assert all("; " in line for line in found)


def pointers(node: Any, place: str = "#") -> Iterator[str]:
    steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, value in steps:
        here = at(place, step)
        yield here
        yield from pointers(value, here)


@pytest.mark.parametrize("value", [GONE, None, 1, [], {"x": 1}], ids=["gone", "null", "1", "[]", "{x: 1}"])
def test_nonsense_is_refused_or_does_no_harm(value: Any) -> None:
    """Whatever stands wherever: a refusal, or nothing; never another error."""
    for pointer in list(pointers(sample().document))[::3]:
        with suppress(InvalidDescriptionError):
            check_description(broken({pointer: value}))


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "v1.yaml"
    path.write_text("openapi: 3.1.0\ninfo:\n  title: a\n  title: b\n", encoding="utf-8")
    with pytest.raises(InvalidDescriptionError, match="line 4, column 3: the key 'title' appears twice"):
        load(path)


@pytest.mark.parametrize("content", ["[", "- a\n", "a: *b\n"], ids=["broken", "a list", "an alias of nothing"])
def test_what_is_no_mapping_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "v1.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InvalidDescriptionError, match=r"v1\.yaml"):
        load(path)


def test_yaml_reads_as_openapi_means_it(tmp_path: Path) -> None:
    path = tmp_path / "v1.yaml"
    path.write_text(
        "a: no\nb: 2024-03-01\nc: 2024-03-01T10:00:00Z\nd: 1e3\ne: true\nf: ~\ng: 0x10\nh: on\n", encoding="utf-8"
    )
    read = {
        "a": "no",
        "b": "2024-03-01",
        "c": "2024-03-01T10:00:00Z",
        "d": 1000.0,
        "e": True,
        "f": None,
        "g": "0x10",
        "h": "on",
    }
    assert load(path).document == read


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/things/{id}:{kind}", "the path /things/{id}:{kind}"),
        ("/things/x-{id}", "the path /things/x-{id}"),
        ("/things?x=1", "the path /things?x=1"),
        ("/things/../{id}", "the path /things/../{id}"),
        ("/dinge/ä", "the path /dinge/ä"),
        ("/things/{other}", "the same method and path as deleteThing"),
    ],
)
def test_a_path_that_no_request_can_have_is_rejected(path: str, words: str) -> None:
    operation = {**sample().document["paths"]["/things/{id}"]["delete"], "operationId": "dropThing", "x-method": "drop"}
    names = re.findall(r"{([^}]+)}", path)
    more = [{**operation["parameters"][0], "name": name, "x-argument": f"{name}_id"} for name in names]
    operation["parameters"] = [*more, operation["parameters"][1]]
    found = refused({f"#/paths/{path.replace('/', '~1')}": {"delete": operation}})
    assert any(words in line for line in found), found


def test_names_that_a_client_has_already_are_reserved() -> None:
    clients = {PlatformClient: platform, SequenceClient: v1, RemoteClient: remote}
    names = {name for client in clients for name in dir(client) if not name.startswith("_")} | {"balances", "webhooks"}
    resources = {one.client_method.partition(".")[0] for table in clients.values() for one in table.OPERATIONS.values()}
    assert names - resources == RESOURCES_TAKEN
