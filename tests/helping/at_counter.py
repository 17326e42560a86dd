"""Somebody at the counter of a township: the visit, their leave, the draft, filled in."""

from applications import actions, attachments
from applications.papers_due import missing_papers
from helping.counter import filing, visiting
from helping.models import CounterVisit, Mandate
from helping.standing import Terms
from people.models import Office
from people.synthetic import synthetic_person
from project.demo import answers
from project.demo.directory import MENGZI
from tests import world
from tests.applications.pages import photo

AT = world.START
SCHEME = "grad-jobseeking"


def who(n=700):
    """An invented person nobody knows yet."""
    return synthetic_person(n, MENGZI, (1999, 2005))


def clerk():
    """Who serves at the township's counter."""
    return world.user("township")


def office(user=None):
    """One of the clerk's counters."""
    return visiting.offices_of(user or clerk(), AT)[0]


def begun(n=700, user=None) -> CounterVisit:
    """Somebody has come."""
    user, person = user or clerk(), who(n)
    return visiting.start(user, office(user), person.name, person.id_number, AT)[0]


def terms(visit, user=None, **changes):
    """Said aloud, with a witness."""
    said = {"way": Mandate.Way.ORAL, "witness": "李见证", "how": "在窗口逐句读过，本人点头说同意。"}
    return Terms(kind=Mandate.Kind.COUNTER, helper=user or clerk(), office=visit.office, **(said | changes))


def agreed(n=700, user=None) -> CounterVisit:
    """They have agreed."""
    user = user or clerk()
    visit = begun(n, user)
    visiting.consent(user, visit.public_id, terms(visit, user), AT)
    return again(visit)


def drafted(n=700, user=None) -> CounterVisit:
    """The draft is filled in."""
    user = user or clerk()
    visit = agreed(n, user)
    application = filing.begin(user, visit.public_id, SCHEME, AT)
    school = Office.objects.filter(function="school", division_id=MENGZI, run_by="county").first()
    given = answers.grant(who(n), school, AT.date())
    actions.save_answers(user, application.public_id, given, AT)
    for paper in missing_papers(application, AT):
        attachments.add(user, application.public_id, paper.code, photo(), AT)
    return again(visit)


def filed(n=700, user=None) -> CounterVisit:
    """Read back and filed."""
    user = user or clerk()
    visit = drafted(n, user)
    filing.file(user, visit.public_id, visit.application.version, AT)
    return again(visit)


def again(visit) -> CounterVisit:
    """As it stands."""
    return CounterVisit.objects.select_related("application", "mandate__person").get(pk=visit.pk)
