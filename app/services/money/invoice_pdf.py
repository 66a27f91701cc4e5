"""An invoice as a PDF, drawn by ReportLab. Nothing here reads the database."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, LongTable, Paragraph, SimpleDocTemplate, Spacer, Table

from app.services.money.printed import Printed

FONTS = Path(__file__).parents[2] / "fonts"
PLAIN, BOLD = "DejaVuSans", "DejaVuSans-Bold"
"""They have the letters of the languages written in Latin, Greek and Cyrillic, and of some more."""
MARGIN = 20 * mm
WIDTH = A4[0] - 2 * MARGIN
COLUMNS = [22 * mm, WIDTH - 112 * mm, 32 * mm, 16 * mm, 20 * mm, 22 * mm]
HEADINGS = ("Date", "Description", "By", "Qty", "Rate", "Amount")
LONGEST, MOST_BREAKS = 1_200, 25
"""Characters and line breaks of one text that are printed: a row has to fit on a page."""
SIZE, LEADING = 8, 1.35
"""Points, and lines to a line of text."""
RULE, BAND = HexColor("#c8ccd2"), HexColor("#f1f3f6")


def draw(printed: Printed) -> bytes:
    """The PDF, the same bytes for the same invoice."""
    _register_fonts()
    content = io.BytesIO()
    document = SimpleDocTemplate(
        content,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=shown(printed.title),
        author=shown(printed.firm),
        invariant=1,
    )

    def number_page(canvas: Any, document: Any) -> None:
        canvas.setFont(PLAIN, 7)
        canvas.drawRightString(A4[0] - MARGIN, 12 * mm, f"{printed.title}, page {document.page}")

    document.build(
        [*_head(printed), _lines(printed), Spacer(1, 4 * mm), _sums(printed), *_foot(printed)],
        onFirstPage=number_page,
        onLaterPages=number_page,
    )
    return content.getvalue()


def _head(printed: Printed) -> list[Flowable]:
    facts: list[tuple[str, str | None]] = [("Issued", _day(printed.issued)), ("Due", _day(printed.due))]
    facts += [("Matter", printed.matter), ("Your order", printed.order_number)]
    told = "\n".join(f"{name}: {value}" for name, value in facts if value)
    whom = "\n".join((printed.client, *printed.address))
    sides = Table(
        [[_text(whom), _text(told)]],
        colWidths=[WIDTH / 2, WIDTH / 2],
        style=[("VALIGN", (0, 0), (-1, -1), "TOP")],
    )
    return [
        _text(printed.firm, BOLD, 11),
        Spacer(1, 10 * mm),
        _text(printed.title, BOLD, 18),
        Spacer(1, 5 * mm),
        sides,
        Spacer(1, 8 * mm),
    ]


def _lines(printed: Printed) -> Flowable:
    rows: list[list[Any]] = [list(HEADINGS)]
    for line in printed.lines:
        numbers = (_number(line.quantity), _number(line.rate), f"{line.amount:,.2f}")
        rows.append([_day(line.date), _text(line.text), _text(line.by or ""), *numbers])
    style: Any = [
        ("FONT", (0, 0), (-1, -1), PLAIN, SIZE, SIZE * LEADING),
        ("FONT", (0, 0), (-1, 0), BOLD, SIZE, SIZE * LEADING),
        ("ALIGN", (3, 0), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), BAND),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]
    return LongTable(rows, colWidths=COLUMNS, style=style, repeatRows=1, splitInRow=1)


def _sums(printed: Printed) -> Flowable:
    sums = [("Subtotal", printed.subtotal)]
    sums += [
        (name, amount) for name, amount in (("Discount", -printed.discount), ("Tax", printed.tax)) if amount
    ]
    sums.append((f"Total {printed.currency}", printed.total))
    if printed.paid:
        sums += [("Paid", -printed.paid), ("To pay", printed.total - printed.paid)]
    rows = [
        [
            _text(name, BOLD if name.startswith(("Total", "To")) else PLAIN),
            _text(f"{amount:,.2f}", right=True),
        ]
        for name, amount in sums
    ]
    return Table(
        rows, colWidths=[40 * mm, 35 * mm], hAlign="RIGHT", style=[("LINEABOVE", (0, 0), (-1, 0), 0.4, RULE)]
    )


def _foot(printed: Printed) -> list[Flowable]:
    parts: list[Flowable] = []
    for text in (printed.notes, printed.terms):
        if text:
            parts += [Spacer(1, 6 * mm), _text(text)]
    return parts


@cache
def _style(font: str, size: float, right: bool) -> ParagraphStyle:
    return ParagraphStyle(
        font, fontName=font, fontSize=size, leading=size * LEADING, alignment=2 if right else 0
    )


def _text(text: str, font: str = PLAIN, size: float = SIZE, *, right: bool = False) -> Paragraph:
    return Paragraph(escape(shown(text)).replace("\n", "<br/>"), _style(font, size, right))


def shown(text: str) -> str:
    r"""What of a text is printed: no control characters, and not without end.

    >>> shown("One\r\ntwo\tthree\x07")
    'One\ntwo three'
    """
    lines = "".join(
        letter if letter.isprintable() or letter == "\n" else " " if letter == "\t" else "" for letter in text
    ).split("\n")
    kept = "\n".join(lines[:MOST_BREAKS])
    return kept if len(kept) <= LONGEST else f"{kept[: LONGEST - 1]}…"


def _day(moment: dt.datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else ""


def _number(number: Decimal) -> str:
    """With two digits after the point, or as many as it has.

    >>> _number(Decimal("1.5000")), _number(Decimal("0.1250"))
    ('1.50', '0.125')
    """
    shortest = number.normalize()
    return f"{number:,.2f}" if shortest == round(shortest, 2) else f"{shortest:,f}"


@cache
def _register_fonts() -> None:
    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))
