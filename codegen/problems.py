"""Problems of a description, with their places and fixes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Sequence


@attrs.frozen
class Problem:
    """A shape that cannot become a correct model or operation."""

    place: str
    """A JSON pointer into the description, for example ``#/components/schemas/Account/properties/id``."""
    what: str
    fix: str
    """What to write instead of the invalid shape."""

    def __str__(self) -> str:
        return f"{self.place}: {self.what}; {self.fix}"


class InvalidDescriptionError(Exception):
    """The description is invalid. Nothing is generated."""

    def __init__(self, source: str, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(f"{source}{problem}" for problem in problems))
        self.problems = tuple(problems)


def at(place: str, *steps: str | int) -> str:
    """Return the JSON pointer that leads from ``place`` down the ``steps``."""
    return "/".join([place, *(str(step).replace("~", "~0").replace("/", "~1") for step in steps)])
