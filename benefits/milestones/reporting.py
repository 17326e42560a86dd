"""The organisation reports that a milestone is reached, with a paper that shows it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import actions, uploads
from applications.door import Case
from applications.models import Application
from applications.own import Act
from applications.states import State
from benefits.milestones.locking import locked
from benefits.models import Milestone, MilestoneReport
from people import sealed_files, vault
from people.day_words import day_in_words
from people.models import User
from people.refusals import Conflict, Invalid

FOLDER, WORDS = "milestones", "milestone.report"
MOST_REPORTS = 10
# What has to run for a time is reported when the time is over; works when they are done.
NOT_BEFORE_ITS_DAY = frozenset({Milestone.Occasion.OPERATION, Milestone.Occasion.RETENTION})


@dataclass(frozen=True)
class Told:
    """What the organisation tells: in words, with a paper."""

    words: str
    paper: UploadedFile | None


def hindrance(milestone: Milestone, application: Application, at: datetime) -> str:
    """Why a milestone cannot be reported now, "" where it can. So many reports are too many between two rulings."""
    if application.state != State.GRANTED or milestone.state == Milestone.State.MET:
        return _("这一期已经确认，或者本项补助已不再执行，不用报告。")
    if milestone.occasion in NOT_BEFORE_ITS_DAY and timezone.localdate(at) < milestone.due_on:
        return _("%(day)s以后才能报告这一期。") % {"day": day_in_words(milestone.due_on)}
    if _since_ruling(milestone).count() >= MOST_REPORTS:
        return _("这一期已经报告过多次，请与办理机关联系。")
    return ""


def _since_ruling(milestone: Milestone) -> QuerySet[MilestoneReport]:
    """The reports nobody has ruled on yet: who was told that it is not enough reports anew."""
    # Rulings are made a floor above; only when the last one was made is read here.
    last = milestone.rulings.aggregate(last=Max("decided_at"))["last"]
    return milestone.reports.filter(reported_at__gt=last) if last else milestone.reports.all()


def report(user: User, public_id: str, place: int, told: Told, at: datetime) -> MilestoneReport:
    """Report a milestone of the user's own case; more can be added while it is looked into.

    Raises NotFound for others' cases, Conflict where it cannot be reported, Invalid for what is missing.
    """
    clean = _checked(told)
    with actions.own_case(user, public_id, at, Act.DELIVER) as case:
        milestone = locked(case, place)
        reason = hindrance(milestone, case.application, at)
        if reason:
            raise Conflict(reason, code="not_now")
        row = _keep(case, milestone, told.words, clean)
        milestone.report()
        milestone.save()
        case.save()
        case.record("milestone.reported", place=place, report=row.pk)
    return row


def _checked(told: Told) -> uploads.CleanFile:
    errors = {}
    if not told.words.strip():
        errors["words"] = _("请写明完成的情况。")
    if told.paper is None:
        errors["paper"] = _("请上传能说明完成情况的材料，例如验收单、照片、发票。")
        raise Invalid(errors=errors)
    try:
        limit = settings.UPLOAD_MAX_BYTES
        clean = uploads.cleaned(told.paper.name or "", told.paper.read(limit + 1), limit)
    except Invalid as refused:
        raise Invalid(errors={**errors, "paper": str(refused.message)}) from refused
    if errors:
        raise Invalid(errors=errors)
    return clean


def _keep(case: Case, milestone: Milestone, words: str, clean: uploads.CleanFile) -> MilestoneReport:
    key, sha256 = case.application.data_key, hashlib.sha256(clean.content).hexdigest()
    stored = sealed_files.put(FOLDER, key, clean.content, _context(milestone.pk, sha256))
    try:
        return MilestoneReport.objects.create(
            milestone=milestone,
            words=vault.encrypt(key, words.strip(), WORDS),
            stored=stored,
            content_type=clean.content_type,
            sha256=sha256,
            size=len(clean.content),
            reported_by=case.user,
            reported_at=case.at,
        )
    except BaseException:
        sealed_files.remove(stored)
        raise


def _context(milestone: int, sha256: str) -> str:
    return f"milestone:{milestone}:{sha256}"


def name_of(report: MilestoneReport) -> str:
    """What the paper of a report is called when it is downloaded."""
    return f"{report.milestone_id}-{report.pk}{uploads.EXTENSIONS[report.content_type]}"


def paper_of(report: MilestoneReport, application: Application) -> bytes:
    """The bytes of the paper of a report. The caller has checked who asks, and records the reading.

    Raises FileNotFoundError, or a VaultError.
    """
    return sealed_files.get(report.stored, application.data_key, _context(report.milestone_id, report.sha256))
