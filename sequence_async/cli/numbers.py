"""Numbers as options take them: digits and nothing else. ``int`` and ``float`` also read ``1_000`` and `` +5``."""

from __future__ import annotations

import re
from collections.abc import Callable

import typer

_INTEGER = re.compile(r"[0-9]{1,18}")
_DECIMAL = re.compile(r"[0-9]{1,18}(\.[0-9]{1,18})?")


def integer_parser(minimum: int = 0, maximum: int | None = None, hint: str = "") -> Callable[[str | int], int]:
    """Return the parser of an integer that is written in digits.

    Args:
        minimum: The least that is accepted.
        maximum: The most that is accepted.
        hint: What to do instead, at the end of the error.

    """

    def parse(value: str | int) -> int:
        if isinstance(value, int):
            return value  # a default
        number = int(value) if _INTEGER.fullmatch(value) else None
        if number is None or number < minimum or (maximum is not None and number > maximum):
            upper = "" if maximum is None else f" and at most {maximum}"
            raise typer.BadParameter(f"must be digits only, at least {minimum}{upper}, not {value!r}.{hint}")
        return number

    return parse


def seconds(minimum: float = 0.001) -> Callable[[str | float], float]:
    """Return the parser of a number of seconds: digits, with a decimal point if need be."""

    def parse(value: str | float) -> float:
        if isinstance(value, int | float):
            return float(value)  # a default
        number = float(value) if _DECIMAL.fullmatch(value) else None
        if number is None or number < minimum:
            raise typer.BadParameter(
                f"must be a number of seconds such as 5 or 0.5, at least {minimum:g}, not {value!r}."
            )
        return number

    return parse
