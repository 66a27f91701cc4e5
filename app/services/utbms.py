"""Task codes: checked against the sets of the Uniform Task-Based Management System, and named after them."""

from __future__ import annotations

import operator
import re
from collections.abc import Collection
from typing import Any, NamedTuple

from app.errors import InvalidBody
from app.services.records import Values
from app.services.utbms_codes import ACTIVITY, EXPENSE, SETS, TASK

OF_TIME = (TASK, ACTIVITY)
OF_EXPENSES = (TASK, EXPENSE)

LISTED = {code: (name, known.kind) for known in SETS for code, name in known.codes().items()}
FORMS = [(re.compile(known.form), known.kind) for known in SETS if known.form]
LONGEST = 20
"""How much of an unknown code, in characters, an answer repeats."""


class Code(NamedTuple):
    code: str
    name: str | None
    kind: str


def spelled(code: str) -> str:
    """A code as its set spells it.

    >>> spelled(" l 110")
    'L110'
    """
    return re.sub(r"\s+", "", code).upper()


def find(code: str) -> Code | None:
    """The code in the sets that are known, or in one whose form is.

    >>> find("a103")
    Code(code='A103', name='Draft/revise', kind='activity')
    >>> find("TR110")
    Code(code='TR110', name=None, kind='task')
    >>> find("L999")
    """
    code = spelled(code)
    if code in LISTED:
        return Code(code, *LISTED[code])
    return next((Code(code, None, kind) for form, kind in FORMS if form.fullmatch(code)), None)


def check_task_code(charge: Any, values: Values, kinds: Collection[str]) -> None:
    """Spell the task code of `values` as its set does, and add the set's name for it.

    Args:
        charge: a time entry or an expense; a code that it has already is not looked up again.
        kinds: the kinds of codes that it may have.

    Raises:
        InvalidBody: no set that is known has the code.
    """
    wanted = values.get("task_code")
    if not (wanted and wanted.strip()):
        values["task_code"] = values["task_name"] = None
        return
    if wanted == charge.task_code:
        values["task_name"] = charge.task_name
        return
    found = find(wanted)
    if found is None or found.kind not in kinds:
        raise InvalidBody({"task_code": [_refusal(wanted, found, kinds)]})
    values["task_code"] = found.code
    values["task_name"] = found.name or values.get("task_name")


def _refusal(wanted: str, found: Code | None, kinds: Collection[str]) -> str:
    if found:
        return f"'{found.code}' is an {found.kind} code; a {' or '.join(kinds)} code is wanted here."
    near = _nearest(spelled(wanted[:LONGEST]), kinds)
    ending = f"did you mean '{near}', {LISTED[near][0]}?" if near else "L110, for example, is one."
    return f"There is no UTBMS code '{wanted[:LONGEST]}'; {ending}"


def _nearest(code: str, kinds: Collection[str]) -> str | None:
    """The first of the codes that agree with this one in most places, two at least."""
    candidates = sorted(listed for listed, (_, kind) in LISTED.items() if kind in kinds)
    agreeing = {listed: sum(map(operator.eq, listed, code)) for listed in candidates}
    best = max(candidates, key=agreeing.__getitem__)
    return best if agreeing[best] >= 2 else None
