"""Cross-references in docstrings, turned into links of the documentation site.

Docstrings here name other objects as Sphinx does (``:meth:`run```), which editors and Read the Docs understand; the
site is Markdown. This extension of Griffe rewrites one into the other before mkdocstrings renders the reference.
"""

from __future__ import annotations

import re
from typing import Any

import griffe

_ROLE = re.compile(r":(?:attr|class|data|exc|func|meth|mod|obj):`(?P<short>~)?(?P<target>[^`]+)`")


class DocstringLinks(griffe.Extension):
    """Rewrites the roles of every docstring of a package, once all of it is loaded."""

    def on_package(self, *, pkg: griffe.Module, loader: griffe.GriffeLoader, **kwargs: Any) -> None:  # noqa: ARG002 - the hook's signature
        """Rewrite the docstrings of a package."""
        _rewrite(pkg)


def _rewrite(place: griffe.Object) -> None:
    if place.docstring is not None:
        place.docstring.value = resolve_links(place.docstring.value, place)
    for member in place.members.values():
        if isinstance(member, griffe.Object):
            _rewrite(member)


def resolve_links(text: str, place: griffe.Object) -> str:
    """Return a docstring with links instead of roles; names are looked up from where it stands."""

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
        # Griffe's own lookup knows nothing of what a class inherits.
        return f"{scope.path}.{target}"
    try:
        return f"{place.resolve(first)}{dot}{rest}"
    except griffe.NameResolutionError:
        return target
