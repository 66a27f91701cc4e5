"""Conflict checks: whether the firm already has to do with somebody (LegalServer, "Conflict Check API").

`asked` is what is sought, `normalizing` says when two ways of writing mean the same, `candidates` reads everybody
whom the firm knows, `comparing` compares the two, `telling` puts the matches into the words of the answer, and
`recording` keeps it.
"""

from app.services.conflict_check.asked import Asked
from app.services.conflict_check.candidates import Known, known_to
from app.services.conflict_check.recording import made

__all__ = ["Asked", "Known", "known_to", "made"]
