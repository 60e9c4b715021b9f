"""The decoders of one API: straight-line code for every model and union, derived from the compiled models."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import ModuleType, UnionType
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast, get_args, get_origin, get_type_hints

import attrs

from codegen.formatting import format_module
from codegen.names import decoder

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from codegen.description import Description

Hint: TypeAlias = Any

SCALARS: dict[Hint, str] = {
    str: "text",
    int: "integer",
    bool: "boolean",
    float: "number",
    Decimal: "decimal_dollars",
    datetime: "timestamp",
    date: "calendar_date",
    Any: "anything",
}
"""The function in ``_decoders._runtime`` that checks a value of each type."""

HELPERS = ("array", "unfrozen", "mapping", "members", "parse_moment")

INLINE: dict[Hint, str] = {str: "str", int: "int", bool: "bool"}
"""The types that are checked inline, because a call would cost more than the check."""


@contextmanager
def compiled(description: Description, text: str) -> Generator[ModuleType]:
    """Yield the models as a module from the generated text. The project's module is not affected."""
    module = ModuleType(f"codegen.fresh.{description.api}")
    # attrs and get_type_hints() look a class's module up by name.
    sys.modules[module.__name__] = module
    try:
        exec(compile(text, module.__name__, "exec", dont_inherit=True), module.__dict__)  # noqa: S102 - our generated text
        yield module
    finally:
        del sys.modules[module.__name__]


def decoders_module(description: Description, models: ModuleType) -> str:
    """Return the text of ``sequence_async/_decoders/<api>.py``."""
    writer = _Writer(models)
    classes = [vars(models)[name] for name in description.schemas if attrs.has(vars(models)[name])]
    enums = [vars(models)[name] for name in description.schemas if description.is_enum(name)]
    unions = {writer.unions[frozenset(get_args(union.union))]: union for union in models.UNIONS}
    table = ", ".join(f"{name}: {decoder(name)}" for name in [*(cls.__name__ for cls in classes), *unions])
    parts = [
        description.stamp,
        f'"""The decoders of {description.title}: straight-line, strict, and without the path of a mismatch."""\n',
        "from collections.abc import Callable",
        "from typing import Any, Final",
        f"from sequence_async._decoders._runtime import {', '.join(sorted({*SCALARS.values(), *HELPERS}))}",
        f"from sequence_async.models.{description.api} import {', '.join([*description.schemas, 'UnknownVariant'])}\n",
        *(f"_{enum.__name__} = members({enum.__name__})" for enum in enums),
        *(f"_{cls.__name__} = unfrozen({cls.__name__})" for cls in classes),
        *(writer.model(cls) for cls in classes),
        *(writer.union(name, union) for name, union in unions.items()),
        f"DECODERS: Final[dict[Any, Callable[[Any], Any]]] = {{{table}}}",
        '"""The decoder of each model and union."""\n',
    ]
    return format_module("\n".join(parts), f"sequence_async/_decoders/{description.api}.py")


def _origin(hint: Hint) -> Any:
    return get_origin(hint)


