"""Rows as comma-separated values (RFC 4180) that are safe to open in a spreadsheet.

A text that a spreadsheet would take for a formula gets an apostrophe in front, which spreadsheets hide: whoever can
name a matter must not be able to run something on the machine of whoever opens the export.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a formula begins with, in one spreadsheet or another."""


def comma_separated(rows: Iterable[Iterable[Any]]) -> str:
    """
    >>> comma_separated([["matter", 1.5, None], ["=1+1", -2, True]])
    "matter,1.5,\\r\\n'=1+1,-2,True\\r\\n"
    """
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
