"""Printed forms that find their draft again, oral applications read back, photos of posted notices."""

import hashlib
import io
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from applications import actions, attachments
from applications.attachments import SIGNED_FORM
from audit.models import Event
from helping.models import NoticePhoto
from helping.oral import reading_back
from helping.paper_forms import filing, making
from helping.posted import photos
from papers.codes import grouped
from people.refusals import Conflict, Invalid, NotFound, Refused
from tests import world
from tests.helping import village
from tests.helping.village import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
SAID = reading_back.Said("见证人乙", "13800138000", "在家中用哈尼语读给本人听")


@pytest.fixture(autouse=True)
def _renderer_of_choice():
    """The real renderer: the forms are photographed and read again."""


def printed(n=0):
    """A form of a villager's draft, and its PDF."""
    draft = village.draft(n)
    form = making.make(village.clerk(), draft.public_id, LATER)
    return draft, form, making.pdf_of(village.clerk(), form, LATER)


def photographed(pdf):
    """The last page of a PDF as somebody photographs it."""
    book = pypdfium2.PdfDocument(pdf)
    buffer = io.BytesIO()
    book[len(book) - 1].render(scale=2).to_pil().convert("RGB").save(buffer, "JPEG", quality=85)
    return SimpleUploadedFile("IMG_1.jpg", buffer.getvalue(), "image/jpeg")


class TestForms:
    """Made from a draft, signed, scanned, filed."""

    def test_the_form_says_what_is_known_and_leaves_lines_for_the_rest(self):
        _draft, form, pdf = printed()
        book = pypdfium2.PdfDocument(pdf)
        text = "".join(book[number].get_textpage().get_text_range() for number in range(len(book)))
        text = text.replace("\n", "").replace("\r", "")
        assert village.somebody().name in text
        assert grouped(form.code) in text
        assert "见证人签名" in text
        assert "我可以随时停止帮办" in text

    def test_a_photo_of_it_goes_to_its_draft_sealed(self):
        draft, _form, pdf = printed()
        filing.file(village.clerk(), [photographed(pdf)], "", LATER)
        (kept,) = attachments.current(draft)
        assert kept.paper == SIGNED_FORM
        assert Image.open(io.BytesIO(attachments.content_of(kept))).format == "JPEG"

    def test_one_file_with_two_people_s_forms_is_divided(self):
        first, _one, pdf = printed()
        other = village.villager(1, on=village.roster(village="另一村"))
        second = village.starting.begin(village.clerk(), other.public_id, village.SCHEME, LATER)
        form = making.make(village.clerk(), second.public_id, LATER)
        both = pypdfium2.PdfDocument.new()
        for part in (pdf, making.pdf_of(village.clerk(), form, LATER)):
            both.import_pages(pypdfium2.PdfDocument(part))
        out = io.BytesIO()
        both.save(out)
        sent = SimpleUploadedFile("all.pdf", out.getvalue(), "application/pdf")
        filed = filing.file(village.clerk(), [sent], "", LATER)
        assert {one.pk for one in filed} == {first.pk, second.pk}

    def test_a_page_without_code_files_nothing(self):
        draft, form, _pdf = printed()
        with pytest.raises(Invalid):
            filing.file(village.clerk(), [village.picture()], "", LATER)
        assert not attachments.current(draft)
        filing.file(village.clerk(), [village.picture()], f" {grouped(form.code).lower()} ", LATER)
        assert len(attachments.current(draft)) == 1

    def test_somebody_else_s_form_does_not_exist(self):
        draft, form, pdf = printed()
        other = village.clerk("township")
        with pytest.raises(NotFound):
            making.form_of(other, form.code, LATER)
        with pytest.raises(Invalid):
            filing.file(other, [photographed(pdf)], "", LATER)
        with pytest.raises(NotFound):
            making.make(other, draft.public_id, LATER)

    def test_who_helps_in_no_office_s_name_prints_none(self):
        case = world.stories.grant_case(world.cast(2, account="helper"))
        with pytest.raises(Refused):
            making.make(world.user("helper"), case.public_id, LATER)

    def test_officials_see_it_by_its_name(self):
        draft, _form, pdf = printed()
        filing.file(village.clerk(), [photographed(pdf)], "", LATER)
        assert str(attachments.BESIDE[attachments.current(draft)[0].paper]) == "签名的纸质申请表"


