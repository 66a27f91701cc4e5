"""The values of an expression, bound: arithmetic, calls, casts and cases over the literals of `literal_binder`."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from odata import ast, casts
from odata.arithmetic import OPERATORS, result_of
from odata.errors import NotSupported, TypeMismatch
from odata.functions import FUNCTIONS, Function, no_function, takes
from odata.literal_binder import LITERAL_KINDS, LiteralBinder
from odata.patterns import rewritten
from odata.resolver import full_name
from odata.typed import NOW, Arithmetic, Call, Choice, Constant, Conversion, Scalar, Slot
from odata.types import LITERALS, Convert, Edm, comparable, offset_minutes, wall_clock

TIMELY = (Edm.DATE, Edm.DATETIME, Edm.DURATION)
MOMENTS = {
    "mindatetime": dt.datetime(1, 1, 1, tzinfo=dt.UTC),
    "maxdatetime": dt.datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=dt.UTC),
}


class ValueBinder(LiteralBinder):
    """Binds the values of one parsed expression: what is calculated, called, cast or chosen."""

    # Arithmetic

    def visit_BinOp(self, node: ast.BinOp) -> Scalar:  # noqa: N802
        position = self._position(node)
        self._budget.spend(position)
        left, right = self._sides(node)
        if Edm.NULL in (left.type, right.type):
            return _NULL  # whose type is not known: a date less null may be a date or a duration
        operator, edm = result_of(OPERATORS[type(node.op).__name__], left.type, right.type, position)
        if _is_null(left) or _is_null(right):
            return Constant(None, edm)
        return Arithmetic(operator, left, right, edm)

    def _sides(self, node: ast.BinOp) -> list[Scalar]:
        """What is calculated with; a text beside a moment or a duration is a duration without its type in front."""
        sides = (node.left, node.right)
        bound = [None if isinstance(side, ast.String) else self._operand(side, None, True) for side in sides]
        timely = any(found is not None and found.type in TIMELY for found in bound)
        wanted = Edm.DURATION if timely else None
        return [found or self._operand(side, wanted, True) for side, found in zip(sides, bound, strict=True)]

    def _minus(self, node: ast.UnaryOp) -> Scalar:
        position = self._position(node)
        self._budget.spend(position)
        operand = self._operand(node.operand, None, finite=True)
        if operand.type is Edm.NULL:
            return operand
        if operand.type not in (Edm.INT32, Edm.INT64, Edm.DECIMAL, Edm.DURATION):
            raise TypeMismatch(
                f"'-' does not go with {operand.type.value} (at position {position}).", position=position
            )
        return Arithmetic("neg", operand, None, Edm.INT64 if operand.type is Edm.INT32 else operand.type)

    # Calls

    def visit_Call(self, node: ast.Call) -> Scalar:  # noqa: N802
        name = full_name(node.func).lower()
        position = self._position(node)
        if name in ("cast", "isof"):
            return self._cast(name, node)
        if name not in FUNCTIONS:
            raise no_function(name, position)
        fitting = [function for function in FUNCTIONS[name] if function.fits(len(node.args))]
        if not fitting:
            first = FUNCTIONS[name][0]
            least = len(first.takes) - first.optional
            number = f"{least} to {len(first.takes)}" if first.optional else str(least)
            raise TypeMismatch(
                f"'{name}' takes {number} arguments, found {len(node.args)} at position {position}.",
                position=position,
            )
        arguments = tuple(self._argument(given, i, fitting) for i, given in enumerate(node.args))
        function = self._fitting(fitting, arguments, node)
        if name == NOW:
            return Slot(NOW, Edm.DATETIME)
        if name in MOMENTS:
            return Slot(name, Edm.DATETIME, value=MOMENTS[name])
        if any(map(_is_null, arguments)):
            return Constant(None, function.gives)  # of nothing comes nothing (URL Conventions 4.01, 5.1.1)
        if function.takes == (Edm.DATETIME,):
            return self._of_moment(function, arguments[0])
        if name == "matchespattern":
            arguments = (arguments[0], self._pattern(arguments[1], node.args[1]))
        return Call(function, arguments, function.gives)

    def _argument(self, given: Any, index: int, fitting: list[Function]) -> Scalar:
        wanted = [function.takes[index] for function in fitting]
        kind = LITERAL_KINDS.get(type(given).__name__, "") if id(given) in self._parsed.ordinals else ""
        own = LITERALS[kind][0] if kind else wanted[0]
        if isinstance(given, ast.ParameterAlias):
            return self._operand(given, None if len(wanted) > 1 else wanted[0], finite=True)
        return self._operand(given, own if own in wanted else wanted[0], finite=True)

    def _fitting(self, fitting: list[Function], arguments: tuple[Scalar, ...], node: ast.Call) -> Function:
        """The first function that takes such arguments."""
        for function in fitting:
            if all(takes(w, a.type) for w, a in zip(function.takes, arguments, strict=False)):
                return function
        first = fitting[0]
        wanted, argument, given = next(
            found
            for found in zip(first.takes, arguments, node.args, strict=False)
            if not takes(found[0], found[1].type)
        )
        position = self._position(given)
        raise TypeMismatch(
            f"'{first.name}' takes {wanted.value}, found {argument.type.value} at position {position}.",
            position=position,
        )

    def _of_moment(self, function: Function, moment: Scalar) -> Scalar:
        """A part of a moment; of a literal as clocks show it where it was written (URL Conventions 4.01, 5.1.1.8)."""
        if not isinstance(moment, Slot) or moment.key == NOW:
            return Call(function, (moment,), function.gives)
        if function.name == "totaloffsetminutes":
            return _changed(dataclasses.replace(moment, type=function.gives), offset_minutes)
        return Call(function, (_changed(moment, wall_clock),), function.gives)

    def _pattern(self, bound: Scalar, given: Any) -> Scalar:
        position = self._position(given)
        if not isinstance(bound, Slot) or (bound.convert is None and bound.value is None):
            raise NotSupported(
                f"The pattern of matchesPattern must be a literal (at position {position}).",
                position=position,
            )
        try:
            return _changed(bound, rewritten)
        except ValueError as error:
            raise TypeMismatch(f"The pattern at position {position} {error}.", position=position) from None

    def _cast(self, name: str, node: ast.Call) -> Scalar:
        position = self._position(node)
        named: Any = node.args[-1]
        if len(node.args) != 2:
            raise NotSupported(
                f"'{name}' of the row itself is not supported (at position {position}).", position=position
            )
        wanted = casts.type_named(named, self._position(named))
        operand = self._operand(node.args[0], None, finite=True)
        if name == "isof":
            return self._is_of(operand, wanted.type)
        casts.check_cast(operand.type, wanted.type, position)
        if _is_null(operand):
            return Constant(None, wanted.type)
        return Conversion(operand, wanted.type, wanted.bounds)

    def _is_of(self, operand: Scalar, wanted: Edm) -> Scalar:
        raise NotImplementedError

    def visit_Case(self, node: ast.Case) -> Scalar:  # noqa: N802
        conditions = [self._truth(branch.condition) for branch in node.branches]
        results: dict[int, Scalar] = {}
        # Literals last: they take the type of the results that have one.
        for index, branch in sorted(
            enumerate(node.branches), key=lambda item: self._is_literal(item[1].result)
        ):
            known = next((r.type for r in results.values() if r.type is not Edm.NULL), None)
            results[index] = self._operand(branch.result, known, finite=True)
            found = results[index].type
            if known is not None and not comparable(found, known):
                position = self._position(branch)
                raise TypeMismatch(
                    f"The results of a case must be of one type; {found.value} at position {position} "
                    f"is not {known.value}.",
                    position=position,
                )
        types = {result.type for result in results.values()} - {Edm.NULL}
        if len(types) > 1:
            edm = Edm.DECIMAL if Edm.DECIMAL in types else Edm.INT64
        else:
            edm = types.pop() if types else Edm.NULL
        if all(map(_is_null, results.values())):
            return Constant(None, edm)
        return Choice(tuple((c, results[i]) for i, c in enumerate(conditions)), edm)

    def _truth(self, node: Any) -> Scalar:
        raise NotImplementedError


_NULL = Constant(None, Edm.NULL)


def _is_null(node: Scalar) -> bool:
    """Whether it is null in every row."""
    return isinstance(node, Constant) and node.value is None


def _changed(slot: Slot, change: Callable[[Any], Any]) -> Slot:
    """The slot of another value that is made of the same literal; of null comes null."""
    convert = slot.convert
    if convert is None:
        return dataclasses.replace(slot, value=None if slot.value is None else change(slot.value))
    return dataclasses.replace(slot, convert=partial(_made_of, convert, change))


def _made_of(convert: Convert, change: Callable[[Any], Any], text: str) -> Any:
    value = convert(text)
    return None if value is None else change(value)
