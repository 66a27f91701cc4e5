"""The shapes of API v1: camelCase, `guid`, and a standard, a detailed and a reference shape of each resource.

Classes carry the names of the published components. Only the detailed shapes are written.
"""

from schemas.v1.accounts import AccountDTO_Detail, AccountDTO_Export
from schemas.v1.contacts import ContactDTO, ContactDTO_Detail
from schemas.v1.projects import ProjectDTO, ProjectDTO_Detail
from schemas.v1.references import TagDTO
from schemas.v1.time_entries import TimeEntryDTO, TimeEntryDTO_Detail
from schemas.v1.users import UserDTO

__all__ = [
    "AccountDTO_Detail",
    "AccountDTO_Export",
    "ContactDTO",
    "ContactDTO_Detail",
    "ProjectDTO",
    "ProjectDTO_Detail",
    "TagDTO",
    "TimeEntryDTO",
    "TimeEntryDTO_Detail",
    "UserDTO",
]
