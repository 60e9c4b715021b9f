"""Decoding: strict, with the place of a mismatch; and the fast decoder never disagrees with the one that explains."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from importlib import import_module
from typing import Any

import attrs
import pytest
from cattrs import ClassValidationError
from documented_examples import APIS, spoiled, successes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sequence_async as sa
from sequence_async._core import codec
from sequence_async._core.redaction import Secret
from sequence_async._core.response_parser import Failure, Success, parse_response
from sequence_async._core.structuring import mismatches
from sequence_async.models import platform, v1
from sequence_async.models._runtime import encode_datetime
from sequence_async.operations._runtime import Operation

EXAMPLES = [(api, name, example) for api in APIS for name, example in successes(api)]


def operation(api: str, name: str) -> Operation[Any]:
    found: Operation[Any] = import_module(f"sequence_async.operations.{api}").OPERATIONS[name]
    return found


def fast(api: str, expected: Any, raw: Any) -> Any:
    try:
        return codec.decoder_for(api, expected)(raw)
    except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError) as error:
        return error


def explaining(api: str, expected: Any, raw: Any) -> Any:
    try:
        return codec.strict_converter(api).structure(raw, expected)
    except Exception as error:  # noqa: BLE001 - whatever a hook raises is a mismatch
        return error


def parsed(api: str, document: Any) -> Any:
    text = json.dumps(document).encode()
    return codec.from_bytes_exactly(text) if api == "remote" else codec.from_bytes(text)


@pytest.mark.parametrize(("api", "name", "example"), EXAMPLES)
def test_every_documented_example_decodes_alike_in_both(api: str, name: str, example: Any) -> None:
    expected = operation(api, name).result
    raw = parsed(api, example)["data"]
    value = codec.decode(api, expected, raw)
    assert value == explaining(api, expected, raw)
    encoded = codec.encode(api, value)
    assert codec.decode(api, expected, parsed(api, json.loads(codec_text(encoded)))) == value


def codec_text(encoded: Any) -> str:
    return json.dumps(encoded, default=lambda value: float(value) if isinstance(value, Decimal) else list(value))


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_the_two_decoders_never_disagree(data: st.DataObject) -> None:
    api, name, example = data.draw(st.sampled_from(EXAMPLES))
    expected = operation(api, name).result
    try:
        raw = parsed(api, data.draw(spoiled(example["data"])))
    except ValueError:
        return  # an integer that JSON cannot hold
    quick, slow = fast(api, expected, raw), explaining(api, expected, raw)
    assert isinstance(quick, BaseException) == isinstance(slow, BaseException), (quick, slow)
    if not isinstance(quick, BaseException):
        assert quick == slow
        assert repr(quick) == repr(slow)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from([200, 201, 204, 302, 400, 401, 403, 404, 409, 429, 500, 502, 599, 799]))
def test_any_answer_is_a_value_or_an_error(data: st.DataObject, status: int) -> None:
    api, name, example = data.draw(st.sampled_from(EXAMPLES))
    text = json.dumps(data.draw(spoiled(example))).encode()
    body = data.draw(
        st.sampled_from([text, text[: len(text) // 2], text + text, b"\xef\xbb\xbf" + text, text.replace(b'"', b"'")])
        | st.binary(max_size=50),
    )
    result = parse_response(operation(api, name), status, {"Content-Type": "application/json"}, body, Secret("k"))
    assert isinstance(result, Success | Failure)
    if isinstance(result, Failure):
        assert isinstance(result.error, sa.SequenceError)
        assert result.error.__traceback__ is None
        assert result.error.__context__ is None
        str(result.error)


def conditions(depth: int) -> dict[str, Any]:
    leaf: dict[str, Any] = {"condition": {"fact": "BALANCE", "operator": "GREATER_THAN", "value": 1}}
    for _ in range(depth):
        leaf = {"all": [leaf]}
    return leaf


def test_nesting_is_read_as_deep_as_it_makes_sense_and_refused_beyond() -> None:
    assert codec.decode("v1", v1.ChainableCondition, conditions(50))
    with pytest.raises(sa.DecodeError, match="nested too deeply"):
        codec.decode("v1", v1.ChainableCondition, conditions(100_000))


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ([{"id": "a"}], r"\$\.data\[0\]\.name is missing"),
        ([{"id": "a", "name": "n", "type": "pod", "can_be_source": 1}], r"\$\.data\[0\]\.can_be_source should be true"),
        ("text", r"\$\.data should be an array, not str"),
    ],
)
def test_places_in_arrays(raw: Any, place: str) -> None:
    with pytest.raises(sa.DecodeError, match=place):
        codec.decode("v1", Sequence[v1.AccountSummary], raw, "$.data")


def test_places_are_in_the_words_of_the_wire() -> None:
    with pytest.raises(sa.DecodeError, match=r"\$\.data\.amountInCents should be an integer"):
        codec.decode("platform", platform.Transfer, {"amountInCents": "1"}, "$.data")


def test_the_message_names_no_value() -> None:
    with pytest.raises(sa.DecodeError) as caught:
        codec.decode("v1", v1.Account, {"id": "000123456789", "name": 21000021, "created_at": "000123456789"})
    assert "000123456789" not in str(caught.value)
    assert "21000021" not in str(caught.value)


def test_unknown_variants_are_kept_whole() -> None:
    raw = {"type": "teleport", "speed": 9}
    decoded = codec.decode("v1", v1.RuleAction, raw)
    assert decoded == sa.UnknownVariant(tag="teleport", raw=raw)
    assert codec.encode("v1", decoded) == raw
    assert codec.decode("v1", v1.ChainableCondition, {"none": []}) == sa.UnknownVariant(tag=None, raw={"none": []})


def test_moments_need_an_offset_and_are_written_in_utc() -> None:
    moment = datetime(2026, 11, 20, 13, 30, tzinfo=timezone(timedelta(hours=1)))
    assert encode_datetime(moment) == "2026-11-20T12:30:00Z"
    assert encode_datetime(datetime(2026, 1, 1, 0, 0, 0, 5, tzinfo=UTC)) == "2026-01-01T00:00:00.000005Z"


def test_days_are_days() -> None:
    balance = codec.decode("v1", v1.Balance, {"last_statement_date": "2026-11-20"})
    assert balance.last_statement_date == date(2026, 11, 20)
    for wrong in ("2026-11-20T00:00:00Z", "20261120", "2026-W47-5", "", 20261120):
        with pytest.raises(sa.DecodeError, match="last_statement_date"):
            codec.decode("v1", v1.Balance, {"last_statement_date": wrong})


def test_the_converter_gives_what_a_call_gives() -> None:
    account = {"id": "a", "name": "n", "type": "pod", "can_be_source": True, "created_at": "2026-11-20T10:00:00Z"}
    conv = sa.converter("v1")
    assert conv.structure(account, v1.Account) == codec.decode("v1", v1.Account, account)
    assert conv.structure([account], Sequence[v1.Account])[0].created_at.tzinfo is not None
    assert conv.structure([account], list[v1.Account])[0].id == "a"
    with pytest.raises(ClassValidationError) as caught:
        conv.structure({**account, "can_be_source": "yes"}, v1.Account)
    assert mismatches(caught.value, "$") == ["$.can_be_source should be true or false, not str"]


def test_a_hook_on_a_copy_is_taken_also_inside_models() -> None:
    own = sa.converter("v1").copy()
    own.register_structure_hook(datetime, lambda value, _: datetime.fromisoformat(value).replace(tzinfo=None))
    account = {"id": "a", "name": "n", "type": "pod", "can_be_source": True, "created_at": "2026-11-20T10:00:00Z"}
    assert own.structure(account, v1.Account).created_at == datetime(2026, 11, 20, 10)  # noqa: DTZ001 - that is the hook
    assert sa.converter("v1").structure(account, v1.Account).created_at.tzinfo is not None


@pytest.mark.parametrize("api", ["v2", "", "sandbox", None, 1])
def test_converter_of_an_unknown_api_raises_argument_error(api: Any) -> None:
    with pytest.raises(sa.ArgumentError, match=r'api must be "v1", "platform" or "remote"\.'):
        sa.converter(api)


def test_users_can_extend_the_converter() -> None:
    @attrs.frozen
    class Ledger:
        accounts: Sequence[v1.AccountSummary]

    own = sa.converter("v1").copy()
    summary = {"id": "a", "name": "n", "type": "pod", "can_be_source": True}
    assert own.structure({"accounts": [summary]}, Ledger).accounts[0].id == "a"
    assert own.unstructure(
        v1.CreateTransferRequest(source_account_id="a", destination_account_id="b", amount_in_cents=5)
    ) == {
        "source_account_id": "a",
        "destination_account_id": "b",
        "amount_in_cents": 5,
    }
