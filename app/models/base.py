"""What every table of a firm's data has in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import uuid4

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    FromClause,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from app.models.types import Guid, UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


def new_id() -> str:
    return str(uuid4())


def now() -> dt.datetime:
    """This moment in UTC, to the millisecond that the columns keep."""
    moment = dt.datetime.now(dt.UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


@dataclass(frozen=True)
class Link:
    """How one kind of row leads to another within the firm.

    Args:
        target: the model's class name.
        local, remote: the columns that are equal on both sides, besides `firm_id`.
        through: the table between the two, for links of many to many; `local` and `remote` are its columns.
        where: fixed values of columns of the target.
        many: whether there can be more than one.
        owned: whether this row's own column points at the target, so that a foreign key guards it.
        part: whether the targets are parts of this row, written with it and by nothing else.
        listed: whether the targets are a list of records, so that deleted ones are gone from it; else they are
            what this row refers to.
    """

    target: str
    local: str = "id"
    remote: str = "id"
    through: Table | None = None
    where: Mapping[str, Any] = field(default_factory=dict)
    many: bool = False
    owned: bool = False
    part: bool = False
    listed: bool = False


def to_one(target: str, column: str) -> Link:
    """This row's `column` holds the target's id."""
    return Link(target, local=column, owned=True)


def to_row_of(target: str, column: str, *, many: bool = True, **where: Any) -> Link:
    """The target's `column` holds this row's id."""
    return Link(target, remote=column, where=where, many=many)


def to_itself(model: str) -> Link:
    """The same row once more, for what a door shows of it apart."""
    return Link(model)


def parts_of(target: str, column: str, *, many: bool = True, **where: Any) -> Link:
    """The same, for rows that belong to this one and come and go with it."""
    return Link(target, remote=column, where=where, many=many, part=True)


def through(target: str, table: Table) -> Link:
    """A table of its own joins the two: its second column is this row's id, its third the target's."""
    _, owner, member = table.c.keys()
    return Link(target, local=owner, remote=member, through=table, many=True)


def listed_through(target: str, table: Table) -> Link:
    """The same table seen from its other end: its third column is this row's id, its second the target's."""
    _, owner, member = table.c.keys()
    return Link(target, local=member, remote=owner, through=table, many=True, listed=True)


class FirmRow(Base):
    """A row of a firm's data. The key leads with the firm, so that tables can be spread by firm and no
    foreign key can point into another firm."""

    __abstract__ = True

    # What every statement asks for comes first in the row: SQLite reads a row up to the last column it needs.
    firm_id: Mapped[int] = mapped_column(sort_order=-3)
    id: Mapped[str] = mapped_column(Guid, default=new_id, sort_order=-2)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime, sort_order=-1)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=now, sort_order=1)
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=now, sort_order=2)
    created_by_id: Mapped[str | None] = mapped_column(Guid, sort_order=3)
    updated_by_id: Mapped[str | None] = mapped_column(Guid, sort_order=4)

    links: ClassVar[dict[str, Link]] = {}
    """The rows that this one leads to, by name; the doors' schemas name them."""

    listed_by: ClassVar[tuple[str, ...]] = ()
    """The columns by which such rows are listed inside another record, before their id."""

    part_key: ClassVar[str] = "position"
    """Where such rows are parts of another record: the column that tells one of its parts from the others."""

    lookups: ClassVar[dict[str, str]] = {}
    """The columns that hold a lookup value's id, with the standard table that the value is chosen from."""

    computed: ClassVar[dict[str, Callable[[FromClause], ColumnElement[Any]]]] = {}
    """Values worked out in SQL from the row, by name; the doors' schemas name them like columns."""

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805 - SQLAlchemy calls it on the class
        return (
            PrimaryKeyConstraint("firm_id", "id"),
            ForeignKeyConstraint(["firm_id"], ["firms.id"]),
            Index(f"ix_{cls.__tablename__}_live", "firm_id", "id", **live()),
            *cls.constraints(),
        )

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        """The table's own foreign keys and indexes."""
        return ()


AUTHORS = {"created_by": to_one("User", "created_by_id"), "updated_by": to_one("User", "updated_by_id")}


def live(also: str = "") -> dict[str, Any]:
    """Index options that leave deleted rows out: the lists never read them.

    Args:
        also: another condition on the rows, in SQL.
    """
    clause = text(f"{also} AND deleted_at IS NULL" if also else "deleted_at IS NULL")
    return {"sqlite_where": clause, "postgresql_where": clause}


def known_elsewhere(table: str, column: str, *, unique: bool = False) -> Index:
    """An index on the id by which another system knows such a record."""
    name = f"{'uq' if unique else 'ix'}_{table}_{column}"
    return Index(name, "firm_id", column, unique=unique, **live(f"{column} IS NOT NULL"))


def refers(column: str, table: str) -> ForeignKeyConstraint:
    """A foreign key to a row of the same firm."""
    return ForeignKeyConstraint(["firm_id", column], [f"{table}.firm_id", f"{table}.id"])


def joining(name: str, owner: str, owner_table: str, member: str, member_table: str) -> Table:
    """A table that joins two kinds of rows of one firm."""
    return Table(
        name,
        Base.metadata,
        Column("firm_id", primary_key=True),
        Column(owner, Guid, primary_key=True),
        Column(member, Guid, primary_key=True),
        ForeignKeyConstraint(["firm_id"], ["firms.id"]),
        refers(owner, owner_table),
        refers(member, member_table),
        Index(f"ix_{name}_{member}", "firm_id", member, owner),
    )
