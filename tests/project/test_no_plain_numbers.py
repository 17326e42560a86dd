"""No ID, account, phone or certificate number stands in clear anywhere, whatever was done; names may."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from viewflow.workflow.models import Process, Task

from applications import answers as answers_of
from applications import attachments
from applications.models import Attachment, Round
from approvals import notices
from approvals.models import PublicNotice
from archives import access
from archives.erasing import law_holds
from archives.my_data import copies, corrections
from archives.my_data.corrections import Asked
from audit.models import Event
from papers.models import Paper
from payouts import batching
from payouts.models import Batch
from people.models import Person
from project.demo import answers, money
from project.jobs import run_due
from tests import institution, world
from tests.project import secrets_found

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("peopled"), pytest.mark.slow]
FIELDS = ("id_number", "account", "phone", "disability_certificate")


def numbers_of(case):
    """Every number the applicant entered."""
    known = answers_of.read(case.application)
    people = [known, *known.get("household", [])]
    return {person[field] for person in people for field in FIELDS if person.get(field)}


def told(case):
    """All its numbers in one sentence, as officials and objectors like to write them."""
    return "，".join(sorted(numbers_of(case)))


def picture(name):
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(buffer, "PNG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/png")


def grant():
    """Granted after a correction, an objection and a look-up, with numbers in every free text."""
    case = world.grant(2)
    number = answers_of.read(case.application)["id_number"]
    attachments.add(case.user, case.public_id, "id-copy", picture(f"身份证{number}.png"), case.at)
    case.submit()
    case.say("correction", points=(("question", "phone", f"号码{told(case)}打不通。"),), text=told(case))
    case.resubmit().say("accept", text=told(case)).say("agree", text=told(case))
    notice = PublicNotice.objects.get(application=case.application)
    notices.object_to(notice, f"此人{told(case)}已就业。", answers_of.read(case.application)["phone"], case.later(1))
    case.say("dismiss", text=told(case)).end_notice()
    looked_up(case)
    return case.say("grant", text=told(case))


def looked_up(case):
    """The approver searches for the ID in the inbox and opens the case."""
    client = Client()
    client.force_login(world.user("prefecture-approver"))
    for number in numbers_of(case):
        client.get("/inbox/", {"q": number})
    assert client.get(f"/inbox/{case.public_id}/").status_code == 200


def waiver():
    """Confirmed by the lottery centre."""
    case = world.waiver(0).submit().say("accept").say("agree").say("agree")
    return case.say("grant", text=told(case)).say("confirm", text=told(case))


def phase_out():
    """Filed with the prefecture."""
    case = world.phase_out(0).submit().say("accept", entries=answers.determination(world.START.date()))
    case.end_notice().say("agree", entries={"phase_out_months": 6}, text=told(case))
    return case.say("grant").say("file")


def organisation():
    """Granted, with its account and the authorised person's numbers in every free text."""
    institution.publish()
    case = institution.case().submit()
    case.say("accept", text=told(case)).say("agree", text=told(case)).end_notice()
    return case.say("grant", text=told(case))


def refused_and_lapsed():
    """One that was refused with the number as its reason, one that lapsed."""
    refused = world.grant(4).submit()
    refused.say("not_accept", text=told(refused))
    lapsed = world.grant(6).submit()
    lapsed.say("correction", points=(("paper", "id-copy", told(lapsed)),))
    return refused, lapsed


def own_data(case):
    """The applicant asks for a correction and a copy, with numbers in the reason; the person is held by law."""
    at = case.later(1)
    wrong = Asked(case.public_id, "phone", "13987654321", told(case), picture("证明.png"))
    request = corrections.ask(case.user, wrong, at)
    keeper = world.user("prefecture-reviewer")
    corrections.accept(keeper, request.pk, told(case), at)
    hold = law_holds.Asked("person", answers_of.read(case.application)["id_number"], "1号", told(case), at.date())
    law_holds.place(keeper, access.offices_of(keeper, at)[0].pk, hold, at)
    copies.ask(case.user, at)
    client = Client()
    client.force_login(case.user)
    assert client.get("/applications/my-data/").status_code == 200


