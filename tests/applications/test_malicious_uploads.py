"""Files that mean harm are refused or rid of it, wherever files come in, in bounded memory."""

import io
import tracemalloc
import unicodedata
from contextlib import contextmanager
from datetime import date

import pytest
from PIL import Image, ImageFile

from applications.uploads import DEVICES, cleaned
from papers.seals import checking
from people.pdf_cleaning import BrokenPdf, LockedPdf, cleaned_pdf
from people.refusals import Invalid
from people.tables import table_of
from tests.applications import malicious

MOST = 10 * 1024 * 1024
# Of what Python itself takes; a picture of 40 million points, drawn, is 160 megabytes.
MOST_MEMORY = 120 * 1024 * 1024
TEXTS = ["empty", "eicar", "html", "svg"]
FORBIDDEN = {"Cc", "Cf", "Zl", "Zp", "Cs"}


@contextmanager
def bounded():
    """No more memory than MOST_MEMORY is taken inside."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MOST_MEMORY


class TestPapers:
    """Attachments, photos of visits, proofs, sealed scans, forms and photos of helpers: all through one function."""

    @pytest.mark.parametrize("kind", malicious.REFUSED)
    def test_refused_with_words_that_say_what_to_do(self, kind):
        content = malicious.REFUSED[kind]()
        for name in ("a.pdf", "a.jpg"):
            with pytest.raises(Invalid) as refusal:
                cleaned(name, content, MOST)
            assert str(refusal.value.message)

    @pytest.mark.parametrize("kind", [kind for kind in malicious.REFUSED if "bomb" in kind or "huge" in kind])
    def test_bombs_are_refused_in_bounded_memory(self, kind):
        content = malicious.REFUSED[kind]()
        with bounded(), pytest.raises(Invalid):
            cleaned("a", content, MOST)

    def test_half_a_picture_is_refused_whatever_a_library_allows_elsewhere(self, monkeypatch):
        monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
        with pytest.raises(Invalid) as refusal:
            cleaned("a.png", malicious.REFUSED["cut off picture"](), MOST)
        assert refusal.value.code == "broken"

    @pytest.mark.parametrize("kind", malicious.TAMED)
    def test_taken_and_rid_of_what_means_harm(self, kind):
        made, harm = malicious.TAMED[kind]
        content = made()
        clean = cleaned("a", content, MOST)
        assert harm not in clean.content
        assert malicious.SCRIPT not in clean.content
        if clean.content_type != "application/pdf":
            assert not Image.open(io.BytesIO(clean.content)).getexif()

    @pytest.mark.parametrize("name", malicious.NAMES)
    def test_names_lead_nowhere(self, name):
        kept = cleaned(name, malicious.png(), MOST).name
        assert "/" not in kept
        assert "\\" not in kept
        assert kept.endswith(".png")
        assert 4 < len(kept) <= 90
        assert kept.partition(".")[0].upper() not in DEVICES
        assert [letter for letter in kept if unicodedata.category(letter) in FORBIDDEN] == []

    def test_too_large_is_refused_before_it_is_looked_at(self):
        with pytest.raises(Invalid) as refusal:
            cleaned("a.png", b"x" * (MOST + 1), MOST)
        assert refusal.value.code == "too_large"


class TestSheets:
    """Return files, rosters, bank lists, students, villagers: all through one function."""

    @pytest.mark.parametrize("made", [malicious.zip_bomb, malicious.lying_zip])
    def test_bombs_are_refused_in_bounded_memory(self, made):
        content = made()
        with bounded(), pytest.raises(Invalid):
            table_of(content)

    @pytest.mark.parametrize(
        "kind", [kind for kind in malicious.REFUSED if kind not in {"empty", "eicar", "html", "svg"}]
    )
    def test_what_is_no_table_is_refused_or_empty_of_meaning(self, kind):
        try:
            table = table_of(malicious.REFUSED[kind]())
        except Invalid:
            return
        assert len(table) < 20

    @pytest.mark.parametrize("kind", TEXTS)
    def test_text_of_another_kind_is_only_text_and_has_no_columns(self, kind):
        from payouts.holds.reading import lines_of

        with pytest.raises(Invalid):
            lines_of(table_of(malicious.REFUSED[kind]()), "custody", date(2026, 11, 23))


class TestFilesToVerify:
    """Looked at in a process with limits, and forgotten."""

    @pytest.mark.django_db
    @pytest.mark.parametrize("kind", ["eicar", "html", "gif and script", "empty", "broken pdf", "pdf bomb", "archive"])
    def test_refused_or_not_ours(self, kind):
        try:
            verdict = checking.check(malicious.REFUSED[kind]())
        except Invalid:
            return
        assert verdict.outcome == checking.NOT_OURS


class TestPolicyDocuments:
    """Originals of policy documents: PDF through the same cleaning."""

    @pytest.mark.parametrize("kind", [kind for kind in malicious.REFUSED if "pdf" in kind])
    def test_refused(self, kind):
        with pytest.raises((BrokenPdf, LockedPdf)):
            cleaned_pdf(malicious.REFUSED[kind]())
