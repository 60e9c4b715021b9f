"""The documented examples, and ways to break them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

OPENAPI = Path(__file__).parents[2] / "openapi"
APIS = ("v1", "platform", "remote")


def successes(api: str) -> Iterator[tuple[str, Any]]:
    """Give every example of a successful answer with the id of its operation."""
    description = yaml.safe_load((OPENAPI / f"{api}.yaml").read_text(encoding="utf-8"))
    for methods in description["paths"].values():
        for method, operation in methods.items():
            if method not in {"get", "post", "put", "patch", "delete"}:
                continue
            for status, response in operation["responses"].items():
                if not str(status).startswith("2"):
                    continue
                content = response.get("content", {}).get("application/json", {})
                for example in content.get("examples", {}).values():
                    yield operation["operationId"], example["value"]


STRANGE = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.sampled_from(
        [
            "",
            "0",
            "1.5",
            "true",
            "null",
            "2024-01-01",
            "2024-01-01T00:00:00",
            "2024-13-01T00:00:00Z",
            "POD",
            "pod",
            "MANUAL",
        ],
    )
    | st.lists(st.integers(), max_size=2)
    | st.dictionaries(st.sampled_from(["id", "type", "condition", "any", "all", "data"]), st.integers(), max_size=2)
    | st.builds(lambda: {"condition": {}, "any": []})
)


def places(document: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the path of everything inside a document."""
    if at:
        yield at
    if isinstance(document, dict):
        for name, value in document.items():
            yield from places(value, (*at, name))
    elif isinstance(document, list):
        for index, value in enumerate(document):
            yield from places(value, (*at, index))


@st.composite
def spoiled(draw: st.DrawFn, document: Any) -> Any:
    """Give the document with one to three things in it replaced, removed, added or doubled."""
    result = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        found = list(places(result))
        if not found:
            return draw(STRANGE)
        *way, last = draw(st.sampled_from(found))
        parent = result
        for step in way:
            parent = parent[step]
        match draw(st.sampled_from(["replace", "remove", "add", "double"])):
            case "replace":
                parent[last] = draw(STRANGE)
            case "remove":
                del parent[last]
            case "add" if isinstance(parent, dict):
                parent[draw(st.text(max_size=5))] = draw(STRANGE)
            case "double" if isinstance(parent, list):
                parent.append(copy.deepcopy(parent[last]))
            case _:
                parent[last] = draw(STRANGE)
    return result
