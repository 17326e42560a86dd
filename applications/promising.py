"""Saying that a required paper comes later 容缺后补: before filing, and only of papers that may follow."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from applications import actions
from applications import answers as answers_of
from applications.asking import asking_of
from applications.models import PaperToFollow
from applications.own import Act
from applications.papers_due import promised
from applications.states import State
from people.models import User
from people.refusals import Conflict, Invalid


def promise(user: User, public_id: str, codes: Collection[str], at: datetime, *, version: int | None = None) -> None:
    """The papers a draft hands in later are these and no others.

    Raises Conflict (filed already, or a stale page) and Invalid (a paper that must be there, or is not asked for).
    """
    with actions.own_case(user, public_id, at, Act.EDIT, version=version) as case:
        application = case.application
        if application.state != State.DRAFT:
            raise Conflict(_("申请已提交，现在不能增减材料。"), code="not_editable")
        asked = asking_of(application, answers_of.read(application), timezone.localdate(at))
        if not set(codes) <= {paper.code for paper in asked.papers if paper.can_follow}:
            raise Invalid(_("这份材料不能以后再交，请现在上传。"), code="must_be_there")
        before = set(promised(application))
        if before == set(codes):
            return
        PaperToFollow.objects.filter(application=application).exclude(paper__in=codes).delete()
        new = [
            PaperToFollow(application=application, paper=code, declared_by=user, declared_at=at)
            for code in sorted(set(codes) - before)
        ]
        PaperToFollow.objects.bulk_create(new)
        application.saved_at = at
        case.save()
        case.record("papers.promised", papers=sorted(codes))
