"""Cross-references in docstrings as links of the documentation site.

Docstrings refer to other objects with Sphinx roles (``:meth:`run```), which editors and Read the Docs support, but the
site is Markdown. This Griffe extension converts the roles to links before mkdocstrings renders the reference.
"""

from __future__ import annotations

import re
from typing import Any

import griffe

_ROLE = re.compile(r":(?:attr|class|data|exc|func|meth|mod|obj):`(?P<short>~)?(?P<target>[^`]+)`")


class DocstringLinks(griffe.Extension):
    """Converts the roles in all docstrings of a package after it is loaded."""

    def on_package(self, *, pkg: griffe.Module, loader: griffe.GriffeLoader, **kwargs: Any) -> None:  # noqa: ARG002 - the hook's signature
        """Convert the roles in all docstrings of a package."""
        _rewrite(pkg)


def _rewrite(place: griffe.Object) -> None:
    if place.docstring is not None:
        place.docstring.value = resolve_links(place.docstring.value, place)
    for member in place.members.values():
        if isinstance(member, griffe.Object):
            _rewrite(member)


def resolve_links(text: str, place: griffe.Object) -> str:
    """Return a docstring with links instead of roles. Names are resolved in the scope of ``place``."""

    def link(role: re.Match[str]) -> str:
        target = role["target"]
        shown = target.rpartition(".")[2] if role["short"] else target
        return f"[`{shown}`][{_path(target, place)}]"

    return _ROLE.sub(link, text)


def _path(target: str, place: griffe.Object) -> str:
    first, dot, rest = target.partition(".")
    if first == place.package.name:
        return target
    scope = place if place.is_class else place.parent
    if isinstance(scope, griffe.Class) and first in scope.all_members:
        # Griffe's lookup does not include inherited members.
        return f"{scope.path}.{target}"
    try:
        return f"{place.resolve(first)}{dot}{rest}"
    except griffe.NameResolutionError:
        return target
