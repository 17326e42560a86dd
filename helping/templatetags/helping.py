"""What case pages show of who helps: before filing to the helper, in review to officials."""

from typing import Any

from django import template
from django.utils import timezone

from applications import answers, attachments
from applications.leave import Leave
from applications.models import Application
from helping.models import NoticePhoto, OralReading
from helping.oral import reading_back
from helping.organisations.shown import of_organisation
from helping.posted.photos import place_of
from helping.standing import about, bodies_of, of_draft, shown
from papers.codes import grouped
from people import vault
from people.models import User

register = template.Library()


@register.inclusion_tag("helping/standing/own.html")
def own_authority(application: Application, user: User, may: Leave) -> dict[str, Any]:
    """On a draft for somebody else: by what right it is filled in, or that this is still to be said; for clerks the
    printed form and the oral application.
    """
    if not application.for_other or application.by_organisation:
        return {"asked": False}
    at = timezone.now()
    mandate = of_draft.mandate_of(application, answers.read(application), user, at)
    signed = application.attachments.filter(paper=attachments.SIGNED_FORM, replaced_at__isnull=True)
    return {
        "application": application,
        "may": may,
        "asked": True,
        "help": shown.help_of(mandate, at) if mandate else None,
        "clerk": bool(bodies_of(user, at)),
        "forms": [(form, grouped(form.code)) for form in application.paper_forms.all()],
        "signed": signed.exists(),
        "reading": reading_back.latest_of(application),
    }


@register.inclusion_tag("helping/standing/panel.html")
def helped_by(application: Application) -> dict[str, Any]:
    """On the review page: who filed for whom, with what consent, whether aloud; and the photos of posted notices."""
    asked = application.for_other and not application.by_organisation
    organisation = application.organisation
    reading = reading_back.latest_of(application) if asked else None
    return {
        "asked": asked,
        "help": _help(application) if asked else None,
        "reading": reading,
        "said": _said(reading, application) if reading else None,
        "photos": _photos(application),
        "letters": of_organisation(organisation, timezone.now()) if organisation else [],
        "organisation": organisation,
    }


@register.inclusion_tag("helping/standing/by_telephone.html", takes_context=True)
def helper_to_stop(context: template.Context, application: Application) -> dict[str, Any]:
    """To the hotline that has just answered: that somebody helps, without a name, and the button that ends it."""
    told = _help(application)
    running = told if told is not None and told.state == "running" else None
    return {"help": running, "csrf_token": context.get("csrf_token")}


def _help(application: Application) -> shown.Help | None:
    mandate = about.mandate_of(application)
    return shown.help_of(mandate, timezone.now()) if mandate else None


def _said(reading: OralReading, application: Application) -> reading_back.Said | None:
    """None where the case's data were erased."""
    try:
        return reading_back.said_of(reading, application)
    except vault.VaultError:
        return None


def _photos(application: Application) -> list[tuple[NoticePhoto, str]]:
    photos = NoticePhoto.objects.filter(notice__application=application).select_related("notice__application__data_key")
    return [(photo, place_of(photo, photo.notice)) for photo in photos]
