"""An invented law firm to try things on: the same on every machine, at any size.

Nothing is remembered while it is made. What account 17 or matter 900 is follows from the seed and its number
(`chance.py`), so that millions of rows take no more memory than a thousand. `firm.py` puts the rows together,
`opening.py` adds what a developer needs to use them.
"""

from app.services.demo.banner import banner
from app.services.demo.facts import Facts
from app.services.demo.firm import SEED, DemoFirm, make_demo_firm
from app.services.demo.opening import is_empty, open_demo_firm, reopen_demo_firm
from app.services.demo.plan import Size
from app.services.demo.writer import Progress

__all__ = [
    "SEED",
    "DemoFirm",
    "Facts",
    "Progress",
    "Size",
    "banner",
    "is_empty",
    "make_demo_firm",
    "open_demo_firm",
    "reopen_demo_firm",
]
