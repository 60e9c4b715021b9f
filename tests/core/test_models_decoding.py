"""The generated decoders: true to every documented example, strict about every member, and of one mind with cattrs."""

from __future__ import annotations

import json
import weakref
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from model_samples import APIS, api_of, every_model, name_of, specimen, wire, wire_name

from codegen.description import load
from codegen.facts import body_schema, success
from sequence_async._core.codec import strict_converter
from sequence_async.models import platform, remote, v1
from sequence_async.models._runtime import UnknownVariant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

REFUSALS = (ValueError, TypeError, KeyError)
each_model = pytest.mark.parametrize("model", every_model(), ids=name_of)


def decoders(api: str) -> Mapping[Any, Any]:
    return import_module(f"sequence_async._decoders.{api}").DECODERS


def decode(model: Any, raw: Any) -> Any:
    return decoders(api_of(model))[model](raw)


# Documented examples.


def examples() -> Iterator[Any]:
    for api in APIS:
        description = load(Path(__file__).parents[2] / "openapi" / f"{api}.yaml")
        operations = import_module(f"sequence_async.operations.{api}")
        for endpoint in description.endpoints():
            operation = operations.OPERATIONS[endpoint.id]
            if isinstance(operation.body, type) and operation.body is not dict and body_schema(endpoint):
                for name, example in endpoint.node["requestBody"]["content"]["application/json"]["examples"].items():
                    yield pytest.param(api, operation.body, example["value"], id=f"{api} {endpoint.id} sent {name}")
            _, answer = success(description, endpoint)
            for name, example in answer.get("content", {}).get("application/json", {}).get("examples", {}).items():
                value = example["value"]
                yield pytest.param(api, operation.result, value["data"], id=f"{api} {endpoint.id} {name}")
                if operation.api.page_member in value:
                    page_info = value[operation.api.page_member]
                    yield pytest.param(api, v1.PageInfo, page_info, id=f"{api} {endpoint.id} {name} page")
        for event, item in description.document.get("webhooks", {}).items():
            for where in (item["post"].get("requestBody"), item["post"]["responses"].get("200")):
                content = (where or {}).get("content", {}).get("application/json", {"schema": {}})
                for name, example in content.get("examples", {}).items():
                    model = getattr(
                        import_module(f"sequence_async.models.{api}"), content["schema"]["$ref"].split("/")[-1]
                    )
                    yield pytest.param(api, model, example["value"], id=f"{api} {event} {name}")


@pytest.mark.parametrize(("api", "expected", "example"), list(examples()))
def test_every_documented_example_decodes_and_loses_nothing(api: str, expected: Any, example: Any) -> None:
    raw = json.loads(json.dumps(example), parse_float=Decimal if api == "remote" else float)
    if isinstance(raw, list):
        for item in raw:
            assert_kept(item, decoders(api)[expected.__args__[0]](item))
    else:
        assert_kept(raw, decoders(api)[expected](raw))


def assert_kept(raw: Any, value: Any) -> None:
    """Fail unless everything in the JSON is in the value."""
    if isinstance(value, UnknownVariant):
        assert value.raw == raw
    elif attrs.has(type(value)):
        members = {wire_name(field): getattr(value, field.name) for field in attrs.fields(type(value))}
        assert set(raw) <= set(members)
        for name, item in raw.items():
            assert_kept(item, members[name])
    elif isinstance(raw, list):
        assert isinstance(value, tuple)
        assert len(value) == len(raw)
        for item, kept in zip(raw, value, strict=True):
            assert_kept(item, kept)
    elif isinstance(value, datetime):
        assert value == datetime.fromisoformat(raw)
        assert value.utcoffset() is not None
    elif isinstance(value, date):
        assert value.isoformat() == raw
    else:
        assert value == raw
        assert not isinstance(value, float) or isinstance(raw, int | float)


# Every model.


def test_every_model_and_union_has_a_decoder() -> None:
    for api in APIS:
        module = import_module(f"sequence_async.models.{api}")
        expected = {model for model in every_model() if api_of(model) == api} | {union.union for union in module.UNIONS}
        assert set(decoders(api)) == expected


@each_model
def test_a_decoded_model_is_like_one_made_by_hand(model: type) -> None:
    made = specimen(model)
    decoded = decode(model, wire(made))
    assert decoded == made
    assert type(decoded) is model
    assert repr(decoded) == repr(made)
    assert weakref.ref(decoded)() is decoded
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(decoded, attrs.fields(model)[0].name, None)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        decoded.another = 1


@each_model
def test_members_that_came_later_are_ignored(model: type) -> None:
    made = specimen(model)
    assert decode(model, {**wire(made), "from_the_future": {"a": [1]}}) == made


