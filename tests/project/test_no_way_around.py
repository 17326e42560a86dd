"""No setting, and no demonstration, switches four eyes, recusal or the rule of two persons off."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from applications.models import CaseActor
from approvals import decide
from approvals.decide import Said
from payouts import batching
from people.models import Kinship
from people.posts import appoint
from people.refusals import Refused
from tests import stages, world
from tests.unchanged import refused

ROOT = Path(settings.BASE_DIR)
# Where the rules are enforced. DEMO may make things easier to try; here nothing asks for it, or for any other setting.
GUARDS = (
    "applications/door.py", "applications/models/parts.py", "approvals/seats.py", "approvals/scope.py",
    "people/posts.py", "people/delegating.py", "people/grants.py", "people/staffing.py", "people/kin.py",
    "people/models/posts.py", "people/models/sides.py", "people/models/delegations.py", "payouts/batching.py",
    "payouts/scope.py",
)  # fmt: skip
TELLING = ("FOUR_EYES", "RECUS", "TWO_P", "DELEGAT", "KIN", "BYPASS", "SUPERUSER", "SKIP", "DISABLE", "ALLOW_SELF")


def names_in(path):
    """Every name and attribute a module uses; which model holds the accounts is no switch."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8").replace("settings.AUTH_USER_MODEL", "AUTH_USER_MODEL"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return names | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize("path", GUARDS)
def test_the_guards_read_no_setting_and_no_environment(path):
    assert not names_in(path) & {"settings", "environ", "getenv", "DEMO", "PRACTICE", "DEBUG"}


def test_no_setting_is_about_them():
    names = {name for name in names_in("project/settings.py") if name.isupper()}
    assert not [name for name in names if any(word in name for word in TELLING)]


@pytest.fixture(params=[True, False], ids=["demo", "production"])
def site(request, settings, peopled):
    """Makes a demonstration or a production site of it, once a case was filed: production opens on no assumed value."""

    def becomes():
        settings.DEMO = request.param

    return becomes


@pytest.mark.django_db
class TestTheDoor:
    """Tried through the door, with DEMO on and off."""

    def test_nobody_acts_at_two_stages(self, site):
        case = world.grant().submit()
        clerk = case.official()
        case.say("accept")
        site()
        queue = case.item().queue
        appoint(clerk, queue.office, queue.role, world.START.date())
        with refused(Refused, "four_eyes"):
            decide.act(clerk, case.item().pk, Said("agree", text="同意。"), case.later(1))

    def test_nobody_acts_in_a_relatives_case(self, site):
        case = world.grant().submit()
        site()
        clerk = case.official()
        Kinship.objects.create(user=clerk, relative=case.application.subject, relation="sibling")
        with refused(Refused, "recusal"):
            decide.act(clerk, case.item().pk, Said("accept", text="受理。"), case.later(1))

    def test_the_database_gives_nobody_two_capacities(self, site):
        case = world.grant().submit().say("accept")
        site()
        actor = CaseActor.objects.filter(application=case.application, capacity="official").get()
        with pytest.raises(IntegrityError, match="one_capacity_a_case"), transaction.atomic():
            CaseActor.objects.create(application=case.application, who=actor.who, capacity="party")

    def test_nobody_makes_and_checks_a_batch(self, site):
        case = world.granted()
        site()
        maker = world.user("finance-maker")
        appoint(maker, world.finance(), "finance_checker", world.START.date())
        batch = batching.make(maker, world.finance(), "grad-jobseeking", case.later())
        batching.seal(maker, batch.number, case.later(1))
        with pytest.raises(Refused):
            batching.approve(maker, batch.number, case.later(1))

    @pytest.mark.parametrize("role", ["administrator", "auditor"])
    def test_who_works_on_cases_neither_appoints_nor_audits(self, site, role):
        site()
        with refused(Refused, "sides"):
            appoint(world.user("county-clerk"), stages.office("government"), role, world.START.date())
