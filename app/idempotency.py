"""`Idempotency-Key`: a POST that is sent again, because its answer was lost, is carried out once.

As draft-ietf-httpapi-idempotency-key-header has it. Every door is served here, through `app.auth.requires`. What
fails leaves neither a record nor a key, so it may be sent again as it is, or mended.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Protocol

import orjson
from flask import Response, current_app, g, request
from sqlalchemy.orm import Session

from app.errors import InvalidBody, MatterbaseError
from app.services import idempotency
from app.services.idempotency import Answer, Kept, Sender
from app.transactions import Whole

HEADER = "Idempotency-Key"
IN_ENVIRONMENT = "HTTP_IDEMPOTENCY_KEY"
REPLAYED = "Idempotency-Replayed"
LONGEST = 255
SHAPE = re.compile(rf"[\x21-\x2b\x2d-\x7e]{{1,{LONGEST}}}")
"""No comma: it is where a server or a proxy has put two headers into one (RFC 9110 section 5.3)."""
NO_KEY = f"Must be one key of 1 to {LONGEST} printable ASCII characters without spaces and commas."
MULTIPART = "multipart/form-data"


class Caller(Protocol):
    """Who sends the request."""

    @property
    def firm_id(self) -> int: ...
    @property
    def user_id(self) -> str: ...
    @property
    def client_id(self) -> str | None: ...
    @property
    def grant_id(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def scopes(self) -> frozenset[str]: ...
    @property
    def sight(self) -> object: ...


class KeyReused(MatterbaseError):
    """The key came before with another request (the draft's section 2.7)."""

    status = 422
    code = "idempotency_key_reused"

    def __init__(self) -> None:
        super().__init__(
            "This Idempotency-Key was sent before with another address or body; a new request takes a new key."
        )


class Repeated(Exception):
    """The request was carried out before."""

    def __init__(self, kept: Kept) -> None:
        super().__init__()
        self.kept = kept


def has_key(environ: dict[str, Any]) -> bool:
    """Whether a request asks to be carried out once. The methods other than POST do so by themselves."""
    return IN_ENVIRONMENT in environ and environ["REQUEST_METHOD"] == "POST"


def once(caller: Caller, view: Callable[[], Any]) -> Any:
    """Carry the request out, unless that has happened before; then, answer as before.

    Raises:
        InvalidBody: what the header holds is no key.
        KeyReused: the key came with another request.
        Conflict: the first request with this key is not done yet.
    """
    secret = str(current_app.secret_key)
    g.keyed = keyed = Keyed(caller)
    try:
        if request.mimetype != MULTIPART:
            keyed.look(request.get_data())
        with Whole(keyed.begin) as whole:
            response: Response = current_app.make_response(view())
            if response.status_code < 400:
                whole.commit(lambda session: keyed.keep(session, response, secret))
            return response
    except Repeated as error:
        return _again(idempotency.opened(error.kept, secret, reach_of(caller)))
    finally:
        del g.keyed


class Keyed:
    """The key of the request that is being served, and what the request is.

    Raises:
        InvalidBody: what the header holds is no key.
    """

    def __init__(self, caller: Caller) -> None:
        self._sender = Sender(caller.firm_id, caller.user_id, caller.client_id or caller.grant_id)
        self._reach = reach_of(caller)
        self._key = _key(request.environ[IN_ENVIRONMENT])
        self._fingerprint = ""

    def look(self, body: bytes) -> None:
        """Look for the request before anything is done for it.

        Args:
            body: what it carries, or what stands for that.

        Raises:
            Repeated: it was carried out before.
            KeyReused: another one was.
        """
        parts = (request.method, request.path, request.query_string.decode("latin-1"))
        self._fingerprint = sha256(orjson.dumps(parts) + sha256(body).digest()).hexdigest()
        self._check(idempotency.look(g.reader, self._sender, self._key))

    def begin(self, session: Session) -> None:
        """Take the key, in the transaction of the work."""
        if not self._fingerprint:
            self.look(form_of_request())
        self._check(idempotency.claim(session, self._sender, self._key, self._fingerprint))

    def keep(self, session: Session, response: Response, secret: str) -> None:
        """Keep what is answered, in the same transaction."""
        if self._reach is None:
            return
        headers = [(name, value) for name, value in response.headers if name != "Content-Length"]
        answer = Answer(response.status_code, headers, response.get_data(), self._reach)
        idempotency.keep(session, self._sender, self._key, answer, secret)

    def _check(self, kept: Kept | None) -> None:
        if kept is not None:
            if kept.fingerprint != self._fingerprint:
                raise KeyReused
            raise Repeated(kept)


def reach_of(caller: Caller) -> str | None:
    """What a caller may be shown: who has other rights by now is not shown an old answer. None for somebody who
    does not see every matter: what that person may see can change without a change of rights."""
    return None if caller.sight is not None else " ".join((caller.role, *sorted(caller.scopes)))


def form_of_request(file: bytes = b"") -> bytes:
    """What stands for a form of parts: between these is a line that is another one each time it is sent.

    Args:
        file: a digest of the file in it.
    """
    return orjson.dumps(sorted(request.form.items(multi=True))) + file


def _key(text: str) -> str:
    """The key; as a string of RFC 9651 it stands in quotes, which are not part of it."""
    key = text.strip()
    if len(key) > 1 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if not SHAPE.fullmatch(key):
        raise InvalidBody({HEADER: [NO_KEY]})
    return key


def _again(answer: Answer) -> Response:
    response = Response(answer.body, answer.status)
    response.headers.clear()
    response.headers.extend(answer.headers)
    response.headers[REPLAYED] = "true"
    return response
