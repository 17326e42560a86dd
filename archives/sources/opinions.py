"""What officials said in the case, seat by seat."""

from collections.abc import Iterator

from applications.models import Application
from approvals.models import Opinion
from archives.models import Piece
from archives.sources.base import Found, Member, data, day, moment, page
from people import vault

SEALED = "opinion"


def found(application: Application) -> Iterator[Found]:
    """Every opinion."""
    for opinion in application.opinions.order_by("pk"):
        stage = _stage(application, opinion).removesuffix("意见")  # 残联意见 is a stage: its piece is not 残联意见意见
        title = f"{stage}意见：{opinion.get_outcome_display()}"
        yield Found(f"opinion:{opinion.pk}", title, day(opinion.said_at))


def members(application: Application, piece: Piece) -> Iterator[Member]:
    """The opinion to read, and as data."""
    opinion = application.opinions.select_related("official", "on_behalf_of", "office").get(
        pk=int(piece.reference.removeprefix("opinion:"))
    )
    text = vault.decrypt(application.data_key, bytes(opinion.text), SEALED) if opinion.text else ""
    by, lender = opinion.official.full_name, opinion.on_behalf_of.full_name if opinion.on_behalf_of else ""
    facts = [
        ("环节", _stage(application, opinion)),
        ("意见", opinion.get_outcome_display()),
        ("办理人", f"{by}（代{lender}）" if lender else by),
        ("机关", opinion.office.name),
        ("时间", moment(opinion.said_at)),
    ]
    yield page(piece.title, facts, [("说明", text)] if text else ())
    yield data({**dict(facts), "说明": text, "轮次": opinion.round})


def _stage(application: Application, opinion: Opinion) -> str:
    stages = application.definition.stages
    return next((stage.label.zh for stage in stages if stage.code == opinion.stage), opinion.stage)
