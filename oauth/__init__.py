"""An OAuth 2.0 authorization server on Authlib, for a host that brings its own tables and web framework.

Authlib speaks the protocol. What it leaves to its host, or does in a way that races, is here: storing,
spending and rotating (`families`, `spending`), who a client is (`clients`), where it may be answered
(`redirects`), what a token may do (`scopes`), PKCE (`pkce`) and how a bearer token arrives (`protector`).
`server` puts them together.
"""
