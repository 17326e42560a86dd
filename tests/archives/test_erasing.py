"""What has been kept long enough is destroyed by two people, and nothing that must stay."""

from contextlib import nullcontext
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import models

from applications import actions, attachments
from applications.models import Application
from applications.own import Act
from archives import holds
from archives.erasing import deciding, destroying, drafts, due, held_drafts, law_holds, walking
from archives.models import DraftWarning, Erasure, Volume
from audit.models import Event
from audit.verify import verify
from people import vault
from people.models import Person
from people.refusals import Conflict, Invalid, NotFound, Refused
from project.demo import stories
from project.demo.pictures import card
from tests import world
from tests.archives.shelves import KEEPER, filed, office, refused

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

    def test_what_has_to_stay_delays_nothing_behind_it(self, keeper, monkeypatch):
        """The first file is held by law; one is looked at a run."""
        case, row = filed()
        asked = law_holds.Asked("case", case.application.number, "1号", "行政诉讼。", date(2026, 9, 1))
        law_holds.place(keeper, office().pk, asked, FAR)
        _other, behind = filed(refused(4))
        monkeypatch.setattr(due, "LOOKED_AT_A_RUN", 1)
        assert [due.propose(FAR + timedelta(hours=n)) for n in range(3)] == [0, 1, 0]
        assert Erasure.objects.get().volume == behind.volume != row.volume

    def test_what_was_dropped_is_proposed_again_a_year_later(self, keeper):
        _case, erasure = proposed()
        deciding.drop(keeper, erasure.pk, FAR)
        assert due.propose(FAR + timedelta(days=300)) == 0
        assert due.propose(FAR + timedelta(days=366)) == 1


class TestWalking:
    """Some rows a run."""

    def test_it_goes_on_where_it_stopped_and_begins_anew_at_the_end(self):
        rows, seen = Volume.objects.all(), []
        pks = [filed(refused(n))[1].volume_id for n in (2, 4)]

        def run(**bounds):
            return walking.walk(
                "test", rows, lambda pk: seen.append(pk) or 1, **{"most_done": 9, "most_seen": 9, **bounds}
            )

        assert [run(most_seen=1), run(most_done=1), run(), run()] == [1, 1, 0, 2]
        assert seen == [*pks, *pks]

    def test_what_fails_keeps_nothing_behind_it_waiting_and_is_raised_at_the_end(self):
        first, second = (filed(refused(n))[1].volume_id for n in (2, 4))
        seen = []

        def act(pk):
            seen.append(pk)
            return 1 // (pk - first)

        for most_seen in (1, 9, 9):
            with pytest.raises(ZeroDivisionError) if len(seen) != 1 else nullcontext():
                walking.walk("test", Volume.objects.all(), act, most_done=9, most_seen=most_seen)
        assert seen == [first, second, first, second]


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
    "helping_organisationletter.stored",
    "helping_renewal.stored",
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

    @pytest.mark.parametrize("reach", ["person", "scheme", "division"])
    def test_a_draft_under_a_hold_is_neither_warned_of_nor_erased(self, keeper, reach):
        case, _row = filed()
        about = {"person": world.answers_of(case)["id_number"], "scheme": "grad-jobseeking", "division": "532500"}[
            reach
        ]
        hold = self.place(keeper, reach, about)
        draft = world.grant(2)
        at = draft.at + timedelta(days=drafts.DAYS_UNTOUCHED + 1)
        assert drafts.warn(at) == 0
        law_holds.lift(keeper, hold.pk, at)
        assert drafts.warn(at + timedelta(hours=1)) == 1
        hold = self.place(keeper, reach, about)
        late = at + timedelta(days=drafts.DAYS_WARNED + 1)
        assert drafts.erase(late) == 0
        law_holds.lift(keeper, hold.pk, late)
        assert drafts.erase(late) == 1

    def test_the_person_a_helper_writes_for_keeps_the_draft(self, keeper):
        """Whose draft it is, is not who it is about: the citizen ID in its answers tells."""
        case, _row = filed()
        self.place(keeper, "person", world.answers_of(case)["id_number"])
        draft = stories.grant_case(world.cast(2, account="applicant2"))
        assert held_drafts.is_held(draft.application, draft.at.date())
        assert not held_drafts.is_held(world.grant(4).application, draft.at.date())

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

    def test_after_a_restore_the_register_shows_the_name_masked_too(self, tmp_path):
        case, row = filed()
        log = tmp_path / "log"
        log.write_text(f"erased case {case.public_id}\n")
        for _time in "12":
            call_command("erase_again", log)
            row.volume.refresh_from_db()
            assert row.volume.name.endswith("*")
            assert len(row.volume.name) <= 3

    def test_what_was_only_begun_is_left_unless_somebody_says_so(self, tmp_path, capsys):
        case, _row = filed()
        names = _stored(case)
        log = tmp_path / "log"
        log.write_text(f"erasing case {case.public_id}: {' '.join(names)}\n")
        call_command("erase_again", log)
        assert case.public_id in capsys.readouterr().out
        assert case.application.data_key.destroyed_at is None
        assert all(default_storage.exists(name) for name in names)
        call_command("erase_again", log, begun=True)
        case.application.data_key.refresh_from_db()
        assert case.application.data_key.destroyed_at is not None
        assert [name for name in names if default_storage.exists(name)] == []

    def test_a_filed_case_is_no_draft(self):
        case = world.grant(2)
        case.submit()
        assert drafts.warn(case.at + timedelta(days=400)) == 0


class TestKilledInBetween:
    """The process is lost after the commit and before its files are removed."""

    @pytest.fixture
    def kept_outside(self, tmp_path, caplog, monkeypatch):
        """Lose the process as soon as it was committed; call this to write the log and run the command."""

        def lost(*_args):
            raise KeyboardInterrupt

        caplog.set_level("INFO", "archives.erased")
        monkeypatch.setattr(destroying, "_committed", lost)
        yield lambda: _run_again(tmp_path / "log", caplog.messages)
        assert verify([]).fault is None

    def test_a_file_of_two_people(self, keeper, second, kept_outside):
        case, erasure = proposed()
        names = _stored(case)
        deciding.examine(keeper, erasure.pk, FAR)
        with pytest.raises(KeyboardInterrupt):
            deciding.confirm(second, erasure.pk, LATER)
        assert all(default_storage.exists(name) for name in names)
        kept_outside()
        erasure.refresh_from_db()
        assert erasure.state == "erased"
        assert [name for name in names if default_storage.exists(name)] == []

    def test_a_draft_whose_row_is_gone_with_the_names_of_its_files(self, kept_outside):
        case = world.grant(2)
        attachments.add(case.user, case.public_id, "id-copy", card("身份证"), case.at)
        names = _stored(case)
        with (
            pytest.raises(KeyboardInterrupt),
            actions.own_case(case.user, case.public_id, case.at, Act.ERASE) as opened,
        ):
            drafts.destroy_draft(opened)
        assert not Application.objects.filter(public_id=case.public_id).exists()
        assert all(default_storage.exists(name) for name in names)
        kept_outside()
        assert [name for name in names if default_storage.exists(name)] == []


def _run_again(log, lines):
    log.write_text("\n".join(lines))
    call_command("erase_again", log)
