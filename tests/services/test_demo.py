"""The demo firm: the same every time, of any size, and true to every rule of the models."""

from __future__ import annotations

import datetime as dt
import stat
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.config import Settings
from app.models import (
    MODELS,
    Account,
    Change,
    Contact,
    Counter,
    File,
    Matter,
    OAuthClient,
    TimeEntry,
    User,
    tags_and_links,
)
from app.models.identity import ADMINISTRATOR
from app.services import demo, numbering, people
from app.services.charges import total
from app.services.demo import documents, facts
from app.services.demo.books import IN_ORDER, Books
from app.services.demo.brief import Brief, Colleague, Row
from app.services.demo.casework import matters
from app.services.demo.chance import Chance
from app.services.demo.happenings import happenings_of
from app.services.demo.numbers_by_day import Numbering
from app.services.demo.plan import ENTRIES_A_BLOCK, FIRST_DAY, LAST_DAY, MATTERS_A_BLOCK, Plan
from app.services.demo.words import Words
from app.services.display_names import account_name, contact_name, matter_name
from app.services.file_store import FileStore
from app.services.passwords import verify
from oauth.redirects import matches_registered

SIZE = demo.Size(accounts=20, matters=60, time_entries=800)
PASSWORD = "a password for the demo"


@pytest.fixture(scope="module")
def firm(app: Flask) -> demo.DemoFirm:
    """One for all tests, which commit nothing."""
    with app.extensions["database"].session() as session:
        firm = demo.make_demo_firm(session, SIZE, PASSWORD)
        session.commit()
    return firm


def rows(session: Session, firm: demo.DemoFirm, name: str) -> list:
    model = MODELS[name]
    return list(session.scalars(select(model).where(model.firm_id == firm.id)))


def brief(seed: str) -> Brief:
    staff = tuple(
        Colleague(f"user {number}", Decimal(100 + number), f"User {number}", f"{number}@example.com")
        for number in range(5)
    )
    return Brief(Plan(SIZE, Chance(seed)), Words.of(seed), staff)


def money(brief: Brief) -> dict[type, list[Row]]:
    """Everything in the books of the firm's matters."""
    books, numbering = Books(), Numbering.of(brief)
    for matter in range(1, SIZE.matters + 1):
        books.keep(brief, numbering, matter)
    return books.rows


def test_it_has_the_size_that_was_asked_for(session: Session, firm: demo.DemoFirm) -> None:
    assert {name: len(rows(session, firm, name)) for name in ("User", "Account", "Matter", "TimeEntry")} == {
        "User": 8,
        "Account": 20,
        "Matter": 60,
        "TimeEntry": 800,
    }


def test_everybody_signs_in_and_one_is_the_administrator(session: Session, firm: demo.DemoFirm) -> None:
    users: list[User] = rows(session, firm, "User")
    assert [user.email for user in users if user.role == ADMINISTRATOR] == [firm.email]
    assert all(people.by_login(session, user.email) is user and user.hourly_rate for user in users)
    assert verify(PASSWORD, users[0].password_hash)


def test_numbers_follow_each_other_and_go_on_where_the_demo_ends(
    session: Session, firm: demo.DemoFirm
) -> None:
    for name in ("Account", "Matter"):
        found = rows(session, firm, name)
        expected = list(range(1, len(found) + 1))
        assert sorted(row.number for row in found) == expected
        assert sorted(row.legacy_id for row in found) == expected
        for series in (name, f"{name}.legacy"):
            assert numbering.take(session, firm.id, series) == len(found) + 1


def test_every_row_is_in_the_log_without_gaps(session: Session, firm: demo.DemoFirm) -> None:
    log = session.scalars(select(Change).where(Change.firm_id == firm.id).order_by(Change.number)).all()
    assert [line.number for line in log] == list(range(1, len(log) + 1))
    assert session.get_one(Counter, (firm.id, "changes")).value == len(log)
    assert {line.action for line in log} == {"created"}
    assert {line.user_id for line in log} == {firm.administrator_id}
    logged = {(line.entity, line.entity_id) for line in log}
    assert len(logged) == len(log)
    assert logged == {(name, row.id) for name in MODELS for row in rows(session, firm, name)}


def test_every_account_has_one_primary_contact_and_its_name(session: Session, firm: demo.DemoFirm) -> None:
    contacts: list[Contact] = rows(session, firm, "Contact")
    primary = {contact.account_id: contact for contact in contacts if contact.is_primary}
    accounts: list[Account] = rows(session, firm, "Account")
    assert len(primary) == sum(contact.is_primary for contact in contacts) == len(accounts)
    for account in accounts:
        names = primary[account.id]
        person = (names.first_name, names.middle_name, names.last_name)
        assert account.display_name == account_name(account.company_name, *person)
        assert names.display_name == contact_name(*person)
    assert {bool(account.company_name) for account in accounts} == {True, False}


