"""The files of a batch as its bank's program reads them: what stands in them, and what stops the sealing."""

import io
import unicodedata
import zipfile
from decimal import Decimal

import pytest
import pyzipper
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from audit.models import Event
from payouts import batching, files
from payouts.filing import Filing, Parts
from payouts.locking import locked
from payouts.models import Batch, BatchFile
from payouts.profiles import CONTRACT
from payouts.writers.delimited import DelimitedWriter
from people import sealed_files, vault
from people.refusals import Conflict, Invalid, NotFound
from people.spreadsheets import harmless, one_line
from tests import world
from tests.payouts.bank import (
    AT,
    NARROW,
    ON,
    ROW,
    WIDE,
    another,
    approved_batch,
    as_csv,
    as_xlsx,
    cells_of,
    open_batch,
    profile,
    sealed_batch,
)

PASSWORD = "correct horse battery"
RARE = "欧阳𬱖雅"


def stored_names():
    """Every file of batches in the storage."""
    found = []
    for folder in default_storage.listdir("batch-files")[0] if default_storage.exists("batch-files") else []:
        found += [f"batch-files/{folder}/{name}" for name in default_storage.listdir(f"batch-files/{folder}")[1]]
    return set(found)


def blob_of(name):
    """A file as it lies in the storage."""
    with default_storage.open(name, "rb") as stored:
        return stored.read()


class TestALineForAProgram:
    def test_columns_headings_and_delimiter_are_the_profile_s(self):
        by = profile(WIDE)
        heads, line = cells_of(as_csv([ROW], by), by)
        assert heads == [column.heading for column in by.columns]
        assert line[:5] == ["1", ROW.account, ROW.name, "1000.00", ROW.bank]

    def test_a_profile_without_header_begins_with_the_first_line(self):
        by = profile(NARROW)
        assert cells_of(as_csv([another(name="李")], by), by)[0][0] == "1"

    def test_amounts_can_be_in_fen(self):
        by = profile(NARROW)
        rows = [another(name="李", amount=Decimal(amount)) for amount in ("1000.00", "0.01", "1234.50")]
        assert [line[4] for line in cells_of(as_csv(rows, by), by)] == ["100000", "1", "123450"]

    def test_the_day_of_sealing_is_written_as_the_profile_says(self):
        by = profile(NARROW)
        assert cells_of(as_csv([another(name="李")], by), by)[0][1] == "20261123"

    def test_a_fixed_text_stands_in_every_line(self):
        by = profile(NARROW)
        assert [line[5] for line in cells_of(as_csv([another(name="李")] * 2, by), by)] == ["CNY", "CNY"]

    @pytest.mark.parametrize("end, bytes_of_it", [("crlf", b"\r\n"), ("lf", b"\n")])
    def test_lines_end_as_the_profile_says(self, end, bytes_of_it):
        content = as_csv([another(name="李")], profile(NARROW, line_end=end))
        assert content.endswith(bytes_of_it)
        assert content.count(b"\r") == (end == "crlf")

    def test_a_rare_character_is_written_in_gb18030(self):
        by = profile(WIDE)
        assert cells_of(as_csv([ROW], by), by)[1][2] == RARE

    def test_the_same_rows_are_the_same_bytes(self):
        assert as_csv([ROW], profile(WIDE)) == as_csv([ROW], profile(WIDE))

    def test_a_program_gets_the_plain_value(self):
        by = profile(WIDE)
        assert cells_of(as_csv([another(bank="=农行")], by), by)[1][4] == "=农行"

    def test_a_character_gbk_lacks_stops_the_line_and_is_named(self):
        with pytest.raises(Invalid) as refusal:
            as_csv([another(line=7)], profile(NARROW))
        said = str(refusal.value.message)
        assert refusal.value.code == "not_in_encoding"
        assert all(part in said for part in ("第7行", ROW.application, "户名", "𬱖", "U+2CC56", "GBK", "GB18030"))

    @pytest.mark.parametrize("letter", [",", "\n", "\r", "\t", "\x00", "\x1b", "\u2028"])
    def test_what_would_break_the_line_stops_it(self, letter):
        with pytest.raises(Invalid) as refusal:
            as_csv([another(bank=f"农行{letter}蒙自")], profile(WIDE))
        assert refusal.value.code == "breaks_line"
        assert all(part in str(refusal.value.message) for part in ("第1行", ROW.application, "开户行"))

    def test_nothing_of_the_name_but_the_one_character_is_told(self):
        with pytest.raises(Invalid) as refusal:
            as_csv([ROW], profile(NARROW))
        assert "欧阳" not in str(refusal.value.message)


