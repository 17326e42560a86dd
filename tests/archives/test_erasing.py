"""What has been kept long enough is destroyed by two people, and nothing that must stay."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import models

from applications import attachments
from applications.models import Application
from archives import holds
from archives.erasing import deciding, destroying, drafts, due, law_holds
from archives.models import DraftWarning, Erasure, Volume
from audit.models import Event
from audit.verify import verify
from people import vault
from people.models import Person
from people.refusals import Conflict, Invalid, NotFound, Refused
from project.demo.pictures import card
from tests import world
from tests.archives.shelves import KEEPER, filed, office

pytestmark = pytest.mark.django_db(transaction=True)
FAR = datetime(2037, 1, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
LATER = FAR + timedelta(days=1)
SECOND = "prefecture-second"


@pytest.fixture
def keeper():
    return world.user(KEEPER)


@pytest.fixture
def second(keeper):
    """A colleague at the same office."""
    from people import posts
    from people.models import User

    user = User.objects.create_user(SECOND, full_name="段丽")
    posts.appoint(user, office(), "reviewer", date(2026, 1, 1))
    return user


def proposed():
    """A refused case whose file is due, and the clock's proposal."""
    case, row = filed()
    assert due.propose(FAR) == 1
    return case, Erasure.objects.get(volume=row.volume)


def destroyed(keeper, second):
    case, erasure = proposed()
    deciding.examine(keeper, erasure.pk, FAR)
    deciding.confirm(second, erasure.pk, LATER)
    erasure.refresh_from_db()
    return case, erasure


class TestProposing:
    """By the clock."""

    def test_only_what_is_due_is_proposed_and_only_once(self):
        _case, row = filed()
        assert due.propose(FAR - timedelta(days=3)) == 0
        assert due.propose(FAR) == 1
        assert due.propose(FAR + timedelta(hours=2)) == 0
        assert Erasure.objects.get().volume == row.volume

    def test_what_is_kept_for_ever_is_never_proposed(self):
        _case, row = filed()
        Volume.objects.filter(pk=row.volume_id).update(retention="permanent", expires_on=None)
        assert due.propose(FAR) == 0

    def test_what_is_held_is_not_proposed(self, keeper):
        _case, row = filed()
        holds.place(keeper, row.volume_id, "复议。", row.filed_at)
        assert due.propose(FAR) == 0

    def test_what_was_dropped_is_proposed_again_a_year_later(self, keeper):
        _case, erasure = proposed()
        deciding.drop(keeper, erasure.pk, FAR)
        assert due.propose(FAR + timedelta(days=300)) == 0
        assert due.propose(FAR + timedelta(days=366)) == 1


class TestFourEyes:
    """One examines, another confirms."""

    def test_nobody_confirms_what_they_examined(self, keeper):
        case, erasure = proposed()
        deciding.examine(keeper, erasure.pk, FAR)
        with pytest.raises(Refused) as refusal:
            deciding.confirm(keeper, erasure.pk, LATER)
        assert refusal.value.code == "four_eyes"
        assert case.application.data_key.destroyed_at is None

    def test_nothing_is_confirmed_that_was_not_examined(self, second):
        _case, erasure = proposed()
        with pytest.raises(Conflict):
            deciding.confirm(second, erasure.pk, LATER)

    def test_nobody_of_another_office(self):
        _case, erasure = proposed()
        with pytest.raises(NotFound):
            deciding.examine(world.user("county-clerk"), erasure.pk, FAR)

    def test_a_hold_placed_after_the_examination_stops_it(self, keeper, second):
        case, erasure = proposed()
        deciding.examine(keeper, erasure.pk, FAR)
        holds.place(keeper, erasure.volume_id, "复议。", FAR)
        with pytest.raises(Conflict) as refusal:
            deciding.confirm(second, erasure.pk, LATER)
        assert refusal.value.code == "held"
        assert case.application.data_key.destroyed_at is None

    def test_twice_is_once(self, keeper, second):
        _case, erasure = destroyed(keeper, second)
        with pytest.raises(Conflict):
            deciding.confirm(second, erasure.pk, LATER)


