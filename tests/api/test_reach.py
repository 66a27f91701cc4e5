"""A token of one area reads that area, and nothing of another through any option of any door."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.api.reading import VOCABULARIES
from app.api.resources import LIST, RESOURCES, Face, Resource
from app.models import User
from tests.api.odata.conftest import Practice, practice
from tests.api.odata_writes.batches import ask, run
from tests.databases import on_one_database
from tests.firms import Workplace, issue_token

__all__ = ["practice"]
DOORS = {"odata": "/odata/v4", "praxis": "/api", "v1": "/api", "v2": "/api/v2"}


def token_of(session: Session, place: Workplace, scope: str) -> str:
    user = session.get_one(User, (place.firm_id, place.user_id))
    made = issue_token(session, user, str(place.client_id), scope)
    session.commit()
    return made


def refused(answer: Any, scope: str) -> None:
    assert answer.status_code == 403, (answer.status_code, answer.text)
    assert f"'{scope}'" in answer.text
    assert scope in answer.headers["WWW-Authenticate"]


CLOSED = [
    ("Matters?$expand=time_entries", "timeentries"),
    ("Matters?$expand=time_entries($select=hours)&$select=name", "timeentries"),
    ("Matters?$expand=time_entries/$count", "timeentries"),
    ("Matters({M})?$expand=account", "accounts"),
    ("Matters?$filter=time_entries/any()", "timeentries"),
    ("Matters?$filter=time_entries/any(t:startswith(t/description,'D'))", "timeentries"),
    ("Matters?$filter=time_entries/$count gt 2", "timeentries"),
    ("Matters?$filter=time_entries/$count($filter=hours gt 2) gt 2", "timeentries"),
    ("Matters?$filter=account/company_name eq 'Acme'", "accounts"),
    ("Matters?$filter=account/id eq null", "accounts"),
    ("Matters?$filter=activities/any(a:a/time_entries/any())", "activities"),
    ("Matters?$filter=custom_field_values/any(v:v/custom_field/name eq 'x')", "customfields"),
    ("Matters/$count?$filter=tags/any(t:t/name eq 'x')", "tags"),
    ("Matters/$ref?$filter=account/number eq 1", "accounts"),
    ("Matters?$orderby=account/company_name", "accounts"),
    ("Matters?$compute=account/company_name as c", "accounts"),
    ("Matters?$compute=name as n&$filter=time_entries/any()", "timeentries"),
    ("Matters?$apply=aggregate(time_entries/hours with sum as h)", "timeentries"),
    ("Matters?$apply=aggregate(time_entries/$count as n)", "timeentries"),
    ("Matters?$apply=groupby((account/company_name))", "accounts"),
    ("Matters?$apply=groupby((account))", "accounts"),
    ("Matters?$apply=filter(account/company_name eq 'x')/aggregate($count as n)", "accounts"),
    ("Matters?$apply=filter(name ne 'x')&$filter=time_entries/any()", "timeentries"),
    ("Matters?$apply=filter(name ne 'x')/groupby((account/company_name))", "accounts"),
    ("Matters?$apply=filter(name ne 'x')&$expand=time_entries", "timeentries"),
    ("Matters?$apply=concat(identity,aggregate(account/number with max as m))", "accounts"),
    ("Matters?$apply=topcount(1,account/number)", "accounts"),
    ("Matters?$format=csv&$expand=account", "accounts"),
    ("Matters?$format=csv&$orderby=account/number", "accounts"),
    ("Matters({M})/time_entries", "timeentries"),
    ("Matters({M})/name?$expand=account", "accounts"),
    ("$entity?$id=Matters({M})&$expand=account", "accounts"),
    ("TimeEntries", "timeentries"),
]


@pytest.mark.parametrize(("address", "area"), CLOSED)
def test_no_option_leads_into_another_area(
    practice: Practice, session: Session, address: str, area: str
) -> None:
    narrow = token_of(session, practice.place, "matters:read")
    path = practice.filled(address)
    answer = practice.place.get(f"/odata/v4/{path}", token=narrow)
    if "/name?" not in address:  # a property takes no such option in the first place
        refused(answer, f"{area}:read")
    else:
        assert answer.status_code == 400
    wide = token_of(session, practice.place, f"matters:read {area}:read activities:read timeentries:read")
    assert practice.place.get(f"/odata/v4/{path}", token=wide).status_code in (200, 400)


def test_the_own_area_stays_open(practice: Practice, session: Session) -> None:
    narrow = token_of(session, practice.place, "matters:read")
    for path in (
        "Matters?$filter=contains(name,'Acme')&$orderby=number desc&$expand=custom_field_values,balance",
        "Matters?$apply=filter(name ne 'x')/groupby((status),aggregate($count as n))",
        "Matters?$search=acme&$count=true",
        "Matters?$format=csv",
    ):
        assert practice.place.get(f"/odata/v4/{path}", token=narrow).status_code == 200, path


def test_what_was_asked_by_another_opens_nothing(practice: Practice, session: Session) -> None:
    """Plans are kept; a plan that was made for a wider token is no narrow token's."""
    place, query = practice.place, "Matters?$filter=account/company_name eq 'Acme'"
    narrow = token_of(session, place, "matters:read")
    for _ in range(2):
        assert place.get(f"/odata/v4/{query}").status_code == 200
        refused(place.get(f"/odata/v4/{query}", token=narrow), "accounts:read")