class TestASpreadsheetStaysOne:
    SIGNS = "=+-@＝＋－＠﹢﹣⁺₋﹦﹫"

    @pytest.mark.parametrize("sign", SIGNS)
    @pytest.mark.parametrize("before", ["", " ", "\t", "\r", "\n", "\u3000", "\u200b", "\ufeff", "\x00"])
    def test_no_cell_begins_with_a_sign_in_any_width(self, sign, before):
        assert harmless(f"{before}{sign}1").startswith("'")

    def test_every_character_that_folds_to_a_sign_is_neutralised(self):
        signs = [
            chr(point) for point in range(0x110000) if unicodedata.normalize("NFKC", chr(point))[:1] in set("=+-@")
        ]
        assert all(harmless(f"{sign}1").startswith("'") for sign in signs)

    @pytest.mark.parametrize("letter", ["\u2028", "\u2029", "\x85", "\ud800", "\uffff", "\x07"])
    def test_what_no_line_can_hold_becomes_a_blank(self, letter):
        assert one_line(f"甲{letter}乙") == "甲 乙"

    def test_a_text_like_a_numbered_character_is_written_as_it_is(self):
        content = as_xlsx([another(bank="_x003D_1+1")], "x", AT)
        assert b"_x005F_x003D_1+1" in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")

    def test_no_clear_text_touches_the_disk_while_a_sheet_is_written(self, monkeypatch, tmp_path):
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        as_xlsx([another(line=line) for line in range(1, 500)], "x", AT)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
class TestParts:
    def filed(self, limit, count):
        with Filing(vault.new_data_key()) as filing:
            parts = Parts(filing, "bank", lambda out: DelimitedWriter(out, profile(WIDE), ON), limit)
            for line in range(1, count + 1):
                parts.add(another(line=line))
            parts.close()
        return filing.filed

    @pytest.mark.parametrize(
        "limit, count, lines", [(0, 5, [5]), (2, 5, [2, 2, 1]), (2, 4, [2, 2]), (5, 5, [5]), (5, 4, [4])]
    )
    def test_each_holds_at_most_the_limit(self, limit, count, lines):
        filed = self.filed(limit, count)
        assert [one.lines for one in filed] == lines
        assert [one.part for one in filed] == list(range(1, len(lines) + 1))

    def test_their_sums_are_those_of_their_own_lines(self):
        assert [one.total for one in self.filed(2, 3)] == [Decimal("2000.00"), Decimal("1000.00")]

    def test_a_line_that_fails_leaves_no_part_behind(self):
        before = stored_names()
        with pytest.raises(Invalid):
            self.file_until_one_fails()
        assert stored_names() == before

    def file_until_one_fails(self):
        with Filing(vault.new_data_key()) as filing:
            parts = Parts(filing, "bank", lambda out: DelimitedWriter(out, profile(NARROW), ON), 1)
            for name in ("李", "王", RARE):
                parts.add(another(name=name))


