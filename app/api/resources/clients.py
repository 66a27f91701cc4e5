"""The firm's clients: accounts and the contacts in them; and what can be added to their records."""

from app.api.parameters import (
    CONTACT_TEXTS,
    SINCE,
    Parameter,
    assigned,
    contains_any,
    having,
    known_elsewhere,
    of,
    searching,
    tagged,
    within,
)
from app.api.resources.face import (
    ALL,
    CREATE,
    DELETE,
    GET,
    LIST,
    REPLACE,
    Face,
    Resource,
    odata,
    praxis,
    v1,
    v2,
)
from app.models import Account, Contact, CustomField, Tag
from app.models.roles import LOOKUPS
from app.services import accounts, contacts, contacts_with_accounts, custom_fields
from schemas import odata as entities
from schemas import praxis as camel
from schemas import v1 as dto
from schemas import v2 as shapes
from schemas.fields import Choice, Renamed, Text
from schemas.odata.custom_fields import OURS
from schemas.v1.custom_fields import OBJECT_TYPES
from schemas.v2.accounts import NewContact

OF_COMPANY = Parameter(
    "company_name",
    Text(),
    "tolower(account/company_name) eq tolower(@value)",
    "Only the contacts of this company.",
)
OF_OBJECT = Parameter(
    "objectType",
    Renamed(OBJECT_TYPES),
    "object_type eq @value",
    "Only the fields of this kind of record.",
    required=True,
)
CONSUMER = Parameter("apiConsumer", Choice("Unknown", "Zapier"), None, "Changes nothing.")


def tags(path: str, tag_for: str) -> Face:
    return v2(f"tags/{path}", shapes.Tag, operations=frozenset({LIST}), only={"tag_for": tag_for})


def fields(path: str, object_type: str) -> Face:
    """Defining fields over the API is ours; the published operations only list them."""
    operations = frozenset({LIST, CREATE, REPLACE, DELETE})
    return v2(
        f"customfields/{path}",
        shapes.CustomField,
        *SINCE,
        operations=operations,
        ours=dict.fromkeys(
            (CREATE, REPLACE, DELETE),
            f"Fields are defined here, where there are no pages for it. Needs the right `{LOOKUPS}`.",
        ),
        only={"object_type": object_type},
    )


RESOURCES = (
    Resource(
        Account,
        "accounts",
        "account",
        (
            v2(
                "accounts",
                shapes.Account,
                assigned(),
                known_elsewhere("external_unique_id"),
                *SINCE,
                searching(
                    f"{contains_any('display_name', 'company_name')} or {within('contacts', *CONTACT_TEXTS)}",
                    "the name, or a contact's name, email or phone",
                ),
                tagged("account_tag", "account"),
                CONSUMER,
                upserts=True,
            ),
            v1("account", dto.AccountDTO_Export, dto.AccountDTO_Detail),
            odata("Accounts", entities.Account),
        ),
        accounts.RULES,
    ),
    Resource(
        Contact,
        "contacts",
        "contact",
        (
            v2(
                "contacts",
                NewContact,
                assigned("account/"),
                of("account"),
                having("Active", "Archived", path="account/status"),
                *SINCE,
                searching(
                    contains_any(*CONTACT_TEXTS, "account/company_name"), "the name, company, email or phone"
                ),
                tagged("account_tag", "account", "account/"),
                OF_COMPANY,
                standard=shapes.Contact,
                operations=ALL - {DELETE},
                ours=dict.fromkeys((CREATE, REPLACE), "Contacts are also written with their account."),
                upserts=True,
            ),
            odata("Contacts", entities.Contact),
            praxis(
                "contacts",
                "contact",
                camel.Contact,
                of("client", "account_id", name="clientId"),
                having("Active", "Archived", path="account/status"),
                searching(
                    contains_any(*CONTACT_TEXTS, "account/company_name"),
                    "the name, company, email or phone",
                    name="search",
                ),
                rules=contacts_with_accounts.RULES,
            ),
        ),
        contacts.RULES,
    ),
    Resource(
        CustomField,
        "customfields",
        "custom field",
        (
            v2("customfields", shapes.CustomField, operations=frozenset({GET})),
            fields("company", "Account"),
            fields("matter", "Matter"),
            fields("contact", "Contact"),
            *(fields(kind.lower(), kind) for kind in OURS),
            v1("customfield", dto.CustomFieldDTO, operations=frozenset({LIST}), parameters=(OF_OBJECT,)),
            odata("CustomFields", entities.CustomField),
        ),
        custom_fields.RULES,
    ),
    Resource(
        Tag,
        "tags",
        "tag",
        (
            tags("account", "Account"),
            tags("matter", "Matter"),
            tags("activity", "Activity"),
            v1("tag", dto.TagDTO, operations=frozenset({LIST})),
            odata("Tags", entities.Tag),
        ),
    ),
)
