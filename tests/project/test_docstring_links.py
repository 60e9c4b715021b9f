"""Cross-references in docstrings become links of the documentation site."""

from __future__ import annotations

from pathlib import Path

import griffe
import pytest

from codegen.docstring_links import DocstringLinks, resolve_links

SOURCE = '''
"""See :class:`Client`, and :mod:`library.other`."""
from library.base import Base

class Client(Base):
    """Has :meth:`run`, :meth:`inherited`, and :attr:`name` like :class:`Client`."""

    name: str

    def run(self):
        """Like :meth:`inherited`, but :func:`~library.module.helper`."""

def helper():
    """Raises :exc:`KeyError`, :class:`Base` or :meth:`Client.run`."""
'''


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> griffe.Module:
    root = tmp_path_factory.mktemp("library")
    (root / "library").mkdir()
    (root / "library" / "__init__.py").write_text('"""Library."""\n', encoding="utf-8")
    (root / "library" / "base.py").write_text("class Base:\n    def inherited(self): ...\n", encoding="utf-8")
    (root / "library" / "module.py").write_text(SOURCE, encoding="utf-8")
    package = griffe.load("library", search_paths=[root], extensions=griffe.load_extensions(DocstringLinks))
    return package["module"]


def docstring(place: griffe.Object) -> str:
    assert place.docstring is not None
    return place.docstring.value


def test_names_are_looked_up_from_where_the_docstring_stands(module: griffe.Module) -> None:
    assert docstring(module) == "See [`Client`][library.module.Client], and [`library.other`][library.other]."
    assert docstring(module["Client"]) == (
        "Has [`run`][library.module.Client.run], [`inherited`][library.module.Client.inherited], "
        "and [`name`][library.module.Client.name] like [`Client`][library.module.Client]."
    )
    assert docstring(module["Client"]["run"]) == (
        "Like [`inherited`][library.module.Client.inherited], but [`helper`][library.module.helper]."
    )
    assert docstring(module["helper"]) == (
        "Raises [`KeyError`][KeyError], [`Base`][library.base.Base] or [`Client.run`][library.module.Client.run]."
    )


def test_no_docstring_of_the_package_has_a_role_of_another_kind() -> None:
    root = Path(__file__).parents[2]
    package = griffe.load("sequence_async", search_paths=[root], extensions=griffe.load_extensions(DocstringLinks))
    left = [place.path for place in walk(package) if place.docstring is not None and ":`" in docstring(place)]
    assert left == []
    assert resolve_links(":class:`SequenceError`", package) != ":class:`SequenceError`"


def walk(place: griffe.Object) -> list[griffe.Object]:
    inside = [member for member in place.members.values() if isinstance(member, griffe.Object)]
    return [place, *(found for member in inside for found in walk(member))]
