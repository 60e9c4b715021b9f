"""Checks that reject every shape that cannot become a correct model or operation, with its place and a fix.

A check accepts known shapes and rejects all others. A list of known problems would accept unknown ones.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from codegen.checks.components import check_components
from codegen.checks.facts import check_facts
from codegen.checks.operations import check_operations
from codegen.checks.root import check_root
from codegen.checks.signatures import check_signatures, check_tags
from codegen.checks.structure import check_structure
from codegen.checks.unions import check_unions
from codegen.problems import InvalidDescriptionError

if TYPE_CHECKING:
    from codegen.description import Description


def check_description(description: Description) -> None:
    """Do nothing if everything in the description can be generated.

    Raises:
        InvalidDescriptionError: Something cannot. The error lists all problems.

    """
    # Later checks rely on what earlier checks have verified.
    stages = (
        (check_structure,),
        (check_root,),
        (check_components,),
        (check_unions, check_operations),
        (check_tags, check_facts),
        (check_signatures,),
    )
    for checks in stages:
        if problems := list(chain.from_iterable(check(description) for check in checks)):
            raise InvalidDescriptionError(description.source, problems)
