"""``python -m codegen`` writes the generated files. ``--check`` compares them and exits with 1 if one differs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from codegen.files import generated_files, stale_files, write
from codegen.formatting import PROJECT, GeneratedCodeError
from codegen.problems import InvalidDescriptionError


def main(arguments: list[str] | None = None) -> int:
    """Run the generator. Return the exit code: 0 done or up to date, 1 stale, 2 invalid description."""
    parser = argparse.ArgumentParser(prog="python -m codegen", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing and exit with 1 if a generated file is stale"
    )
    parser.add_argument("--root", type=Path, default=PROJECT, help="the project with openapi/ (default: this one)")
    options = parser.parse_args(arguments)
    try:
        files = generated_files(options.root)
    except (InvalidDescriptionError, GeneratedCodeError) as error:
        print(error, file=sys.stderr)
        return 2
    if options.check:
        found = stale_files(options.root, files)
        for message in found:
            print(message, file=sys.stderr)
        return 1 if found else 0
    for path in write(options.root, files):
        print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