class TestWhatIsGone:
    """And what stays."""

    def test_keys_files_and_the_person_are_gone(self, keeper, second):
        case, erasure = proposed()
        person = case.application.subject
        number = world.answers_of(case)["id_number"]
        names = [name for name in _stored(case) if name]
        assert names
        assert all(default_storage.exists(name) for name in names)
        deciding.examine(keeper, erasure.pk, FAR)
        deciding.confirm(second, erasure.pk, LATER)
        application = case.application
        application.refresh_from_db()
        with pytest.raises(vault.KeyDestroyed):
            world.answers_of(case)
        assert [name for name in names if default_storage.exists(name)] == []
        person.refresh_from_db()
        assert (person.name, bytes(person.id_number), person.phone_index) == ("已删除", b"", "")
        assert not Person.objects.filter(id_index=vault.blind_index("id", number)).exists()
        erasure.refresh_from_db()
        assert (erasure.state, erasure.cases, erasure.persons, erasure.files) == ("erased", 1, 1, len(names))

    def test_numbers_amounts_and_the_record_stay_and_still_prove_themselves(self, keeper, second):
        case, _erasure = destroyed(keeper, second)
        application = case.application
        assert (application.number, application.state) == (application.number, "refused")
        assert Event.objects.filter(stream=application.stream, action="case.erased").exists()
        assert verify([]).fault is None
        call_command("verify_audit")

    def test_the_register_shows_the_name_masked(self, keeper, second):
        _case, erasure = destroyed(keeper, second)
        assert "*" in Volume.objects.get(pk=erasure.volume_id).name

    def test_a_person_another_case_needs_stays(self, keeper, second):
        case, erasure = proposed()
        person = case.application.subject
        other = world.grant(4)
        other.submit()
        type(other.application).objects.filter(pk=other.application.pk).update(subject=person)
        deciding.examine(keeper, erasure.pk, FAR)
        deciding.confirm(second, erasure.pk, LATER)
        person.refresh_from_db()
        assert person.data_key.destroyed_at is None
        assert person.name != "已删除"

    def test_the_page_of_a_destroyed_case_says_so(self, keeper, second, client):
        case, _erasure = destroyed(keeper, second)
        client.force_login(case.user)
        response = client.get(f"/applications/{case.public_id}/")
        assert response.status_code == 410
        assert "销毁" in response.content.decode()


# Files that have a life of their own: they are kept with what they belong to, or end by themselves.
OF_THEIR_OWN = {
    "approvals_loanlist.stored",
    "archives_package.stored",
    "archives_dataexport.stored",
    "helping_mandate.stored",
    "payouts_returnfile.stored",
    "payouts_roster.stored",
    "payouts_batchfile.stored",
    "schemes_originalfile.stored",
}


def test_every_column_that_names_a_stored_file_is_known():
    """A file nobody named here would outlive its case."""
    names = {"stored", "pdf", "file", "proof", "signature_image"}
    there = {
        f"{model._meta.db_table}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.fields
        if field.name in names and isinstance(field, models.CharField)
    }
    listed = {f"{model._meta.db_table}.{column}" for model, column, _path in destroying.FILES}
    assert there == listed | OF_THEIR_OWN


def _stored(case):
    return destroying.stored_of(case.application)


