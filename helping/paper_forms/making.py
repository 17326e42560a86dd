"""Making a printed form of a draft: it gets a code, and is drawn from the draft as it stands when it is opened."""

from datetime import datetime

from django.utils.translation import gettext as _

from applications import actions, own
from applications import answers as answers_of
from applications.own import Act
from applications.states import State
from applications.views.desk import Desk
from helping.models import HelpedCase, PaperForm
from helping.paper_forms.content import content_of
from helping.standing import bodies_of, of_draft
from papers import codes, glyphs
from papers.engine.interface import RenderingFailed, renderer
from people.finding import one_of
from people.models import Office, User
from people.refusals import Conflict, Refused


def office_for(user: User, form: PaperForm | None, at: datetime) -> Office:
    """In whose name the clerk prints: the office of the case's mandate, else their first. Raises Refused."""
    offices = bodies_of(user, at)
    if not offices:
        raise Refused(code="no_office")
    helped = HelpedCase.objects.filter(application=form.application_id).first() if form else None
    named = helped.mandate.office_id if helped else None
    return next((one for one in offices if one.pk == named), offices[0])


def make(user: User, public_id: str, at: datetime) -> PaperForm:
    """A form for one's own draft. Raises NotFound, Refused for who helps in no office's name, Conflict once filed."""
    office_for(user, None, at)
    with actions.own_case(user, public_id, at, Act.EDIT) as case:
        if case.application.state != State.DRAFT:
            raise Conflict(_("申请已经提交，不能再打印申请表。"), code="not_a_draft")
        form = PaperForm.objects.create(code=codes.new_code(), application=case.application, made_by=user, made_at=at)
        case.record("form.printed", form=form.code)
    return form


def form_of(user: User, code: str, at: datetime) -> PaperForm:
    """A form of a case the user still has, by its code as people type it. Raises NotFound."""
    rows = PaperForm.objects.select_related("application")
    return one_of(rows, code=codes.normalised(code), application__in=own.cases_of(user, at))


def pdf_of(user: User, form: PaperForm, at: datetime) -> bytes:
    """The form to print. Raises Conflict where it cannot be drawn now."""
    office, application = office_for(user, form, at), form.application
    desk = Desk(user, application, at)
    mandate = of_draft.mandate_of(application, answers_of.read(application), user, at)
    content = content_of(form, desk, mandate, office)
    glyphs.check(content)
    try:
        return renderer().render(content)
    except RenderingFailed as error:
        raise Conflict(_("申请表没有生成出来。请稍后再试，还不行请联系管理员。"), code="not_rendered") from error