def test_a_batch_opens_nothing(practice: Practice, session: Session) -> None:
    narrow = token_of(session, practice.place, "matters:read")
    asked = [ask(str(i), "get", practice.filled(address)) for i, (address, _) in enumerate(CLOSED[:12])]
    answers = run(practice.place, *asked, goes_on=True, token=narrow)
    assert {answer["status"] for answer in answers} == {403}


@pytest.mark.parametrize(
    ("path", "own", "needed"),
    [
        ("/api/v2/timeentries?$filter=account_ref/company_name eq 'Acme'", "timeentries", "accounts"),
        ("/api/v2/timeentries/$count?$filter=matter_ref/notes eq 'x'", "timeentries", "matters"),
        ("/api/v2/timeentries?$orderby=matter_ref/account_ref/display_name", "timeentries", "matters"),
        ("/api/v2/timeentries?$apply=groupby((matter_ref/status))", "timeentries", "matters"),
        (
            "/api/v2/timeentries?$apply=filter(hours gt 1)/groupby((matter_ref/status))",
            "timeentries",
            "matters",
        ),
        ("/api/timeentry?$filter=project/status eq 'Open'", "timeentries", "matters"),
    ],
)
def test_a_reference_shows_no_more_than_it_is(
    practice: Practice, session: Session, path: str, own: str, needed: str
) -> None:
    narrow = token_of(session, practice.place, f"{own}:read")
    refused(practice.place.get(path, token=narrow), f"{needed}:read")
    wide = token_of(session, practice.place, f"{own}:read {needed}:read accounts:read")
    assert practice.place.get(path, token=wide).status_code == 200


def test_what_a_list_shows_of_another_record_can_be_asked_for(practice: Practice, session: Session) -> None:
    narrow = token_of(session, practice.place, "timeentries:read")
    query = {
        "$filter": f"matter_ref/id eq {practice.matter}",
        "$orderby": "matter_ref/display_name",
        "$expand": "matter_ref",
    }
    found = practice.place.request("GET", "/api/v2/timeentries", token=narrow, query_string=query).get_json()
    assert len(found) == 8
    assert set(found[0]["matter_ref"]) == {"id", "display_name"}


def lists() -> list[tuple[Resource, Face]]:
    return [(resource, face) for resource in RESOURCES for face in resource.faces if LIST in face.operations]


@on_one_database
def test_no_way_out_of_any_list_of_any_door(workplace: Workplace, session: Session) -> None:
    """Every navigation property of every list: it stays within the area, or asks for another scope."""
    tables = {resource.model.__tablename__: resource.area for resource in reversed(RESOURCES)}
    tokens: dict[str, str] = {}
    seen = 0
    for resource, face in lists():
        entity = VOCABULARIES[face.door].either(face.detailed, face.standard, resource.model)
        narrow = tokens.setdefault(resource.area, token_of(session, workplace, f"{resource.area}:read"))
        for name, way in entity.navigations.items():
            area = tables.get(way.target().table.name)
            if area in (None, resource.area) or not way.steps or way.value:
                continue
            # At the published doors it depends on the property, as some are shown in the list. All would take long.
            inners = list(way.target().properties)
            several = inners[:2] if face.door == "odata" else inners[len(name) % 4 :: 4]
            for inner in several:
                step = f"any(x:x/{inner} eq null)" if way.collection else f"{inner} eq null"
                query = {
                    "$filter": f"{name}/{step}",
                    **{p.name: "Matter" for p in face.parameters if p.required},
                }
                answer = workplace.request(
                    "GET", f"{DOORS[face.door]}/{face.path}", token=narrow, query_string=query
                )
                if answer.status_code == 403:
                    refused(answer, f"{area}:read")
                    seen += 1
                else:
                    assert face.door != "odata", (face.path, name, inner)
                    assert inner in shown(face, name), (face.path, name, inner, answer.text)
    assert seen > 200


def shown(face: Face, name: str) -> set[str]:
    """The properties that a list shows of what a reference leads to."""
    field = next(f for f in face.standard().fields.values() if (f.data_key or f.name) == name)
    return {inner.data_key or str(inner.name) for inner in field.schema.fields.values()}