@pytest.mark.django_db
class TestSealingForABank:
    def test_every_batch_has_the_contract_s_files_and_a_credit_transfer(self):
        batch = sealed_batch()
        assert batch.profile == CONTRACT
        assert [file.slug for file in files.stored_files(batch)] == ["xlsx", "csv", "pain"]

    def test_a_bank_s_file_comes_besides(self):
        batch = sealed_batch(WIDE)
        assert batch.profile == WIDE
        assert [file.slug for file in files.stored_files(batch)] == ["xlsx", "csv", "bank-1", "pain"]

    def test_the_contract_s_csv_is_the_same_whatever_the_bank_wants(self):
        batch = sealed_batch(WIDE)
        assert files.read(batch, "csv") == as_csv(files.rows_of(batch))

    def test_the_bank_s_file_is_the_one_its_profile_makes(self):
        batch = sealed_batch(NARROW)
        assert files.read(batch, "bank-1") == as_csv(
            files.rows_of(batch), profile(NARROW), timezone.localdate(batch.sealed_at)
        )

    def test_more_lines_than_the_bank_takes_go_into_numbered_parts(self, monkeypatch):
        small = profile(WIDE, rows_per_file=1)
        monkeypatch.setattr("payouts.batching.profile_of", lambda code, on: small)
        batch = sealed_batch(WIDE, 2, 5)
        parts = [file for file in files.stored_files(batch) if file.kind == "bank"]
        assert [file.name for file in parts] == [f"{batch.number}-001.csv", f"{batch.number}-002.csv"]
        assert [file.lines for file in parts] == [1, 1]
        assert sum(file.total for file in parts) == batch.total

    def test_the_event_names_the_profile_and_every_hash(self):
        batch = sealed_batch(WIDE)
        data = Event.objects.get(stream=batch.stream, action="batch.sealed").data
        assert data["profile"] == WIDE
        assert {file.slug: data[file.slug] for file in files.stored_files(batch)} == {
            file.slug: file.sha256 for file in files.stored_files(batch)
        }

    def test_a_profile_nobody_knows_seals_nothing(self):
        batch, cases = open_batch()
        with pytest.raises(Invalid) as refusal:
            batching.seal(world.user("finance-maker"), batch.number, cases[0].later(), "no-such-bank")
        assert refusal.value.code == "no_profile"

    def test_a_line_its_bank_cannot_read_seals_nothing_and_leaves_no_file(self, monkeypatch):
        batch, cases = open_batch()
        monkeypatch.setattr("payouts.payees.name_in", lambda application, answers: RARE)
        before = stored_names()
        with pytest.raises(Invalid):
            batching.seal(world.user("finance-maker"), batch.number, cases[0].later(), NARROW)
        batch.refresh_from_db()
        assert (batch.state, batch.profile, batch.csv_sha256) == ("open", "", "")
        assert not BatchFile.objects.exists()
        assert stored_names() == before

    def test_after_that_it_is_sealed_for_a_bank_that_can(self, monkeypatch):
        batch, cases = open_batch()
        monkeypatch.setattr("payouts.payees.name_in", lambda application, answers: RARE)
        maker, at = world.user("finance-maker"), cases[0].later()
        with pytest.raises(Invalid):
            batching.seal(maker, batch.number, at, NARROW)
        assert batching.seal(maker, batch.number, at, WIDE).state == "sealed"

    def test_the_profile_is_fixed_with_the_content(self):
        batch = sealed_batch(WIDE)
        with pytest.raises(Conflict):
            batching.seal(world.user("finance-maker"), batch.number, batch.sealed_at, NARROW)

    def test_a_file_s_row_is_never_changed(self):
        batch = sealed_batch(WIDE)
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            batch.files.update(sha256="x")

    def test_stored_parts_hold_no_number_in_clear(self):
        batch = sealed_batch(WIDE)
        row = next(files.rows_of(batch))
        for file in files.stored_files(batch):
            blob = blob_of(file.stored)
            assert not any(secret.encode() in blob for secret in (row.account, row.id_number, row.name))


@pytest.mark.django_db
class TestHandingOut:
    def test_every_download_of_a_part_gives_the_same_bytes(self):
        batch = approved_batch(WIDE)
        checker, at = world.user("finance-checker"), batch.approved_at
        first, again = (batching.export(checker, batch.number, "bank-1", at)[1] for _ in "12")
        assert first == again == as_csv(files.rows_of(batch), profile(WIDE))

    def test_each_is_on_record_with_its_part_and_hash(self):
        batch = approved_batch(WIDE)
        batching.export(world.user("finance-checker"), batch.number, "bank-1", batch.approved_at)
        data = Event.objects.get(stream=batch.stream, action="batch.exported.bank").data
        assert (data["part"], data["locked"], data["sha256"]) == (1, False, batch.files.get(kind="bank").sha256)

    @pytest.mark.parametrize("slug", ["bank-2", "bank-0", "bank", "pain-1", "profile"])
    def test_there_is_no_other_file(self, slug):
        batch = approved_batch(WIDE)
        with pytest.raises(NotFound):
            batching.export(world.user("finance-checker"), batch.number, slug, batch.approved_at)

    def test_a_changed_part_stops_approval(self):
        batch = sealed_batch(WIDE)
        name = batch.files.get(kind="bank").stored
        blob = blob_of(name)
        default_storage.delete(name)
        default_storage.save(name, io.BytesIO(blob[:-1] + b"x"))
        with pytest.raises(Conflict) as refusal:
            batching.approve(world.user("finance-checker"), batch.number, batch.sealed_at)
        assert refusal.value.code == "file_changed"

    def test_a_file_sealed_in_one_piece_by_an_older_release_is_still_read(self):
        batch = sealed_batch()
        content = files.read(batch, "csv")
        old = sealed_files.put("batches", batch.data_key, content, "batch.csv")
        Batch.objects.filter(pk=batch.pk).update(csv=old)
        batch.refresh_from_db()
        assert files.read(batch, "csv") == content


