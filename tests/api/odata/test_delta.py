"""Following a set by its delta link (Protocol 4.01, 8.2.8.9 and 11.3; JSON Format 4.01, 15)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from app.api.odata import answers
from app.models import Change, User
from app.services import purging
from odata.delta import Changes
from tests.api.odata.conftest import ENTRIES, ROOT, Practice
from tests.contract.samples import account
from tests.firms import Workplace, issue_token
from tests.followers.by_delta import ByDelta, in_test_client, read_whole
from tests.followers.writing import SETS, Writer
from tests.parallel import in_threads

TRACK = "odata.track-changes"
DELTA, NEXT = "@odata.deltaLink", "@odata.nextLink"


@pytest.fixture
def practice(own_practice: Practice) -> Practice:
    """Nearly every test here writes."""
    return own_practice


def below(link: str) -> str:
    """The address that a link leads to, below the service's root."""
    return "?".join(urlsplit(link)[2:4]).removeprefix(f"{ROOT}/")


def tracked(practice: Practice, query: str) -> str:
    """The delta link of a set."""
    return below(practice.ok(query, Prefer=TRACK)[DELTA])


def change(practice: Practice, key: str, of: str = "TimeEntries", **values: Any) -> None:
    answer = practice.place.request("PATCH", f"{ROOT}/{of}({key})", json=values)
    assert answer.status_code == 204, answer.text


def remove(practice: Practice, key: str, of: str = "TimeEntries") -> None:
    assert practice.place.request("DELETE", f"{ROOT}/{of}({key})").status_code == 204


def make(practice: Practice, **values: Any) -> str:
    links = {"matter_id": practice.matter, "billed_by_user_id": practice.place.user_id}
    body = {"date": "2026-02-01T00:00:00Z", "hours": 1, "rate": 1} | links | values
    answer = practice.place.request("POST", f"{ROOT}/TimeEntries", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.get_json()["id"])


def test_a_copy_stays_what_the_set_is(practice: Practice) -> None:
    get = in_test_client(practice.place)
    copy = ByDelta(get, "TimeEntries")
    copy.follow()
    first, second, third, *_ = sorted(copy.state)
    copy.follow()
    assert copy.told == []
    made = make(practice, description="new")
    change(practice, second, hours=5)
    change(practice, first, hours=6)
    remove(practice, third)
    change(practice, second, hours=7)
    gone = make(practice)
    remove(practice, gone)
    copy.follow()
    # Each once, in the order of the last changes.
    assert [entry["id"] for entry in copy.told] == [made, first, third, second, gone]
    assert copy.state == read_whole(get, "TimeEntries")
    assert len(copy.state) == len(ENTRIES)
    copy.follow()
    assert copy.told == []


def test_what_comes_to_match_is_shown_and_what_no_more_matches_is_removed(practice: Practice) -> None:
    query = "TimeEntries?$filter=hours gt 1&$search=draft&$select=hours,description"
    get = in_test_client(practice.place)
    copy = ByDelta(get, query)
    copy.follow()
    inside = sorted(copy.state)
    outside = sorted(set(read_whole(get, "TimeEntries")) - set(inside))
    change(practice, inside[0], hours=0.5)
    change(practice, outside[0], hours=2, description="Draft of a letter")
    change(practice, inside[1], description="draft, again")
    copy.follow()
    assert copy.told[0] == {"@removed": {"reason": "changed"}, "id": inside[0]}
    assert [entry["id"] for entry in copy.told[1:]] == [outside[0], inside[1]]
    assert set(copy.told[1]) == {"@odata.etag", "id", "hours", "description"}
    assert copy.state == read_whole(get, f"{query},id")


