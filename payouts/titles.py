"""What schemes are called on the pages of finance."""

from django.utils.translation import gettext as _

from schemes.models import SchemeVersion


def titles() -> dict[str, str]:
    """The title of every published scheme by its code, in the reader's language; "" stands for a batch of all."""
    named = {"": _("全部事项")}
    for version in SchemeVersion.objects.order_by("number"):
        named[version.scheme_id] = str(version.definition.title)
    return named
