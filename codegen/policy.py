"""``python -m codegen.policy``: check that CHANGELOG.md lists every breaking change of a model.

``released/`` contains the exported models of the last release. The current models are compared with them. Every
breaking change must be listed, by its name in backquotes, under a heading "Breaking" in a section above that release.
``--release`` saves the current models as those of the current version.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from codegen.formatting import PROJECT
from sequence_async._version import __version__
from sequence_async.pinning.changes import compare
from sequence_async.pinning.export import APIS, export_models
from sequence_async.pinning.shape import read_shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RELEASED = "released"
CHANGELOG = "CHANGELOG.md"
_EXPORTED_BY = re.compile(r"^# by sequence-async (\S+);", re.MULTILINE)
_SECTION = re.compile(r"^## \[?([^\s\]]+)", re.MULTILINE)
_BREAKING = re.compile(r"^### Breaking\b.*\n((?:(?!^#).*\n?)*)", re.MULTILINE)
_QUOTED = re.compile(r"`([^`]+)`")


def main(arguments: list[str] | None = None) -> int:
    """Check the policy. Return the exit code: 0 if it is met, otherwise 1."""
    parser = argparse.ArgumentParser(prog="python -m codegen.policy", description=__doc__)
    parser.add_argument("--release", action="store_true", help="save the current models as those of this version")
    parser.add_argument("--root", type=Path, default=PROJECT, help="the project (default: this one)")
    options = parser.parse_args(arguments)
    root: Path = options.root
    released = {api: path.read_text("utf-8") for api in APIS if (path := root / RELEASED / f"{api}.py").exists()}
    present = {api: export_models(api) for api in APIS}
    changelog = (root / CHANGELOG).read_text("utf-8")
    if options.release:
        found = list(release_blockers(released, present, changelog, __version__))
    else:
        found = list(violations(released, present, changelog, __version__))
    if found:
        print("\n".join(found), file=sys.stderr)
        return 1
    if options.release:
        (root / RELEASED).mkdir(exist_ok=True)
        for api, text in present.items():
            (root / RELEASED / f"{api}.py").write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote {RELEASED}/{api}.py")
    return 0


def violations(
    released: Mapping[str, str],
    present: Mapping[str, str],
    changelog: str,
    version: str,
) -> Iterator[str]:
    """Yield a message for each violation of the policy.

    ``released`` and ``present`` are the texts of the exported modules by API. ``version`` is the current version.
    """
    for api, text in present.items():
        if api not in released:
            yield f"{RELEASED}/{api}.py is missing: run `python -m codegen.policy --release` at a release"
            continue
        last = _version_of(released[api])
        listed = listed_as_breaking(changelog, last)
        breaking = [change for change in compare(read_shape(released[api]), read_shape(text)) if change.breaking]
        for change in breaking:
            name, _, what = str(change).partition(": ")
            if f"{api}.{name}" not in listed:
                yield f'{CHANGELOG} is missing an entry under "### Breaking" above {last}:\n- `{api}.{name}`: {what}'
        if breaking and version != last and not allows_breaking(last, version):
            yield f"The models of {api} have breaking changes, which a step from {last} to {version} does not allow"


def release_blockers(
    released: Mapping[str, str],
    present: Mapping[str, str],
    changelog: str,
    version: str,
) -> Iterator[str]:
    """Yield a message for each problem that prevents the release of the current models under this version."""
    if version not in _SECTION.findall(changelog):
        yield f'{CHANGELOG} has no section "## {version}"'
    if released:
        yield from violations(released, present, changelog, version)
    for api, text in released.items():
        if _version_of(text) == version and text != present[api]:
            yield f"The models of {api} were already released as {version}: raise the version"


def listed_as_breaking(changelog: str, last: str) -> set[str]:
    """Return the names under "Breaking" in the sections above that of the release ``last``."""
    sections = list(_SECTION.finditer(changelog))
    end = next((section.start() for section in sections if section[1] == last), len(changelog))
    parts = _BREAKING.findall(changelog[:end])
    return {name for part in parts for name in _QUOTED.findall(part)}


def allows_breaking(last: str, version: str) -> bool:
    """Return whether a new version may have breaking changes: a higher first number, or second if the first is 0."""
    before, after = (tuple(int(part) for part in re.findall(r"\d+", text)[:3]) for text in (last, version))
    leading = 2 if before[0] == 0 else 1
    return after[:leading] > before[:leading]


def _version_of(exported: str) -> str:
    found = _EXPORTED_BY.search(exported)
    if found is None:
        raise ValueError("the header of an exported module must name its release")
    return found[1]


if __name__ == "__main__":
    raise SystemExit(main())
