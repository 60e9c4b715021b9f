"""The control endpoints under ``/_sandbox``, for tests in other languages and for curl."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

import orjson

from sequence_async.sandbox import faults
from sequence_async.sandbox.routing import ApiResponse
from sequence_async.sandbox.validation import ObjectReader, ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sequence_async.sandbox.controls import Controls
    from sequence_async.sandbox.entities import Transfer
    from sequence_async.sandbox.request_log import RecordedRequest

_UTC: Final = orjson.OPT_UTC_Z
Json = dict[str, Any]


class ControlApi:
    """Handles control calls. Bodies are JSON objects. An invalid body returns 400 with the reason."""

    def __init__(self, controls: Controls, details: Callable[[], Json]) -> None:
        self._controls = controls
        self._calls: Mapping[tuple[str, str], Callable[[ObjectReader], Json]] = {
            ("GET", ""): lambda _: details(),
            ("GET", "accounts"): self._accounts,
            ("GET", "requests"): self._requests,
            ("POST", "clock"): self._advance,
            ("POST", "faults"): self._fail,
            ("DELETE", "faults"): self._clear_faults,
            ("POST", "latency"): self._set_latency,
            ("POST", "deposits"): self._deposit,
            ("POST", "refresh"): self._refresh,
            ("POST", "purchases"): self._spend,
            ("POST", "accounts"): lambda at: {"id": controls.add_account(dict(at.fields)).id},
            ("POST", "rules"): lambda at: {"id": controls.add_rule(dict(at.fields)).id},
            ("POST", "keys"): lambda at: {"secret": controls.add_key(dict(at.fields))},
            ("POST", "keys/revoke"): self._revoke,
        }
        self._transfer_calls: Mapping[str, Callable[[str], Transfer]] = {
            "approve": controls.approve,
            "cancel": controls.cancel,
            "settle": controls.settle,
            "fail": controls.fail,
        }

    def respond(self, method: str, parts: list[str], body: bytes) -> ApiResponse:
        """Return the response to a control call. ``parts`` are the path segments after ``/_sandbox``."""
        try:
            at = ObjectReader(orjson.loads(body) if body else {})
            found = self._find(method, parts, at)
        except ValidationError as error:
            return _json_response(400, {"error": str(error)})
        except orjson.JSONDecodeError:
            return _json_response(400, {"error": "the body is not valid JSON"})
        except KeyError as missing:
            return _json_response(404, {"error": str(missing.args[0])})
        except (ValueError, TypeError) as error:
            return _json_response(400, {"error": str(error)})
        return _json_response(404, {"error": "unknown control call"}) if found is None else _json_response(200, found)

    def _find(self, method: str, parts: list[str], at: ObjectReader) -> Json | None:
        call = self._calls.get((method, "/".join(parts)))
        if call is not None:
            return call(at)
        match (method, *parts):
            case ("POST", "transfers", identifier, act) if act in self._transfer_calls:
                return _transfer(self._transfer_calls[act](identifier))
            case ("POST", "rules", identifier, "enable"):
                return {"id": identifier, "status": self._controls.enable_rule(identifier).status}
            case ("POST", "rules", identifier, "disable"):
                return {"id": identifier, "status": self._controls.disable_rule(identifier).status}
            case ("GET", "effects", mark):
                return {"effects": list(self._controls.effects(mark))}
            case _:
                return None

    def _accounts(self, _: ObjectReader) -> Json:
        return {
            "accounts": [
                {"id": one.id, "name": one.name, "type": one.type, "cents": one.cents}
                for one in self._controls.accounts.values()
            ],
            "in_transit": self._controls.ledger.in_transit.cents,
        }

    def _requests(self, _: ObjectReader) -> Json:
        return {"requests": [_request(one) for one in self._controls.requests]}

    def _advance(self, at: ObjectReader) -> Json:
        at.reject_unknown({"advance"})
        seconds = at.optional_number("advance") or 0
        return {"now": self._controls.clock.advance(seconds)}

    def _fail(self, at: ObjectReader) -> Json:
        at.reject_unknown({"route", "fault", "n", "skip", "probability", "seed"})
        route, chance = at.optional_text("route") or "*", at.optional_number("probability")
        fault = _fault(at.child("fault"))
        if chance is not None:
            self._controls.fail_randomly(chance, route, fault, seed=at.optional_integer("seed"))
        else:
            n, skip = at.optional_integer("n", at_least=1) or 1, at.optional_integer("skip", at_least=0) or 0
            self._controls.fail_next(route, n, fault, skip=skip)
        return {"planned": repr(fault)}

    def _clear_faults(self, _: ObjectReader) -> Json:
        self._controls.faults.clear()
        return {"planned": None}

    def _set_latency(self, at: ObjectReader) -> Json:
        at.reject_unknown({"seconds"})
        self._controls.latency = at.optional_number("seconds") or 0.0
        return {"seconds": self._controls.latency}

    def _deposit(self, at: ObjectReader) -> Json:
        at.reject_unknown({"account", "amount_in_cents", "sender"})
        amount = at.integer("amount_in_cents", at_least=1)
        sender = at.optional_text("sender") or "Acme Payroll"
        return _transfer(self._controls.deposit(at.text("account"), amount, sender=sender))

    def _refresh(self, at: ObjectReader) -> Json:
        at.reject_unknown({"account"})
        self._controls.refresh(at.optional_text("account"))
        return {"now": self._controls.clock.now()}

    def _spend(self, at: ObjectReader) -> Json:
        at.reject_unknown({"card", "amount_in_cents", "merchant", "refund"})
        act = self._controls.refund if at.boolean("refund", default=False) else self._controls.spend
        merchant = at.optional_text("merchant") or "Corner Grocery"
        return {"id": act(at.text("card"), at.integer("amount_in_cents", at_least=1), merchant).id}

    def _revoke(self, at: ObjectReader) -> Json:
        at.reject_unknown({"secret"})
        self._controls.revoke_key(at.text("secret"))
        return {"revoked": True}


def _json_response(status: int, content: Json) -> ApiResponse:
    return ApiResponse(status, orjson.dumps(content, option=_UTC))


def _fault(at: ObjectReader) -> faults.Fault:
    kind = at.choice("kind", faults.KINDS)
    arguments = {name: value for name, value in at.fields.items() if name != "kind"}
    at.reject_unknown({"kind", *(one.name for one in fields(kind))})
    if "headers" in arguments:
        arguments["headers"] = tuple(at.child("headers").fields.items())
    if kind is faults.Garbage and "body" in arguments:
        arguments["body"] = at.text("body").encode()
    return kind(**arguments)


def _transfer(one: Transfer) -> Json:
    return {"id": one.id, "status": one.status, "amount_in_cents": one.amount_in_cents, "error_code": one.error_code}


def _request(one: RecordedRequest) -> Json:
    return {
        "at": one.at,
        "api": one.api,
        "method": one.method,
        "path": one.path,
        "query": one.query,
        "operation": one.operation,
        "headers": one.headers,
        "idempotency_key": one.idempotency_key,
        "request_id": one.request_id,
        "body_sha256": one.body_sha256,
        "status": one.status,
        "code": one.code,
        "fault": None if one.fault is None else repr(one.fault),
        "replayed": one.replayed,
    }
