"""Telling the people of a case what happened in it: each event is told in the transaction that records it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db.models import prefetch_related_objects
from django.utils import timezone

from applications import own
from applications.models import Application
from audit.models import Event
from telling import outbox, recipients
from workflows import calendar


def tell(cases: Mapping[str, Application], events: Iterable[Event]) -> None:
    """Write what events of the cases, given by stream, tell their people; most tell them nothing."""
    told = [(event, kind) for event in events if (kind := outbox.tell_of(event.action, event.data))]
    if not told:
        return
    applications = {event.stream: cases[event.stream] for event, _kind in told}
    people = recipients.followers(_followed(application) for application in applications.values())
    prefetch_related_objects(list(applications.values()), "data_key", "scheme_version", "filed_by")
    gone = _gone(applications.values(), told[0][0].at)
    happened = [
        outbox.Happened(
            event=f"{event.stream}:{event.seq}",
            kind=kind.code,
            about=_about(event, applications[event.stream]),
            people=_still(applications[event.stream], people[_followed(applications[event.stream])], gone),
        )
        for event, kind in told
    ]
    outbox.tell_each(happened, told[0][0].at)


def _followed(application: Application) -> recipients.Followed:
    return application.filed_by_id, application.subject_id


def _gone(applications: Iterable[Application], at: datetime) -> set[int]:
    """The cases that whoever filed them for somebody no longer has."""
    helped = [one for one in applications if one.for_other or one.by_organisation]
    return {one.pk for one in helped} - own.still_had(helped, at)


def _still(application: Application, people: list[recipients.Recipient], gone: set[int]) -> list[recipients.Recipient]:
    """Those of them who still have the case: whoever filed it for somebody and was told to stop hears no more of it."""
    if application.pk not in gone:
        return people
    return [one for one in people if one.user is None or one.user.pk != application.filed_by_id]


def _about(event: Event, application: Application) -> outbox.About:
    return outbox.About(
        data_key=application.data_key,
        title=application.definition.title,
        case_ref=application.public_id,
        number=application.number or "",
        day=_day_of(event, application),
    )


def _day_of(event: Event, application: Application) -> date | None:
    """The day a notice names: the last of a correction, the end of a public notice, of a draft."""
    if event.action == "official.correction" and application.correction_due:
        return timezone.localdate(application.correction_due)
    if event.action == "notice.opened":
        stage = application.definition.stage(event.data["stage"])
        return timezone.localdate(calendar.deadline(event.at, stage.days, stage.day_kind))
    if event.action == "draft.warned":
        return timezone.localdate(event.at + timedelta(days=event.data["days"]))
    return None
