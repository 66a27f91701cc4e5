"""What is said at the door: signing in, opening a firm, choosing another password."""

from marshmallow import fields

from schemas.fields import Moment, Owned, Text, Whole
from schemas.praxis.users import User
from schemas.v1.camel import CamelShape


class Firm(CamelShape):
    """The firm that the user works at."""

    id = Whole()
    name = Text()


class Login(CamelShape):
    """Who signs in."""

    email = Text(required=True, blank=False)
    password = Text(required=True)
    code = Text(doc="Of the second factor, where the user has switched it on.")


class Register(CamelShape):
    """A new firm and its administrator."""

    firm_name = Text(required=True, blank=False, max_length=200)
    email = Text(required=True, blank=False)
    password = Text(required=True)
    first_name = Text(max_length=100)
    last_name = Text(max_length=100)


class ChangePassword(CamelShape):
    """The present password, and the one to come."""

    current_password = Text(required=True)
    new_password = Text(required=True)


class SignedIn(CamelShape):
    """A token for the requests that follow, and whose it is."""

    token = fields.String(required=True)
    expires_at = Moment()
    user = Owned(User)
    firm = Owned(Firm)