class _Writer:
    """Creates the decoder functions of a module."""

    def __init__(self, models: ModuleType) -> None:
        by_variants = {frozenset(get_args(union.union)): union for union in models.UNIONS}
        self.unions = {
            variants: name
            for name, value in vars(models).items()
            if isinstance(value, UnionType) and (variants := frozenset(get_args(value))) in by_variants
        }

    def model(self, cls: type) -> str:
        name = cls.__name__
        hints = get_type_hints(cls)
        lines = [
            f"def {decoder(name)}(raw: Any) -> Any:",
            "    if raw.__class__ is not dict:",
            "        raise TypeError",
        ]
        lines.append(f"    model = _{name}()")
        fields = attrs.fields(cls)
        if any(field.default is not attrs.NOTHING for field in fields):
            lines.append("    get = raw.get")
        for field in fields:
            lines += [f"    {line}" for line in self._field(field, hints[field.name])]
        return "\n".join([*lines, f"    model.__class__ = {name}", "    return model\n\n"])

    def _field(self, field: attrs.Attribute[Any], hint: Hint) -> Iterator[str]:
        wire, target = field.metadata.get("json", field.name), f"model.{field.name}"
        if field.default is attrs.NOTHING:
            value = f"raw[{wire!r}]"
        else:
            value = f"get({wire!r})" if field.default is None else f"get({wire!r}, {_as_parsed(field.default)!r})"
        inner, optional = self._optional(hint)
        if inner in INLINE:
            unless = f"value.__class__ is not {INLINE[inner]}"
            yield f"{target} = value = {value}"
            yield f"if {f'value is not None and {unless}' if optional else unless}:"
            yield "    raise TypeError"
        elif _origin(inner) is Literal:
            (only,) = get_args(inner)
            yield f"if {value} != {only!r}:"
            yield "    raise ValueError"
            yield f"{target} = {only!r}"
        elif inner is datetime:
            # Also inline: an account with three timestamps decodes in 1.2 µs instead of 1.35 µs.
            yield f"value = {value}"
            if optional:
                yield "if value is not None:"
            indent = "    " if optional else ""
            yield f"{indent}value = parse_moment(value)"
            yield f"{indent}if value.tzinfo is None:"
            yield f"{indent}    raise ValueError"
            yield f"{target} = value"
        elif optional:
            yield f"value = {value}"
            yield f"{target} = None if value is None else {self._expression(inner, 'value')}"
        elif isinstance(inner, type) and issubclass(inner, StrEnum):
            yield f"value = {value}"
            yield f"{target} = {self._expression(inner, 'value')}"
        else:
            yield f"{target} = {self._expression(inner, value)}"

    def _optional(self, hint: Hint) -> tuple[Hint, bool]:
        """Split ``X | None`` into ``X`` (for a union, its name) and whether there was a ``None``."""
        if not isinstance(hint, UnionType):
            return hint, False
        kinds = [kind for kind in get_args(hint) if kind is not type(None)]
        inner = self.unions[frozenset(kinds)] if len(kinds) > 1 else kinds[0]
        return inner, len(kinds) < len(get_args(hint))

    def _expression(self, hint: Hint, value: str) -> str:
        """Return an expression that checks ``value`` and evaluates to the value of the attribute."""
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            return f"_{hint.__name__}({value}) or {hint.__name__}({value})"
        if _origin(hint) is Sequence:
            return f"tuple(map({self._function(get_args(hint)[0])}, array({value})))"
        if _origin(hint) is Mapping:
            convert = self._function(get_args(hint)[1])
            return f"{{name: {convert}(item) for name, item in mapping({value}).items()}}"
        return f"{self._function(hint)}({value})"

    def _function(self, hint: Hint) -> str:
        if hint in SCALARS:
            return SCALARS[hint]
        kind, optional = self._optional(hint)
        if isinstance(kind, str):
            return decoder(kind)
        if optional or not attrs.has(kind):
            raise TypeError(f"no decoder for {hint}")
        return decoder(kind.__name__)

    def union(self, name: str, union: Any) -> str:
        head = f"def {decoder(name)}(raw: Any) -> Any:\n    if raw.__class__ is not dict:\n        raise TypeError\n"
        if union.tag is not None:
            table = ", ".join(f"{value!r}: {decoder(cls.__name__)}" for value, cls in union.variants.items())
            return f"_{name} = {{{table}}}.get\n\n\n" + head + TAGGED.format(tag=union.tag, name=name)
        table = ", ".join(f"({member!r}, {decoder(cls.__name__)})" for member, cls in union.variants.items())
        return f"_{name} = ({table},)\n\n\n" + head + UNTAGGED.format(name=name)


TAGGED = """\
    tag = raw[{tag!r}]
    if tag.__class__ is not str:
        raise TypeError
    decode = _{name}(tag)
    return UnknownVariant(tag=tag, raw=raw) if decode is None else decode(raw)

"""
UNTAGGED = """\
    found = [decode for member, decode in _{name} if raw.get(member) is not None]
    return found[0](raw) if len(found) == 1 else UnknownVariant(tag=None, raw=raw)

"""


def _as_parsed(default: object) -> object:
    """Return a default as parsed JSON would contain it, with a list for an array."""
    return list(cast("tuple[object, ...]", default)) if isinstance(default, tuple) else default
