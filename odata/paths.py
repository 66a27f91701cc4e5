"""What begins with a name: paths, calls, lambdas, and the segments that a path can end with."""

from __future__ import annotations

from collections.abc import Callable

from odata import ast
from odata.cursor import Cursor, N
from odata.errors import NotSupported, SyntaxProblem
from odata.lexer import Token

LAMBDAS: dict[str, type[ast.Any] | type[ast.All]] = {"any": ast.Any, "all": ast.All}
VARIABLES = ("$it", "$this", "$root")


class PathParser(Cursor):
    """The rules firstMemberExpr, rootExpr, functionExpr, methodCallExpr, anyExpr and allExpr of the ABNF.

    Names of functions are kept as written; which exist, and in which letter case, is the binder's business.
    """

    def expression(self, floor: int = 0) -> ast.Node:
        """An expression, up to an operator that binds no tighter than `floor`."""
        raise NotImplementedError

    def nested(self) -> ast.Node:
        """An expression that stands in brackets of some kind."""
        self.enter()
        inner = self.expression()
        self.leave()
        return inner

    def items(self, closing: str, item: Callable[[], N]) -> list[N]:
        """Items separated by commas, up to and with the closing bracket."""
        found: list[N] = []
        while not self.take(closing):
            if found and not self.take(","):
                raise self.expected(f"',' or '{closing}'")
            self.count_term()
            found.append(item())
        return found

    # The beginning of a path

    def named(self) -> ast.Node:
        """A path that begins with a name or with a call."""
        name = self.advance()
        if self.at("("):
            return self.steps(self.call(name))
        identifier = self.identifier(name)
        if "." not in name.text:
            return self.steps(identifier)
        if not self.at("/"):
            raise self.expected("'/' and a property of that type")
        return self.steps(self.node(ast.CastSegment(None, identifier), name.position, identifier))

    def rooted(self) -> ast.Node:
        """A path that begins with `$it`, `$this` or `$root`, which are case-sensitive."""
        name = self.token
        if name.text == "$these":
            raise NotSupported("The collection $these is not supported.", position=name.position)
        if name.text not in VARIABLES:
            raise self.expected("a value", "; only $it, $this and $root begin a path.")
        self.advance()
        start = self.node(ast.Root(name.text), name.position)
        if name.text == "$root" and not self.at("/"):
            raise self.expected("'/' and an entity set")
        return self.steps(start)

    def aliased(self) -> ast.Node:
        """`@p`, or the annotation `@Ns.Term#Qualifier` of the row itself."""
        token = self.token
        if "." in token.text or "#" in token.text:
            return self.steps(self.annotation(None))
        self.advance()
        return self.steps(self.node(ast.ParameterAlias(token.text[1:]), token.position))

    def identifier(self, name: Token) -> ast.Identifier:
        """A name as a node; what stands before its last dot is the namespace."""
        *namespace, last = name.text.split(".")
        return self.node(ast.Identifier(last, tuple(namespace)), name.position)

    def annotation(self, owner: ast.Node | None) -> ast.Node:
        token = self.advance()
        name, _, qualifier = token.text[1:].partition("#")
        term = self.identifier(Token("name", name, token.position + 1))
        above = [term] if owner is None else [owner, term]
        return self.node(ast.Annotation(owner, term, qualifier or None), token.position, *above)

    # The steps of a path

    def steps(self, owner: ast.Node) -> ast.Node:
        """The rest of a path, behind its beginning."""
        while self.take("/"):
            if self.token.kind == "name":
                owner = self.step(owner)
            elif self.token.kind == "at":
                owner = self.annotation(owner)
            elif self.token.text == "$filter":
                owner = self.filter_segment(owner)
            elif self.token.text == "$count":
                return self.count(owner)
            else:
                raise self.expected("a property")
        return owner

    def step(self, owner: ast.Node) -> ast.Node:
        """One segment that begins with a name."""
        name = self.advance()
        if self.at("("):
            if name.text.lower() in LAMBDAS:
                return self.collection_lambda(owner, name)
            if name.text == "aggregate":
                raise NotSupported(
                    f"'aggregate' inside an expression is not supported (at position {name.position}).",
                    position=name.position,
                )
            func = self.identifier(name)
            args = self.arguments()
            return self.node(ast.BoundCall(owner, func, args), name.position, owner, func, *args)
        if "." in name.text:
            type_name = self.identifier(name)
            return self.node(ast.CastSegment(owner, type_name), name.position, owner, type_name)
        return self.node(ast.Attribute(owner, name.text), name.position, owner)

    def filter_segment(self, owner: ast.Node) -> ast.Node:
        name = self.advance()
        self.require("(")
        condition = self.nested()
        self.require(")")
        return self.node(ast.FilterSegment(owner, condition), name.position, owner, condition)

    def collection_lambda(self, owner: ast.Node, name: Token) -> ast.Node:
        word = name.text.lower()
        operator = self.node(LAMBDAS[word](), name.position)
        self.require("(")
        function: ast.Lambda | None = None
        if not (word == "any" and self.at(")")):
            variable = self.identifier(self.require_name("a variable such as x in x:x/name"))
            self.require(":")
            predicate = self.nested()
            place = self.positions[id(variable)]
            function = self.node(ast.Lambda(variable, predicate), place, variable, predicate)
        self.require(")")
        below = [owner, operator] if function is None else [owner, operator, function]
        return self.node(ast.CollectionLambda(owner, operator, function), name.position, *below)

    def count(self, owner: ast.Node) -> ast.Node:
        """`$count`, alone or with `($filter=…;$search=…)`; `search` without `$` takes one word or phrase."""
        name = self.advance()
        condition: ast.Node | None = None
        search: str | None = None
        if self.take("("):
            while True:
                option = self.token.text.lower().lstrip("$").partition("=")[0].rstrip()
                if option == "filter" and condition is None:
                    self.advance()
                    self.require("=")
                    condition = self.nested()
                elif option == "search" and search is None:
                    search = self.search()
                else:
                    raise self.expected("$filter or $search, each at most once")
                if not self.take(";"):
                    break
            self.require(")")
        below = [owner] if condition is None else [owner, condition]
        return self.node(ast.Count(owner, condition, search), name.position, *below)

    def search(self) -> str:
        token = self.advance()
        if token.kind == "search":
            text = token.text.partition("=")[2].strip()
        else:
            self.require("=")
            # No literal: a shape leaves those out, and the words to search for are part of the statement.
            text = self.advance().text if self.token.kind in ("name", "json") else ""
        if not text:
            raise self.expected("words to search for")
        return text

    # Calls

    def call(self, name: Token) -> ast.Node:
        """A function that is called on nothing; the current token is its bracket."""
        word = name.text.lower()
        if word in LAMBDAS:
            raise SyntaxProblem(
                f"'{word}' at position {name.position} needs a collection before it, as in items/{word}(…).",
                position=name.position,
            )
        if word == "case":
            return self.case(name)
        func = self.identifier(name)
        args = self.typed_arguments() if word in ("cast", "isof") else self.arguments()
        return self.node(ast.Call(func, args), name.position, func, *args)

    def arguments(self) -> list[ast.Node]:
        self.require("(")
        return self.items(")", self.argument)

    def argument(self) -> ast.Node:
        """`value`, or `name=value`."""
        name = self.token
        if name.kind != "name" or self.following.text != "=":
            return self.nested()
        self.advance()
        self.advance()
        label, value = self.identifier(name), self.nested()
        return self.node(ast.NamedParam(label, value), name.position, label, value)

    def typed_arguments(self) -> list[ast.Node]:
        """The arguments of `cast` and `isof`: a type, or a value and a type."""
        self.require("(")
        args: list[ast.Node] = []
        if not self.at_lone_type():
            args.append(self.nested())
            self.require(",")
        args.append(self.type_name())
        self.require(")")
        return args

    def at_lone_type(self) -> bool:
        """Whether the bracket holds a type and no value before it."""
        return self.token.kind == "name" and (
            self.following.text == ")" or (self.token.text == "Collection" and self.following.text == "(")
        )

    def type_name(self) -> ast.Node:
        first = self.require_name("a type such as Edm.String")
        collection = first.text == "Collection" and self.take("(")
        name = self.identifier(self.require_name("a type such as Edm.String") if collection else first)
        if collection:
            self.require(")")
        return self.node(ast.TypeName(name, collection), first.position, name)

    def case(self, name: Token) -> ast.Node:
        self.require("(")
        branches: list[ast.When] = []
        while True:
            self.count_term()
            condition = self.nested()
            colon = self.require(":")
            result = self.nested()
            branches.append(self.node(ast.When(condition, result), colon.position, condition, result))
            if not self.take(","):
                break
        self.require(")")
        return self.node(ast.Case(branches), name.position, *branches)
