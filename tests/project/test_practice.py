"""A practice site: the county's own rules and offices, invented people, and nothing that could be taken for real."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from applications.models import Application
from audit import triggers
from papers import reading
from papers.models import Paper
from people.models import Division, Office, Person, Post, User
from people.refusals import Conflict, NotFound
from project.practice import bundle, cases
from schemes.models import PolicyValue, Scheme, SchemeVersion
from tests import world
from tests.applications.policy_rows import letter
from workflows.models import WorkItem

pytestmark = pytest.mark.usefixtures("peopled")
MENGZI = "532503"


@pytest.fixture
def practising(settings):
    settings.PRACTICE = True


@pytest.fixture
def told():
    """The bundle of the county, as it stands in a file."""
    return json.loads(json.dumps(bundle.bundle_of(MENGZI)))


@pytest.fixture
def emptied(told, transactional_db):
    """What was exported, and a database that holds divisions only."""
    with triggers.lifted():
        call_command("flush", verbosity=0, interactive=False, reset_sequences=False)
    call_command("load_divisions", verbosity=0)
    return told


def _next_number(model):
    """The number the database would give the next row."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
        else:
            cursor.execute("SELECT seq + 1 FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        return cursor.fetchone()[0]


class TestBundle:
    """What leaves the real site."""

    def test_it_holds_every_published_rule(self, told):
        models = [row["model"] for row in told["rules"]]
        assert models.count("schemes.schemeversion") == SchemeVersion.objects.count()
        assert models.count("schemes.policyvalue") == PolicyValue.objects.count()

    def test_it_holds_the_texts_of_letters_that_people_published(self):
        letter()
        rows = [row for row in bundle.bundle_of(MENGZI)["rules"] if row["model"] == "schemes.letterversion"]
        assert [row["fields"]["body_zh"] for row in rows] == ["延长。"]

    def test_it_holds_the_offices_a_case_of_the_county_can_meet_and_no_other_county_s(self, told):
        divisions = {row["fields"]["division"] for row in told["offices"]}
        assert {MENGZI, "532500"} <= divisions
        assert "532502" not in divisions

    def test_it_holds_who_works_there_and_no_password(self, told):
        names = {official["username"] for official in told["officials"]}
        assert "county-reviewer" in names
        assert "other-county" not in names
        assert "pbkdf2" not in json.dumps(told)

    def test_nobody_s_data_is_in_it(self, told):
        person = world.grant().submit().application.subject
        text = json.dumps(bundle.bundle_of(MENGZI), ensure_ascii=False)
        assert person.name not in text
        assert not {row["model"] for row in told["rules"]} & {"people.person", "applications.application"}

    def test_administrators_and_auditors_stay_out(self, told):
        assert {official["role"] for official in told["officials"]} <= bundle.STAFF

    def test_a_division_nobody_knows_has_none(self):
        with pytest.raises(NotFound):
            bundle.bundle_of("999999")


class TestLoading:
    """A practice site is made of an empty database."""

    def test_rules_offices_and_posts_arrive_and_cases_are_invented(self, emptied, practising, tmp_path):
        file, said = tmp_path / "practice.json", StringIO()
        file.write_text(json.dumps(emptied), encoding="utf-8")
        call_command("practice_load", file, cases=1, stdout=said)
        schemes = {row["pk"] for row in emptied["rules"] if row["model"] == "schemes.scheme"}
        assert set(Scheme.objects.values_list("pk", flat=True)) == schemes
        assert Office.objects.count() == len(emptied["offices"])
        assert _next_number(Office) > Office.objects.order_by("pk").last().pk
        assert _next_number(SchemeVersion) > SchemeVersion.objects.order_by("pk").last().pk
        assert Post.objects.count() == len(emptied["officials"])
        filed = set(Application.objects.exclude(state="draft").values_list("scheme_code", flat=True))
        assert {"grad-jobseeking", "lottery-deposit-waiver", "dibao-phase-out"} <= filed
        assert WorkItem.objects.filter(closed_at=None, queue__office__division=MENGZI).exists()
        password = said.getvalue().split()[-1]
        assert User.objects.get(username="county-reviewer").check_password(password)

    def test_it_is_refused_where_people_are_on_record(self, told):
        world.grant().submit()
        with pytest.raises(Conflict):
            bundle.load(told, "secret")

    def test_it_is_refused_on_a_real_site(self, told, tmp_path):
        file = tmp_path / "practice.json"
        file.write_text(json.dumps(told), encoding="utf-8")
        with pytest.raises(CommandError, match="PRACTICE=0"):
            call_command("practice_load", file)

    def test_another_file_is_no_bundle(self):
        with pytest.raises(Conflict):
            bundle.load({"format": "something"}, "secret")


class TestMarks:
    """Everything on it says that it is practice."""

    @pytest.mark.parametrize("language, word", [("zh-hans", "演练"), ("en", "Practice")])
    def test_every_page_says_so_in_its_title_and_at_its_head(self, practising, language, word):
        page = Client(headers={"accept-language": language}).get("/").content.decode()
        title = page[page.index("<title>") : page.index("</title>")]
        assert word in title
        assert word in page.split("</header>")[0].split("<body")[1]

    def test_a_real_site_says_nothing_of_it(self):
        assert "演练" not in Client().get("/").content.decode()

    def test_a_paper_says_so_in_title_text_seal_and_data(self, practising):
        case = world.grant().submit().say("accept")
        content = reading.content(Paper.objects.get(case_ref=case.public_id, kind="acceptance"))
        assert content.title.startswith("【演练】")
        assert "没有任何效力" in content.opening[0]
        assert (content.seal_note, content.machine["practice"]) == ("演练", True)

    def test_officials_of_the_real_site_find_the_way_there(self, settings):
        settings.PRACTICE_URL = "https://practice.example.gov.cn/"
        client = Client()
        client.force_login(world.user("county-reviewer"))
        assert 'href="https://practice.example.gov.cn/"' in client.get("/inbox/").content.decode()
        assert "practice.example" not in Client().get("/").content.decode()


def test_invented_cases_are_filed_through_the_door():
    place = Division.objects.get(pk=MENGZI)
    before = Person.objects.count()
    filed = cases.invent(place, 1, cases.filer("secret"), world.START)
    assert filed["grad-jobseeking"] == 1
    assert Person.objects.count() > before
