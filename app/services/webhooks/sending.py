"""One request to a webhook's address, within ten seconds all told."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import Any

import httpcore2 as httpcore

from app.services.webhooks import destinations
from app.services.webhooks.destinations import Policy

SECONDS = 10.0
MOST_KEPT = 500
"""Characters of an answer."""
LATE = f"There was no answer within {SECONDS:g} seconds."


class NotAllowed(Exception):
    """The address is one that no request goes to."""


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt.

    Args:
        status: None where nothing was answered; `error` says why then.
        answer: the beginning of the answer's body.
    """

    status: int | None = None
    error: str | None = None
    answer: str = ""
    milliseconds: int = 0

    @property
    def succeeded(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def post(
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    policy: Policy,
    *,
    context: ssl.SSLContext | None = None,
    seconds: float = SECONDS,
) -> Outcome:
    """Send a body. No redirect is followed, and no proxy that the environment names is used.

    Args:
        policy: where it may go.
        context: which certificates count; those that the system trusts when left out.
        seconds: for everything, however slowly the other side sends.
    """
    begun = monotonic()
    status, error, answer = None, None, b""
    if problem := destinations.problem_with(url, policy):
        return Outcome(error=problem)
    network = Network(policy, begun + seconds)
    try:
        with (
            httpcore.ConnectionPool(context or _trusted(), network_backend=network, retries=0) as pool,
            pool.stream("POST", url, headers=list(headers.items()), content=body) as response,
        ):
            status = response.status
            for chunk in response.iter_stream():
                answer += chunk
                if len(answer) >= 4 * MOST_KEPT:
                    break
    except NotAllowed:
        error = destinations.PRIVATE
    except httpcore.TimeoutException:
        error = LATE
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError, UnicodeError) as failure:
        error = f"The connection failed: {str(failure) or type(failure).__name__}"[:MOST_KEPT]
    text = answer.decode(errors="replace").replace("\0", "\ufffd")[:MOST_KEPT]
    # An answer that breaks off after its status was an answer all the same.
    return Outcome(status, None if status else error, text, int(1_000 * (monotonic() - begun)))


@cache
def _trusted() -> ssl.SSLContext:
    return httpcore.default_ssl_context()


class Network(httpcore.NetworkBackend):
    """Looks a name up once, and connects to an address that it has looked at.

    Args:
        deadline: when all is over, by the monotonic clock.
    """

    def __init__(self, policy: Policy, deadline: float) -> None:
        self._policy = policy
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = destinations.addresses_of(host, port, self._policy)
        for tried, address in enumerate(addresses):
            share = left(self._deadline) / (len(addresses) - tried)
            try:
                stream = httpcore.SyncBackend().connect_tcp(
                    address, port, share, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if tried == len(addresses) - 1:
                    raise
            else:
                return Timed(stream, self._deadline)
        raise NotAllowed


class Timed(httpcore.NetworkStream):
    """A connection on which nothing takes longer than until the deadline, byte by byte or all at once."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, left(self._deadline))
        return Timed(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def left(deadline: float) -> float:
    """The seconds until then.

    Raises:
        ReadTimeout: there are none.
    """
    seconds = deadline - monotonic()
    if seconds <= 0:
        raise httpcore.ReadTimeout
    return seconds
