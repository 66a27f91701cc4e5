"""Placeholder until the commands arrive."""


def init_app(app: object) -> None: ...
