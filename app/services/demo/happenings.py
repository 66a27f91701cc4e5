"""What happens around the demo firm's matters: tasks, events, calls, notes and emails, and who takes part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from app.models.activities import CALL, EMAIL, EVENT, NOTE, TASK
from app.services.demo.brief import Brief, Colleague, Row
from app.services.demo.casework import Case, case_of
from app.services.demo.clients import Client, contact_id
from app.services.demo.others import others_of
from app.services.demo.phrases import Phrases, phrases_for
from app.services.demo.plan import LAST_DAY, day_between, later_that_day
from app.services.demo.practice import ACTIVITY_TAGS

KINDS = (TASK, TASK, EVENT, CALL, NOTE, EMAIL, EMAIL)
MOST = 5
"""Happenings in a matter, at most."""

AHEAD = dt.timedelta(days=60)
"""How far tasks and events of open matters reach into the future."""


class Happening(NamedTuple):
    """One activity, as far as they are alike."""

    id: str
    kind: str
    at: dt.datetime
    made: dt.datetime
    account: int
    matter: int
    colleague: Colleague
    client: Client
    contact_id: str
    """Who took part besides: the client, or somebody who has to do with the matter."""
    subject: str
    text: str
    tag: str | None
    dice: Random

    def row(self, brief: Brief) -> Row:
        """The columns that all kinds share."""
        return {
            "id": self.id,
            "type": self.kind,
            "subject": self.subject,
            "description": self.text,
            "account_id": brief.id("account", self.account),
            "matter_id": brief.id("matter", self.matter),
            "created_at": self.made,
        }


def happenings_of(brief: Brief, matter: int) -> Iterator[Happening]:
    case = case_of(brief, matter)
    dice = brief.plan.chance.of("happenings", matter)
    count = dice.randint(0, MOST)
    if not count:
        return
    about = brief.words.about(dice, case.client.short_name, case.other)
    contacts = [contact_id(brief, case.account), *(other.contact_id for other in others_of(brief, matter))]
    for position in range(count):
        kind = dice.choice(KINDS)
        phrases: Phrases = phrases_for(kind, case.practice.in_court)
        at = _moment(dice, case, kind)
        yield Happening(
            brief.id(f"activity of {matter}", position),
            kind,
            at,
            min(at, later_that_day(dice, day_between(dice, *case.worked))),
            case.account,
            matter,
            dice.choice(case.team),
            case.client,
            contacts[0] if kind in (CALL, EMAIL) else dice.choice(contacts),
            dice.choice(phrases.subjects).format_map(about),
            dice.choice(phrases.texts).format_map(about),
            dice.choice(ACTIVITY_TAGS) if dice.random() < 0.25 else None,
            dice,
        )


def _moment(dice: Random, case: Case, kind: str) -> dt.datetime:
    """When it happened; tasks and events of open matters may lie ahead."""
    first, last = case.worked
    if case.closed is None and kind in (TASK, EVENT) and dice.random() < 0.4:
        first, last = LAST_DAY, LAST_DAY + AHEAD
    return later_that_day(dice, day_between(dice, first, last))


def assignees(happenings: list[Happening]) -> Iterator[Row]:
    for each in happenings:
        yield {"activity_id": each.id, "user_id": each.colleague.id}


def contacts(happenings: list[Happening]) -> Iterator[Row]:
    """Those who are expected at events, and who were on the phone."""
    for each in happenings:
        if each.kind in (EVENT, CALL):
            yield {"activity_id": each.id, "contact_id": each.contact_id}


def tags(brief: Brief, happenings: list[Happening]) -> Iterator[Row]:
    for each in happenings:
        if each.tag:
            yield {"activity_id": each.id, "tag_id": brief.tag("Activity", each.tag)}
