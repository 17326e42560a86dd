"""Packages: complete, the same every time, sealed at rest, and checked by their own script outside the system."""

import io
import json
import logging
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from applications import attachments
from archives import filing
from archives.models import Package
from archives.packages import asking, work, writing
from audit.anchors import anchor_heads
from audit.models import Event
from papers import attempts
from papers.models import Paper
from papers.seals import scans
from people import sealed_streams, vault
from people.refusals import Conflict, NotFound
from tests import world
from tests.archives.shelves import KEEPER, filed, printed, refused
from tests.journeys.everything import picture
from tests.papers import sealing

pytestmark = pytest.mark.django_db


def made(row, days=1):
    """A package of a file, ready."""
    at = row.filed_at + timedelta(days=days)
    package = asking.ask_for_volume(world.user(KEEPER), row.volume_id, at)
    assert work.make_one(package.pk, at)
    package.refresh_from_db()
    return package, at


def bytes_of(package, at):
    return b"".join(asking.opened(package, at))


def unpacked(tmp_path, package, at):
    """The package in a folder."""
    zipfile.ZipFile(io.BytesIO(bytes_of(package, at))).extractall(tmp_path)
    return tmp_path


def verify(folder, *arguments):
    """The package's own script, in a Python that knows nothing of this project."""
    command = [sys.executable, "-I", str(folder / "verify.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=folder, env={}, check=False)
    return done.returncode, done.stdout


def test_an_unpacked_package_verifies_without_the_system(tmp_path):
    case, row = filed()
    anchor_heads(case.at + timedelta(hours=2))
    package, at = made(row)
    folder = unpacked(tmp_path, package, at)
    assert verify(folder) == (0, "OK  完好\n")
    assert verify(folder, "--manifest", package.manifest_sha256)[0] == 0
    assert verify(folder, "--manifest", "0" * 64)[0] == 1


def test_a_package_verifies_as_it_was_downloaded(tmp_path):
    package, at = made(filed()[1])
    folder = unpacked(tmp_path / "x", package, at)
    (tmp_path / "p.zip").write_bytes(bytes_of(package, at))
    assert verify(folder, str(tmp_path / "p.zip"))[0] == 0


def test_what_is_no_package_is_said_to_be_none(tmp_path):
    package, at = made(filed()[1])
    folder = unpacked(tmp_path / "x", package, at)
    (tmp_path / "p.zip").write_bytes(b"no zip")
    for wrong in ("p.zip", "missing.zip"):
        code, said = verify(folder, str(tmp_path / wrong))
        assert code == 1
        assert f"NOT OK  {wrong}" in said


def test_one_flipped_byte_in_any_member_is_found_and_named(tmp_path):
    package, at = made(filed()[1])
    folder = unpacked(tmp_path, package, at)
    for path in sorted(one for one in folder.rglob("*") if one.is_file() and one.name != "verify.py"):
        whole = path.read_bytes()
        path.write_bytes(whole[:-2] + bytes([whole[-2] ^ 1]) + whole[-1:])
        code, said = verify(folder)
        named = "manifest.json" if path.name == "manifest.sha256" else path.relative_to(folder).as_posix()
        assert code == 1, path
        assert f"NOT OK  {named}" in said
        path.write_bytes(whole)
    assert verify(folder)[0] == 0


def test_a_file_left_out_or_put_in_is_found(tmp_path):
    package, at = made(filed()[1])
    folder = unpacked(tmp_path, package, at)
    (folder / "more.txt").write_text("x")
    assert "more.txt: it is not listed" in verify(folder)[1]
    (folder / "more.txt").unlink()
    next(folder.rglob("*.pdf")).unlink()
    assert "it is missing" in verify(folder)[1]


def test_a_chain_rewritten_with_a_fitting_manifest_is_still_found(tmp_path):
    package, at = made(filed()[1])
    folder = unpacked(tmp_path, package, at)
    chain = next(folder.rglob("*-chain.json"))
    told = json.loads(chain.read_text("utf-8"))
    told["events"][2]["actor"] = "somebody"
    chain.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    entry = next(one for one in manifest["files"] if one["path"].endswith("-chain.json"))
    entry["sha256"], entry["size"] = digest_of(chain)
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), "utf-8")
    (folder / "manifest.sha256").write_text(f"{digest_of(folder / 'manifest.json')[0]}  manifest.json\n")
    code, said = verify(folder)
    assert code == 1
    assert "event 3 does not hold" in said
    assert "not the manifest the office issued" in verify(folder, "--manifest", package.manifest_sha256)[1]


def digest_of(path):
    content = path.read_bytes()
    return writing.hashlib.sha256(content).hexdigest(), len(content)


def test_papers_are_in_it_byte_for_byte_and_answers_to_read(tmp_path):
    case, row = filed()
    package, at = made(row)
    folder = unpacked(tmp_path, package, at)
    found = {writing.hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.rglob("*-paper.pdf")}
    assert found == set(Paper.objects.filter(case_ref=case.public_id).values_list("pdf_sha256", flat=True))
    page = next(folder.rglob("*-filing.html")).read_text("utf-8")
    assert case.application.subject.name in page
    assert json.loads(next(folder.rglob("*-filing.json")).read_text("utf-8"))["answers"] == world.answers_of(case)


