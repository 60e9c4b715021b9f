"""Read the package's own modules: their definitions, their imports, and the names that each definition uses."""

from __future__ import annotations

import ast
from functools import cache
from importlib.resources import files

import attrs

PACKAGE = "sequence_async"


@attrs.frozen(order=True)
class Import:
    """One imported name: ``from module import name``, or ``import module`` if the name is empty."""

    module: str
    name: str = ""

    @property
    def internal(self) -> bool:
        """Whether it comes from this package."""
        return self.module.partition(".")[0] == PACKAGE

    @property
    def bound(self) -> str:
        """The name that the import binds."""
        return self.name or self.module.partition(".")[0]


@attrs.frozen(eq=False)
class Definition:
    """One class, function or assignment of a module."""

    name: str
    text: str
    """Its lines, including the comment above and the docstring below."""
    uses: frozenset[str]
    """Every name in it."""


@attrs.frozen(eq=False)
class Source:
    """A module of this package."""

    name: str
    docstring: str
    imports: dict[str, Import]
    definitions: dict[str, Definition]
    """By name, in the order of the module."""
    body: str
    """Everything after the imports."""


@cache
def read_source(name: str) -> Source:
    """Read a module of this package.

    Raises:
        ValueError: It contains a statement that cannot be moved to another module.

    """
    *folders, file = name.split(".")[1:]
    text = files(PACKAGE).joinpath(*folders, f"{file}.py").read_text("utf-8")
    tree = ast.parse(text)
    lines = text.splitlines()
    imports: dict[str, Import] = {}
    definitions: dict[str, Definition] = {}
    start = 0
    for index, node in enumerate(tree.body):
        if isinstance(node, ast.Import | ast.ImportFrom | ast.If):
            imports |= {one.bound: one for one in _imports(node, name)}
            start = index + 1
        elif not _is_text(node):
            following = tree.body[index + 1] if index + 1 < len(tree.body) else None
            definition = _definition(node, following, lines, name)
            definitions[definition.name] = _joined(definitions.get(definition.name), definition)
    body = "\n".join(lines[_first_line(tree.body[start], lines) - 1 :])
    return Source(name, ast.get_docstring(tree) or "", imports, definitions, body)


def _joined(overload: Definition | None, definition: Definition) -> Definition:
    if overload is None:
        return definition
    return Definition(definition.name, f"{overload.text}\n{definition.text}", overload.uses | definition.uses)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _imports(node: ast.stmt, where: str) -> list[Import]:
    if isinstance(node, ast.If):
        if ast.unparse(node.test) != "TYPE_CHECKING":
            raise _immovable(node, where)
        return [one for inner in node.body for one in _imports(inner, where)]
    if isinstance(node, ast.Import) and all(alias.asname is None for alias in node.names):
        return [Import(alias.name) for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0 and all(alias.asname is None for alias in node.names):
        return [Import(node.module or "", alias.name) for alias in node.names]
    raise _immovable(node, where)


def _definition(node: ast.stmt, following: ast.stmt | None, lines: list[str], where: str) -> Definition:
    last = node.end_lineno
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        name = node.name
    else:
        name = _assigned_name(node, where)
        if following is not None and _is_text(following):
            last = following.end_lineno
    text = "\n".join(lines[_first_line(node, lines) - 1 : last])
    names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    # A name in quotes, as in cast("Hook", …), counts as used.
    quoted = {
        inner.value for inner in ast.walk(node) if isinstance(inner, ast.Constant) and isinstance(inner.value, str)
    }
    return Definition(name, text, frozenset(names | {text for text in quoted if text.isidentifier()}) - {name})


def _assigned_name(node: ast.stmt, where: str) -> str:
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    raise _immovable(node, where)


def _first_line(node: ast.stmt, lines: list[str]) -> int:
    first = node.lineno
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        first = min([first, *(decorator.lineno for decorator in node.decorator_list)])
    while first > 1 and lines[first - 2].startswith("#"):
        first -= 1
    return first


def _immovable(node: ast.stmt, where: str) -> ValueError:
    return ValueError(f"{where}, line {node.lineno}: {type(node).__name__} cannot be moved to another module")
