"""A request to the server, as the host read it off the wire."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from authlib.oauth2.rfc6749 import InvalidRequestError, OAuth2Payload, OAuth2Request

from oauth.tables import Owner, moment

if TYPE_CHECKING:
    from oauth.clients import Client

Parameters = Mapping[str, Sequence[str]]
MAY_REPEAT = "resource"
"""An app may name several resources (RFC 8707 section 2)."""


class Payload(OAuth2Payload):
    """The parameters. One without a value counts as left out (RFC 6749 section 3.1)."""

    def __init__(self, parameters: Parameters) -> None:
        self._data = {name: values[0] for name, values in parameters.items() if values and values[0]}
        self._datalist = defaultdict(list, {name: list(values) for name, values in parameters.items()})

    @property
    def data(self) -> dict[str, str]:
        return self._data

    @property
    def datalist(self) -> defaultdict[str, list[str]]:
        return self._datalist

    def refuse_repeats(self, *names: str) -> None:
        """Refuse parameters that came more than once (RFC 6749 sections 3.1 and 3.2).

        Args:
            names: the ones to look at; all but `resource` when none is given.
        """
        looked_at = names or [name for name in self._datalist if name != MAY_REPEAT]
        if any(len(self._datalist[name]) > 1 for name in looked_at):
            raise InvalidRequestError("A parameter was sent more than once.")


class Request(OAuth2Request):
    """A request with its parameters, from the query at the authorization endpoint, else from the body.

    The host has judged the transport by the peer's address. Authlib would look at the host name in the URL,
    so it is given one that it accepts.

    Args:
        parameters: each name with all its values.
    """

    named: Client | None = None
    """The app that the request says it comes from, which it need not have proved."""
    is_authorization = False
    """Whether it came to the authorization endpoint."""
    decided_by: Owner | None = None
    """The user who approved or denied an authorization request."""

    def __init__(self, method: str, headers: Mapping[str, str], parameters: Parameters) -> None:
        super().__init__(method, "https://localhost/", headers=headers)
        self.began = moment()
        self.payload = Payload(parameters)

    @property
    def args(self) -> dict[str, str]:
        return self.payload.data

    @property
    def form(self) -> dict[str, str]:
        return self.payload.data
