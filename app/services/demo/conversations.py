"""Messages between the demo firm and its clients, by text or in the client portal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from app.services.demo.brief import Brief, Row
from app.services.demo.casework import case_of
from app.services.demo.clients import contact_id
from app.services.demo.plan import NOW, day_between, later_that_day

FROM_CLIENT = (
    "Is there any news about my case?",
    "I found the papers you asked for. Where should I send them?",
    "Can we move our meeting to next week?",
    "I got a letter from the other side today.",
)
FROM_FIRM = (
    "Thank you, we will look at it today.",
    "Yes, please upload it to the portal.",
    "We expect to hear from the court within two weeks.",
    "Tuesday at ten works for us.",
)
FIRM_PHONE = "503-555-0100"


def messages(brief: Brief, matters: Iterable[int]) -> Iterator[Row]:
    """In one matter of five a conversation; the client writes first, and then they take turns."""
    for matter in matters:
        dice = brief.plan.chance.of("messages", matter)
        if dice.random() < 0.2:
            case = case_of(brief, matter)
            colleague = case.team[0]
            is_text = dice.random() < 0.4
            at = later_that_day(dice, day_between(dice, *case.worked))
            for position in range(dice.randint(1, 4)):
                if at > NOW:
                    break
                is_clients = position % 2 == 0
                yield {
                    "id": brief.id(f"message of {matter}", position),
                    "type": "Text" if is_text else "Secure",
                    "sender_id": None if is_clients else colleague.id,
                    "contact_id": contact_id(brief, case.account),
                    "account_id": brief.id("account", case.account),
                    "matter_id": brief.id("matter", matter),
                    "subject": None if is_text else f"{case.practice.area} matter",
                    "body": dice.choice(FROM_CLIENT if is_clients else FROM_FIRM),
                    "sent_at": at,
                    "sent_by_contact": is_clients,
                    "conversation_id": brief.id(f"conversation of {matter}", 0),
                    "firm_text_phone_number": FIRM_PHONE if is_text else None,
                    "firm_location_name": "Portland" if is_text else None,
                    "user_name": colleague.name,
                    "user_email": colleague.email,
                    "created_at": at,
                }
                at += dt.timedelta(minutes=dice.randint(4, 900))
