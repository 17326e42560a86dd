"""Where something that was taken over comes from, in words."""

from django.utils import timezone
from django.utils.translation import gettext as _

from applications.models import Application
from people.day_words import day_in_words


def where_from(source: Application | None) -> str:
    """Which case of which day; the questions before applying where there is none."""
    if source is None:
        return _("来自您在“看看我能办什么”里的回答")
    return _("来自%(day)s提交的“%(title)s”") % _named(source)


def please_check(source: Application | None) -> str:
    """The same, and what to do about it."""
    if source is None:
        return _("来自您在“看看我能办什么”里的回答，请核对。")
    return _("来自%(day)s提交的“%(title)s”，请核对。") % _named(source)


def _named(source: Application) -> dict[str, object]:
    return {"day": day_in_words(timezone.localdate(source.submitted_at)), "title": source.definition.title}
