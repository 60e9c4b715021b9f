"""Numbers as options: digits only. ``int`` and ``float`` would also accept ``1_000`` and `` +5``."""

from __future__ import annotations

import re
from collections.abc import Callable

import typer

_INTEGER = re.compile(r"[0-9]{1,18}")
_DECIMAL = re.compile(r"[0-9]{1,18}(\.[0-9]{1,18})?")


def integer_parser(minimum: int = 0, maximum: int | None = None, hint: str = "") -> Callable[[str | int], int]:
    """Return a parser for an integer that is written in digits only.

    Args:
        minimum: The smallest valid number.
        maximum: The largest valid number.
        hint: The next step, at the end of the error message.

    """

    def parse(value: str | int) -> int:
        if isinstance(value, int):
            return value  # a default value
        number = int(value) if _INTEGER.fullmatch(value) else None
        if number is None or number < minimum or (maximum is not None and number > maximum):
            upper = "" if maximum is None else f" and at most {maximum}"
            raise typer.BadParameter(f"must be digits only, at least {minimum}{upper}, not {value!r}.{hint}")
        return number

    return parse


def seconds(minimum: float = 0.001) -> Callable[[str | float], float]:
    """Return a parser for a number of seconds in digits, with an optional decimal point."""

    def parse(value: str | float) -> float:
        if isinstance(value, int | float):
            return float(value)  # a default value
        number = float(value) if _DECIMAL.fullmatch(value) else None
        if number is None or number < minimum:
            raise typer.BadParameter(
                f"must be a number of seconds such as 5 or 0.5, at least {minimum:g}, not {value!r}."
            )
        return number

    return parse