class TestHoldsByLaw:
    """What a court or an audit asks to keep."""

    def place(self, keeper, reach, about, **changes):
        asked = {"document": "（2026）云25行初1号", "reason": "行政诉讼。", "starts": date(2026, 9, 1), **changes}
        return law_holds.place(keeper, office().pk, law_holds.Asked(reach, about, **asked), world.START)

    @pytest.mark.parametrize("reach", ["case", "person", "scheme", "division"])
    def test_nothing_under_a_hold_is_proposed_or_destroyed(self, keeper, reach):
        case, row = filed()
        about = {
            "case": case.application.number,
            "person": world.answers_of(case)["id_number"],
            "scheme": "grad-jobseeking",
            "division": "532503",
        }[reach]
        hold = self.place(keeper, reach, about)
        assert due.why_kept(row.volume, FAR) == "law_held"
        assert due.propose(FAR) == 0
        law_holds.lift(keeper, hold.pk, FAR)
        assert due.why_kept(row.volume, FAR) == ""

    def test_it_ends_with_its_last_day(self, keeper):
        case, row = filed()
        self.place(keeper, "case", case.application.number, ends=date(2037, 1, 2))
        assert due.why_kept(row.volume, FAR) == "law_held"
        assert due.why_kept(row.volume, LATER) == ""

    def test_its_reason_is_sealed(self, keeper):
        case, _row = filed()
        hold = self.place(keeper, "case", case.application.number)
        assert law_holds.reason_of(hold) == "行政诉讼。"
        assert "诉讼".encode() not in bytes(hold.reason)

    @pytest.mark.parametrize("about", ["", "GB5325030000000000", "不知道"])
    def test_what_is_unknown_is_refused(self, keeper, about):
        with pytest.raises(Invalid):
            self.place(keeper, "case", about)

    def test_what_the_office_never_had_is_not_told_of(self, keeper):
        case = world.grant(0)
        case.submit()
        stranger = world.user("other-county")
        from archives import access

        theirs = access.offices_of(stranger, world.START)[0]
        asked = law_holds.Asked("case", case.application.number, "1号", "诉讼。", date(2026, 9, 1))
        with pytest.raises(Invalid):
            law_holds.place(stranger, theirs.pk, asked, world.START)
        with pytest.raises(NotFound):
            law_holds.place(stranger, office().pk, asked, world.START)

    def test_it_is_lifted_once_and_by_its_office(self, keeper):
        case, _row = filed()
        hold = self.place(keeper, "case", case.application.number)
        with pytest.raises(NotFound):
            law_holds.lift(world.user("county-clerk"), hold.pk, FAR)
        law_holds.lift(keeper, hold.pk, FAR)
        with pytest.raises(Conflict):
            law_holds.lift(keeper, hold.pk, FAR)


class TestDrafts:
    """Never filed."""

    def old(self):
        """A draft with a paper, half a year ago."""
        case = world.grant(2)
        attachments.add(case.user, case.public_id, "id-copy", card("身份证"), case.at)
        return case, case.at + timedelta(days=drafts.DAYS_UNTOUCHED + 1)

    def test_its_owner_is_warned_first_and_then_it_is_gone_with_its_files(self):
        case, at = self.old()
        names, key = _stored(case), case.application.data_key
        assert (drafts.erase(at), drafts.warn(at), drafts.erase(at)) == (0, 1, 0)
        assert drafts.erase(at + timedelta(days=drafts.DAYS_WARNED)) == 1
        assert not Application.objects.filter(public_id=case.public_id).exists()
        key.refresh_from_db()
        assert key.destroyed_at is not None
        assert [name for name in names if default_storage.exists(name)] == []
        assert verify([]).fault is None

    def test_going_on_with_it_keeps_it(self):
        case, at = self.old()
        drafts.warn(at)
        from applications import actions

        actions.save_answers(case.user, case.public_id, {}, at + timedelta(days=10))
        assert drafts.erase(at + timedelta(days=40)) == 0
        assert drafts.warn(at + timedelta(days=41)) == 0
        assert not DraftWarning.objects.exists()

    def test_after_a_restore_what_the_log_names_is_destroyed_again(self, tmp_path):
        case, _at = self.old()
        filed_one = world.grant(4)
        filed_one.submit()
        log = tmp_path / "log"
        log.write_text(
            f'{{"event": "erased case {case.public_id}"}}\nerased case {filed_one.public_id}\nerased case x\n'
        )
        call_command("erase_again", log)
        assert not Application.objects.filter(public_id=case.public_id).exists()
        assert filed_one.application.data_key.destroyed_at is not None
        call_command("erase_again", log)
        assert verify([]).fault is None

    def test_a_filed_case_is_no_draft(self):
        case = world.grant(2)
        case.submit()
        assert drafts.warn(case.at + timedelta(days=400)) == 0
