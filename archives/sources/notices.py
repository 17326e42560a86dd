"""Public notices, and what was said against them."""

from collections.abc import Iterator

from applications.models import Application
from approvals.models import Objection, PublicNotice
from archives.models import Piece
from archives.sources.base import Found, Member, day, moment, page
from people import vault

SEALED = "objection"


def found(application: Application) -> Iterator[Found]:
    """Every notice; one that was still running when the case ended, ended with it."""
    for notice in application.notices.order_by("pk"):
        yield Found(f"notice:{notice.pk}", f"公示情况：{_result(notice)}", day(notice.starts_at))


def members(application: Application, piece: Piece) -> Iterator[Member]:
    """What was shown, from when to when, and each objection with its answer."""
    notice = application.notices.select_related("office").get(pk=int(piece.reference.removeprefix("notice:")))
    facts = [
        ("公示机关", notice.office.name),
        ("公示姓名（名称）", notice.masked_name),
        ("金额", "" if notice.amount is None else f"{notice.amount:.2f}元"),
        ("起止", f"{moment(notice.starts_at)} – {moment(notice.ended_at or notice.ends_at)}"),
        ("结果", _result(notice)),
    ]
    objections = enumerate(notice.objections.order_by("pk"), 1)
    parts = [part for number, one in objections for part in _told(application, number, one)]
    yield page(piece.title, facts, parts)


def _result(notice: PublicNotice) -> str:
    return notice.get_result_display() if notice.ended_at else "随申请终止"


def _told(application: Application, number: int, objection: Objection) -> Iterator[tuple[str, str]]:
    key = application.data_key
    yield f"异议{number}（{moment(objection.raised_at)}）", vault.decrypt(key, bytes(objection.text), SEALED)
    if objection.answer:
        result = f"答复：{objection.get_result_display()}（{moment(objection.handled_at)}）"
        yield result, vault.decrypt(key, bytes(objection.answer), SEALED)
