"""How the papers of a case were served 送达, with the proof."""

from collections.abc import Iterator

from applications.models import Application
from archives.models import Piece
from archives.sources.base import Found, Member, moment, page
from papers import reading, serving
from papers.models import PaperService

ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


def found(application: Application) -> Iterator[Found]:
    """Every record of service, those that were replaced too."""
    papers = reading.papers_of(application.public_id).values("pk")
    for service in PaperService.objects.filter(paper__in=papers).select_related("paper").order_by("pk"):
        title = f"送达记录：{service.paper.title}（{service.get_way_display()}）"
        yield Found(
            f"service:{service.pk}", title, service.served_on, service.paper.number, sha256=service.proof_sha256
        )


def members(application: Application, piece: Piece) -> Iterator[Member]:
    """The record, and its proof where there is one."""
    papers = reading.papers_of(application.public_id).values("pk")
    service = PaperService.objects.select_related("paper__data_key", "recorded_by").get(
        pk=int(piece.reference.removeprefix("service:")), paper__in=papers
    )
    details = serving.details_of(service)
    facts = [
        ("文书", f"{service.paper.title} {service.paper.number}"),
        ("送达方式", service.get_way_display()),
        ("送达日期", service.served_on.isoformat()),
        ("邮件号", service.tracking),
        ("签收人", details.receiver),
        ("见证人", "、".join(details.witnesses)),
        ("地点", details.place),
        ("备注", details.note),
        ("记录人", service.recorded_by.full_name),
        ("记录时间", moment(service.recorded_at)),
    ]
    yield page(piece.title, [(label, value) for label, value in facts if value])
    if service.proof:
        yield Member(f"-proof{ENDINGS.get(service.proof_type, '.bin')}", serving.proof_bytes(service))
