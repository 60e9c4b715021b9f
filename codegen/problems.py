"""What is wrong with a description, where it stands, and what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Sequence


@attrs.frozen
class Problem:
    """A shape that cannot become a sound model or operation."""

    place: str
    """A JSON pointer into the description, for example ``#/components/schemas/Account/properties/id``."""
    what: str
    fix: str
    """What to write instead."""

    def __str__(self) -> str:
        return f"{self.place}: {self.what}; {self.fix}"


class InvalidDescriptionError(Exception):
    """A description that nothing is generated from."""

    def __init__(self, source: str, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(f"{source}{problem}" for problem in problems))
        self.problems = tuple(problems)


def at(place: str, *steps: str | int) -> str:
    """Return the JSON pointer of what stands ``steps`` below ``place``."""
    return "/".join([place, *(str(step).replace("~", "~0").replace("/", "~1") for step in steps)])
