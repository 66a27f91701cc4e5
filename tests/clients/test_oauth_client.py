"""oauth4webapi, an OAuth client in JavaScript that checks all it is told, goes from discovery to revocation.

What it does and expects stands in `typescript/oauth_client.ts`.
"""

from __future__ import annotations

import pytest

from tests.clients.browsing import Visitor
from tests.clients.conftest import Workshop
from tests.databases import on_one_database
from tests.firms import Workplace
from tests.oauth_fixtures import Register

PROGRAM = "oauth_client"

pytestmark = on_one_database


@pytest.mark.parametrize("confidential", [True, False], ids=["confidential", "public"])
def test_code_pkce_refresh_and_both_ends(
    workshop: Workshop,
    server: str,
    visitor: Visitor,
    firm: Workplace,
    register_app: Register,
    confidential: bool,
) -> None:
    app = register_app(confidential=confidential, requires_pkce=True)
    facts = (server, app.client_id, app.redirect_uri, app.secret or "")
    workshop.compile(PROGRAM)
    for end in ("revoke", "replay"):
        begun = workshop.run(PROGRAM, "begin", *facts)
        back = visitor.approve(begun["url"])
        seen = workshop.run(PROGRAM, end, *facts, back, begun["verifier"], begun["state"])
        assert seen == {"user": firm.user_id, "issuer": server, "scope": "full", "expires_in": 86_400}
