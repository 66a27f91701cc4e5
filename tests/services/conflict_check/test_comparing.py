"""Which two values agree, how, and which do not; without any database."""

from __future__ import annotations

import pytest

from app.services.conflict_check.asked import COMPANY, EMAIL, NAME, PHONE, Asked, Sought
from app.services.conflict_check.candidates import PERSON, Candidate, Record
from app.services.conflict_check.comparing import MOST_MATCHES, Match, compared

PAIRS = [
    # What is sought, what is known, and how they agree.
    (NAME, "Jane Roe", PERSON, "Jane Roe", ("exact", 100)),
    (NAME, " Jane Roe ", PERSON, "Jane Roe", ("exact", 100)),
    (NAME, "Acme Bolts Inc.", COMPANY, "Acme Bolts Inc.", ("exact", 100)),
    (NAME, "JANE ROE", PERSON, "Jane Roe", ("normalized", 98)),
    (NAME, "Roe, Jane", PERSON, "Jane Roe", ("normalized", 98)),
    (NAME, "Roe Jane", PERSON, "Jane Roe", ("normalized", 98)),
    (NAME, "Roe, Jane Q.", PERSON, "Dr. Jane Q Roe", ("normalized", 98)),
    (NAME, "José Núñez", PERSON, "Jose Nunez", ("normalized", 98)),
    (NAME, "Groß, Jørgen", PERSON, "Jorgen Gross", ("normalized", 98)),
    (NAME, "O'Brien, Pat", PERSON, "Pat O\u2019Brien", ("normalized", 98)),
    (NAME, "Anne-Marie Roe", PERSON, "Anne Marie Roe", ("normalized", 98)),
    (NAME, "Martin King, Jr.", NAME, "Martin King", ("normalized", 98)),
    (NAME, "Jane Roe", PERSON, "Jane Quincy Roe", ("normalized", 95)),
    (NAME, "Jane Q. Roe", PERSON, "Jane Quincy Roe", ("normalized", 95)),
    (NAME, "J. Roe", PERSON, "Jane Roe", ("normalized", 90)),
    (NAME, "J.Q. Roe", PERSON, "Jane Quincy Roe", ("normalized", 90)),
    (COMPANY, "acme bolts", COMPANY, "Acme Bolts, Inc.", ("normalized", 98)),
    (COMPANY, "Acme Bolts LLC", COMPANY, "ACME BOLTS GmbH & Co. KG", ("normalized", 98)),
    (COMPANY, "Bolt B.V.", COMPANY, "Bolt BV", ("normalized", 98)),
    (COMPANY, "Bolt & Sons Ltd", COMPANY, "Bolt and Sons", ("normalized", 98)),
    (COMPANY, "The Bolt Works", COMPANY, "Bolt Works S.A.", ("normalized", 98)),
    (COMPANY, "Jane Roe LLC", PERSON, "Jane Roe", ("normalized", 98)),
    (NAME, "Jon Smith", PERSON, "John Smith", ("fuzzy", 94)),
    (NAME, "Jane Rowe", PERSON, "Jane Roe", ("fuzzy", 94)),
    (NAME, "Katherine Mueller", PERSON, "Catherine Müller", ("fuzzy", 90)),
    (COMPANY, "Acme Holding", COMPANY, "Acme Holdings plc", ("fuzzy", 96)),
    (COMPANY, "JPMorgan", COMPANY, "JP Morgan", ("fuzzy", 94)),
    (COMPANY, "Acme", COMPANY, "Acme Bolts International", ("fuzzy", 90)),
    (NAME, "Roe", PERSON, "Jane Roe", ("fuzzy", 92)),
    (NAME, "Jane Roe", NAME, "Guardianship of Jane Roe", ("fuzzy", 90)),
    (NAME, "Jane Roe", PERSON, "John Doe", None),
    (NAME, "Jane Roe", PERSON, "Jane Smith", None),
    (NAME, "J. Roe", PERSON, "Martin Roe", None),
    (NAME, "Ann", COMPANY, "Hannover Bank", None),
    (NAME, "J", PERSON, "J Edgar Hoover", None),
    (COMPANY, "Delta Airlines Inc", COMPANY, "Omega Airlines Inc", None),
    (COMPANY, "Bolt Inc", COMPANY, "Nut Inc", None),
    (NAME, "...", PERSON, "Jane Roe", None),
    (NAME, "jane@example.com", EMAIL, "jane@example.com", None),
    (EMAIL, "jane@example.com", EMAIL, "jane@example.com", ("exact", 100)),
    (EMAIL, "Jane+Bills@EXAMPLE.com", EMAIL, "jane@example.com", ("normalized", 98)),
    (EMAIL, "jane@example.com", EMAIL, "june@example.com", None),
    (EMAIL, "jane@example.com", EMAIL, "jane@example.org", None),
    (PHONE, "(503) 555-0100", PHONE, "(503) 555-0100", ("exact", 100)),
    (PHONE, "503.555.0100 ext. 7", PHONE, "(503) 555-0100", ("normalized", 98)),
    (PHONE, "+1 503 555 0100", PHONE, "503-555-0100", ("normalized", 98)),
    (PHONE, "0031 6 12345678", PHONE, "06-12345678", ("normalized", 98)),
    (PHONE, "+44 (0)20 7946 0958", PHONE, "020 7946 0958", ("normalized", 98)),
    (PHONE, "603-555-0100", PHONE, "503-555-0100", None),
    (PHONE, "555-0100", PHONE, "503-555-0100", None),
    (PHONE, "none", PHONE, "n/a", None),
]