class TestOral:
    """Written by a clerk, read back before a witness."""

    def whole(self):
        draft = village.draft()
        given = world.stories.answers.recognition(village.somebody(), village.office().division_id)
        actions.save_answers(village.clerk(), draft.public_id, given, LATER)
        return draft

    def test_the_witness_is_sealed_and_the_case_marked(self):
        draft = self.whole()
        reading = reading_back.keep(village.clerk(), draft.public_id, SAID, LATER)
        assert "见证人乙".encode() not in bytes(reading.said)
        assert reading_back.said_of(reading, draft) == SAID
        assert Event.objects.filter(stream=draft.stream, action="oral.read_back").exists()

    def test_filed_as_it_was_read(self):
        draft = self.whole()
        reading_back.keep(village.clerk(), draft.public_id, SAID, LATER)
        actions.save_answers(village.clerk(), draft.public_id, {"phone": "13900139000"}, LATER)
        with pytest.raises(Invalid) as refusal:
            actions.submit(village.clerk(), draft.public_id, LATER, with_papers=False)
        assert refusal.value.code == "read_again"
        reading_back.keep(village.clerk(), draft.public_id, SAID, LATER)
        actions.submit(village.clerk(), draft.public_id, LATER, with_papers=False)

    def test_the_witness_is_neither_party_nor_clerk(self):
        draft = self.whole()
        for name in (village.somebody().name, village.clerk().full_name, ""):
            with pytest.raises(Invalid) as refusal:
                reading_back.keep(village.clerk(), draft.public_id, replace(SAID, witness=name), LATER)
            assert "witness" in refusal.value.errors

    def test_how_and_the_telephone_are_needed(self):
        draft = self.whole()
        with pytest.raises(Invalid) as refusal:
            reading_back.keep(village.clerk(), draft.public_id, replace(SAID, how=" ", phone="1"), LATER)
        assert set(refusal.value.errors) == {"how", "phone"}

    def test_not_after_it_was_filed_and_not_by_others(self):
        draft = self.whole()
        with pytest.raises(NotFound):
            reading_back.keep(village.clerk("township"), draft.public_id, SAID, LATER)
        actions.submit(village.clerk(), draft.public_id, LATER, with_papers=False)
        with pytest.raises(Conflict):
            reading_back.keep(village.clerk(), draft.public_id, SAID, LATER)


class TestPosted:
    """Photos of a notice as it hangs in the village."""

    def running(self):
        case = world.stories.phase_out_to_notice(world.cast(0))
        return case, case.application.notices.get()

    def sent(self, notice, **changes):
        first, _last = photos.period_of(notice)
        return photos.Sent(**{"upload": village.picture(), "taken_on": first, "place": "村委会公示栏", **changes})

    def test_drawn_anew_sealed_and_dated(self):
        case, notice = self.running()
        photo = photos.add(village.clerk(), notice.pk, self.sent(notice), case.later())
        content = photos.content_of(photo)
        assert b"secret place" not in content
        assert hashlib.sha256(content).hexdigest() == photo.sha256
        assert photos.place_of(photo, notice) == "村委会公示栏"
        assert "公示栏".encode() not in bytes(photo.place)

    @pytest.mark.parametrize("days", [-1, 60])
    def test_a_day_outside_the_notice_is_refused(self, days):
        case, notice = self.running()
        first, _last = photos.period_of(notice)
        with pytest.raises(Invalid) as refusal:
            photos.add(
                village.clerk(), notice.pk, self.sent(notice, taken_on=first + timedelta(days=days)), case.later()
            )
        assert "taken_on" in refusal.value.errors
        assert not NoticePhoto.objects.exists()

    def test_only_pictures_and_each_once(self):
        case, notice = self.running()
        pdf = SimpleUploadedFile("a.pdf", b"%PDF-1.4 no", "application/pdf")
        with pytest.raises(Invalid):
            photos.add(village.clerk(), notice.pk, self.sent(notice, upload=pdf), case.later())
        photos.add(village.clerk(), notice.pk, self.sent(notice), case.at)
        with pytest.raises(Conflict):
            photos.add(village.clerk(), notice.pk, self.sent(notice), case.at)

    @pytest.mark.parametrize("account", ["school", "applicant", "hotline"])
    def test_who_has_nothing_to_do_with_the_place_adds_and_sees_none(self, account):
        case, notice = self.running()
        photo = photos.add(village.clerk(), notice.pk, self.sent(notice), case.later())
        with pytest.raises(NotFound):
            photos.add(world.user(account), notice.pk, self.sent(notice), case.at)
        with pytest.raises(NotFound):
            photos.photo_for(world.user(account), photo.public_id, case.at)

    def test_officials_of_the_case_see_it(self):
        case, notice = self.running()
        photo = photos.add(village.clerk(), notice.pk, self.sent(notice), case.later())
        assert photos.photo_for(world.user("township"), photo.public_id, case.at) == photo

    def test_not_long_after_the_notice(self):
        case, notice = self.running()
        case.end_notice()
        with pytest.raises(NotFound):
            photos.add(village.clerk(), notice.pk, self.sent(notice), case.at + timedelta(days=9))
