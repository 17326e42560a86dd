"""What case pages show of who helps: before filing to the helper, in review to officials."""

from typing import Any

from django import template
from django.utils import timezone

from applications import answers
from applications.models import Application
from helping.models import HelpedCase
from helping.standing import of_draft, shown
from people.models import User

register = template.Library()


@register.inclusion_tag("helping/standing/own.html")
def own_authority(application: Application, user: User) -> dict[str, Any]:
    """On a draft for somebody else: by what right it is filled in, or that this is still to be said."""
    asked = application.for_other and not application.by_organisation
    at = timezone.now()
    mandate = of_draft.mandate_of(application, answers.read(application), user, at) if asked else None
    return {"application": application, "asked": asked, "help": shown.help_of(mandate, at) if mandate else None}


@register.inclusion_tag("helping/standing/panel.html")
def helped_by(application: Application) -> dict[str, Any]:
    """On the review page: who filed for whom, by what right, and with what consent."""
    helped = None
    if application.for_other and not application.by_organisation:
        related = ("mandate__helper", "mandate__office", "mandate__person")
        helped = HelpedCase.objects.select_related(*related).filter(application=application).first()
    told = shown.help_of(helped.mandate, timezone.now()) if helped else None
    return {"application": application, "help": told, "asked": application.for_other}