def test_matters_are_called_by_number_and_name(session: Session, firm: demo.DemoFirm) -> None:
    for matter in rows(session, firm, "Matter"):
        assert matter.display_name == matter_name(matter.number, matter.name)
        assert "{" not in matter.name


def test_time_is_for_the_account_of_its_matter_and_adds_up(session: Session, firm: demo.DemoFirm) -> None:
    of_matter: dict[str, Matter] = {matter.id: matter for matter in rows(session, firm, "Matter")}
    rates = {user.id: user.hourly_rate for user in rows(session, firm, "User")}
    entries: list[TimeEntry] = rows(session, firm, "TimeEntry")
    for entry in entries:
        matter = of_matter[entry.matter_id]
        assert entry.account_id == matter.account_id
        assert entry.total == total(entry.hours, entry.rate)
        assert entry.hours * 10 == int(entry.hours * 10) > 0
        if matter.rate_type != "ItemRate":
            assert entry.rate == (matter.hourly_rate or rates[entry.billed_by_user_id])
        assert entry.is_billable or not entry.is_billed
        assert FIRST_DAY <= entry.date.date() <= LAST_DAY
        assert matter.open_date is not None
        assert matter.open_date <= entry.date
        assert matter.close_date is None or entry.date <= matter.close_date


def test_it_shows_every_kind_of_value(session: Session, firm: demo.DemoFirm) -> None:
    entries: list[TimeEntry] = rows(session, firm, "TimeEntry")
    assert {(entry.is_billable, entry.is_billed) for entry in entries} == {
        (True, True),
        (True, False),
        (False, False),
    }
    for column in ("task_code", "private_notes"):
        assert {getattr(entry, column) is None for entry in entries} == {True, False}
    assert {matter.status for matter in rows(session, firm, "Matter")} >= {"Open", "Closed", "Pending"}
    assert len({entry.description for entry in entries}) > len(entries) / 5
    for table in (tags_and_links.account_tags, tags_and_links.account_assignees, tags_and_links.matter_tags):
        linked = select(func.count()).select_from(table).where(table.c.firm_id == firm.id)
        assert session.scalar(linked)


def test_everything_was_made_on_a_day_that_is_past(session: Session, firm: demo.DemoFirm) -> None:
    tomorrow = dt.datetime.combine(LAST_DAY, dt.time(), dt.UTC) + dt.timedelta(days=2)
    assert all(row.created_at < tomorrow for name in MODELS for row in rows(session, firm, name))


def test_a_second_firm_has_people_of_its_own(session: Session, firm: demo.DemoFirm) -> None:
    second = demo.make_demo_firm(session, SIZE, PASSWORD)
    assert (second.id, second.name, second.email) != (firm.id, firm.name, firm.email)
    assert not {row.id for row in rows(session, firm, "Matter")} & {
        row.id for row in rows(session, second, "Matter")
    }


def test_the_same_seed_makes_the_same_rows() -> None:
    one, same, other = brief("1/0"), brief("1/0"), brief("2/0")
    few = range(1, 20)
    assert list(matters(one, few)) == list(matters(same, few))
    assert next(matters(one, few)) != next(matters(other, few))
    assert [each[:-1] for matter in few for each in happenings_of(one, matter)] == [
        each[:-1] for matter in few for each in happenings_of(same, matter)
    ]
    books = money(one)
    assert books == money(same)
    assert all(books[model] and books[model] != money(other)[model] for model in IN_ORDER)


@pytest.mark.parametrize("size", [(1, 1, 0), (9, 1_234, 10), (3, 10, 100_000), (200, 1_000, 20_000)])
def test_matters_are_made_in_runs_that_stay_small(size: tuple[int, int, int]) -> None:
    plan = Plan(demo.Size(*size), Chance("any"))
    blocks = list(plan.blocks())
    assert [matter for block in blocks for matter in block] == list(range(1, size[1] + 1))
    for block in blocks:
        assert len(block) <= MATTERS_A_BLOCK
        assert sum(len(plan.entries_of(matter)) for matter in block[:-1]) < ENTRIES_A_BLOCK


def test_what_a_thing_is_stays_the_same_from_version_to_version() -> None:
    """So that links into the demo firm, and notes about it, keep their meaning."""
    chance = Chance("1/0")
    assert chance.id("matter", 1) == "46fcfaf9-5e00-472b-a242-05983dfba268"
    assert chance.of("matter", 1).randrange(1_000_000) == 849_889