def everything_done():
    """Every kind of case, batches paid and discarded, and the clock long after."""
    users = {name: world.user(name) for name in ("finance-maker", "finance-checker")}
    cases = [grant(), waiver(), phase_out(), organisation(), *refused_and_lapsed()]
    own_data(cases[0])
    later = world.year_later(cases[2].at)
    draft = money.pay(users, "dibao-phase-out", later, until="sealed")
    batching.discard(users["finance-maker"], draft.number, told(cases[2]), later)
    money.pay(users, "", later)
    run_due(later)
    return cases


@pytest.fixture(autouse=True)
def _own_house(settings, tmp_path):
    """Files, a cache of files and a queue in the database, as a real site has them."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path / "cache"}
    }


@pytest.fixture
def numbers():
    """All numbers of all cases, after everything was done with them."""
    return set().union(*(numbers_of(case) for case in everything_done()))


class TestNothingInClear:
    """After everything was done."""

    def test_in_no_table_and_in_no_file(self, numbers):
        assert len(numbers) > 15
        media = Path(settings.MEDIA_ROOT)
        assert Attachment.objects.exists()
        assert Batch.objects.filter(state="exported").exists()
        assert set(Paper.objects.values_list("state", flat=True)) == {"ready"}
        assert secrets_found.found(numbers, secrets_found.tables()) == set()
        assert secrets_found.found(numbers, secrets_found.files(media)) == set()
        assert Session.objects.exists()
        cached = Path(settings.CACHES["default"]["LOCATION"])
        assert list(cached.iterdir())
        assert secrets_found.found(numbers, secrets_found.unpacked(cached)) == set()
        assert secrets_found.found(numbers, secrets_found.dump()) == set()

    def test_events_processes_and_tasks_hold_no_names_either(self, numbers):
        names = {*Person.objects.values_list("name", flat=True), institution.NAME}
        kept = [str(data) for data in Event.objects.values_list("data", flat=True)]
        kept += [str(data) for data in Process.objects.values_list("data", flat=True)]
        kept += [str(data) for data in Task.objects.values_list("data", flat=True)]
        assert [text for text in kept for word in names | numbers if word in text] == []
        assert {"inbox.read", "case.read"} <= set(Event.objects.values_list("action", flat=True))


NUMBER = "532524199901010017"


class TestTheSearchItself:
    """It would have found them."""

    @pytest.mark.parametrize("spelling", [*secrets_found.spellings(NUMBER)])
    def test_a_number_in_a_column_of_bytes(self, spelling):
        application = world.grant().submit().application
        Round.objects.filter(application=application).update(answers=b"abc" + spelling + b"xyz")
        assert secrets_found.found({NUMBER}, secrets_found.tables()) == {"applications_round"}

    def test_a_number_in_a_column_of_text(self):
        application = world.grant().submit().application
        Person.objects.filter(pk=application.subject_id).update(bank=f"工行{NUMBER}")
        assert secrets_found.found({NUMBER}, secrets_found.tables()) == {"people_person"}

    def test_a_number_in_json(self):
        case = world.grant().submit()
        Process.objects.filter(pk=case.application.process_ref).update(data={"who": [{"id": NUMBER}]})
        assert secrets_found.found({NUMBER}, secrets_found.tables()) == {"viewflow_process"}

    def test_a_number_in_the_dump_of_the_database(self):
        application = world.grant().submit().application
        Person.objects.filter(pk=application.subject_id).update(bank=f"工行{NUMBER}")
        assert secrets_found.found({NUMBER}, secrets_found.dump()) == {"dump"}

    def test_a_number_in_a_packed_entry_of_the_cache(self):
        cache.set("who", {"id": NUMBER})
        cached = Path(settings.CACHES["default"]["LOCATION"])
        assert len(secrets_found.found({NUMBER}, secrets_found.unpacked(cached))) == 1

    def test_a_number_in_a_file(self):
        name = default_storage.save("papers/plain.txt", ContentFile(f"号码{NUMBER}".encode()))
        places = secrets_found.files(Path(settings.MEDIA_ROOT))
        assert secrets_found.found({NUMBER}, places) == {Path(name).name}
        default_storage.delete(name)

    def test_a_number_in_the_name_of_a_file(self):
        name = default_storage.save(f"papers/{NUMBER}.bin", ContentFile(b"x"))
        places = secrets_found.files(Path(settings.MEDIA_ROOT))
        assert secrets_found.found({NUMBER}, places) == {Path(name).name}
        default_storage.delete(name)