@pytest.mark.parametrize("level", ["none", "minimal", "full"])
def test_the_forms_of_4_01_and_of_4_0(practice: Practice, level: str) -> None:
    """JSON Format 4.01, 15.3, and 4.0, 14.2: what an entity that is gone is told by, whatever the metadata."""
    link = tracked(practice, "TimeEntries?$orderby=hours&$select=id,hours")
    rows = practice.rows("TimeEntries?$orderby=hours,id")
    less, gone, kept = (rows[index]["id"] for index in (0, 1, 2))
    change(practice, kept, hours=9)
    remove(practice, gone)
    filtered = tracked(practice, "TimeEntries?$filter=hours eq 0.25&$select=id,hours") if less else ""
    make(practice, hours=3)
    accept = f"application/json;odata.metadata={level}"
    newer = practice.ok(link, Accept=accept)
    older = practice.ok(link, Accept=accept, OData_MaxVersion="4.0")
    context = "http://localhost/odata/v4/$metadata#TimeEntries"
    for answer in (newer, older):
        told = None if level == "none" else f"{context}(id,hours)/$delta"
        assert answer.get("@odata.context") == told
        assert answer["value"][0]["hours"] == 9
        assert ("@odata.etag" in answer["value"][0]) == (level != "none")
        assert answer[DELTA]
    identity = {"@odata.id": f"TimeEntries({gone})"} if level == "full" else {}
    assert newer["value"][1] == {"@removed": {"reason": "deleted"}, **identity, "id": gone}
    assert next(iter(newer["value"][1])) == "@removed"
    deleted = {"@odata.context": f"{context}/$deletedEntity", "id": f"TimeEntries({gone})"}
    assert older["value"][1] == {**deleted, "reason": "deleted"}
    assert practice.ok(filtered, OData_MaxVersion="4.0")["value"][0]["reason"] == "changed"


def test_changes_come_in_pages(practice: Practice) -> None:
    link = tracked(practice, "TimeEntries?$filter=hours ge 0")
    keys = sorted(read_whole(in_test_client(practice.place), "TimeEntries"))
    for key in keys:
        change(practice, key, hours=4)
    first = practice.get(link, Prefer="maxpagesize=3")
    assert first.headers["Preference-Applied"] == "odata.maxpagesize=3"
    change(practice, keys[0], hours=5)  # told already, and told again
    pages = [first.get_json(), *practice.pages(below(first.get_json()[NEXT]))]
    assert [[row["id"] for row in page["value"]] for page in pages] == [
        keys[:3],
        keys[3:6],
        [*keys[6:], keys[0]],
    ]
    assert [DELTA in page for page in pages] == [False, False, True]
    both = practice.get(link, Prefer="track-changes,maxpagesize=3").headers["Preference-Applied"]
    assert both == "odata.maxpagesize=3, odata.track-changes"