class TestAPackage:
    def test_it_opens_with_its_password_and_holds_the_sealed_bytes(self):
        package = pyzipper.AESZipFile(io.BytesIO(locked("a.csv", b"content", PASSWORD)))
        package.setpassword(PASSWORD.encode())
        assert package.read("a.csv") == b"content"

    def test_it_opens_with_no_other(self):
        package = pyzipper.AESZipFile(io.BytesIO(locked("a.csv", b"content", PASSWORD)))
        package.setpassword(b"wrong password")
        with pytest.raises(RuntimeError):
            package.read("a.csv")

    def test_it_is_aes_256(self):
        [entry] = pyzipper.AESZipFile(io.BytesIO(locked("a.csv", b"content", PASSWORD))).infolist()
        assert (entry.wz_aes_strength, entry.flag_bits & 1) == (3, 1)


@pytest.mark.django_db
class TestThePages:
    def client(self, name):
        client = Client()
        client.force_login(world.user(name))
        return client

    def address(self, batch, end=""):
        return f"/finance/batches/{batch.number}/{end}"

    def test_the_maker_chooses_the_profile_with_the_seal(self, clock):
        batch, cases = open_batch()
        clock.move_to(cases[0].later())
        maker = self.client("finance-maker")
        assert f'value="{WIDE}"' in maker.get(self.address(batch)).content.decode()
        assert maker.post(self.address(batch, "seal/"), {"profile": WIDE}).status_code == 302
        batch.refresh_from_db()
        assert batch.profile == WIDE

    def test_a_refusal_keeps_the_choice_and_says_what_to_do(self, clock, monkeypatch):
        batch, cases = open_batch()
        clock.move_to(cases[0].later())
        monkeypatch.setattr("payouts.payees.name_in", lambda application, answers: RARE)
        response = self.client("finance-maker").post(self.address(batch, "seal/"), {"profile": NARROW})
        page = response.content.decode()
        assert response.status_code == 422
        assert "GB18030" in page
        assert f'value="{NARROW}" selected' in page

    def test_parts_stand_on_the_page_with_lines_sum_and_hash(self, clock):
        batch = approved_batch(WIDE)
        clock.move_to(batch.approved_at)
        page = self.client("finance-checker").get(self.address(batch)).content.decode()
        for file in files.stored_files(batch):
            assert file.name in page
            assert file.sha256 in page
            assert self.address(batch, f"export/{file.slug}/locked/") in page

    def locked(self, clock, said):
        batch = approved_batch(WIDE)
        clock.move_to(batch.approved_at)
        address = self.address(batch, "export/bank-1/locked/")
        return batch, self.client("finance-checker").post(address, said)

    def test_a_package_is_handed_out_and_on_record(self, clock):
        batch, response = self.locked(clock, {"password": PASSWORD, "again": PASSWORD})
        package = pyzipper.AESZipFile(io.BytesIO(response.content))
        package.setpassword(PASSWORD.encode())
        assert package.read(f"{batch.number}-001.csv") == files.read(batch, "bank-1")
        event = Event.objects.get(stream=batch.stream, action="batch.exported.bank")
        assert event.data["locked"] is True
        assert PASSWORD not in str(event.data)

    @pytest.mark.parametrize(
        "said",
        [
            {"password": PASSWORD, "again": "something else"},
            {"password": "short", "again": "short"},
            {"password": "密码密码密码密码密码密码", "again": "密码密码密码密码密码密码"},
            {"password": PASSWORD},
            {},
        ],
    )
    def test_a_password_that_will_not_do_hands_out_nothing_and_is_not_shown(self, clock, said):
        batch, response = self.locked(clock, said)
        assert response.status_code == 422
        assert all(word not in response.content.decode() for word in said.values())
        assert not Event.objects.filter(stream=batch.stream, action__startswith="batch.exported").exists()

    def test_before_approval_there_is_no_package(self, clock):
        batch = sealed_batch(WIDE)
        clock.move_to(batch.sealed_at)
        assert self.client("finance-checker").get(self.address(batch, "export/csv/locked/")).status_code == 409

    def test_a_stranger_finds_nothing(self, clock):
        batch = approved_batch(WIDE)
        clock.move_to(batch.approved_at)
        assert self.client("auditor").get(self.address(batch, "export/csv/locked/")).status_code == 404

    def test_a_file_that_does_not_exist_is_not_found(self, clock):
        batch = approved_batch(WIDE)
        clock.move_to(batch.approved_at)
        assert self.client("finance-checker").get(self.address(batch, "export/bank-9/locked/")).status_code == 404
