"""``python -m codegen.policy``: no breaking change of a model goes out without a word in CHANGELOG.md.

``released/`` holds the models of the last release, exported. The models as they are now are compared with them; every
breaking change has to stand, by its name in backquotes, under a heading "Breaking" of a section above that release.
``--release`` takes the present models as those of the present version.
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
    """Check the policy, and return the exit status: 0 kept, 1 broken."""
    parser = argparse.ArgumentParser(prog="python -m codegen.policy", description=__doc__)
    parser.add_argument("--release", action="store_true", help="take the present models as those of this version")
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
    """Give one sentence for everything that is against the policy.

    ``released`` and ``present`` are the texts of exported modules, by API; ``version`` is the present one.
    """
    for api, text in present.items():
        if api not in released:
            yield f"{RELEASED}/{api}.py is missing: run `python -m codegen.policy --release` at a release"
            continue
        last = _version_of(released[api])
        told = listed_as_breaking(changelog, last)
        breaking = [change for change in compare(read_shape(released[api]), read_shape(text)) if change.breaking]
        for change in breaking:
            name, _, what = str(change).partition(": ")
            if f"{api}.{name}" not in told:
                yield f'{CHANGELOG} lacks, under "### Breaking" above {last}:\n- `{api}.{name}`: {what}'
        if breaking and version != last and not allows_breaking(last, version):
            yield f"The models of {api} break their users, which the step from {last} to {version} does not allow"


def release_blockers(
    released: Mapping[str, str],
    present: Mapping[str, str],
    changelog: str,
    version: str,
) -> Iterator[str]:
    """Give one sentence for everything that keeps the present models from being released under this version."""
    if version not in _SECTION.findall(changelog):
        yield f'{CHANGELOG} has no section "## {version}"'
    if released:
        yield from violations(released, present, changelog, version)
    for api, text in released.items():
        if _version_of(text) == version and text != present[api]:
            yield f"The models of {api} were released as {version} already: raise the version"


def listed_as_breaking(changelog: str, last: str) -> set[str]:
    """Return the names that stand under "Breaking" in the sections above that of the release ``last``."""
    sections = list(_SECTION.finditer(changelog))
    end = next((section.start() for section in sections if section[1] == last), len(changelog))
    parts = _BREAKING.findall(changelog[:end])
    return {name for part in parts for name in _QUOTED.findall(part)}


def allows_breaking(last: str, version: str) -> bool:
    """Whether the step from one version to another may break: a higher first number, or second where the first is 0."""
    before, after = (tuple(int(part) for part in re.findall(r"\d+", text)[:3]) for text in (last, version))
    leading = 2 if before[0] == 0 else 1
    return after[:leading] > before[:leading]


def _version_of(exported: str) -> str:
    found = _EXPORTED_BY.search(exported)
    if found is None:
        raise ValueError("an exported module says in its head which release it is from")
    return found[1]


if __name__ == "__main__":
    raise SystemExit(main())
