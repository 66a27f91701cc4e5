"""The transformations that are read and not carried out: nested collections, joins and hierarchies.

They are read to the end, so that what is wrong with a text is a 400 and what is right is an honest 501.
"""

from __future__ import annotations

from odata.apply_parts import ApplyParts
from odata.transformations import Foreign


class NestingParser(ApplyParts):
    """The rules nestTrafo, joinTrafo, outerjoinTrafo, ancestorsTrafo, descendantsTrafo and traverseTrafo."""

    def nest(self, position: int) -> Foreign:
        self.listed(self.nested_item)
        return Foreign("The transformation 'nest'", position)

    def addnested(self, position: int) -> Foreign:
        self.grouping_path()
        self.require(",")
        self.listed(self.nested_item)
        return Foreign("The transformation 'addnested'", position)

    def nested_item(self) -> None:
        self.sequence()
        self.alias()

    def join(self, position: int) -> Foreign:
        self.grouping_path()
        self.alias()
        if self.take(","):
            self.sequence()
        return Foreign("The transformation 'join'", position)

    def relatives(self, position: int) -> Foreign:
        """`ancestors` and `descendants`."""
        self.hierarchy()
        self.require(",")
        self.sequence()
        while self.take(","):
            if self.token.kind == "integer":
                self.whole_number()
            elif self.at_word("keep"):
                self.advance()
                if not self.at_word("start"):
                    raise self.expected("'start'")
                self.advance()
            else:
                raise self.expected("a distance or 'keep start'")
        return Foreign("A hierarchy", position)

    def traverse(self, position: int) -> Foreign:
        self.hierarchy()
        self.require(",")
        if not self.at_word("preorder", "postorder"):
            raise self.expected("'preorder' or 'postorder'")
        self.advance()
        while self.take(","):
            if self.following.text == "(":
                self.sequence()
            else:
                self.order_item()
        return Foreign("A hierarchy", position)

    def hierarchy(self) -> None:
        """`$root/Set,Qualifier,path` (recHierReference)."""
        if self.token.text != "$root":
            raise self.expected("'$root/' and an entity set")
        self.rooted()
        self.require(",")
        self.require_name("a hierarchy's qualifier")
        self.require(",")
        self.grouping_path()
