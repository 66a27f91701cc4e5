"""The same tests over every row of the resource table and each of its faces: list, count, get, create,
replace and delete, for nobody, for a token of too little scope, for another firm, and for the right one."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.api.dialects import KeyIn
from app.api.doors import DIALECTS
from app.api.resources import DELETE, GET, REPLACE, Face
from app.models import User
from schemas.fields import VARIES, Moment, Number, Text, wire_name
from tests.contract.faces import (
    FACES,
    LISTED,
    PAIRS,
    SOME_KEY,
    WRITTEN,
    address,
    counts,
    data,
    keyed,
    listed,
    named,
    one,
    requests_of,
    rows,
    send,
    sent,
    wrong_fields,
)
from tests.contract.samples import SAMPLES
from tests.databases import on_one_database
from tests.firms import Workplace, issue_token

STRANGERS = [
    (mine, theirs)
    for of_mine, mine in PAIRS
    for of_theirs, theirs in PAIRS
    if mine in WRITTEN
    and (of_theirs.model, theirs.door) == (of_mine.model, mine.door)
    and any(theirs.only.get(name, value) != value for name, value in mine.only.items())
]
"""Faces of one door that show different rows of one table, such as tasks and notes."""


def test_every_face_that_is_written_has_a_sample() -> None:
    assert {(face.door, face.path) for face in WRITTEN} == set(SAMPLES)


@on_one_database
@pytest.mark.parametrize("face", FACES, ids=named)
def test_nobody_gets_in(workplace: Workplace, face: Face) -> None:
    client = workplace.app.test_client()
    for method, path in requests_of(face, SOME_KEY):
        answer = client.open(path, method=method, json={})
        assert answer.status_code == 401, (method, path)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@on_one_database
@pytest.mark.parametrize("face", FACES, ids=named)
def test_a_reading_token_only_reads(workplace: Workplace, session: Session, face: Face) -> None:
    user = session.get_one(User, (workplace.firm_id, workplace.user_id))
    token = issue_token(session, user, str(workplace.client_id), "read")
    session.commit()
    for method, path in requests_of(face, SOME_KEY):
        answer = workplace.request(method, path, token=token, json={})
        if method == "GET":
            assert answer.status_code in (200, 404), (method, path)
        else:
            assert answer.status_code == 403, (method, path)
            assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("face", WRITTEN, ids=named)
def test_a_record_lives_and_dies(workplace: Workplace, face: Face) -> None:
    key = DIALECTS[face.door].key
    body = SAMPLES[face.door, face.path](workplace)

    def count() -> int:
        if not counts(face):
            return int(workplace.ok("GET", listed(face))["pagination"]["total"])
        return int(workplace.get(listed(face, count=True)).text)

    before = count()
    made = sent(workplace, "POST", address(face), body)
    assert count() == before + 1
    assert made[key] in [row[key] for row in rows(workplace, face)]
    if GET in face.operations:
        assert data(face, workplace.get(one(face, made[key]))) == made
    if REPLACE in face.operations:
        assert data(face, workplace.request("PUT", keyed(face, made[key]), json=made)) == made
    if DELETE in face.operations:
        assert data(face, workplace.request("DELETE", keyed(face, made[key]))) == made
        assert count() == before
        for method, path in of_one_record(face, made[key]):
            assert workplace.request(method, path, json=made).status_code == 404, (method, path)


def of_one_record(face: Face, key: str) -> list[tuple[str, str]]:
    """The requests that name a record."""
    return [request for request in requests_of(face, key) if key in request[1]]


@pytest.mark.parametrize("face", WRITTEN, ids=named)
def test_another_firm_finds_nothing(workplace: Workplace, other_workplace: Workplace, face: Face) -> None:
    made = sent(workplace, "POST", address(face), SAMPLES[face.door, face.path](workplace))
    key = made[DIALECTS[face.door].key]
    theirs = [row["id" if "id" in row else "guid"] for row in rows(other_workplace, face)]
    assert theirs == ([other_workplace.user_id] if face.path == "users" else [])
    if counts(face):
        assert other_workplace.get(listed(face, count=True)).text == str(len(theirs))
    for method, path in of_one_record(face, key):
        assert other_workplace.request(method, path, json=made).status_code == 404, (method, path)
    if GET in face.operations:
        assert data(face, workplace.get(one(face, key))) == made


@pytest.mark.parametrize(("mine", "theirs"), STRANGERS, ids=[f"{named(a)}-{b.path}" for a, b in STRANGERS])
def test_a_record_is_found_only_where_its_kind_is(workplace: Workplace, mine: Face, theirs: Face) -> None:
    made = sent(workplace, "POST", address(mine), SAMPLES[mine.door, mine.path](workplace))
    key = made[DIALECTS[mine.door].key]
    assert key not in [row["id"] for row in rows(workplace, theirs)]
    body = SAMPLES[theirs.door, theirs.path](workplace)
    for method, path in of_one_record(theirs, key):
        assert workplace.request(method, path, json=body).status_code == 404, (method, path)
    if GET in mine.operations:
        assert data(mine, workplace.get(one(mine, key))) == made


@pytest.mark.parametrize("face", WRITTEN, ids=named)
def test_references_into_another_firm_are_refused(
    workplace: Workplace, other_workplace: Workplace, face: Face
) -> None:
    body = SAMPLES[face.door, face.path](workplace)
    theirs = SAMPLES[face.door, face.path](other_workplace)
    for name, value in body.items():
        if name.endswith(("_ref", "Guid", "Id")) or (isinstance(value, dict) and "id" in value):
            answer = send(workplace, "POST", address(face), {**body, name: theirs[name]})
            assert answer.status_code == 400, name
            texts = wrong_fields(face, answer)[name]
            assert texts[0].startswith("There is no such"), texts


@pytest.mark.parametrize("face", WRITTEN, ids=named)
def test_the_client_may_choose_the_id_but_not_take_one(workplace: Workplace, face: Face) -> None:
    key = DIALECTS[face.door].key
    body = {**SAMPLES[face.door, face.path](workplace), key: SOME_KEY}
    assert sent(workplace, "POST", address(face), body)[key] == SOME_KEY
    answer = send(workplace, "POST", address(face), body)
    assert answer.status_code == 400
    assert wrong_fields(face, answer) == {key: ["A record with this id exists."]}


@pytest.mark.parametrize("face", [face for face in WRITTEN if REPLACE in face.operations], ids=named)
def test_the_id_of_a_record_does_not_change(workplace: Workplace, face: Face) -> None:
    key = DIALECTS[face.door].key
    made = sent(workplace, "POST", address(face), SAMPLES[face.door, face.path](workplace))
    answer = workplace.request("PUT", keyed(face, made[key]), json={**made, key: SOME_KEY})
    # Where the body names the record, another id means another record.
    assert answer.status_code == (404 if DIALECTS[face.door].key_in is KeyIn.BODY else 400)


@pytest.mark.parametrize("face", LISTED, ids=named)
def test_every_list_takes_the_options(workplace: Workplace, face: Face) -> None:
    name = plain(face)
    for option in (
        "$top=1&$skip=1",
        f"$orderby={name} desc&$select={name}",
        f"$filter={name} ne null",
    ):
        workplace.ok("GET", listed(face, option))
    answer = workplace.get(listed(face, "$count=true"))
    told = answer.get_json()
    if face.door == "odata":
        assert told["@odata.count"] == len(told["value"])
    elif face.door == "praxis":
        assert told["pagination"]["total"] == len(told["data"])
    else:
        assert answer.headers["OData-Count"] == str(len(told))


def plain(face: Face) -> str:
    """The name of a property that a list can be sorted and filtered by."""
    return next(
        wire_name(field)
        for field in face.standard().fields.values()
        if isinstance(field, Text | Number | Moment) and field.value is VARIES
    )


@on_one_database
@pytest.mark.parametrize("face", LISTED, ids=named)
def test_every_list_refuses_what_is_wrong(workplace: Workplace, face: Face) -> None:
    for query in ("$filter=nope eq 1", "$top=-1", "$orderby=", "$filter=", "$nope=1", "$top=1&$top=2"):
        answer = workplace.get(listed(face, query))
        assert answer.status_code == 400, query
        body = answer.get_json()
        assert body["error"] if face.door == "praxis" else (body.get("error") or body)["message"], query


@pytest.mark.parametrize("face", [face for face in LISTED if face.parameters], ids=named)
def test_a_list_says_what_it_cannot_do_without(workplace: Workplace, face: Face) -> None:
    needed = {parameter.name for parameter in face.parameters if parameter.required}
    answer = workplace.get(address(face))
    if needed:
        assert answer.status_code == 400
        assert set(answer.get_json()["modelState"]) == needed
    else:
        assert answer.status_code == 200
