"""What becomes of the names and types that clients give their files."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.services.files import LONGEST_NAME, MEDIA_TYPE, content_type, readable_name

NAMES = [
    ("brief.pdf", "brief.pdf"),
    ("  brief.pdf ", "brief.pdf"),
    ("Klage für Å 契約書.pdf", "Klage für Å 契約書.pdf"),
    ("../../../etc/passwd", "passwd"),
    ("..\\..\\windows\\win.ini", "win.ini"),
    ("C:\\Users\\ada\\brief.pdf", "brief.pdf"),
    ("/etc/passwd", "passwd"),
    ("folder/", "file"),
    ("", "file"),
    ("   ", "file"),
    (".", "file"),
    ("..", "file"),
    (". . .", "file"),
    (".bashrc", ".bashrc"),
    ("a\0b.pdf", "ab.pdf"),
    ("a\r\nSet-Cookie: x=1", "aSet-Cookie: x=1"),
    ("a\u2028b\u2029c\x7f\x85", "abc"),
    ("invoice\u202efdp.exe", "invoicefdp.exe"),
    ("\ud800.txt", ".txt"),
    ("CON", "_CON"),
    ("nul.txt", "_nul.txt"),
    ("Lpt1.tar.gz", "_Lpt1.tar.gz"),
    ("Contract.pdf", "Contract.pdf"),
    ("Smith v. Jones Inc.", "Smith v. Jones Inc."),
    ("%2e%2e%2fpasswd", "%2e%2e%2fpasswd"),
    ("a\"b;c'd.pdf", "a\"b;c'd.pdf"),
    ("x" * 300 + ".docx", "x" * 250 + ".docx"),
    ("x" * 300, "x" * 255),
    ("a." + "x" * 300, "a." + "x" * 253),
    ("CON." + "x" * 251, "_CON." + "x" * 250),
]


@pytest.mark.parametrize(("given_name", "shown"), NAMES, ids=range(len(NAMES)))
def test_a_name_becomes_one_that_people_can_read(given_name: str, shown: str) -> None:
    assert readable_name(given_name) == shown


@given(st.text(max_size=600) | st.text(". /\\con\0\u202e1", max_size=300))
@example("." + " " * 300 + "a")
@example("con" + " " * 300 + "x")
@example("con." + " " * 251 + "x")
def test_any_name_is_safe_and_stays_as_it_is(name: str) -> None:
    shown = readable_name(name)
    assert 1 <= len(shown) <= LONGEST_NAME
    assert shown.isprintable() or all(letter.isprintable() or not letter.isascii() for letter in shown)
    assert not set(shown) & set("/\\\0\r\n\u202e")
    assert shown not in (".", "..")
    assert readable_name(shown) == shown


@pytest.mark.parametrize(
    ("declared", "file_name", "found"),
    [
        ("text/html", "a.pdf", "text/html"),
        ("application/vnd.ms-word.document+xml", "a", "application/vnd.ms-word.document+xml"),
        (None, "a.pdf", "application/pdf"),
        ("", "A.PDF", "application/pdf"),
        ("pdf", "a.pdf", "application/pdf"),
        ("text/", "a", "application/octet-stream"),
        ("text/html\r\nX: y", "a", "application/octet-stream"),
        ("text/html\n", "a", "application/octet-stream"),
        ("text/h\u00e9", "a.txt", "text/plain"),
        ("x/" + "y" * 254, "a.txt", "text/plain"),
        ("x/" + "y" * 253, "a.txt", "x/" + "y" * 253),
        (None, "a.tar.gz", "application/octet-stream"),
        (None, "a", "application/octet-stream"),
        (None, "data:text\uff0fhtml,x", "application/octet-stream"),
    ],
)
def test_the_type_is_the_declared_one_where_it_is_one(declared: str, file_name: str, found: str) -> None:
    assert content_type(declared, file_name) == found


@given(st.text(), st.text())
def test_any_type_is_safe_in_a_header(declared: str, file_name: str) -> None:
    assert MEDIA_TYPE.fullmatch(content_type(declared, file_name))
