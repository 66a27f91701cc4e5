"""Conflict checks over HTTP. Sentences in quotation marks are those of LegalServer's document "Core APIs"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models import ConflictCheck, Firm, User
from app.services.conflict_check.telling import HIDDEN, HIDDEN_MATTER
from tests.firms import Workplace, issue_token, open_firm
from tests.restricted import exclude, place_of, put_into, restricted

PATH = "/api/v2/conflictchecks"
NOBODY = "00000000-0000-4000-8000-000000000000"


@dataclass
class Scene:
    """A firm that has to do with people in every way, and somebody who sees its open matter alone."""

    place: Workplace
    eve: Workplace
    account: str
    contact: str
    matters: dict[str, str]


def make(place: Workplace, path: str, **body: Any) -> str:
    return str(place.ok("POST", f"/api/v2/{path}", json=body)["id"])


@pytest.fixture(scope="module")
def scene(app: Flask) -> Scene:
    with app.extensions["database"].session() as session:
        place = open_firm(app, session)
        office = place_of(session, place, "office")
        eve = restricted(session, place, "office", office_id=office)
        person = {
            "first_name": "Jane",
            "middle_name": "Quincy",
            "last_name": "Roe",
            "email": "jane@bolt.example.com",
            "phone_mobile": "(503) 555-0100",
        }
        made = place.ok(
            "POST", "/api/v2/accounts", json={"company_name": "Bolt & Sons, Inc.", "primary_contact": person}
        )
        account, contact = made["id"], made["primary_contact"]["id"]
        client = {"account_ref": {"id": account}}
        matters = {
            name: make(place, "matters", name=name, status=status, **client)
            for name, status in (("Lease", "Open"), ("Zimt v. Quark Ltd.", "Closed"))
        }
        put_into(session, place, matters["Lease"], office_id=office)
        on = {"matter_ref": {"id": matters["Zimt v. Quark Ltd."]}}
        make(place, "relationships", **on, contact_ref={"id": contact}, name="Witness")
        make(
            place,
            "adverse_parties",
            **on,
            first_name="Ivo",
            last_name="Brandt",
            aliases="Big Ivo, Ivan Brant",
            employer="Nutcracker GmbH",
            phone_work="+49 30 1234567",
        )
        make(place, "non_adverse_parties", **on, organization_name="Harbour Trust")
        make(place, "litigations", **on, caption="Case 7", adverse_party="Olga Petrova")
    return Scene(place, eve, account, contact, matters)


def check(place: Workplace, headers: Any = None, **body: Any) -> Any:
    return place.ok("POST", PATH, json=body, headers=headers or {})


def told(answer: Any) -> list[tuple[str, str, str, int]]:
    return [
        (match["record"]["kind"], match["matched"]["field"], match["kind"], match["score"])
        for match in answer["matches"]
    ]


CLOSED = "Zimt v. Quark Ltd."
WANTED = [
    ({"names": ["Bolt & Sons, Inc."]}, ("account", "company_name", "exact", 100)),
    ({"companies": ["BOLT AND SONS"]}, ("account", "company_name", "normalized", 98)),
    ({"names": ["Roe, Jane Q."]}, ("contact", "name", "normalized", 95)),
    ({"names": ["Jane Quincy Row"]}, ("contact", "name", "fuzzy", 93)),
    ({"emails": ["Jane+x@Bolt.Example.com"]}, ("contact", "email", "normalized", 98)),
    ({"phones": ["+1 503 555 0100"]}, ("contact", "phone_mobile", "normalized", 98)),
    ({"names": ["Ivo Brandt"]}, ("party", "name", "exact", 100)),
    ({"names": ["ivan brant"]}, ("party", "aliases", "normalized", 98)),
    ({"companies": ["Nutcracker AG"]}, ("party", "employer", "normalized", 98)),
    ({"phones": ["030 1234567"]}, ("party", "phone_work", "normalized", 98)),
    ({"companies": ["Harbor Trust"]}, ("party", "organization_name", "fuzzy", 96)),
    ({"names": ["Petrova, Olga"]}, ("litigation", "adverse_party", "normalized", 98)),
    ({"companies": ["Quark"]}, ("matter", "name", "normalized", 98)),
]


@pytest.mark.parametrize(("body", "wanted"), WANTED, ids=[str(body) for body, _ in WANTED])
def test_everybody_whom_the_firm_has_to_do_with_is_found(
    scene: Scene, body: Any, wanted: tuple[str, str, str, int]
) -> None:
    """A check comes before a client is taken on or referred."""
    answer = check(scene.place, **body)
    assert wanted in told(answer)
    scores = [match["score"] for match in answer["matches"]]
    assert scores == sorted(scores, reverse=True)
    assert answer["match_count"] == len(scores)
    assert not answer["is_cut"]


def test_a_match_says_what_matched_and_which_matters_are_concerned(scene: Scene) -> None:
    contact, relationship = check(scene.place, names=["Jane Quincy Roe"])["matches"]
    closed = {"id": scene.matters[CLOSED], "display_name": contact["matters"][1]["display_name"]}
    assert closed["display_name"].endswith(CLOSED)
    assert contact == {
        "record": {"kind": "contact", "id": scene.contact, "display_name": "Jane Q. Roe"},
        "matched": {"field": "name", "value": "Jane Quincy Roe"},
        "sought": {"sort": "name", "value": "Jane Quincy Roe"},
        "kind": "exact",
        "score": 100,
        "reason": "The same, letter for letter.",
        "matters": [contact["matters"][0], {**closed, "status": "Closed"}],
        "matter_count": 2,
    }
    assert contact["matters"][0]["status"] == "Open"
    assert relationship["record"]["kind"] == "relationship"
    assert relationship["record"]["display_name"] == "Jane Q. Roe (Witness)"
    assert relationship["matters"] == [{**closed, "status": "Closed"}]


def test_what_is_hidden_is_told_without_its_name(scene: Scene) -> None:
    """Restrictions and exclusions hold for the API, so a conflict out of sight has no name."""
    answer = check(scene.eve, names=["Ivo Brandt", "Harbour Trust"])
    assert [match["record"] for match in answer["matches"]] == [
        {"kind": "matter", "id": None, "display_name": HIDDEN}
    ] * 2
    contact, hidden = check(scene.eve, names=["Jane Quincy Roe"])["matches"]
    assert contact["matters"][0] == HIDDEN_MATTER
    assert [matter["status"] for matter in contact["matters"]] == [None, "Open"]
    assert hidden["matched"] == {"field": None, "value": None}
    for text in (str(answer["matches"]), str(contact), str(hidden)):
        assert scene.matters[CLOSED] not in text
        assert "Witness" not in text
        assert "Zimt" not in text


def test_a_check_is_kept_as_it_was_answered(scene: Scene) -> None:
    place = scene.place
    on = {"id": scene.matters["Lease"]}
    body = {
        "names": ["Nobody Whatsoever", "Roe"],
        "emails": ["a@b.example"],
        "threshold": 92,
        "matter_ref": on,
    }
    answer = check(place, **body)
    assert place.ok("GET", f"{PATH}/{answer['id']}") == answer
    assert answer["asked"] == {
        "names": ["Nobody Whatsoever", "Roe"],
        "companies": [],
        "emails": ["a@b.example"],
        "phones": [],
    }
    assert answer["checked_by"]["id"] == place.user_id
    (listed,) = place.list(PATH, matter_id=on["id"])
    assert listed == {name: value for name, value in answer.items() if name not in ("asked", "matches")}
    row = place.ok("GET", f"/odata/v4/ConflictChecks({answer['id']})?$expand=matter,created_by")
    assert (row["match_count"], row["threshold"]) == (answer["match_count"], 92)
    assert row["matter"]["id"] == on["id"]
    assert "Nobody Whatsoever" in row["asked"]
    assert place.ok("GET", f"{PATH}/{answer['id']}?$select=matches") == {"matches": answer["matches"]}
    assert place.get(f"{PATH}/{NOBODY}").status_code == 404
    assert place.request("DELETE", f"{PATH}?id={answer['id']}").status_code == 405


def test_the_restricted_read_their_own_checks_alone(scene: Scene) -> None:
    theirs, mine = check(scene.place, names=["Ivo Brandt"]), check(scene.eve, names=["Ivo Brandt"])
    assert scene.eve.get(f"{PATH}/{theirs['id']}").status_code == 404
    assert scene.eve.get(f"/odata/v4/ConflictChecks({theirs['id']})").status_code == 404
    ids = {row["id"] for row in scene.eve.list(PATH)}
    assert mine["id"] in ids
    assert theirs["id"] not in ids
    assert mine["id"] in {row["id"] for row in scene.place.list(PATH)}


def test_another_firm_finds_nothing_and_reads_nothing(scene: Scene, other_workplace: Workplace) -> None:
    made = check(scene.place, names=["Ivo Brandt"])
    assert check(other_workplace, names=["Ivo Brandt", "Jane Roe"], threshold=50)["matches"] == []
    assert other_workplace.get(f"{PATH}/{made['id']}").status_code == 404


def test_deleted_records_are_not_found(workplace: Workplace) -> None:
    account = make(workplace, "accounts", company_name="Gone Ltd", primary_contact={"last_name": "Leaver"})
    matter = make(workplace, "matters", name="Old", status="Closed")
    party = make(workplace, "adverse_parties", last_name="Vanished", matter_ref={"id": matter})
    sought = {"names": ["Gone Ltd", "Leaver", "Vanished"]}
    assert check(workplace, **sought)["match_count"] == 3
    workplace.ok("DELETE", f"/api/v2/adverse_parties?id={party}")
    workplace.ok("DELETE", f"/api/v2/accounts?id={account}")
    assert check(workplace, **sought)["matches"] == []


def test_it_is_a_premium_operation(workplace: Workplace, session: Session) -> None:
    """The document counts the check among its premium operations."""
    made = check(workplace, names=["Ivo"])
    this = update(Firm).where(Firm.id == workplace.firm_id)
    session.execute(this.values(not_enabled="conflict_check"))
    session.commit()
    answer = workplace.request("POST", PATH, json={"names": ["Ivo"]})
    assert answer.status_code == 402
    assert answer.get_json()["message"].startswith("Checking for conflicts is a premium operation")
    assert workplace.get(f"{PATH}/{made['id']}").status_code == 200


def test_it_takes_a_scope_of_its_own(workplace: Workplace, session: Session) -> None:
    user = session.get_one(User, (workplace.firm_id, workplace.user_id))
    for scope, status in (("matters:write accounts:read", 403), ("conflictchecks:write", 200)):
        token = issue_token(session, user, str(workplace.client_id), scope)
        session.commit()
        answer = workplace.request("POST", PATH, token=token, json={"names": ["Ivo"]})
        assert answer.status_code == status, answer.text


BAD = [
    ({}, "names"),
    ({"names": []}, "names"),
    ({"names": "Jane Roe"}, "names"),
    ({"names": [1]}, "names[0]"),
    ({"names": [" "]}, "names[0]"),
    ({"names": ["a\0b"]}, "names[0]"),
    ({"names": ["x" * 201]}, "names[0]"),
    ({"names": [str(n) for n in range(101)]}, "names"),
    ({"names": [str(n) for n in range(60)], "emails": [str(n) for n in range(60)]}, "names"),
    ({"phones": [{"a": 1}]}, "phones[0]"),
    ({"names": ["Jane"], "threshold": 101}, "threshold"),
    ({"names": ["Jane"], "threshold": -1}, "threshold"),
    ({"names": ["Jane"], "threshold": "x"}, "threshold"),
    ({"names": ["Jane"], "threshold": 10**30}, "threshold"),
    ({"names": ["Jane"], "matter_ref": {"id": NOBODY}}, "matter_ref"),
    ({"names": ["Jane"], "matter_ref": 7}, "matter_ref"),
    ({"names": ["Jane", "..."]}, "names"),
    ({"companies": ["\u2019\u2019"]}, "companies"),
    ({"names": ["Jane"], "emails": ["nobody"]}, "emails"),
    ({"emails": ["+bills@example.com"]}, "emails"),
    ({"names": ["Jane"], "phones": ["none"]}, "phones"),
    ({"phones": ["000"]}, "phones"),
]


@pytest.mark.parametrize(("body", "field"), BAD, ids=[str(n) for n in range(len(BAD))])
def test_what_cannot_be_sought_is_refused(scene: Scene, body: Any, field: str) -> None:
    answer = scene.place.request("POST", PATH, json=body)
    assert answer.status_code == 400, answer.text
    assert field in answer.get_json()["modelState"], answer.text


ODD = [
    *("\u202e", "\u2019\u2019", "\ufdfa" * 100, "\U0001d541\U0001d552", "\U0001f469\u200d\u2696", "\u0130"),
    *("((((", "%_\\", "a@@b", "+", "x" * 200, ",,,", ", Jane", "v. v. v."),
]


@pytest.mark.parametrize("name", ["names", "companies", "emails", "phones"])
def test_odd_values_are_sought_or_refused(scene: Scene, name: str) -> None:
    answer = scene.place.request("POST", PATH, json={name: ODD})
    assert answer.status_code == 400, answer.text
    texts = answer.get_json()["modelState"][name]
    assert all("to look for" in text for text in texts)
    rest = [value for value in ODD if not any(repr(value) in text for text in texts)]
    assert len(rest) == len(ODD) - len(texts)
    assert not rest or check(scene.place, **{name: rest, "threshold": 0})["threshold"] == 0


def test_lone_surrogates_are_refused(scene: Scene) -> None:
    lone = scene.place.request(
        "POST", PATH, data=b'{"names": ["\\ud800"]}', headers={"Content-Type": "application/json"}
    )
    assert lone.status_code == 400


def test_an_excluded_matter_is_hidden_as_well(workplace: Workplace, session: Session) -> None:
    bob = restricted(session, workplace)
    matter = make(workplace, "matters", name="Secret", status="Open")
    make(workplace, "adverse_parties", last_name="Moriarty", matter_ref={"id": matter})
    assert check(bob, names=["Moriarty"])["matches"][0]["record"]["kind"] == "party"
    exclude(session, workplace, matter, bob.user_id)
    (hidden,) = check(bob, names=["Moriarty"])["matches"]
    assert (hidden["record"]["id"], hidden["kind"], hidden["matters"]) == (None, "exact", [HIDDEN_MATTER])
    kept = session.get_one(ConflictCheck, (bob.firm_id, check(bob, names=["Moriarty"])["id"]))
    assert matter not in kept.matches


def test_a_check_that_is_sent_again_with_its_key_is_made_once(scene: Scene) -> None:
    key = {"Idempotency-Key": "a-check"}
    first, again = (check(scene.place, names=["Ivo Brandt"], headers=key) for _ in range(2))
    assert first == again


def test_nobody_writes_a_check_by_hand(scene: Scene) -> None:
    made = f"/odata/v4/ConflictChecks({check(scene.place, names=['Ivo Brandt'])['id']})"
    for method, path in (("POST", "/odata/v4/ConflictChecks"), ("PATCH", made), ("DELETE", made)):
        answer = scene.place.request(method, path, json={"threshold": 1}, headers={"If-Match": "*"})
        assert answer.status_code == 405, (method, answer.status_code, answer.text)
