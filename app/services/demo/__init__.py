"""An invented law firm to try things on: the same on every machine, at any size.

Nothing is remembered while it is made. What account 17 or matter 900 is follows from the seed and its number
(`chance.py`), so that millions of rows take no more memory than a thousand. `firm.py` puts it together.
"""

from app.services.demo.firm import DemoFirm, make_demo_firm
from app.services.demo.plan import Size

__all__ = ["DemoFirm", "Size", "make_demo_firm"]
