"""Settings, read once from the environment. `docs/reference/configuration.md` describes each."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from app.errors import ConfigurationError

DEVELOPMENT_SECRET = "development-only-do-not-use-in-production"  # noqa: S105 - it is refused in production
SHORTEST_SECRET = 32
LONGEST_GRACE = 60
ROOM_FOR_FIELDS = 1_000_000
"""Bytes of an upload beside the file."""
ISSUER = re.compile(r"https?://[a-z0-9.:\[\]-]+(/[A-Za-z0-9._~/-]*[A-Za-z0-9._~-])?")


@dataclass(frozen=True)
class Settings:
    """Every setting with its default; the environment variable is the name in capitals.

    Durations are in seconds unless `docs/reference/configuration.md` says otherwise, lengths in characters,
    sizes in bytes.
    """

    matterbase_env: str = "development"
    secret_key: str = DEVELOPMENT_SECRET
    database_url: str = ""
    instance_path: str = "instance"
    host: str = "127.0.0.1"
    port: int = 8000
    issuer: str = ""
    workers: int = 1
    threads: int = 4
    database_connections: int = 16
    statement_timeout: int = 30
    trusted_proxies: int = 0
    max_body_size: int = 10_000_000
    answer_spool: int = 1_000_000_000
    file_store: str = "files"
    max_file_size: int = 100_000_000
    session_lifetime: int = 14 * 86_400
    authorization_code_lifetime: int = 60
    access_token_lifetime: int = 86_400
    refresh_token_lifetime: int = 60 * 86_400
    refresh_grace_period: int = 0
    device_code_lifetime: int = 600
    client_registration: str = "auto"
    dotless_redirect_schemes: bool = False
    api_sign_in: bool = True
    firm_registration: str = "auto"
    rate_limit: int = 200
    limit_guesses: bool = True
    rate_limit_storage: str = "memory://"
    audit_retention: int = 400
    changes_retention: int = 400
    odata_max_length: int = 16_000
    odata_max_depth: int = 32
    odata_max_terms: int = 1_000
    odata_max_expand: int = 5
    odata_max_lambdas: int = 3
    odata_page_size: int = 1_000
    odata_max_page_size: int = 1_000_000
    odata_max_batch: int = 100
    odata_require_etag: bool = False
    hub_connections: int = 1_000
    hub_poll: int = 200
    webhook_threads: int = 4
    webhook_allow_http: bool = False
    webhook_allow_private_addresses: bool = False

    @property
    def is_production(self) -> bool:
        return self.matterbase_env == "production"

    @property
    def longest_body(self) -> int:
        """Bytes of the longest body that anything may want to read."""
        return max(self.max_body_size, self.max_file_size + ROOM_FOR_FIELDS)

    @property
    def registration(self) -> str:
        """Who may register apps over HTTP: `open` to all, `token` for an initial access token, or `closed`."""
        if self.client_registration != "auto":
            return self.client_registration
        return "token" if self.is_production else "open"

    @property
    def firms_register(self) -> bool:
        """Whether anybody may open a firm at `/api/auth/register`."""
        if self.firm_registration != "auto":
            return self.firm_registration == "open"
        return not self.is_production

    @property
    def database(self) -> str:
        """The database address as SQLAlchemy wants it; SQLite in the instance folder when none is set."""
        url = self.database_url
        if not url:
            return f"sqlite:///{Path(self.instance_path).absolute() / 'matterbase.db'}"
        scheme, separator, rest = url.partition("://")
        if scheme in ("postgres", "postgresql"):
            return f"postgresql+psycopg{separator}{rest}"
        return url

    @property
    def files(self) -> str:
        """Where the content of files lies: an address for fsspec, or the full path of a folder."""
        if "://" in self.file_store:
            return self.file_store
        return str(Path(self.instance_path, self.file_store).absolute())


def settings_from(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from `environment` (the process's own when left out).

    Raises:
        ConfigurationError: a value does not parse, or a production start has no secret of its own.
    """
    environment = os.environ if environment is None else environment
    given: dict[str, str | int | bool] = {}
    for field in fields(Settings):
        text = environment.get(field.name.upper(), "")
        if text:
            given[field.name] = READERS[str(field.type)](field.name, text)
    settings = Settings(**given)  # type: ignore[arg-type]
    _check(settings)
    return settings


def _number(name: str, text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ConfigurationError(f"{name.upper()} must be a whole number, not {text!r}.")
    return int(text)


def _text(name: str, text: str) -> str:
    return text


def _flag(name: str, text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ConfigurationError(f"{name.upper()} must be true or false, not {text!r}.")
    return text.lower() == "true"


READERS: dict[str, Callable[[str, str], str | int | bool]] = {"int": _number, "str": _text, "bool": _flag}


def _check(settings: Settings) -> None:
    if settings.matterbase_env not in ("development", "production"):
        raise ConfigurationError("MATTERBASE_ENV must be 'development' or 'production'.")
    for name in (
        "workers",
        "threads",
        "database_connections",
        "odata_page_size",
        "odata_max_page_size",
        "hub_poll",
    ):
        if getattr(settings, name) < 1:
            raise ConfigurationError(f"{name.upper()} must be at least 1.")
    if settings.client_registration not in ("auto", "open", "token", "closed"):
        raise ConfigurationError("CLIENT_REGISTRATION must be 'auto', 'open', 'token' or 'closed'.")
    if settings.firm_registration not in ("auto", "open", "closed"):
        raise ConfigurationError("FIRM_REGISTRATION must be 'auto', 'open' or 'closed'.")
    if settings.refresh_grace_period > LONGEST_GRACE:
        raise ConfigurationError(f"REFRESH_GRACE_PERIOD must be at most {LONGEST_GRACE} seconds.")
    if settings.issuer and not ISSUER.fullmatch(settings.issuer):
        raise ConfigurationError("ISSUER must be an address such as https://matters.example.com.")
    if not settings.database.startswith(("sqlite:", "postgresql+psycopg:")):
        raise ConfigurationError("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    if settings.database in ("sqlite://", "sqlite:///", "sqlite:///:memory:"):
        raise ConfigurationError(
            "SQLite needs a file, such as sqlite:////var/lib/matterbase.db: threads share it."
        )
    if settings.is_production and (
        settings.secret_key == DEVELOPMENT_SECRET or len(settings.secret_key) < SHORTEST_SECRET
    ):
        raise ConfigurationError(
            f"A production start needs SECRET_KEY: at least {SHORTEST_SECRET} random characters, for example "
            "from `python -c 'import secrets; print(secrets.token_urlsafe(48))'`."
        )
