"""Papers of many students in one ZIP: judged file by file, all of a student's or none, and no bomb is unpacked."""

import io
import time
import zipfile

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.models import Attachment
from audit.models import Event
from helping.schools import paper_names, papers, zips
from helping.standing import end_mandate
from people import sealed_files, virus_scan
from people.refusals import Conflict, Invalid, NotFound
from tests import world
from tests.applications import malicious
from tests.applications.pages import photo, sign_in, text_of
from tests.helping import graduates
from tests.helping.graduates import AT

pytestmark = pytest.mark.django_db
PHOTO = photo().read()
MEGABYTE = 1024 * 1024


def packed(files, packing=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return out.getvalue()


def bring(batch, files, user=None):
    return papers.bring(user or graduates.clerk(), batch.pk, packed(files), AT)


def there():
    return list(Attachment.objects.order_by("pk").values_list("application__student__row", "paper"))


class TestNames:
    @pytest.mark.parametrize(
        "name, place",
        [
            ("12-1.jpg", (12, "id-copy")),
            ("12-1-2.jpg", (12, "id-copy")),
            ("１２－２.jpg", (12, "certificate-copy")),
            ("12-学籍证明或毕业证.pdf", (12, "enrolment-proof")),
            ("材料/12_enrolment-proof.pdf", (12, "enrolment-proof")),
            ("12/3.jpg", (12, "enrolment-proof")),
            ("12/学籍证明或毕业证-2.jpg", (12, "enrolment-proof")),
            ("12/12-3.jpg", (12, "enrolment-proof")),
            ("2班/5-1.jpg", (5, "id-copy")),
            ("..\\..\\12-3.jpg", (12, "enrolment-proof")),
            ("12-合影.jpg", (12, "")),
            ("12-0.jpg", (12, "")),
        ],
    )
    def test_row_and_paper_are_read_off_the_name(self, name, place):
        definition = graduates.brought(1).scheme_version.definition
        assert paper_names.place_of(name, definition) == paper_names.Place(*place)

    @pytest.mark.parametrize("name", ["照片.jpg", "身份证-1.jpg", "532503199001011234-1.jpg", ".jpg"])
    def test_a_name_without_a_row_belongs_to_nobody(self, name):
        assert paper_names.place_of(name, graduates.brought(1).scheme_version.definition) is None

    @pytest.mark.parametrize("name", ["2/5-1.jpg", "12/3-2.jpg", "2/5-身份证.jpg", "3/3-2.jpg"])
    def test_a_folder_that_says_another_row_than_the_name_is_no_guess(self, name):
        with pytest.raises(Invalid) as refusal:
            paper_names.place_of(name, graduates.brought(1).scheme_version.definition)
        assert refusal.value.code == "two_ways"

    def test_names_as_chinese_windows_writes_them_are_read(self):
        content = packed({"12-AAAA.jpg": PHOTO}).replace(b"12-AAAA", "12-照片".encode("gb18030"))
        assert [file.name for file in zips.files_in(content)] == ["12-照片.jpg"]


class TestTaking:
    def test_each_student_gets_their_papers_and_who_did_it_is_on_record(self):
        batch = graduates.made(2)
        taken = bring(batch, {"2-1.jpg": PHOTO, "2-2.jpg": PHOTO, "3-1.jpg": PHOTO, "__MACOSX/._2-1.jpg": b"x"})
        assert (taken.students, taken.files, taken.faults) == (2, 3, [])
        assert there() == [(2, "id-copy"), (2, "certificate-copy"), (3, "id-copy")]
        assert set(Attachment.objects.values_list("added_by__username", flat=True)) == {"school"}
        event = Event.objects.get(action="school.papers")
        assert (event.actor, event.data["files"], event.data["refused"]) == ("school", 3, 0)

    def test_one_wrong_file_of_a_student_and_none_of_theirs_is_kept(self):
        batch = graduates.made(2)
        taken = bring(batch, {"2-1.jpg": PHOTO, "2-2.jpg": b"MZ no picture", "3-1.jpg": PHOTO})
        assert there() == [(3, "id-copy")]
        assert [fault.name for fault in taken.faults] == ["2-2.jpg"]

    def test_a_paper_nobody_asks_for_leaves_nothing_behind(self, monkeypatch):
        batch, put, stored = graduates.made(1), sealed_files.put, []
        monkeypatch.setattr(sealed_files, "put", lambda *given: stored.append(put(*given)) or stored[-1])
        taken = bring(batch, {"2-1.jpg": PHOTO, "2-4.jpg": PHOTO})
        assert there() == []
        assert [default_storage.exists(name) for name in stored] == [False]
        assert "现在不需要这份材料" in str(taken.faults[0])

    def test_every_fault_is_told_at_its_file(self):
        batch = graduates.made(1)
        files = {"毕业照.jpg": PHOTO, "2-合影.jpg": PHOTO, "9-1.jpg": PHOTO, "2-1.jpg": b"PK\x03\x04 no picture"}
        told = [str(fault) for fault in bring(batch, files).faults]
        assert [text.partition("：")[0] for text in told] == ["“毕业照.jpg”", "“2-合影.jpg”", "“2-1.jpg”", "“第9行”"]

    def test_a_file_that_may_be_of_two_students_is_nobody_s_and_told(self):
        taken = bring(graduates.made(4), {"2/5-1.jpg": PHOTO, "3-1.jpg": PHOTO})
        assert there() == [(3, "id-copy")]
        assert "请去掉文件夹" in str(taken.faults[0])

    def test_the_same_zip_again_adds_nothing(self):
        batch = graduates.made(1)
        bring(batch, {"2-1.jpg": PHOTO})
        taken = bring(batch, {"2-1.jpg": PHOTO, "2-2.jpg": PHOTO})
        assert (taken.files, taken.known) == (1, 1)
        assert Attachment.objects.count() == 2

    def test_whoever_cannot_be_done_in_time_is_named_and_done_the_next_time(self, monkeypatch):
        batch = graduates.made(2)
        times = iter((0, 1, papers.SECONDS + 1))
        monkeypatch.setattr(papers, "monotonic", lambda: next(times))
        taken = bring(batch, {"2-1.jpg": PHOTO, "3-1.jpg": PHOTO})
        assert there() == [(2, "id-copy")]
        assert "再传一次" in str(taken.faults[0])
        assert str(taken.faults[0]).startswith("“第3行”")

    def test_the_clock_is_looked_at_for_each_file_and_half_of_a_student_s_papers_is_none(self, monkeypatch):
        batch = graduates.made(1)
        times = iter((0, 1, papers.SECONDS + 1))
        monkeypatch.setattr(papers, "monotonic", lambda: next(times))
        taken = bring(batch, {"2-1.jpg": PHOTO, "2-2.jpg": PHOTO})
        assert there() == []
        assert "再传一次" in str(taken.faults[0])

    def test_more_files_than_a_paper_may_have_are_refused_before_one_is_opened(self, monkeypatch):
        judged = []
        monkeypatch.setattr(virus_scan, "is_clean", lambda content: judged.append(content) or True)
        taken = bring(graduates.made(1), {f"2-1-{n}.jpg": PHOTO for n in range(1, 14)})
        assert (judged, there()) == ([], [])
        assert [str(fault) for fault in taken.faults] == [
            "“第2行”：同一项材料最多上传12个文件。请先移除不需要的，或者合并成一个PDF。"
        ]

    def test_what_is_there_is_looked_up_while_the_case_is_locked(self):
        batch = graduates.made(1)
        with CaptureQueriesContext(connection) as queries:
            bring(batch, {"2-1.jpg": PHOTO})
        asked = [one["sql"] for one in queries]
        looked = next(n for n, sql in enumerate(asked) if '"sha256" =' in sql)
        assert any("FOR NO KEY UPDATE" in sql and '"applications_application"' in sql for sql in asked[:looked])

    def test_a_pdf_that_is_cleaned_again_is_known(self):
        batch, scripted = graduates.made(1), malicious.TAMED["pdf with a script"][0]()
        bring(batch, {"2-1.pdf": scripted})
        time.sleep(1.1)  # a PDF names itself by the second in which it was written
        assert bring(batch, {"2-1.pdf": scripted}).known == 1

    def test_a_student_who_said_stop_gets_none(self):
        batch = graduates.made(1)
        end_mandate(graduates.clerk(), graduates.agree(batch.students.get()), AT, capacity="office")
        taken = bring(batch, {"2-1.jpg": PHOTO})
        assert there() == []
        assert "学生已经停止由学校办理" in str(taken.faults[0])

    def test_a_colleague_brings_in_none_before_taking_the_batch_on(self):
        batch = graduates.made(1)
        with pytest.raises(Conflict):
            bring(batch, {"2-1.jpg": PHOTO}, graduates.colleague())

    def test_another_office_finds_no_batch(self):
        with pytest.raises(NotFound):
            bring(graduates.made(1), {"2-1.jpg": PHOTO}, world.user("township"))

    def test_a_file_the_scanner_condemns_is_refused_by_itself(self, monkeypatch):
        monkeypatch.setattr(virus_scan, "is_clean", lambda content: content != b"evil")
        taken = bring(graduates.made(1), {"2-1.jpg": b"evil"})
        assert "发现病毒" in str(taken.faults[0])
        assert there() == []


class TestBombs:
    def refused(self, content):
        with pytest.raises(Invalid) as refusal:
            zips.files_in(content)
        return refusal.value.code

    def test_what_unpacks_to_too_much_is_refused_unopened(self):
        assert self.refused(packed({f"2-{n}.jpg": b"\0" * 21 * MEGABYTE for n in (1, 2, 3)})) == "bomb"

    def test_one_file_that_unpacks_to_too_much_is_read_no_further_than_a_paper_may_be(self):
        taken = bring(graduates.made(1), {"2-1.jpg": b"\0" * 30 * MEGABYTE})
        assert "文件超过10兆" in str(taken.faults[0])

    def test_a_file_that_is_longer_than_it_says_is_damaged(self):
        content = bytearray(packed({"2-1.jpg": b"\0" * MEGABYTE}))
        for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
            start = content.index(mark) + place
            content[start : start + 4] = (10).to_bytes(4, "little")
        with pytest.raises(Invalid) as refusal:
            zips.files_in(bytes(content))[0].read()
        assert refusal.value.code == "unreadable"

    def test_files_that_lie_over_one_another_are_refused(self):
        content = packed({f"2-{n}.jpg": PHOTO for n in range(1, 6)}, zipfile.ZIP_STORED)
        first = content.index(b"PK\x01\x02")
        entries, end = content[first : content.index(b"PK\x05\x06")], content[content.index(b"PK\x05\x06") :]
        one = entries[: len(entries) // 5]
        end = end[:8] + (50).to_bytes(2, "little") * 2 + (len(one) * 50).to_bytes(4, "little") + end[16:]
        assert self.refused(content[:first] + one * 50 + end) == "bomb"

    def test_too_many_files_are_refused(self):
        assert self.refused(packed({f"2-{n}.jpg": b"x" for n in range(zips.MOST_FILES + 1)})) == "too_many"

    def test_a_list_without_end_is_not_even_read(self):
        assert self.refused(zips.HEADING * 1000) == "too_many"

    def test_a_zip_with_a_password_is_refused(self):
        content = bytearray(packed({"2-1.jpg": PHOTO}))
        content[content.index(b"PK\x01\x02") + 8] |= 1
        assert self.refused(bytes(content)) == "encrypted"

    def test_another_packing_is_refused(self):
        assert self.refused(packed({"2-1.jpg": PHOTO}, zipfile.ZIP_LZMA)) == "bomb"

    @pytest.mark.parametrize("content", [b"", b"no zip", PHOTO])
    def test_what_is_no_zip_is_refused(self, content):
        assert self.refused(content) == "unreadable"

    def test_a_zip_in_the_zip_is_no_paper(self):
        taken = bring(graduates.made(1), {"2-1.jpg": packed({"2-1.jpg": PHOTO})})
        assert "只能上传JPG或PNG照片" in str(taken.faults[0])


class TestThePage:
    def send(self, batch, files):
        upload = SimpleUploadedFile("papers.zip", packed(files))
        return sign_in("school").post(f"/helping/schools/{batch.pk}/papers/", {"file": upload})

    def test_says_how_files_are_named(self):
        page = text_of(sign_in("school").get(f"/helping/schools/{graduates.made(1).pk}/papers/"))
        assert "12-1.jpg" in page
        assert "学籍证明或毕业证" in page

    def test_leads_back_to_the_batch_when_all_were_taken(self):
        batch = graduates.made(1)
        assert self.send(batch, {"2-1.jpg": PHOTO})["Location"] == f"/helping/schools/{batch.pk}/"

    def test_names_what_was_not_taken_and_answers_422(self):
        answer = self.send(graduates.made(2), {"2-1.jpg": b"no", "3-1.jpg": PHOTO})
        assert answer.status_code == 422
        assert "已为1名学生登记1份材料" in text_of(answer)
        assert "2-1.jpg" in text_of(answer)
        assert "有1处没有登记" in text_of(answer)

    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    def test_a_name_in_the_zip_is_text_and_nothing_else(self, language):
        batch, client = graduates.made(1), sign_in("school")
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        upload = SimpleUploadedFile("papers.zip", packed({"<img src=x>照片.jpg": PHOTO}))
        answer = client.post(f"/helping/schools/{batch.pk}/papers/", {"file": upload})
        assert b"&lt;img src=x&gt;" in answer.content
        assert b"<img src=x>" not in answer.content

    def test_what_is_no_zip_is_told_in_the_form(self):
        batch = graduates.made(1)
        sent = {"file": SimpleUploadedFile("a.zip", b"no zip")}
        answer = sign_in("school").post(f"/helping/schools/{batch.pk}/papers/", sent)
        assert answer.status_code == 422
        assert "不是ZIP压缩包" in text_of(answer)
