"""How one record shows another, and the properties that do so."""

from typing import Any

from schemas.fields import Guid, Moment, Reference, Text
from schemas.v1.camel import CamelShape


class ClientReference(CamelShape):
    """A client of the firm, whom v2 calls an account."""

    id = Guid(required=True)
    name = Text(attribute="display_name")


class CaseReference(CamelShape):
    id = Guid(required=True)
    title = Text(attribute="name")


class UserReference(CamelShape):
    id = Guid(required=True)
    name = Text(attribute="display_name")
    email = Text()


def to_client(**kwargs: Any) -> Reference:
    """The client that a record is for; `clientId` writes it."""
    return Reference(
        ClientReference, attribute="account_id", link="account", instead_of="client_id", **kwargs
    )


def to_case(**kwargs: Any) -> Reference:
    """The case that a record is on; `caseId` writes it."""
    return Reference(CaseReference, attribute="matter_id", link="matter", instead_of="case_id", **kwargs)


def made(column: str) -> Moment:
    return Moment(attribute=column, dump_only=True)
