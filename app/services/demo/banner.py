"""What the terminal shows of the demo firm: where it is, how to get in, and three lines to paste."""

from __future__ import annotations

from app.services.demo.facts import Facts

QUERIES = (
    "/api/v2/users/me",
    "/api/v2/timeentries?$filter=hours%20gt%206&$orderby=date%20desc&$top=3",
    "/api/TimeEntry/$count",
)


def banner(facts: Facts) -> str:
    """The lines for a terminal; they hold the demo's password and secrets, which open nothing else."""
    header = f"Authorization: Bearer {facts.access_token}"
    uris = "\n                  ".join(facts.redirect_uris)
    curls = "\n".join(f"  curl -s -w '\\n' -H '{header}' '{facts.base_url}{query}'" for query in QUERIES)
    return f"""
Matterbase is at  {facts.base_url}
Try the API at    {facts.base_url}/swagger

Demo firm         {facts.firm}
  email           {facts.email}
  password        {facts.password}
Demo app
  client id       {facts.client_id}
  client secret   {facts.client_secret}
  redirect URIs   {uris}

Paste one of these into another terminal (the token in them works for a day):

{curls}
"""
