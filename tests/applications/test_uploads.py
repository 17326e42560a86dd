"""What happens to uploaded files before they are kept. No database."""

import io

import pikepdf
import pytest
from PIL import Image

from applications.uploads import cleaned
from people.refusals import Invalid

MOST = 2 * 1024 * 1024


def picture(kind="JPEG", size=(60, 40), **options) -> bytes:
    """A small picture."""
    target = io.BytesIO()
    Image.new("RGB", size, "white").save(target, kind, **options)
    return target.getvalue()


def document(change=lambda pdf: None, **options) -> bytes:
    """A PDF of one page, changed on the way."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    change(pdf)
    target = io.BytesIO()
    pdf.save(target, **options)
    return target.getvalue()


def refused(name: str, content: bytes, most: int = MOST) -> str:
    """The code of the refusal."""
    with pytest.raises(Invalid) as found:
        cleaned(name, content, most)
    assert str(found.value.message)
    return found.value.code


def script() -> pikepdf.Dictionary:
    """An action that runs a script."""
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def test_a_photo_loses_position_comment_and_profile():
    exif = Image.Exif()
    exif[0x010E], exif[0x8825] = "secret place", {1: "N"}
    clean = cleaned("IMG_1.JPG", picture(exif=exif.tobytes(), comment=b"secret", icc_profile=b"secret"), MOST)
    assert b"secret" not in clean.content
    assert not Image.open(io.BytesIO(clean.content)).getexif()
    assert (clean.name, clean.content_type) == ("IMG_1.jpg", "image/jpeg")


def test_a_photo_taken_sideways_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    clean = cleaned("a.jpg", picture(exif=exif.tobytes()), MOST)
    assert Image.open(io.BytesIO(clean.content)).size == (40, 60)


def test_a_png_keeps_its_transparency():
    target = io.BytesIO()
    Image.new("RGBA", (5, 5), (0, 0, 0, 0)).save(target, "PNG")
    assert Image.open(io.BytesIO(cleaned("a.png", target.getvalue(), MOST).content)).mode == "RGBA"


def test_the_bytes_decide_and_the_name_follows():
    assert cleaned("证件.pdf", picture("PNG"), MOST).name == "证件.png"


@pytest.mark.parametrize(
    "name,kept", [("C:\\a\\b.jpg", "b.jpg"), ("../../etc/x.jpg", "x.jpg"), ("", "材料.jpg"), ("a\r\nb.jpg", "ab.jpg")]
)
def test_names_lose_folders_and_control_characters(name, kept):
    assert cleaned(name, picture(), MOST).name == kept


def test_an_empty_file_is_refused():
    assert refused("a.jpg", b"") == "empty"


def test_a_file_over_the_limit_is_refused():
    assert refused("a.pdf", b"%PDF-1.4" + b"0" * 100, most=50) == "too_large"


def test_word_and_other_kinds_are_refused():
    assert refused("a.pdf", b"MZ\x90\x00 not a paper") == "kind"
    assert refused("a.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>") == "kind"


def test_heic_says_what_to_set_on_the_phone():
    heic = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64
    assert refused("IMG.HEIC", heic) == "heic"


def test_a_cut_off_photo_is_refused():
    assert refused("a.jpg", picture(size=(900, 900))[:400]) == "broken"


def test_a_huge_photo_is_refused_before_it_is_drawn():
    assert refused("a.png", picture("PNG", size=(6400, 6400))) == "too_many_pixels"


def test_a_pdf_without_anything_active_is_kept_byte_for_byte():
    plain = document()
    assert cleaned("a.pdf", plain, MOST).content == plain


def test_an_encrypted_pdf_is_refused():
    assert refused("a.pdf", document(encryption=pikepdf.Encryption(user="u", owner="o"))) == "encrypted"
    assert refused("a.pdf", document(encryption=pikepdf.Encryption(user="", owner="o"))) == "encrypted"


def test_a_broken_pdf_is_refused():
    assert refused("a.pdf", b"%PDF-1.7\n" + b"nothing here" * 20) == "broken"


def _opening(pdf):
    pdf.Root.OpenAction = script()


def _named(pdf):
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["a", script()])))


def _attached(pdf):
    pdf.attachments["virus.exe"] = b"MZ"


def _on_page(pdf):
    pdf.pages[0].obj.AA = pikepdf.Dictionary(O=script())


def _on_button(pdf):
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=script(), Rect=[0, 0, 9, 9])
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(link)])


def _on_loose_button(pdf):
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=script(), Rect=[0, 0, 9, 9])
    pdf.pages[0].obj.Annots = pikepdf.Array([link])


def _pinned(pdf):
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9])
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])


@pytest.mark.parametrize("change", [_opening, _named, _attached, _on_page, _on_button, _on_loose_button, _pinned])
def test_scripts_and_files_inside_a_pdf_are_taken_out(change):
    content = cleaned("a.pdf", document(change), MOST).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert not pdf.attachments
        everything = " ".join(repr(thing) for thing in pdf.objects)
    assert "JavaScript" not in everything
    assert "FileAttachment" not in everything


def test_a_link_inside_a_pdf_is_no_reason_to_change_it():
    def linked(pdf):
        pdf.Root.OpenAction = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit])

    plain = document(linked)
    assert cleaned("a.pdf", plain, MOST).content == plain