@each_model
def test_absent_and_null_are_none_where_a_member_is_optional(model: type) -> None:
    raw = wire(specimen(model))
    for field in attrs.fields(model):
        if field.default is None:
            name = wire_name(field)
            absent = {key: value for key, value in raw.items() if key != name}
            assert getattr(decode(model, absent), field.name) is None
            assert decode(model, {**raw, name: None}) == decode(model, absent)


@each_model
def test_a_required_member_must_be_there(model: type) -> None:
    raw = wire(specimen(model))
    for field in attrs.fields(model):
        if field.default is attrs.NOTHING:
            with pytest.raises(KeyError):
                decode(model, {key: value for key, value in raw.items() if key != wire_name(field)})


@pytest.mark.parametrize("raw", [None, [], [["id", "a"]], "text", 1, True, ()])
@each_model
def test_only_an_object_is_a_model(model: type, raw: Any) -> None:
    with pytest.raises(TypeError):
        decode(model, raw)


WRONG = [
    None,
    True,
    False,
    0,
    1,
    -1,
    1.5,
    10**30,
    "",
    "text",
    "2024-02-29",
    "2024-02-29T12:30:00Z",
    "2024-02-29T12:30:00",
    "12",
]
WRONG += [
    "2024-W09-4",
    "20240229",
    [],
    [None],
    [1],
    ["a"],
    [[]],
    {},
    {"a": 1},
    {"type": 1},
    {"any": None},
    {"any": [], "all": []},
]
WRONG += [Decimal("1.5"), Decimal("NaN")]


@each_model
def test_it_refuses_exactly_what_the_converter_refuses(model: type) -> None:
    """Else the slow path, which only explains, would let through what the fast one refuses."""
    structure = strict_converter(api_of(model)).structure
    raw = wire(specimen(model))
    for field in attrs.fields(model):
        for value in WRONG:
            changed = {**raw, wire_name(field): value}
            try:
                expected = structure(changed, model)
            except Exception:  # noqa: BLE001 - cattrs raises groups of whatever its hooks raise
                with pytest.raises(REFUSALS):
                    decode(model, changed)
            else:
                assert decode(model, changed) == expected, (field.name, value)


# What strict means.


def account(**members: Any) -> dict[str, Any]:
    return {**wire(specimen(v1.Account)), **members}


@pytest.mark.parametrize("cents", ["100", 100.0, 100.5, True, [], {}, Decimal(100)])
def test_money_is_an_integer(cents: Any) -> None:
    with pytest.raises(TypeError):
        decode(v1.Account, account(savings_target_in_cents=cents))
    with pytest.raises(TypeError):
        decode(v1.Transfer, {**wire(specimen(v1.Transfer)), "amount_in_cents": cents})


def test_a_missing_or_null_amount_is_refused() -> None:
    transfer = wire(specimen(v1.Transfer))
    with pytest.raises(TypeError):
        decode(v1.Transfer, {**transfer, "amount_in_cents": None})
    del transfer["amount_in_cents"]
    with pytest.raises(KeyError):
        decode(v1.Transfer, transfer)


@pytest.mark.parametrize("api", [v1, platform])
@pytest.mark.parametrize("cents", [0, 1, 10_000, 2**53 + 1])
def test_rule_condition_value_is_exact_cents(api: Any, cents: int) -> None:
    raw = {"fact": "BALANCE", "operator": "GREATER_THAN", "value": cents, "valueFact": None, "params": None}
    value = decode(api.RuleCondition, raw).value
    assert (value, type(value)) == (cents, int)


@pytest.mark.parametrize("api", [v1, platform])
@pytest.mark.parametrize("cents", [100.5, 100.0, "100", True])
def test_rule_condition_value_that_is_no_integer_is_rejected(api: Any, cents: Any) -> None:
    raw = {"fact": "BALANCE", "operator": "GREATER_THAN", "value": cents, "valueFact": None, "params": None}
    with pytest.raises(TypeError):
        decode(api.RuleCondition, raw)


@pytest.mark.parametrize(
    "dollars",
    [0.1, "0.10", True, Decimal("NaN"), Decimal("Infinity"), float("nan"), Decimal("0.001"), Decimal("1E+99999999")],
)
def test_dollars_are_exact_or_refused(dollars: Any) -> None:
    with pytest.raises(TypeError):
        decode(remote.RemoteBalance, {"amountInDollars": dollars})


