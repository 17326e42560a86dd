"""A deploy check: the append-only triggers are in place, switched on and unaltered."""

from django.core.checks import Error, register
from django.db.utils import DatabaseError

from audit import triggers


@register(deploy=True)
def append_only(app_configs: object = None, **kwargs: object) -> list[Error]:
    """Refuse to deploy while a trigger is missing or altered."""
    try:
        gone = triggers.missing()
    except DatabaseError as error:
        return [Error(f"the append-only triggers cannot be read: {error}", id="audit.E002")]
    return [Error(f"trigger {name} is missing or altered; run migrate", id="audit.E001") for name in gone]
