"""Names in camelCase."""

from typing import Any

from marshmallow import fields

from schemas.base import Shape


class CamelShape(Shape):
    """A shape whose Python names are snake_case and whose JSON names are camelCase."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        if field_obj.data_key is None:
            field_obj.data_key = camel(field_name)


def camel(name: str) -> str:
    """
    >>> camel("is_1099_eligible")
    'is1099Eligible'
    """
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
