"""One true row of what a draft took over and of what it promised."""

from applications.models import PaperToFollow, TakenAnswer
from tests import world


def taken_answer() -> TakenAnswer:
    """An answer taken over from an earlier case."""
    draft, earlier = world.grant().application, world.grant(0).submit().application
    fields = {"taken_by": draft.filed_by, "taken_at": world.START}
    return TakenAnswer.objects.create(application=draft, name="name", source=earlier, **fields)


def paper_to_follow() -> PaperToFollow:
    """A paper somebody said would follow."""
    draft = world.grant().application
    fields = {"declared_by": draft.filed_by, "declared_at": world.START}
    return PaperToFollow.objects.create(application=draft, paper="id-copy", **fields)
