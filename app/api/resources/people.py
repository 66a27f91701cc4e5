"""The people who work at the firm."""

from app.api.parameters import SINCE, Parameter, known_elsewhere
from app.api.resources.face import CREATE, LIST, REPLACE, Resource, odata, praxis, v1, v2
from app.models import Role, User
from app.services import users
from schemas import odata as entities
from schemas import praxis as camel
from schemas import v1 as dto
from schemas import v2 as shapes
from schemas.fields import Text

BY_EMAIL = Parameter(
    "email_address",
    Text(),
    "tolower(email) eq tolower(@value)",
    "Only the user with this email address.",
)

BY_ADMINISTRATORS = (
    "Only for administrators. Whoever is new is a member, and signs in once an administrator has given a "
    "password on the user's page."
)

RESOURCES = (
    Resource(
        User,
        "users",
        "user",
        (
            v2(
                "users",
                shapes.User,
                *SINCE,
                BY_EMAIL,
                known_elsewhere("external_unique_id"),
                ours=dict.fromkeys((CREATE, REPLACE), BY_ADMINISTRATORS),
                upserts=True,
            ),
            v1("user", dto.UserDTO, operations=frozenset({LIST})),
            odata("Users", entities.User),
            praxis("auth", "user", camel.User, operations=frozenset()),  # `app/api/praxis/sign_in.py`
        ),
        users.RULES,
    ),
    Resource(Role, "users", "role", (odata("Roles", entities.Role),)),
)