def record(name: str = "It", key: str = "1") -> Record:
    return Record("party", key, name, (), False)


def matches(sought: list[Sought], known: list[Candidate], threshold: int = 85) -> list[Match]:
    return compared(Asked(tuple(sought), threshold), known)[0]


@pytest.mark.parametrize(("sort", "sought", "of", "known", "wanted"), PAIRS)
def test_two_values(sort: str, sought: str, of: str, known: str, wanted: tuple[str, int] | None) -> None:
    found = matches([Sought(sought, sort)], [Candidate(record(), "field", known, of)])
    assert [(match.verdict.kind, match.verdict.score) for match in found] == ([wanted] if wanted else [])
    assert all(match.verdict.reason.endswith(".") for match in found)


def test_each_record_is_told_once_for_each_value_by_its_best() -> None:
    roe, twin = record("Roe"), record("Twin", "2")
    known = [
        Candidate(roe, "aliases", "Jane Rowe", NAME),
        Candidate(roe, "name", "Jane Roe", PERSON),
        Candidate(roe, "email", "j@example.com", EMAIL),
        Candidate(twin, "name", "Jane Row", PERSON),
    ]
    found = matches([Sought("Jane Roe", NAME), Sought("J@example.com", EMAIL)], known)
    assert [(m.candidate.record, m.candidate.field, m.verdict.score) for m in found] == [
        (roe, "name", 100),
        (roe, "email", 98),
        (twin, "name", 87),
    ]


@pytest.mark.parametrize(("threshold", "how_many"), [(0, 4), (90, 3), (95, 2), (99, 1), (100, 1)])
def test_what_is_below_the_threshold_is_not_told(threshold: int, how_many: int) -> None:
    known = ["Jane Roe", "Roe, Jane", "Jane Rowe", "Bartholomew Zimt"]
    of = [Candidate(record(key=name), "name", name, PERSON) for name in known]
    assert len(matches([Sought("Jane Roe", NAME)], of, threshold)) == how_many


def test_at_most_so_many_matches_are_told_the_best() -> None:
    known = [Candidate(record(key=str(n)), "name", "Jane Roe", PERSON) for n in range(MOST_MATCHES + 1)]
    known.append(Candidate(record(key="best"), "name", "jane roe", PERSON))
    found, is_cut = compared(Asked((Sought("jane roe", NAME),), 0), known)
    assert (len(found), is_cut, found[0].candidate.record.id) == (MOST_MATCHES, True, "best")
