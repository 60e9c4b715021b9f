"""Checks of the top level of a description."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from codegen.checks.keywords import missing_description
from codegen.description import is_object
from codegen.problems import Problem, at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codegen.description import Description

EXTENSIONS: dict[str, tuple[type, ...]] = {
    "x-api": (str,),
    "x-key-header": (str,),
    "x-request-id-header": (str, type(None)),
    "x-request-id-member": (str,),
    "x-page-member": (str, type(None)),
    "x-rejected-credential": (str,),
}
"""Top-level extensions that must be text, or null if allowed."""
MAPPINGS: dict[str, type] = {"x-error-statuses": int, "x-missing-credential": str}
"""Top-level extensions that must be mappings, with the types of their values."""


def check_root(description: Description) -> Iterator[Problem]:
    """Yield problems at the top level of a description."""
    document = description.document
    if not str(document.get("openapi", "")).startswith("3.1."):
        yield Problem("#/openapi", f"OpenAPI {document.get('openapi')}", "write 3.1.0")
    for name, types_of in EXTENSIONS.items():
        if name not in document:
            yield Problem("#", f"{name} is missing", "write it, as the other descriptions do")
        elif not isinstance(document[name], types_of):
            yield Problem(at("#", name), f"{document[name]!r} is not text", "write text")
    for name, kind in MAPPINGS.items():
        node = document.get(name)
        if not is_object(node) or any(type(value) is not kind for value in node.values()):
            yield Problem(at("#", name), f"not a mapping to {kind.__name__}", "write one; {} if there is nothing")
    yield from _key_form(document.get("x-key-form"))
    for index, tag in enumerate(document.get("tags", ())):
        yield from missing_description(tag, at("#/tags", index))
    api, stem = document.get("x-api"), PurePosixPath(description.source).stem
    if api != stem:
        yield Problem("#/x-api", f"{api!r} is not the name of the file", f"write {stem}")
    for name, node in description.schemas.items():
        yield from missing_description(node, at("#/components/schemas", name))


def _key_form(node: Any) -> Iterator[Problem]:
    if (
        not is_object(node)
        or set(node) != {"prefix", "expected"}
        or not isinstance(node["prefix"], str | None)
        or not isinstance(node["expected"], bool)
    ):
        yield Problem("#/x-key-form", "not a valid key form", "write {prefix: text or null, expected: true or false}")
