"""Records that the tests of the rules begin with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.models import Account, Contact, Matter
from app.models.base import FirmRow
from app.models.identity import ADMINISTRATOR
from app.services import accounts, matters, records
from app.services.records import Rules
from tests.firms import Workplace


@dataclass
class Desk:
    """A firm's administrator at work: creates and replaces records by the rules."""

    session: Session
    workplace: Workplace
    client_id: str | None = None
    sight: None = None
    not_enabled: None = None
    role: str = ADMINISTRATOR
    rights: None = None

    @property
    def firm_id(self) -> int:
        return self.workplace.firm_id

    @property
    def user_id(self) -> str:
        return self.workplace.user_id

    def create(self, model: type[FirmRow], rules: Rules, **values: Any) -> Any:
        row = records.create(self.session, self, model, rules, values)
        self.session.flush()
        return row

    def replace(self, row: Any, rules: Rules, **values: Any) -> None:
        records.replace(self.session, self, row, rules, values)
        self.session.flush()

    def delete(self, row: Any, rules: Rules) -> None:
        records.delete(self.session, self, row, rules)

    def unchanged(self, row: Any, rules: Rules, **values: Any) -> bool:
        """Whether replacing the record with these values leaves it as it was."""
        self.session.commit()
        self.session.refresh(row)  # as another request would read it
        before = {column.name: getattr(row, column.name) for column in type(row).__table__.c}
        self.replace(row, rules, **values)
        self.session.commit()
        return before == {column.name: getattr(row, column.name) for column in type(row).__table__.c}

    def account(self, name: str = "Acme", **values: Any) -> Account:
        return self.create(Account, accounts.RULES, company_name=name, status="Active", **values)

    def contact(self, account: Account) -> Contact:
        return self.session.query(Contact).filter_by(firm_id=self.firm_id, account_id=account.id).one()

    def matter(self, account: Account | None = None, **values: Any) -> Matter:
        values = {"name": "Acme v. Bolt", "status": "Open", "rate_type": "UserRate", **values}
        return self.create(Matter, matters.RULES, account_id=account and account.id, **values)
