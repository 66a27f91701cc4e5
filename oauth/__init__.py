"""An OAuth 2.0 authorization server on Authlib, for a host that brings its own tables and web framework.

Authlib speaks the protocol. What it leaves to its host, or does in a way that races, is here: storing,
spending and rotating (`families`, `spending`, `lost_answers`, `devices`), who a client is (`clients`), where it
may be answered (`redirects`, `origins`), what a token may do (`scopes`) and for whom (`resources`), PKCE (`pkce`),
and how a bearer token arrives (`protector`). `grants` are the ways to a token, `endpoints` stand beside the token
endpoint, `events` are for the host's audit trail. `server` puts them together.
"""
