"""What must hold of a page, as values: `check(layout)` tells where it does not."""

from __future__ import annotations

import msgspec

from banana_layout.constraints.standard import STANDARD
from banana_layout.constraints.violation import Constraint, Violation
from banana_layout.layout.result import Layout

__all__ = ["STANDARD", "Constraint", "Violation", "check"]


def check(layout: Layout, *constraints: Constraint) -> tuple[Violation, ...]:
    """Return every place where a layout breaks a constraint; none given: the standard set."""
    found: list[Violation] = []
    for number, page in enumerate(layout.pages, 1):
        for constraint in constraints or STANDARD:
            found += [
                msgspec.structs.replace(v, page=number, constraint=constraint.name)
                for v in constraint.find(page, layout.theme)
            ]
    return tuple(found)
