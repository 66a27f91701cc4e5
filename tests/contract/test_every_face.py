"""The same tests over every row of the resource table and each of its faces: list, count, get, create,
replace and delete, for nobody, for a token of too little scope, for another firm, and for the right one."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.api.doors import DIALECTS
from app.api.resources import CREATE, DELETE, GET, LIST, REPLACE, RESOURCES, Face
from app.models import User
from tests.contract.samples import SAMPLES
from tests.firms import Workplace, issue_token

FACES = [face for resource in RESOURCES for face in resource.faces]
WRITTEN = [face for face in FACES if CREATE in face.operations]


def named(face: Face) -> str:
    return f"{face.door}-{face.path}"


def address(face: Face) -> str:
    prefix = DIALECTS[face.door].prefix if face.door in DIALECTS else "/odata/v4"
    return f"{prefix}/{face.path}"


def one(face: Face, key: str) -> str:
    return f"{address(face)}({key})" if face.door == "odata" else f"{address(face)}/{key}"


def keyed(face: Face, key: str) -> str:
    return f"{address(face)}?{DIALECTS[face.door].key}={key}"


def operations(face: Face, key: str) -> list[tuple[str, str]]:
    """Every request that the face answers."""
    found = []
    if LIST in face.operations:
        found += [("GET", address(face)), ("GET", f"{address(face)}/$count")]
    if GET in face.operations:
        found.append(("GET", one(face, key)))
    if CREATE in face.operations:
        found.append(("POST", address(face)))
    if REPLACE in face.operations:
        found.append(("PUT", keyed(face, key)))
    if DELETE in face.operations:
        found.append(("DELETE", keyed(face, key)))
    return found


SOME_KEY = "00000000-0000-4000-8000-000000000000"


def test_every_face_that_is_written_has_a_sample() -> None:
    assert {(face.door, face.path) for face in WRITTEN} == set(SAMPLES)


@pytest.mark.parametrize("face", FACES, ids=named)
def test_nobody_gets_in(workplace: Workplace, face: Face) -> None:
    client = workplace.app.test_client()
    for method, path in operations(face, SOME_KEY):
        answer = client.open(path, method=method, json={})
        assert answer.status_code == 401, (method, path)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("face", FACES, ids=named)
def test_a_reading_token_only_reads(workplace: Workplace, session: Session, face: Face) -> None:
    user = session.get_one(User, (workplace.firm_id, workplace.user_id))
    token = issue_token(session, user, str(workplace.client_id), "read")
    session.commit()
    for method, path in operations(face, SOME_KEY):
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
    before = int(workplace.get(f"{address(face)}/$count").text)

    made = workplace.ok("POST", address(face), json=body)
    assert int(workplace.get(f"{address(face)}/$count").text) == before + 1
    assert workplace.ok("GET", one(face, made[key])) == made
    assert made[key] in [row[key] for row in workplace.ok("GET", address(face))]

    assert workplace.ok("PUT", keyed(face, made[key]), json=made) == made

    assert workplace.ok("DELETE", keyed(face, made[key])) == made
    assert workplace.get(one(face, made[key])).status_code == 404
    assert workplace.request("DELETE", keyed(face, made[key])).status_code == 404
    assert workplace.request("PUT", keyed(face, made[key]), json=made).status_code == 404
    assert int(workplace.get(f"{address(face)}/$count").text) == before


@pytest.mark.parametrize("face", WRITTEN, ids=named)
def test_another_firm_finds_nothing(workplace: Workplace, other_workplace: Workplace, face: Face) -> None:
    made = workplace.ok("POST", address(face), json=SAMPLES[face.door, face.path](workplace))
    key = made[DIALECTS[face.door].key]
    assert other_workplace.ok("GET", address(face)) == []
    assert other_workplace.get(f"{address(face)}/$count").text == "0"
    for method, path in operations(face, key)[2:]:
        if method != "POST":
            assert other_workplace.request(method, path, json=made).status_code == 404, (method, path)
    assert workplace.ok("GET", one(face, key)) == made


@pytest.mark.parametrize("face", WRITTEN, ids=named)
def test_references_into_another_firm_are_refused(
    workplace: Workplace, other_workplace: Workplace, face: Face
) -> None:
    body = SAMPLES[face.door, face.path](workplace)
    theirs = SAMPLES[face.door, face.path](other_workplace)
    references = [name for name in body if name.endswith(("_ref", "Guid"))]
    for name in references:
        answer = workplace.request("POST", address(face), json={**body, name: theirs[name]})
        assert answer.status_code == 400, name
        texts = answer.get_json()["modelState"][name]
        assert texts[0].startswith("There is no such"), texts


@pytest.mark.parametrize("face", WRITTEN, ids=named)
def test_the_client_may_choose_the_id_but_not_take_one(workplace: Workplace, face: Face) -> None:
    key = DIALECTS[face.door].key
    body = {**SAMPLES[face.door, face.path](workplace), key: SOME_KEY}
    assert workplace.ok("POST", address(face), json=body)[key] == SOME_KEY
    answer = workplace.request("POST", address(face), json=body)
    assert answer.status_code == 400
    assert answer.get_json()["modelState"] == {key: ["A record with this id exists."]}


@pytest.mark.parametrize("face", FACES, ids=named)
def test_every_list_takes_the_options(workplace: Workplace, face: Face) -> None:
    name = (
        "email"
        if face.path == "user"
        else "name"
        if "tag" in face.path
        else "number"
        if face.path == "project"
        else "id"
    )
    name = {"account": "number", "timeentry": "hours"}.get(face.path, name) if face.door == "v1" else name
    for option in (
        "$top=1",
        "$skip=1",
        f"$orderby={name} desc",
        f"$select={name}",
        f"$filter={name} ne null",
    ):
        workplace.ok("GET", f"{address(face)}?{option}")
    answer = workplace.get(f"{address(face)}?$count=true")
    rows = answer.get_json()
    if face.door == "odata":
        assert rows["@odata.count"] == len(rows["value"])
    else:
        assert answer.headers["OData-Count"] == str(len(rows))


@pytest.mark.parametrize("face", FACES, ids=named)
@pytest.mark.parametrize(
    "query", ["$filter=nope eq 1", "$top=-1", "$orderby=", "$filter=", "$nope=1", "$top=1&$top=2"]
)
def test_every_list_refuses_what_is_wrong(workplace: Workplace, face: Face, query: str) -> None:
    answer = workplace.get(f"{address(face)}?{query}")
    assert answer.status_code == 400
    body = answer.get_json()
    assert (body["error"] if face.door == "odata" else body)["message"]
