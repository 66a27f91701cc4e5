"""The people who work at the firm."""

from flask import request
from sqlalchemy.orm import Session

from app.api.parameters import SINCE, Parameter
from app.api.resources.face import DELETE, GET, LIST, Resource, odata, v1, v2
from app.models import Role, User
from app.services.dismissal import dismiss
from app.services.records import Rules
from app.services.scoping import Actor
from schemas import odata as entities
from schemas import v1 as dto
from schemas import v2 as shapes
from schemas.fields import Text

BY_EMAIL = Parameter(
    "email_address",
    Text(),
    "tolower(email) eq tolower(@value)",
    "Only the user with this email address.",
)


def _dismiss(session: Session, actor: Actor, user: User) -> None:
    """With the address of the request, which the audit trail keeps."""
    dismiss(session, actor, user, address=request.remote_addr)


RESOURCES = (
    Resource(
        User,
        "users",
        "user",
        (
            v2("users", shapes.User, *SINCE, BY_EMAIL, operations=frozenset({LIST, GET, DELETE})),
            v1("user", dto.UserDTO, operations=frozenset({LIST})),
            odata("Users", entities.User),
        ),
        Rules(delete=_dismiss),
    ),
    Resource(Role, "users", "role", (odata("Roles", entities.Role),)),
)
