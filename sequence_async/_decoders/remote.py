# Generated from openapi/remote.yaml 1.0.0 (SHA-256 3404f1245828fee2a3a837101612364f6ca7776b3436fe421c27168741d6d83f) by `python -m codegen`; do not edit.
"""The decoders of Sequence Remote API: straight-line, strict, and without the path of a mismatch."""

from collections.abc import Callable
from typing import Any, Final

from sequence_async._decoders._runtime import (
    array,
    decimal_dollars,
    members,
    text,
    unfrozen,
)
from sequence_async.models.remote import (
    AccountsSnapshot,
    AmountAnswer,
    ErrorCode,
    RemoteAccount,
    RemoteAccountType,
    RemoteBalance,
    TriggeredRule,
)

_ErrorCode = members(ErrorCode)
_RemoteAccountType = members(RemoteAccountType)
_RemoteBalance = unfrozen(RemoteBalance)
_RemoteAccount = unfrozen(RemoteAccount)
_AccountsSnapshot = unfrozen(AccountsSnapshot)
_TriggeredRule = unfrozen(TriggeredRule)
_AmountAnswer = unfrozen(AmountAnswer)


def decode_remote_balance(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _RemoteBalance()
    get = raw.get
    value = raw["amountInDollars"]
    model.amount_in_dollars = None if value is None else decimal_dollars(value)
    model.error = value = get("error")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.__class__ = RemoteBalance
    return model


def decode_remote_account(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _RemoteAccount()
    model.id = value = raw["id"]
    if value.__class__ is not str:
        raise TypeError
    model.name = value = raw["name"]
    if value.__class__ is not str:
        raise TypeError
    model.balance = decode_remote_balance(raw["balance"])
    value = raw["type"]
    model.type = _RemoteAccountType(value) or RemoteAccountType(value)
    model.__class__ = RemoteAccount
    return model


def decode_accounts_snapshot(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _AccountsSnapshot()
    get = raw.get
    model.accounts = tuple(map(decode_remote_account, array(raw["accounts"])))
    model.errors = tuple(map(text, array(get("errors", []))))
    model.__class__ = AccountsSnapshot
    return model


def decode_triggered_rule(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _TriggeredRule()
    get = raw.get
    model.request_id = value = get("requestId")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.message = value = get("message")
    if value is not None and value.__class__ is not str:
        raise TypeError
    model.__class__ = TriggeredRule
    return model


def decode_amount_answer(raw: Any) -> Any:
    if raw.__class__ is not dict:
        raise TypeError
    model = _AmountAnswer()
    model.amount_in_cents = value = raw["amountInCents"]
    if value.__class__ is not int:
        raise TypeError
    model.__class__ = AmountAnswer
    return model


DECODERS: Final[dict[Any, Callable[[Any], Any]]] = {
    RemoteBalance: decode_remote_balance,
    RemoteAccount: decode_remote_account,
    AccountsSnapshot: decode_accounts_snapshot,
    TriggeredRule: decode_triggered_rule,
    AmountAnswer: decode_amount_answer,
}
"""The decoder of each model and union."""
