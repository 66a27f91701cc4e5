from oauth_fixtures import app, client, firm, oauth_app, postgresql_url, register_app, server  # noqa: F401