@pytest.mark.parametrize("dollars", [3, Decimal("0.1"), Decimal("25342.77")])
def test_dollars_become_decimals(dollars: Any) -> None:
    balance = decode(remote.RemoteBalance, {"amountInDollars": dollars})
    assert balance.amount_in_dollars == dollars
    assert type(balance.amount_in_dollars) is Decimal


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-02-29T12:30:00Z", datetime(2024, 2, 29, 12, 30, tzinfo=UTC)),
        ("2024-02-29T12:30:00.250Z", datetime(2024, 2, 29, 12, 30, 0, 250000, tzinfo=UTC)),
        ("2024-02-29T14:30:00+02:00", datetime(2024, 2, 29, 12, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_has_an_offset(text: str, moment: datetime) -> None:
    assert decode(v1.Account, account(created_at=text)).created_at == moment


@pytest.mark.parametrize("text", ["2024-02-29", "2024-02-29T12:30:00", "yesterday", "", "2024-02-30T00:00:00Z"])
def test_a_moment_without_an_offset_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the decoders say nothing
        decode(v1.Account, account(created_at=text))


@pytest.mark.parametrize("text", ["2024-02-29T00:00:00Z", "20240229", "2024-W09-4", "2024-2-29", "", "29.02.2024"])
def test_a_day_is_written_in_one_way(text: str) -> None:
    assert decode(v1.Balance, {"last_statement_date": "2024-02-29"}).last_statement_date == date(2024, 2, 29)
    with pytest.raises(ValueError):  # noqa: PT011 - the decoders say nothing
        decode(v1.Balance, {"last_statement_date": text})


def test_a_rate_may_be_a_whole_number_in_json() -> None:
    rate = decode(v1.Balance, {"interest_rate_percentage": 4}).interest_rate_percentage
    assert (rate, type(rate)) == (4.0, float)


def test_a_newer_member_of_an_enum_is_kept() -> None:
    decoded = decode(v1.Account, account(type="crypto_wallet"))
    assert decoded.type == "crypto_wallet"
    assert not decoded.type.is_known


@pytest.mark.parametrize("value", [1, True, ["pod"], {"pod": 1}])
def test_an_enum_is_text(value: Any) -> None:
    with pytest.raises(REFUSALS):
        decode(v1.Account, account(type=value))


# Unions.


def test_a_tagged_union_gives_its_variant() -> None:
    raw = {"type": "ON_FUNDS_TRANSFERRED", "account_id": "acc_1"}
    assert decoders("v1")[v1.Trigger](raw) == v1.FundsTransferredTrigger(account_id="acc_1")


@pytest.mark.parametrize("raw", [{}, {"type": None}, {"type": 1}, {"type": ["a"]}, [], "MANUAL", None])
def test_a_union_without_a_tag_that_is_text_is_refused(raw: Any) -> None:
    with pytest.raises(REFUSALS):
        decoders("v1")[v1.Trigger](raw)


def test_a_newer_variant_is_kept_as_it_came() -> None:
    raw = {"type": "ON_PAYDAY", "account_id": "acc_1", "calendar": ["friday"]}
    assert decoders("v1")[v1.Trigger](raw) == UnknownVariant(tag="ON_PAYDAY", raw=raw)


CONDITION = {"fact": "BALANCE", "operator": "EQUALS"}


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ({"condition": CONDITION}, v1.SingleCondition),
        ({"condition": CONDITION, "any": None, "all": None}, v1.SingleCondition),
        ({"any": []}, v1.AnyCondition),
        ({"all": [{"any": [{"condition": CONDITION}]}]}, v1.AllCondition),
        ({}, UnknownVariant),
        ({"none": []}, UnknownVariant),
        ({"any": [], "all": []}, UnknownVariant),
        ({"any": None}, UnknownVariant),
    ],
)
def test_an_untagged_union_goes_by_the_one_member_that_is_there(raw: Any, kind: type) -> None:
    assert type(decoders("v1")[v1.ChainableCondition](raw)) is kind
    assert type(strict_converter("v1").structure(raw, v1.ChainableCondition)) is kind


def test_a_variant_that_is_wrong_inside_is_refused() -> None:
    for raw in ({"condition": {}}, {"any": [1]}, {"all": {}}, {"condition": {}, "any": None}):
        with pytest.raises(REFUSALS):
            decoders("v1")[v1.ChainableCondition](raw)


def test_a_recursive_union_nests_deeply() -> None:
    raw: Any = {"condition": CONDITION}
    for _ in range(100):
        raw = {"all": [raw]}
    decoded = decoders("v1")[v1.ChainableCondition](raw)
    for _ in range(100):
        decoded = decoded.all[0]
    assert isinstance(decoded, v1.SingleCondition)
    for _ in range(100_000):
        raw = {"all": [raw]}
    with pytest.raises(RecursionError):
        decoders("v1")[v1.ChainableCondition](raw)
