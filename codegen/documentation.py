"""Docstrings of generated classes and methods, from the description, in the project's form."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from codegen.docstrings import WIDTH, escaped
from codegen.facts import argument, mapping, success
from codegen.names import attribute

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codegen.description import Description, Endpoint

ERRORS = {"400": "BadRequestError", "403": "ForbiddenError", "404": "NotFoundError", "409": "ConflictError"}
"""The statuses that docstrings describe. The others mean the same for every operation."""
REACH = "At most {days} days back; a start at this limit is moved by seconds, to be in range when the request arrives."


class Documentation:
    """Creates the docstrings of one API."""

    def __init__(self, description: Description) -> None:
        self._description = description
        self._fields = {wire for name in description.schemas for wire in description.own_properties(name)}

    def text(self, paragraphs: Sequence[str], indent: int) -> str:
        """Return a docstring of paragraphs. A paragraph with line breaks is a section."""
        margin = " " * indent
        lines: list[str] = []
        for paragraph in paragraphs:
            if lines:
                lines.append("")
            lines += _section(paragraph, indent) if "\n" in paragraph else self._wrapped(paragraph, indent, not lines)
        if len(lines) == 1 and len(margin) + len(lines[0]) + 6 <= WIDTH:
            return f'"""{lines[0]}"""'
        body = "\n".join(margin + line if line else "" for line in lines).lstrip()
        return f'"""{body}\n\n{margin}"""' if "\n" in paragraphs[-1] else f'"""{body}\n{margin}"""'

    def of_method(self, endpoint: Endpoint, arguments: Sequence[tuple[str, str]], *, listed: bool) -> str:
        """Return the docstring of an operation's method."""
        return self.text(list(self._paragraphs(endpoint, arguments, listed=listed)), 8)

    def _paragraphs(self, endpoint: Endpoint, arguments: Sequence[tuple[str, str]], *, listed: bool) -> Iterator[str]:
        summary = endpoint.node["summary"].strip().removesuffix(".")
        yield f"{summary}." if endpoint.extension("availability") == "available" else f"{summary} (coming soon)."
        for paragraph in endpoint.node["description"].strip().split("\n\n"):
            yield self._literal(paragraph)
        if endpoint.extension("evidence") == "inferred":
            yield "The published reference does not list this operation."
        if arguments:
            yield self._section_of("Args", [(name, doc + self._reach(endpoint, name)) for name, doc in arguments])
        if returned := self._returned(endpoint, listed=listed):
            yield f"Returns:\n    {returned}"
        yield self._section_of("Raises", list(self._raised(endpoint)))
        scope = endpoint.extension("scope")
        yield f"Scope: {f'``{scope}``' if scope else 'none documented'}. Source: {endpoint.extension('docs')}"

    def _section_of(self, title: str, entries: Sequence[tuple[str, str]]) -> str:
        return "\n".join([f"{title}:", *(f"    {name}: {self._literal(text)}" for name, text in entries)])

    def _reach(self, endpoint: Endpoint, name: str) -> str:
        window = mapping(endpoint, "window")
        if "maxDays" not in window:
            return ""
        start = next(one for one in endpoint.parameters_in("query") if one["name"] == window["start"])
        return f" {REACH.format(days=window['maxDays'])}" if argument(start) == name else ""

    def _returned(self, endpoint: Endpoint, *, listed: bool) -> str | None:
        if listed:
            return "A lazy list. Iterate over it with ``async for``, or await its first page."
        _, response = success(self._description, endpoint)
        if "content" not in response:
            return None
        schema = response["content"]["application/json"]["schema"]["properties"]["data"]
        return self._literal(schema.get("description") or response["description"])

    def _raised(self, endpoint: Endpoint) -> Iterator[tuple[str, str]]:
        yield "ArgumentError", "An argument is invalid. No request was sent."
        if (credential := endpoint.extension("credential")) != "key":
            yield "ConfigurationError", f"The client has no {credential.replace('-', ' ')}. No request was sent."
        if endpoint.extension("availability") == "coming-soon":
            yield (
                "ComingSoonError",
                f'The client was made without ``preview={{"{endpoint.id}"}}``. No request was sent.',
            )
        for status, error in ERRORS.items():
            if (response := endpoint.node["responses"].get(status)) is not None:
                yield error, self._description.resolve(response)["description"]
        doubt = " Check ``in_doubt`` before you call again." if endpoint.extension("effect") == "write" else ""
        yield "SequenceError", f"Any other failure.{doubt}"

    def _literal(self, text: str) -> str:
        """Return Markdown in the form of docstrings: two backticks, and fields by their Python names."""

        def replace(found: re.Match[str]) -> str:
            word = found[1]
            return f"``{attribute(word) if word in self._fields and word != word.upper() else word}``"

        return re.sub(r"(?<!`)`([^`]+)`(?!`)", replace, " ".join(text.split()))

    @staticmethod
    def _wrapped(paragraph: str, indent: int, first: bool) -> list[str]:
        # Escapes lengthen a line, so they are added before wrapping. The quotes take space on the first line.
        width = WIDTH - indent - (3 if first else 0)
        return textwrap.wrap(escaped(paragraph), width, break_long_words=False, break_on_hyphens=False)


def _section(text: str, indent: int) -> list[str]:
    title, *entries = text.split("\n")
    lines = [title]
    for entry in entries:
        lines += textwrap.wrap(
            escaped(entry.strip()),
            WIDTH - indent,
            initial_indent="    ",
            subsequent_indent="        ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    return lines
