"""Writing the audit trail: what happened at the doors, who did it, and from where.

An event is part of the transaction of what it tells of, so the two are kept together or not at all.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.models import AuditEvent, User

ACTIONS = {
    "sign_in.succeeded": "signed in",
    "sign_in.refused": "was refused at the sign-in",
    "sign_in.second_factor_refused": "gave a wrong second factor",
    "sign_out": "signed out",
    "session.ended": "ended a session",
    "proof.refused": "gave a wrong password or code",
    "password.changed": "changed the password",
    "second_factor.switched_on": "switched the second factor on",
    "second_factor.switched_off": "switched the second factor off",
    "recovery_code.used": "used a recovery code",
    "recovery_code.made": "made new recovery codes",
    "app.registered": "registered an app",
    "app.changed": "changed an app",
    "app.deleted": "deleted an app",
    "app.secret_rotated": "rotated an app's secret",
    "app.refused": "was refused as an app",
    "access.requested": "asked the firm to let an app in",
    "access.approved": "let an app into the firm",
    "access.refused": "refused an app",
    "access.withdrawn": "took an app's access to the firm back",
    "grant.approved": "approved an app",
    "grant.denied": "denied an app",
    "grant.refused": "could not connect an app",
    "grant.revoked": "ended a grant",
    "token.issued": "was given tokens",
    "token.refused": "was refused tokens",
    "token.refreshed": "was given new tokens",
    "token.reused": "used a spent code or refresh token again",
    "token.revoked": "revoked a token",
    "personal_token.made": "made a personal access token",
    "user.created": "added a user",
    "user.changed": "changed a user",
    "user.deleted": "deleted a user",
    "firm.opened": "opened the firm",
    "user.restricted": "changed which matters a user sees",
    "role.made": "made a role",
    "role.changed": "changed a role",
    "role.deleted": "deleted a role",
    "matter.exclusions_changed": "changed whom a matter excludes",
    "firm.changed": "changed the firm's settings",
    "webhook.created": "made a webhook",
    "webhook.changed": "changed a webhook",
    "webhook.deleted": "deleted a webhook",
    "webhook.secret_rotated": "gave a webhook a new secret",
}
"""Every action, and how the pages say it after somebody's name."""


def record(
    session: Session,
    action: str,
    *,
    firm_id: int | None = None,
    user_id: str | None = None,
    client_id: str | None = None,
    address: str | None = None,
    **details: object,
) -> None:
    """Add an event.

    Args:
        action: one of ACTIONS.
        address: the network address that the request came from; None at the command line.
        details: facts for people, as JSON keeps them; never a password, code, token or secret.

    Raises:
        KeyError: there is no such action.
    """
    if action not in ACTIONS:
        raise KeyError(action)
    kept = {name: value for name, value in details.items() if value is not None}
    session.add(
        AuditEvent(
            firm_id=firm_id,
            user_id=user_id,
            client_id=client_id,
            action=action,
            address=address,
            details=kept,
        )
    )


def record_by(
    session: Session,
    user: User,
    action: str,
    *,
    client_id: str | None = None,
    address: str | None = None,
    **details: object,
) -> None:
    """Add an event of the user's firm, done by the user."""
    record(
        session,
        action,
        firm_id=user.firm_id,
        user_id=user.id,
        client_id=client_id,
        address=address,
        **details,
    )
