"""From the text of $apply to transformations (OData Aggregation ABNF 4.0).

The text is tokenized once, so that positions and the ordinals of literals count through all of it.
"""

from __future__ import annotations

from collections.abc import Callable

from odata import ast
from odata.errors import NotSupported, SyntaxProblem, UnknownFunction, suggest
from odata.lexer import LITERALS, tokenize
from odata.limits import DEFAULT, Limits
from odata.nesting_parser import NestingParser
from odata.parser import ComputeItem, Parsed
from odata.transformations import (
    Aggregate,
    Aggregation,
    Best,
    Compute,
    Concat,
    Filter,
    Foreign,
    GroupBy,
    Identity,
    OrderBy,
    Rollup,
    Search,
    Sequence,
    Skip,
    Top,
    Transformation,
)

METHODS = ("sum", "min", "max", "average", "countdistinct")
BEST = tuple(f"{end}{kind}" for end in ("top", "bottom") for kind in ("count", "sum", "percent"))


def parse_apply(text: str, limits: Limits = DEFAULT) -> Sequence:
    """Parse the text of $apply.

    Raises:
        SyntaxProblem: with the place, and what was expected there.
        UnknownFunction: a transformation that does not exist.
        LimitExceeded: it is too long, too deep or has too many terms.
    """
    return ApplyParser(text, limits).everything()


