"""What every generated model can do, whatever API it belongs to."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, get_type_hints

import attrs
import pytest
from model_samples import APIS, every_enum, every_model, holds_mapping, name_of, specimen

from sequence_async.models import platform, remote, v1
from sequence_async.models._runtime import OpenStrEnum, UnknownVariant, masked

SENSITIVE = {"routing_number", "bank_account_number"}
each_model = pytest.mark.parametrize("model", every_model(), ids=name_of)
each_enum = pytest.mark.parametrize("enum", every_enum(), ids=name_of)


@each_model
def test_two_with_the_same_members_are_equal(model: type) -> None:
    one, other = specimen(model), specimen(model)
    assert one == other
    if holds_mapping(one):
        with pytest.raises(TypeError):
            hash(one)
    else:
        assert len({one, other}) == 1
    for field in attrs.fields(model):
        if field.default is None:
            assert attrs.evolve(one, **{field.name: None}) != one


@each_model
def test_copies_are_equal(model: type) -> None:
    one = specimen(model)
    for other in (pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one)):
        assert other == one
        assert type(other) is model


@each_model
def test_it_is_frozen_slotted_and_keyword_only(model: type) -> None:
    one = specimen(model)
    name = attrs.fields(model)[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(one, name, None)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        delattr(one, name)
    assert not hasattr(one, "__dict__")
    with pytest.raises(TypeError):
        model("positional")


@each_model
def test_it_is_described(model: type) -> None:
    assert model.__doc__
    assert "\n" not in model.__doc__.splitlines()[0]


@each_model
def test_account_numbers_are_not_shown(model: type) -> None:
    numbers = {field.name: "000123456789" for field in attrs.fields(model) if field.name in SENSITIVE}
    shown = repr(attrs.evolve(specimen(model), **numbers))
    assert "123456" not in shown
    assert shown.count("••••89'") >= len(numbers)


def test_account_numbers_are_found_in_both_apis() -> None:
    holders = {name_of(model) for model in every_model() if set(attrs.fields_dict(model)) >= SENSITIVE}
    assert sorted(holders) == ["platform.Account", "platform.LinkedAccount", "v1.Account", "v1.LinkedAccount"]


@each_model
def test_lists_become_tuples(model: type) -> None:
    one = specimen(model)
    arrays = {field.name: getattr(one, field.name) for field in attrs.fields(model)}
    arrays = {name: value for name, value in arrays.items() if isinstance(value, tuple)}
    for other in (
        {name: list(value) for name, value in arrays.items()},
        {name: iter(value) for name, value in arrays.items()},
    ):
        assert attrs.evolve(one, **other) == one
    for name in arrays:
        for wrong in ("text", b"bytes", {"a": 1}):
            with pytest.raises(TypeError, match="expected a sequence"):
                attrs.evolve(one, **{name: wrong})


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "None"), ("", "'••••'"), ("1234", "'••••'"), ("12345", "'••••45'")]
)
def test_masking_shows_two_characters_of_a_long_value(value: str | None, shown: str) -> None:
    assert masked(value) == shown


# Open enums.


@each_enum
def test_a_member_is_its_text(enum: type[OpenStrEnum]) -> None:
    for member in enum:
        assert enum(member.value) is member
        assert member == member.value
        assert hash(member) == hash(member.value)
        assert f"{member}" == member.value
        assert member.name == member.name.upper()
        assert member.is_known
        assert pickle.loads(pickle.dumps(member)) is member
        assert copy.deepcopy(member) is member


@each_enum
def test_enum_docstring_asks_for_a_wildcard_case(enum: type[OpenStrEnum]) -> None:
    assert "case _" in (enum.__doc__ or "")


@each_enum
def test_enum_has_no_member_that_only_type_checkers_see(enum: type[OpenStrEnum]) -> None:
    assert not [name for name in enum.__members__ if name.startswith("_")]
    assert not hasattr(enum, "_UNLISTED")


@pytest.mark.parametrize("page", ["README.md", "docs/pinning.md", "docs/errors.md"])
def test_page_about_open_enums_asks_for_a_wildcard_case(page: str) -> None:
    assert "case _" in (Path(__file__).parents[2] / page).read_text(encoding="utf-8")


@each_enum
def test_a_newer_member_is_kept(enum: type[OpenStrEnum]) -> None:
    newer = enum("from the future")
    assert isinstance(newer, enum)
    assert not newer.is_known
    assert newer == "from the future" == newer.value
    assert {newer: 1}["from the future"] == 1
    assert newer == enum("from the future")
    for other in (pickle.loads(pickle.dumps(newer)), copy.copy(newer), copy.deepcopy(newer)):
        assert (type(other), other, other.is_known) == (enum, newer, False)
    assert "from the future" not in [member.value for member in enum]


def test_a_newer_member_is_told_from_one_of_that_name() -> None:
    assert platform.TransferOrigin("UNKNOWN").is_known
    assert not v1.AccountType("pod ").is_known


@pytest.mark.parametrize("value", [None, 1, True, 1.5, ["pod"], {}, v1.AccountType.POD])
def test_a_member_comes_of_text_alone(value: Any) -> None:
    if isinstance(value, v1.AccountType):
        assert v1.AccountType(value) is value
    else:
        with pytest.raises(ValueError, match="is not a valid AccountType"):
            v1.AccountType(value)


# Unknown variants.


def test_an_unknown_variant_shows_no_values() -> None:
    unknown = UnknownVariant(tag="wire", raw={"type": "wire", "account_number": "000123456789"})
    assert repr(unknown) == "UnknownVariant(tag='wire', raw=<account_number, type>)"
    assert len({unknown, copy.copy(unknown)}) == 1
    assert pickle.loads(pickle.dumps(unknown)) == unknown == copy.deepcopy(unknown)


@pytest.mark.parametrize("api", APIS)
def test_unions_are_of_their_variants_and_the_unknown_one(api: str) -> None:
    for union in import_module(f"sequence_async.models.{api}").UNIONS:
        assert set(union.union.__args__) == {*union.variants.values(), UnknownVariant}
        assert isinstance(UnknownVariant(tag=None, raw={}), union.union)


# Derived properties.


@pytest.mark.parametrize(
    "status", ["complete", "incomplete", "error", "cancelled", "COMPLETE", "INCOMPLETE", "ERROR", "CANCELLED"]
)
def test_a_transfer_is_settled(status: str) -> None:
    assert attrs.evolve(specimen(v1.Transfer), status=v1.TransferStatus(status)).settled
    assert attrs.evolve(specimen(platform.Transfer), status=platform.TransferStatus(status)).settled


@pytest.mark.parametrize(
    "status", ["pending_approval", "processing", "pending", "PENDING_APPROVAL", "from the future", ""]
)
def test_a_transfer_is_not_settled(status: str) -> None:
    assert not attrs.evolve(specimen(v1.Transfer), status=v1.TransferStatus(status)).settled


@pytest.mark.parametrize(
    ("status", "unmet", "failed", "settled", "succeeded"),
    [
        ("executed", False, 0, True, True),
        ("executed", None, None, True, True),
        ("EXECUTED", False, 0, True, True),
        ("executed", True, 0, True, False),
        ("executed", False, 1, True, False),
        ("partial", False, 0, True, False),
        ("FAILED", False, 0, True, False),
        ("in_progress", False, 0, False, False),
        ("IN_PROGRESS", None, None, False, False),
        ("from the future", False, 0, False, False),
    ],
)
def test_the_outcome_of_a_run(
    status: str, unmet: bool | None, failed: int | None, settled: bool, succeeded: bool
) -> None:
    run = attrs.evolve(
        specimen(v1.RuleExecution),
        status=v1.RuleExecutionStatus(status),
        conditions_not_met=unmet,
        transfers_failed=failed,
    )
    assert (run.settled, run.succeeded) == (settled, succeeded)


@pytest.mark.parametrize(
    ("dollars", "cents"),
    [
        ("25342.77", 2534277),
        ("137.9", 13790),
        ("0", 0),
        ("-0.01", -1),
        ("1E+3", 100000),
        ("12.340", 1234),
        ("12345678901234567890.12", 1234567890123456789012),
        ("0.001", None),
        ("NaN", None),
        ("Infinity", None),
        (None, None),
    ],
)
def test_dollars_are_exact_cents(dollars: str | None, cents: int | None) -> None:
    from decimal import Decimal, localcontext

    balance = remote.RemoteBalance(amount_in_dollars=None if dollars is None else Decimal(dollars))
    with localcontext(prec=3):
        assert balance.amount_in_cents == cents


# Modules.


@pytest.mark.parametrize("api", APIS)
def test_a_module_says_what_it_was_made_from(api: str) -> None:
    import hashlib

    module = import_module(f"sequence_async.models.{api}")
    description = Path(__file__).parents[2] / "openapi" / f"{api}.yaml"
    assert hashlib.sha256(description.read_bytes()).hexdigest() == module.DESCRIPTION_SHA256
    assert f"version: {module.DESCRIPTION_VERSION}" in description.read_text(encoding="utf-8")


@each_model
def test_annotations_can_be_read(model: type) -> None:
    assert set(get_type_hints(model)) >= {field.name for field in attrs.fields(model)}


@pytest.mark.parametrize("api", APIS)
def test_the_models_need_attrs_alone(api: str) -> None:
    script = f"""
import sys
for name in ("aiohttp", "cattrs", "orjson", "backoff", "yarl", "asyncio"):
    sys.modules[name] = None  # importing it raises ImportError
import sequence_async.models.{api}, sequence_async.operations.{api}, sequence_async._decoders.{api}
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
