"""Export the models of an API as one module that does not depend on this package."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from sequence_async._version import __version__
from sequence_async.pinning.sources import PACKAGE, Definition, Import, Source, read_source

APIS = ("platform", "v1", "remote")
"""The APIs whose models can be exported."""

_RUNTIME = f"{PACKAGE}.models._runtime"
_PAIR = f"{PACKAGE}.pinning.pair"
_PUBLIC = frozenset({"OpenStrEnum", "TaggedUnion", "UnknownVariant", "DecodeError", "structure", "unstructure"})
_WIDTH = 120


def export_models(api: str, *, with_codec: bool = False) -> str:
    """Return the source of a module with every model of ``api``: ``v1``, ``platform`` or ``remote``.

    The module needs Python 3.11 or later and attrs. ``with_codec`` adds ``structure`` and ``unstructure``, which also
    need cattrs. Each release of this package always returns the same text.

    Raises:
        ValueError: ``api`` is not one of these.

    """
    if api not in APIS:
        raise ValueError(f"api must be one of {', '.join(APIS)}, not {api!r}")
    models = read_source(f"{PACKAGE}.models.{api}")
    roots = [models, read_source(_PAIR)] if with_codec else [models]
    bundle = _Bundle()
    for root in roots:
        bundle.take_imports(root)
    runtime = bundle.definitions_of(_RUNTIME)
    rest = [*bundle.definitions_except(_RUNTIME), *(one for root in roots[1:] for one in root.definitions.values())]
    public = {one.name for one in (*runtime, *rest)} & _PUBLIC
    parts = [
        _header(api, models, with_codec=with_codec),
        _import_block(bundle.external),
        _all_block(models, public),
        *(f"\n{one.text}" for one in runtime),
        f"\n{_without_all(models)}",
        *(f"\n{one.text}" for one in rest),
    ]
    return "\n".join(f"{part}\n" for part in parts)


class _Bundle:
    """The definitions and imports that a module needs, directly and indirectly."""

    def __init__(self) -> None:
        self.external: set[Import] = set()
        self._wanted: dict[str, set[str]] = {}
        self._owners: dict[str, str] = {}

    def take_imports(self, source: Source) -> None:
        for one in source.imports.values():
            self._take(one)

    def definitions_of(self, module: str) -> list[Definition]:
        wanted = self._wanted.get(module, set())
        return [one for one in read_source(module).definitions.values() if one.name in wanted]

    def definitions_except(self, module: str) -> list[Definition]:
        return [one for other in self._wanted if other != module for one in self.definitions_of(other)]

    def _take(self, one: Import) -> None:
        if one.module == "__future__":
            return
        if not one.internal:
            self.external.add(one)
        elif not _is_models(one.module):
            self._take_definition(one.module, one.name)

    def _take_definition(self, module: str, name: str) -> None:
        if self._owners.setdefault(name, module) != module:
            raise ValueError(f"{module} and {self._owners[name]} both define {name}")
        wanted = self._wanted.setdefault(module, set())
        if name in wanted:
            return
        wanted.add(name)
        source = read_source(module)
        for used in sorted(source.definitions[name].uses):
            if used in source.definitions:
                self._take_definition(module, used)
            elif used in source.imports:
                self._take(source.imports[used])


def _is_models(module: str) -> bool:
    return module.startswith(f"{PACKAGE}.models.") and module != _RUNTIME


def _header(api: str, models: Source, *, with_codec: bool) -> str:
    version, sha256 = (_constant(models, f"DESCRIPTION_{name}") for name in ("VERSION", "SHA256"))
    needs = "attrs and cattrs" if with_codec else "attrs"
    again = f"sequence-async models export --api {api}{' --with-codec' if with_codec else ''}"
    return "\n".join(
        [
            f"# Exported from openapi/{api}.yaml {version} (SHA-256 {sha256})",
            f"# by sequence-async {__version__}; do not edit. It needs Python 3.11 or later and {needs}, nothing else.",
            "# To export it again:",
            f"#   {again} --out FILE",
            "# To list the changes of the installed release:",
            "#   sequence-async models diff FILE",
            "# SPDX-License-Identifier: MIT",
            "# ruff: noqa",
            f'"""{models.docstring}"""',
            "",
            "from __future__ import annotations",
        ],
    )


def _constant(models: Source, name: str) -> str:
    return models.definitions[name].text.partition('"')[2].partition('"')[0]


def _import_block(imports: Iterable[Import]) -> str:
    standard = sorted(one for one in imports if one.module.partition(".")[0] in sys.stdlib_module_names)
    others = sorted(one for one in imports if one not in standard)
    return "\n\n".join("\n".join(_import_lines(group)) for group in (standard, others) if group)


def _import_lines(imports: list[Import]) -> Iterable[str]:
    for one in imports:
        if not one.name:
            yield f"import {one.module}"
    for module in sorted({one.module for one in imports if one.name}):
        names = [one.name for one in imports if one.module == module and one.name]
        line = f"from {module} import {', '.join(names)}"
        yield (
            line
            if len(line) <= _WIDTH
            else "\n".join([f"from {module} import (", *(f"    {name}," for name in names), ")"])
        )


def _all_block(models: Source, more: set[str]) -> str:
    text = models.definitions["__all__"].text
    names = {part.strip().strip('"') for part in text.partition("[")[2].rpartition("]")[0].split(",")} - {""}
    return "\n".join(["__all__ = [", *(f'    "{name}",' for name in sorted(names | more)), "]"])


def _without_all(models: Source) -> str:
    return models.body.replace(models.definitions["__all__"].text, "", 1).strip("\n")