class ApplyParser(NestingParser):
    """The rule applyExpr; names are resolved later."""

    def __init__(self, text: str, limits: Limits) -> None:
        super().__init__(tokenize(text, limits), limits)
        self._text = text

    def everything(self) -> Sequence:
        found = self.sequence()
        if self.token.kind != "end":
            raise self.expected("'/' and a transformation, or the end")
        return found

    def sequence(self) -> Sequence:
        found = [self.transformation()]
        while self.take("/"):
            self.count_term()
            found.append(self.transformation())
        return tuple(found)

    def transformation(self) -> Transformation:
        name = self.require_name("a transformation such as groupby, aggregate or filter")
        if name.text == "identity":
            return Identity()
        if "." in name.text:
            self.arguments()
            return Foreign(f"The transformation '{name.text}'", name.position)
        if name.text not in KNOWN:
            if name.text == "expand":
                raise NotSupported(
                    "The transformation 'expand' is not supported; use $expand.", position=name.position
                )
            raise UnknownFunction(
                f"Unknown transformation '{name.text}' at position {name.position}{suggest(name.text, KNOWN)}",
                position=name.position,
            )
        if name.text == "search":
            return self.search_words()
        self.enter()
        self.require("(")
        if name.text in BEST:
            made: Transformation = self.best(name.text, name.position)
        else:
            made = _READERS[name.text](self, name.position)
        self.require(")")
        self.leave()
        return made

    # Each transformation, within its brackets

    def filter_rows(self, position: int) -> Transformation:
        return Filter(self.parsed())

    def compute(self, position: int) -> Transformation:
        return Compute(tuple(self.listed(self.computed)))

    def computed(self) -> ComputeItem:
        expression = self.parsed()
        return ComputeItem(expression, self.alias())

    def aggregate(self, position: int) -> Transformation:
        items = self.listed(self.aggregation)
        foreign = next((item for item in items if isinstance(item, Foreign)), None)
        return foreign or Aggregate(tuple(item for item in items if isinstance(item, Aggregation)))

    def aggregation(self) -> Aggregation | Foreign:
        """One aggregateExpr; what stands without `with` and is no $count is a custom aggregate."""
        position = self.token.position
        of: Parsed | None = None
        method = ""
        if self.token.text == "$count":
            self.advance()
            method = "$count"
        else:
            of = self.parsed()
            if isinstance(of.root, ast.Count):
                method = "$count"
            elif self.at_word("with"):
                method = self.method()
            elif not isinstance(
                of.root, ast.Identifier | ast.Attribute | ast.CastSegment | ast.BoundCall | ast.Call
            ):
                raise self.expected("'with' and a method such as sum")
        steps = 0
        while self.at_word("from"):
            self.advance()
            self.listed(self.grouping_path)
            if self.at_word("with"):
                self.method()
            elif method:
                raise self.expected("'with' and a method such as average")
            steps += 1
        if not method and not self.at_word("as"):
            return Foreign("A custom aggregate", position)
        alias = self.alias()
        if not method:
            return Foreign("A custom aggregate, which is what stands without 'with' and a method,", position)
        if steps or "." in method:
            return Foreign("'from' in aggregate(…)" if steps else f"The method '{method}'", position)
        return Aggregation(of, method, alias, position)

    def method(self) -> str:
        self.advance()
        if self.token.kind != "name" or (self.token.text not in METHODS and "." not in self.token.text):
            raise self.expected("one of " + ", ".join(METHODS), suggest(self.token.text, METHODS))
        return self.advance().text

    def groupby(self, position: int) -> Transformation:
        self.require("(")
        elements = self.listed(self.grouping)
        self.require(")")
        then = self.sequence() if self.take(",") else None
        foreign = next((element for element in elements if isinstance(element, Foreign)), None)
        if foreign:
            return foreign
        return GroupBy(tuple(e for e in elements if not isinstance(e, Foreign)), then, position)

    def grouping(self) -> Parsed | Rollup | Foreign:
        if self.following.text != "(" or not self.at_word("rollup", "rolluprecursive"):
            return self.grouping_path()
        word = self.advance()
        self.require("(")
        if word.text.lower() == "rolluprecursive":
            self.hierarchy()
            if self.take(","):
                self.sequence()
            self.require(")")
            return Foreign("A hierarchy ('rolluprecursive')", word.position)
        paths = self.listed(self.grouping_path)
        self.require(")")
        if len(paths) == 1:
            return Foreign("A named hierarchy in 'rollup'", word.position)
        return Rollup(tuple(paths))

    def concat(self, position: int) -> Transformation:
        branches = self.listed(self.sequence)
        if len(branches) < 2:
            raise self.expected("',' and a further sequence")
        return Concat(tuple(branches), position)

    def best(self, name: str, position: int) -> Best:
        limit = self.parsed()
        self.require(",")
        return Best(name, limit, self.parsed(), position)

    def orderby(self, position: int) -> Transformation:
        return OrderBy(tuple(self.listed(self.order_item)))

    def top(self, position: int) -> Transformation:
        return Top(self.whole_number())

    def skip(self, position: int) -> Transformation:
        return Skip(self.whole_number())

    def search_words(self) -> Search:
        """The words as they stand; the literals among them are counted, as a shape counts them too."""
        bracket = self.require("(")
        depth, start = 1, bracket.position + 1
        while True:
            token = self.token
            if token.kind == "end":
                raise self.expected("')'")
            depth += (token.text == "(") - (token.text == ")")
            if depth == 0:
                break
            if token.kind in LITERALS:
                self.literal(ast.String(""), token.position)
            self.advance()
        end = self.advance().position
        text = self._text[start:end]
        if not text.strip():
            raise SyntaxProblem(f"Expected words to search for at position {start}.", position=start)
        return Search(text, start)


_READERS: dict[str, Callable[[ApplyParser, int], Transformation]] = {
    "aggregate": ApplyParser.aggregate,
    "ancestors": ApplyParser.relatives,
    "addnested": ApplyParser.addnested,
    "compute": ApplyParser.compute,
    "concat": ApplyParser.concat,
    "descendants": ApplyParser.relatives,
    "filter": ApplyParser.filter_rows,
    "groupby": ApplyParser.groupby,
    "join": ApplyParser.join,
    "nest": ApplyParser.nest,
    "orderby": ApplyParser.orderby,
    "outerjoin": ApplyParser.join,
    "skip": ApplyParser.skip,
    "top": ApplyParser.top,
    "traverse": ApplyParser.traverse,
}
"""How each transformation is read, within its brackets."""

KNOWN = (*_READERS, *BEST, "search", "identity")