def test_attachments_are_in_it_as_they_were_handed_in(tmp_path):
    case = world.grant()
    row = attachments_of(case)
    case.submit().withdraw()
    world_row = filed_by_school(case)
    package = asking.ask_for_volume(world.user("school"), world_row.volume_id, case.at + timedelta(days=1))
    assert work.make_one(package.pk, case.at + timedelta(days=1))
    package.refresh_from_db()
    folder = unpacked(tmp_path, package, case.at + timedelta(days=1))
    assert row.sha256 in {digest_of(one)[0] for one in folder.rglob("*-attachment.*")}
    assert verify(folder)[0] == 0


def attachments_of(case):
    return attachments.add(case.user, case.public_id, "id-copy", picture(), case.at)


def filed_by_school(case):
    return filing.file_case(world.user("school"), printed(case).public_id, case.at + timedelta(hours=1))


def test_the_same_file_gives_the_same_bytes():
    _case, row = filed()
    first, at = made(row)
    second, later = made(row, days=3)
    assert bytes_of(first, at) == bytes_of(second, later)
    assert first.sha256 == second.sha256 == writing.hashlib.sha256(bytes_of(first, at)).hexdigest()
    assert first.size == len(bytes_of(first, at))


def test_making_a_package_keeps_one_frame_in_memory(monkeypatch):
    monkeypatch.setattr(sealed_streams, "FRAME", 1000)
    seen, write_frame = [], sealed_streams.SealingWriter._write_frame

    def watched(self, plain, *, last):
        seen.append(len(plain))
        write_frame(self, plain, last=last)

    monkeypatch.setattr(sealed_streams.SealingWriter, "_write_frame", watched)
    package, at = made(filed()[1])
    assert max(seen) == 1000
    assert sum(seen) == package.size == len(bytes_of(package, at))


def test_names_in_a_package_are_safe():
    package, at = made(filed()[1])
    names = zipfile.ZipFile(io.BytesIO(bytes_of(package, at))).namelist()
    assert len(names) == len(set(names))
    assert all(name.isascii() and ".." not in name and not name.startswith("/") and "\\" not in name for name in names)


def test_a_package_is_sealed_at_rest_and_no_event_or_log_tells_a_name(caplog):
    caplog.set_level(logging.DEBUG)
    case, row = filed()
    package, _at = made(row)
    with default_storage.open(package.stored, "rb") as stored:
        assert b"verify.py" not in stored.read()
    told = str(list(Event.objects.filter(action__startswith="archive.").values_list("data", flat=True)))
    assert package.manifest_sha256 in told
    assert case.application.subject.name not in told + caplog.text


def test_asked_for_twice_it_is_made_once():
    _case, row = filed()
    ask = [asking.ask_for_volume(world.user(KEEPER), row.volume_id, row.filed_at) for _ in "12"]
    assert ask[0] == ask[1]
    assert [work.make_one(ask[0].pk, row.filed_at) for _ in "12"] == [True, False]


def test_a_package_whose_worker_died_is_made_by_the_next():
    _case, row = filed()
    package = asking.ask_for_volume(world.user(KEEPER), row.volume_id, row.filed_at)
    assert attempts.claim(work._waiting(), package, row.filed_at, pauses=work.PAUSES)
    assert work.make_due(row.filed_at + timedelta(minutes=1)) == 0
    assert work.make_due(row.filed_at + timedelta(minutes=61)) == 1


def test_what_cannot_be_opened_ends_as_failed_with_the_kind_of_error_alone(caplog):
    case, row = filed()
    package = asking.ask_for_volume(world.user(KEEPER), row.volume_id, row.filed_at)
    vault.destroy(case.application.data_key, row.filed_at)
    for hours in (0, 2, 5, 10):
        work.make_due(row.filed_at + timedelta(hours=hours))
    package.refresh_from_db()
    assert (package.state, package.failure) == ("failed", "KeyDestroyed")
    assert case.application.subject.name not in caplog.text


def test_after_its_days_the_key_is_destroyed_and_the_file_gone():
    package, at = made(filed()[1])
    stored = package.stored
    assert work.expire(at + timedelta(days=work.DAYS_KEPT - 1)) == 0
    assert [work.expire(at + timedelta(days=work.DAYS_KEPT)) for _ in "12"] == [1, 0]
    package.refresh_from_db()
    assert package.state == Package.State.EXPIRED
    assert package.data_key.destroyed_at
    assert package.stored == ""
    assert stored
    with pytest.raises(Conflict):
        asking.opened(package, at)


def test_strangers_ask_for_no_package():
    _case, row = filed(refused(4))
    with pytest.raises(NotFound):
        asking.ask_for_volume(world.user("other-county"), row.volume_id, row.filed_at)
    assert not Package.objects.exists()


def test_a_paper_sealed_by_hand_is_packed_with_its_scan(tmp_path):
    case = printed(refused())
    paper = Paper.objects.filter(case_ref=case.public_id, kind="refusal").select_related("data_key").get()
    scan = b"%PDF-1.7 under its seal"
    scans.keep(paper, scan, 1, sealing.wet(paper.office), world.user(KEEPER), case.at)
    _case, row = filed(case)
    folder = unpacked(tmp_path, *made(row))
    assert [one.read_bytes() for one in folder.rglob("*-scan-01.pdf")] == [scan]
    assert verify(folder)[0] == 0
