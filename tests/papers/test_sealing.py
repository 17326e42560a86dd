"""With which seal a paper is signed, when it is not, and what is entered."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from papers import jobs, reading
from papers.jobs import render_one
from papers.models import Paper, Seal, SealUse
from papers.seals import demo, local, register
from papers.seals.faults import SealKeyMissing
from people.models import Office
from tests.papers import samples, sealing

PDF = b"%PDF-1.7 stand-in"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    """Neither rendered nor signed: what a file looks like is told elsewhere."""
    monkeypatch.setattr("papers.rendering.render", lambda content: PDF)
    monkeypatch.setattr("papers.seals.signing.sign", lambda pdf, signer, said: pdf + said.at.isoformat().encode())


def again(paper):
    return Paper.objects.get(pk=paper.pk)


def content_of(paper):
    return reading.content(again(paper))


def test_a_paper_of_an_office_with_an_electronic_seal_is_signed_and_entered(issued, office):
    seal = sealing.electronic(office)
    paper = issued()
    assert render_one(paper.pk)
    found = again(paper)

    assert reading.pdf_bytes(found).startswith(PDF + b"2026-11-23T")
    assert found.unsigned_sha256 not in ("", found.pdf_sha256)
    [use] = SealUse.objects.all()
    assert (use.seal, use.paper, use.purpose, use.by, use.at) == (seal, paper, "issue", "", timezone.now())


def test_the_seal_is_drawn_where_the_paper_will_be_signed(issued, office):
    sealing.electronic(office)

    assert content_of(issued()).sealed


def test_a_paper_of_an_office_without_any_seal_is_as_it_was(issued):
    paper = issued()
    assert render_one(paper.pk)

    assert reading.pdf_bytes(again(paper)) == PDF
    assert content_of(paper).seal_note == samples.GRANT.seal_note
    assert not SealUse.objects.exists()


def test_the_place_of_the_seal_stays_free_where_it_is_sealed_by_hand(issued, office):
    sealing.wet(office)
    paper = issued()
    assert render_one(paper.pk)

    assert (content_of(paper).sealed, content_of(paper).seal_note) == (False, "")
    assert again(paper).seal is None


def test_a_township_signs_with_the_seal_of_the_county_it_acts_for(issued, office):
    seal = sealing.electronic(office)
    township = Office.objects.create(
        division=office.division,
        function="township",
        legal_kind="entrusted",
        name="文澜街道办事处",
        organ_mark="文澜街道办事处",
        document_prefix="蒙文",
        signs_for=office,
    )

    assert issued(office=township).seal == seal


@pytest.mark.parametrize("kind", ["visit_record", "batch_cover", "handover"])
def test_what_people_sign_by_hand_bears_no_seal(issued, office, kind):
    sealing.electronic(office)

    assert issued(kind).seal is None


def test_a_practice_paper_is_not_signed(issued, office, settings):
    sealing.electronic(office)
    settings.PRACTICE = True

    assert issued().seal is None


def test_an_expired_seal_fails_the_paper_at_once_and_says_why(issued, office):
    sealing.electronic(office, first=date(2025, 1, 1), last=date(2026, 11, 22))
    paper = issued()
    assert not render_one(paper.pk)

    assert (again(paper).state, again(paper).failure) == ("failed", "SealExpired")
    assert not SealUse.objects.exists()


def test_a_withdrawn_seal_fails_the_paper_until_there_is_another(issued, office):
    seal = sealing.electronic(office)
    paper = issued()
    register.withdraw(seal, "admin", timezone.now())
    assert not render_one(paper.pk)
    assert again(paper).failure == "SealWithdrawn"

    newer = sealing.electronic(office)
    jobs.queue_again()
    render_one(paper.pk)

    assert (again(paper).state, again(paper).seal) == ("ready", newer)


def test_a_seal_valid_to_today_signs_today(issued, office):
    sealing.electronic(office, last=date(2026, 11, 23))

    assert render_one(issued().pk)


def test_a_key_that_is_not_the_certificates_fails_the_paper(issued, office, settings, tmp_path):
    sealing.electronic(office)
    paper = issued()
    settings.VAR_DIR = tmp_path
    assert not render_one(paper.pk)

    assert again(paper).failure == "SealKeyMissing"


def test_a_local_key_that_cannot_be_read_is_missing(settings, tmp_path):
    settings.SEAL_KEYS = tmp_path
    (tmp_path / "broken.p12").write_bytes(b"no key")

    for name in ("none.p12", "broken.p12"):
        with pytest.raises(SealKeyMissing):
            local.opened(name)


def test_a_seal_withdrawn_stays_withdrawn(office, clock):
    seal = sealing.electronic(office)
    register.withdraw(seal, "first", timezone.now())
    clock.shift(timedelta(days=1))
    register.withdraw(seal, "second", timezone.now())

    assert Seal.objects.get().withdrawn_by == "first"


def test_the_register_cannot_be_changed(issued, office):
    sealing.electronic(office)
    render_one(issued().pk)

    for change in (lambda: SealUse.objects.update(by="x"), lambda: SealUse.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_an_authority_is_made_once(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    path = tmp_path / "seals" / "demo.pem"
    demo.made()
    first = path.read_bytes()
    demo._make(path)

    assert path.read_bytes() == first
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert [each.name for each in path.parent.iterdir()] == ["demo.pem"]
