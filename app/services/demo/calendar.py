"""The demo firm's tasks and events, and the reminders of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from app.models.activities import COMPLETED, EVENT, TASK
from app.services.demo.brief import Brief, Row
from app.services.demo.happenings import Happening
from app.services.demo.plan import MIDNIGHT, NOW
from app.services.demo.words import COURTS

PLACES = ("Conference room", "By video", *COURTS)
COLORS = (None, None, "#2e7d32", "#c62828", "#1565c0")
REMINDERS = (("Popup", "Minute", 15), ("Email", "Day", 1), ("Popup", "Hour", 2))


def tasks(brief: Brief, happenings: list[Happening]) -> Iterator[Row]:
    for each in happenings:
        if each.kind == TASK:
            draw = each.dice.random()
            is_done = each.at < NOW and draw < 0.85
            open_status = "InProgress" if draw > 0.93 else "NotCompleted"
            yield {
                **each.row(brief),
                "due_date": dt.datetime.combine(each.at.date(), MIDNIGHT),
                "priority": each.dice.choice(("Low", "Medium", "Medium", "High")),
                "status": COMPLETED if is_done else open_status,
                "completed_at": max(each.made, each.at) if is_done else None,
                "completed_by_user_id": each.colleague.id if is_done else None,
            }


def events(brief: Brief, happenings: list[Happening]) -> Iterator[Row]:
    for each in happenings:
        if each.kind == EVENT:
            is_all_day = each.dice.random() < 0.1
            begins = each.at.replace(minute=each.at.minute // 30 * 30, second=0)
            if is_all_day:
                begins = dt.datetime.combine(each.at.date(), MIDNIGHT)
            lasts = (
                dt.timedelta(hours=24) if is_all_day else dt.timedelta(minutes=30 * each.dice.randint(1, 8))
            )
            yield {
                **each.row(brief),
                "contact_id": each.contact_id,
                "starts_at": begins,
                "ends_at": begins + lasts,
                "is_all_day": is_all_day,
                "location": each.dice.choice(PLACES),
                "event_color": each.dice.choice(COLORS),
            }


def reminders(brief: Brief, happenings: list[Happening]) -> Iterator[Row]:
    """For what lies ahead."""
    for each in happenings:
        if each.kind in (TASK, EVENT) and each.at > NOW:
            notification_type, time_type, time = REMINDERS[each.matter % len(REMINDERS)]
            yield {
                "id": brief.id(f"reminder of {each.id}", 0),
                "activity_id": each.id,
                "position": 0,
                "notification_type": notification_type,
                "time_type": time_type,
                "time": time,
                "created_at": each.made,
            }