@pytest.mark.parametrize("size", [(1, 1, 0), (7, 3, 5), (3, 10, 1), (200, 1_000, 20_000), (1, 999, 12_345)])
def test_work_is_shared_out_to_the_last_entry(size: tuple[int, int, int]) -> None:
    plan = Plan(demo.Size(*size), Chance("any"))
    numbers = [number for matter in range(1, size[1] + 1) for number in plan.entries_of(matter)]
    assert numbers == list(range(1, size[2] + 1))
    accounts = {plan.account_of(matter) for matter in range(1, size[1] + 1)}
    assert accounts <= set(range(1, size[0] + 1))
    assert len(accounts) == min(size[0], size[1])


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        ((None, None, None), (200, 1_000, 20_000)),
        ((None, None, 1_000_000), (10_000, 50_000, 1_000_000)),
        ((None, 10, None), (2, 10, 200)),
        ((5, None, 0), (5, 0, 0)),
        ((0, 0, 3), (1, 1, 3)),
    ],
)
def test_what_is_left_out_of_a_size_follows_from_the_rest(
    asked: tuple[int | None, int | None, int | None], made: tuple[int, int, int]
) -> None:
    assert demo.Size.of(*asked) == demo.Size(*made)


@pytest.mark.parametrize("size", [demo.Size(0, 0, 0), demo.Size(3, 0, 0), demo.Size(1, 1, 1)])
def test_the_smallest_firms_can_be_made(session: Session, size: demo.Size) -> None:
    firm = demo.make_demo_firm(session, size, PASSWORD)
    assert len(rows(session, firm, "Account")) == size.accounts


def test_a_restart_finds_the_firm_and_gives_a_fresh_token(session: Session, tmp_path: Path) -> None:
    settings = Settings(instance_path=str(tmp_path), port=8001)
    first = demo.open_demo_firm(session, settings, "http://127.0.0.1:8001", demo.Size(1, 1, 1))
    session.commit()
    path = tmp_path / "demo.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert facts.read(path) == first
    again = demo.reopen_demo_firm(session, settings, "http://127.0.0.1:9000")
    assert again is not None
    assert facts.read(path) == again
    assert (again.client_id, again.password) == (first.client_id, first.password)
    assert again.base_url == "http://127.0.0.1:9000"
    assert again.access_token != first.access_token
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["demo.json", "files"]


def test_documents_lie_in_the_file_store(session: Session, tmp_path: Path) -> None:
    settings = Settings(instance_path=str(tmp_path))
    opened = demo.open_demo_firm(session, settings, "http://x", demo.Size(3, 50, 0))
    session.commit()
    administrator = people.by_login(session, opened.email)
    assert administrator is not None
    files = list(session.scalars(select(File).filter_by(firm_id=administrator.firm_id)))
    assert len(files) == len({file.matter_id for file in files}) == documents.MOST
    matter_of = select(Matter.id, Matter.account_id).filter_by(firm_id=administrator.firm_id)
    accounts = dict(session.execute(matter_of).all())
    store = FileStore(settings.files)
    for file in files:
        text = b"".join(store.read(file.storage_key)).decode()
        assert len(text.encode()) == file.size
        assert "{" not in text
        assert file.account_id == accounts[file.matter_id or ""]


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"base_url": 1}', None])
def test_a_lost_or_broken_file_is_no_firm(session: Session, tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "demo.json").write_text(content)
    assert demo.reopen_demo_firm(session, Settings(instance_path=str(tmp_path)), "http://x") is None


def test_the_facts_of_another_database_are_not_shown(session: Session, tmp_path: Path) -> None:
    settings = Settings(instance_path=str(tmp_path))
    demo.open_demo_firm(session, settings, "http://x", demo.Size(1, 1, 1))
    session.rollback()
    assert demo.reopen_demo_firm(session, settings, "http://x") is None


def test_swagger_ui_can_come_back_to_every_port_it_was_started_on(session: Session, tmp_path: Path) -> None:
    for port in (8101, 8102):
        settings = Settings(instance_path=str(tmp_path), port=port)
        demo.open_demo_firm(session, settings, "http://x", demo.Size(1, 1, 1))
    client = session.get_one(OAuthClient, "swagger-ui")
    assert not client.is_confidential
    for uri in ("http://localhost:8101", "http://localhost:8102", "http://127.0.0.1:50000"):
        assert matches_registered(client.redirect_uris, f"{uri}/swagger/oauth2-redirect.html")
