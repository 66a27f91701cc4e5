"""Writes some of the demo firm's matters with all that belongs to them, so that each is worked out once."""

from __future__ import annotations

from app.models import (
    Activity,
    Assignment,
    Contact,
    CustomFieldValue,
    EmailAddress,
    Income,
    Litigation,
    Matter,
    MatterCharge,
    Message,
    Party,
    Relationship,
    Reminder,
    Service,
    tags_and_links,
)
from app.services.demo import (
    calendar,
    casework,
    conversations,
    correspondence,
    happenings,
    others,
    own_values,
    proceedings,
    team,
)
from app.services.demo.books import Books
from app.services.demo.brief import Brief
from app.services.demo.numbers_by_day import Numbering
from app.services.demo.writer import Writer

STEPS = (
    (Matter, casework.matters),
    (Contact, others.contacts),
    (Relationship, others.relationships),
    (CustomFieldValue, own_values.values_of_matters),
    (Message, conversations.messages),
    (Party, proceedings.parties),
    (Litigation, proceedings.litigations),
    (MatterCharge, proceedings.charges),
    (Income, team.incomes),
    (Service, team.services),
    (Assignment, team.assignments),
)
LINKS = (
    (tags_and_links.matter_tags, casework.matter_tags),
    (tags_and_links.matter_assignees, casework.matter_assignees),
)
ACTIVITIES = (
    (Activity, calendar.tasks),
    (Activity, calendar.events),
    (Activity, correspondence.calls),
    (Activity, correspondence.notes),
    (Activity, correspondence.emails),
    (Reminder, calendar.reminders),
    (EmailAddress, correspondence.addresses),
)


def write_block(writer: Writer, brief: Brief, numbering: Numbering, matters: range) -> None:
    """Write a run of matters: first themselves, then what happened around them, then the money."""
    for model, rows in STEPS:
        writer.write(model, rows(brief, matters))
    for table, links in LINKS:
        writer.link(table, links(brief, matters))
    _write_activities(writer, brief, matters)
    books = Books()
    for matter in matters:
        books.keep(brief, numbering, matter)
    for kind, entered in books.rows.items():
        writer.write(kind, entered)


def _write_activities(writer: Writer, brief: Brief, matters: range) -> None:
    happened = [each for matter in matters for each in happenings.happenings_of(brief, matter)]
    for model, rows in ACTIVITIES:
        writer.write(model, rows(brief, happened))
    writer.link(tags_and_links.activity_assignees, happenings.assignees(happened))
    writer.link(tags_and_links.activity_contacts, happenings.contacts(happened))
    writer.link(tags_and_links.activity_tags, happenings.tags(brief, happened))
