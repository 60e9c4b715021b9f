"""How the sandbox finds the operation of a request."""

from __future__ import annotations

import pytest

from sequence_async.sandbox.routing import NOT_FOUND, ApiCall, ApiResponse, Route, Router

DESCRIBED = [
    ("getThing", "GET", "/things/{id}"),
    ("getNewestThing", "GET", "/things/newest"),
    ("deleteThing", "DELETE", "/things/{id}"),
    ("getPart", "GET", "/things/{thingId}/parts/{id}"),
    ("getLabel", "GET", "/things/{thingId}/labels/{id}"),
]


def respond(call: ApiCall) -> ApiResponse:
    del call
    return NOT_FOUND


ROUTER = Router([Route("getThing", "GET", "/things/{id}", respond)], DESCRIBED)


@pytest.mark.parametrize(
    ("method", "path", "operation", "ids"),
    [
        ("GET", "things/t_1", "getThing", ("t_1",)),
        ("GET", "things/newest", "getNewestThing", ()),
        ("DELETE", "things/newest", "deleteThing", ("newest",)),
        ("GET", "things/t_1/parts/p_1", "getPart", ("t_1", "p_1")),
        ("GET", "things/t_1/labels/l%201", "getLabel", ("t_1", "l 1")),
    ],
)
def test_router_path_of_an_operation_is_found(method: str, path: str, operation: str, ids: tuple[str, ...]) -> None:
    found = ROUTER.find(method, path.split("/"))
    assert found is not None
    assert (found[0].id, found[1]) == (operation, ids)


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "things"), ("GET", "things/"), ("PUT", "things/t_1"), ("GET", "x/t_1")]
)
def test_router_other_path_is_not_found(method: str, path: str) -> None:
    assert ROUTER.find(method, path.split("/")) is None


def test_router_only_operations_with_a_handler_perform() -> None:
    assert [route.id for route in ROUTER if route.perform is not None] == ["getThing"]
