"""Whether a value may be null: what cannot be is compared in SQL's own words, which an index understands."""

from __future__ import annotations

from odata.metadata import Navigation, Step
from odata.typed import Arithmetic, Call, Choice, Constant, Conversion, Logical, Negation, Path, Scalar, Slot


def is_nullable(node: Scalar) -> bool:
    match node:
        case Path():
            steps = steps_of(node.navigations) + node.property.steps
            return node.property.nullable or not all(step.certain for step in steps)
        case Call():
            return any(map(is_nullable, node.arguments))
        case Arithmetic() | Choice():
            return True  # of a division by zero, or where no condition is true
        case Conversion():
            return node.bounds is not None or is_nullable(node.operand)
        case Negation():
            return is_nullable(node.operand)
        case Logical():
            return any(map(is_nullable, node.operands))
        case Constant():
            return node.value is None
        case Slot():
            return node.nullable
    return False


def steps_of(navigations: tuple[Navigation, ...]) -> tuple[Step, ...]:
    """The joins along a way."""
    return tuple(step for navigation in navigations for step in navigation.steps)