@pytest.mark.parametrize("is_long", [False, True])
def test_what_changes_between_the_pages_of_the_first_reading_is_told(
    practice: Practice, is_long: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number is that of the time before the first page; the preference is for that page alone (8.2.8.9)."""
    if is_long:
        monkeypatch.setattr(answers, "CHUNK", 2)  # pages of three are sent as streams
    get = in_test_client(practice.place)
    copy = ByDelta(get, "TimeEntries?$orderby=description desc", size=3)
    assert copy.turn_page() is False
    shown = list(copy.state)
    change(practice, shown[0], hours=5)
    remove(practice, shown[1])
    copy.follow()
    assert copy.state != read_whole(get, "TimeEntries")
    copy.follow()
    assert [entry["id"] for entry in copy.told] == shown[:2]
    assert copy.state == read_whole(get, "TimeEntries")


def test_the_preference_counts_on_the_first_page_only(practice: Practice) -> None:
    first = practice.get("TimeEntries", Prefer=f"{TRACK},maxpagesize=5")
    assert first.headers["Preference-Applied"] == f"odata.maxpagesize=5, {TRACK}"
    second = practice.get(below(first.get_json()[NEXT]))
    assert DELTA in second.get_json()
    assert "Preference-Applied" not in second.headers
    plain = practice.get("TimeEntries", Prefer="maxpagesize=5").get_json()
    late = practice.get(below(plain[NEXT]), Prefer=TRACK)
    assert DELTA not in late.get_json()
    assert "Preference-Applied" not in late.headers


IGNORED = [
    "TimeEntries?$expand=matter",
    "TimeEntries?$compute=hours mul 2 as twice",
    "TimeEntries?$apply=groupby((hours))",
    "TimeEntries?$filter=matter/name eq 'Acme v. Bolt'",
    "Matters?$filter=time_entries/any()",
    "Matters?$filter=balance/billable gt 1",
    "TimeEntries?$filter=date lt now()",
    "Invoices?$filter=is_overdue",
    "Contacts?$filter=status eq 'Active'",
    "Matters({M})/time_entries",
    "TimeEntries/$ref",
    "TimeEntries?$format=csv",
    "Matters({M})",
    "Me",
    "Me/time_entries",
    "TimeEntries/$count",
]


def test_where_not_all_could_be_told_the_preference_is_ignored(practice: Practice) -> None:
    for path in IGNORED:
        answer = practice.get(path, Prefer=TRACK)
        assert answer.status_code == 200, path
        assert "Preference-Applied" not in answer.headers, path
        assert "deltaLink" not in answer.text, path


def test_a_filtered_segment_and_aliases_are_followed(practice: Practice) -> None:
    get = in_test_client(practice.place)
    for query in ("TimeEntries/$filter(hours gt 1)", "TimeEntries?$filter=hours gt @p&@p=1"):
        copy = ByDelta(get, query)
        copy.follow()
        key = sorted(copy.state)[0]
        change(practice, key, hours=0.25)
        copy.follow()
        assert copy.state == read_whole(get, query)
        change(practice, key, hours=3)
        copy.follow()
        assert copy.state == read_whole(get, query)


def test_the_link_has_only_what_says_what_belongs_to_the_result(practice: Practice) -> None:
    """Protocol 4.01, 11.3.1: no `$top` and `$skip`, no `$count`; the order is that of the changes."""
    query = "$filter=hours gt 0&$skip=1&$top=2&$count=true&$orderby=hours&$select=hours&x=a%26b"
    page = practice.ok(f"TimeEntries?{query}", Prefer=TRACK)
    assert len(page["value"]) == 2
    kept, _, token = page[DELTA].rpartition("&")
    assert kept.endswith("TimeEntries?$filter=hours gt 0&$select=hours&x=a%26b")
    assert token.startswith("$deltatoken=")
    # From now on, and nothing of what is there already.
    assert DELTA in practice.ok("TimeEntries?$top=0", Prefer=TRACK)


def test_the_number_of_changes(practice: Practice) -> None:
    link = tracked(practice, "TimeEntries?$filter=hours gt 1")
    counted = link.replace("?", "/$count?")
    assert practice.get(counted).text == "0"
    keys = sorted(read_whole(in_test_client(practice.place), "TimeEntries"))
    change(practice, keys[0], hours=0.1)
    change(practice, keys[0], hours=0.2)
    remove(practice, keys[1])
    assert practice.get(counted).text == "2"
    assert practice.get(counted + "x").status_code == 400


def test_a_link_is_for_its_query_and_for_who_asked(
    practice: Practice, other_workplace: Workplace, session: Session
) -> None:
    link = tracked(practice, "TimeEntries?$filter=hours gt 1")
    token = link.partition("$deltatoken=")[2]
    colleague = User(firm_id=practice.place.firm_id, email="c@example.com", login=f"{token}@example.com")
    colleague.password_hash, colleague.role = "x", "user"
    colleague.first_name, colleague.last_name, colleague.display_name = "C", "D", "C D"
    session.add(colleague)
    session.flush()
    theirs = issue_token(session, colleague, str(practice.place.client_id), "full")
    session.commit()
    assert practice.get(link).status_code == 200
    assert other_workplace.get(f"{ROOT}/{link}").status_code == 400
    assert practice.place.request("GET", f"{ROOT}/{link}", theirs).status_code == 400
    for other in (
        f"TimeEntries?$deltatoken={token}",
        f"TimeEntries?$filter=hours gt 2&$deltatoken={token}",
        f"Expenses?$filter=hours gt 1&$deltatoken={token}",
        *(f"{link}&{more}" for more in ("$top=1", "$skip=1", "$orderby=hours", "$count=true")),
        *(f"{link}&{more}" for more in ("$expand=matter", "$search=x", "$apply=identity", "$skiptoken=x")),
    ):
        answer = practice.get(other)
        assert answer.status_code == 400, other
        assert answer.get_json()["error"]["message"]
    broken = [token[:-1], token + "A", "A" + token[1:], "", "é", "AAAA", "%00", "=" * 50, "bnVsbA", "1"]
    for text in broken:
        assert practice.get(f"TimeEntries?$filter=hours gt 1&$deltatoken={text}").status_code == 400, text
    assert practice.get(link, Accept="text/csv").status_code == 406


def forget_changes(practice: Practice, session: Session) -> None:
    """Make all lines of the firm's log a year old, and purge it with the rest that has expired."""
    mine = update(Change).where(Change.firm_id == practice.place.firm_id)
    session.execute(mine.values(at=dt.datetime.now(dt.UTC) - dt.timedelta(days=365)))
    session.commit()
    purging.purge(practice.place.app.extensions["database"].session, 400, 364)


def test_what_is_purged_meanwhile_is_not_passed_over(
    practice: Practice, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A follower that is just young enough asks while the purge is at it."""
    link = tracked(practice, "TimeEntries")
    for key in sorted(read_whole(in_test_client(practice.place), "TimeEntries")):
        change(practice, key, hours=4)
    read = Changes.check

    def and_then_purge(*args: Any) -> int:
        last = read(*args)
        monkeypatch.undo()
        forget_changes(practice, session)
        return last

    monkeypatch.setattr(Changes, "check", and_then_purge)
    answer = practice.get(link)
    assert answer.status_code == 410, answer.text
    assert "read the set again from the start" in answer.get_json()["error"]["message"]
    anew = tracked(practice, "TimeEntries")
    forget_changes(practice, session)
    assert practice.ok(anew)["value"] == []


def test_a_link_older_than_the_log_is_gone(practice: Practice, session: Session) -> None:
    """Protocol 4.01, 11.3.2: the answer says where the whole set can be read."""
    link = tracked(practice, "TimeEntries?$filter=hours gt 1&$select=id")
    for key in sorted(read_whole(in_test_client(practice.place), "TimeEntries")):
        change(practice, key, hours=4)
    firm = practice.place.firm_id
    last = practice.ok("TimeEntries?$top=0", Prefer=TRACK)[DELTA]
    numbers = [row.number for row in session.query(Change).where(Change.firm_id == firm)]
    session.execute(delete(Change).where(Change.firm_id == firm, Change.number < max(numbers)))
    session.commit()
    for path in (link, link.replace("?", "/$count?")):
        answer = practice.get(path)
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (410, "gone")
        whole = "http://localhost/odata/v4/TimeEntries?$filter=hours%20gt%201&$select=id"
        assert answer.headers["Location"].replace(" ", "%20") == whole
    assert practice.ok(below(last))["value"] == []
    # A database that was put back to an earlier state has not come so far.
    session.execute(delete(Change).where(Change.firm_id == firm))
    session.commit()
    assert practice.get(below(last)).status_code == 410
    session.execute(
        insert(Change),
        [
            {
                "firm_id": firm,
                "number": max(numbers),
                "entity": "Matter",
                "entity_id": practice.matter,
                "action": "updated",
            }
        ],
    )
    session.commit()
    assert practice.ok(below(last))["value"] == []


def test_lists_and_parts_of_a_record_are_the_record(practice: Practice) -> None:
    """What moves a record's entity tag is told (and a contact is active or archived with its account)."""
    get = in_test_client(practice.place)
    matters, contacts = ByDelta(get, "Matters"), ByDelta(get, "Contacts")
    matters.follow()
    contacts.follow()
    before = matters.state[practice.matter]["@odata.etag"]
    change(practice, practice.matter, "Matters", tags=[{"name": "urgent"}])
    change(practice, practice.account, "Accounts", status="Archived")
    matters.follow()
    contacts.follow()
    assert [entry["id"] for entry in matters.told] == [practice.matter]
    assert matters.state[practice.matter]["@odata.etag"] != before
    assert {contact["status"] for contact in contacts.state.values()} == {"Archived"}
    assert matters.state == read_whole(get, "Matters")
    assert contacts.state == read_whole(get, "Contacts")


def test_followers_beside_four_writers_miss_nothing(workplace: Workplace) -> None:
    get = in_test_client(workplace)
    queries = [*SETS, "TimeEntries?$filter=hours lt 5"]
    copies = {query: ByDelta(get, query, size=3) for query in queries}
    at_work = list(range(4))

    def send(method: str, address: str, body: Any) -> Any:
        return workplace.request(method, address, json=body)

    def work(index: int) -> None:
        if index in at_work:
            try:
                assert Writer(send, index, workplace.user_id).write(40) > 30
            finally:
                at_work.remove(index)
        while at_work and index == 4:
            for copy in copies.values():
                copy.follow()

    in_threads(work, 5)
    for query, copy in copies.items():
        copy.follow()
        assert len(copy.state) > 5
        assert copy.state == read_whole(get, query), query


def test_the_door_of_the_published_api_still_tells_what_was_updated_since(practice: Practice) -> None:
    key, *others = sorted(read_whole(in_test_client(practice.place), "TimeEntries"))
    moment = practice.ok(f"TimeEntries({key})")["updated_at"]
    change(practice, key, hours=2.5)
    since = practice.ok(f"TimeEntries({key})")["updated_at"]
    assert since > moment
    found = practice.place.list("/api/v2/timeentries", updated_since=since)
    assert [row["id"] for row in found] == [key]
    assert others


def test_an_account_is_followed_by_its_own(practice: Practice) -> None:
    link = tracked(practice, "Accounts?$filter=status eq 'Active'")
    key = practice.place.ok("POST", "/api/v2/accounts", json=account(practice.place))["id"]
    assert [row["id"] for row in practice.ok(link)["value"]] == [key]
