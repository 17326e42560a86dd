"""Home visits that were made or missed, with what was found, photos and signature."""

from collections.abc import Iterator

from applications.models import Application
from approvals.models import Visit
from approvals.visits import photos, reporting
from archives.models import Piece
from archives.sources.base import Found, Member, day, moment, page

PNG = b"\x89PNG"
PICTURES = {"image/jpeg": "jpg", "image/png": "png"}


def found(application: Application) -> Iterator[Found]:
    """Every visit that was reported."""
    reported = application.visits.filter(state__in=[Visit.State.MADE, Visit.State.MISSED])
    for visit in reported.order_by("made_at", "pk"):
        title = f"入户核查记录（{visit.get_state_display()}）"
        yield Found(f"visit:{visit.pk}", title, day(visit.made_at), pages=1 + visit.photos.count())


def members(application: Application, piece: Piece) -> Iterator[Member]:
    """The record, its photos, the signature."""
    visit = application.visits.select_related("application__data_key", "first_official", "second_official").get(
        pk=int(piece.reference.removeprefix("visit:"))
    )
    facts = [
        ("核查人", f"{visit.first_official.full_name}、{visit.second_official.full_name}"),
        ("核查时间", moment(visit.made_at)),
        ("见到", visit.get_met_display()),
        ("签名", visit.get_signature_display()),
    ]
    parts = [("核查情况", reporting.findings_of(visit)), ("拒绝签名的原因", reporting.refusal_of(visit))]
    taken = list(visit.photos.order_by("pk"))
    captions = [(f"照片{number}", photos.caption_of(photo, visit)) for number, photo in enumerate(taken, 1)]
    yield page(piece.title, [*facts, *captions], [(heading, text) for heading, text in parts if text])
    for number, photo in enumerate(taken, 1):
        yield Member(f"-photo-{number:02d}.{PICTURES[photo.content_type]}", photos.content_of(photo, visit))
    if visit.signature_image:
        picture = reporting.signature_of(visit)
        yield Member("-signature.png" if picture.startswith(PNG) else "-signature.jpg", picture)
