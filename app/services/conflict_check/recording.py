"""Makes a check, and says what is kept of it: what was asked, and what the asker was told."""

from __future__ import annotations

import orjson

from app.services.conflict_check.asked import Asked
from app.services.conflict_check.candidates import Known
from app.services.conflict_check.comparing import compared
from app.services.conflict_check.telling import told
from app.services.records import Values


def made(asked: Asked, known: Known) -> Values:
    """The columns of a check. Making it needs no database, so that nobody else's transaction waits for it."""
    matches, is_cut = compared(asked, known.candidates)
    answer = told(matches, known)
    return {
        "asked": orjson.dumps(asked.by_list()).decode(),
        "matches": orjson.dumps(answer).decode(),
        "threshold": asked.threshold,
        "match_count": len(answer),
        "is_cut": is_cut,
    }
