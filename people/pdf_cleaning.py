"""PDF files handed in: opened to see that they are whole, and rid of scripts and of files inside them."""

import io

import pikepdf

from people import pdf_bombs

ACTIVE_ACTIONS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/GoToE"})
ACTIVE_ANNOTATIONS = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"})


ZIP_DIRECTORY, ZIP_REACH = b"PK\x05\x06", 1 << 17


class LockedPdf(Exception):
    """It asks for a password, or restricts what may be done with it."""


class BrokenPdf(Exception):
    """It cannot be read."""


def cleaned_pdf(content: bytes) -> tuple[bytes, int]:
    """The file and the number of its pages: the very same bytes where nothing in it is active (so that signatures stay
    good), else a copy without that. Raises LockedPdf and BrokenPdf.
    """
    try:
        pdf_bombs.check(content)
        with pikepdf.open(io.BytesIO(content)) as document:
            if document.is_encrypted:
                raise LockedPdf
            pages = len(document.pages)
            return (_saved(document) if _strip(document) or _holds_more(content) else content), pages
    except pikepdf.PasswordError as error:
        raise LockedPdf from error
    except (pikepdf.PdfError, pdf_bombs.BombError, ValueError, RuntimeError) as error:
        raise BrokenPdf from error


def _holds_more(content: bytes) -> bool:
    """Whether it is something else as well: bytes before or after the PDF, or an archive's directory near its end."""
    around = not content.startswith(b"%PDF-") or not content.rstrip(b"\r\n \0").endswith(b"%%EOF")
    return around or ZIP_DIRECTORY in content[-ZIP_REACH:]


def _saved(document: pikepdf.Pdf) -> bytes:
    """The same bytes each time, so that a file which is sent again is known by them."""
    target = io.BytesIO()
    document.save(target, deterministic_id=True)
    return target.getvalue()


def _strip(document: pikepdf.Pdf) -> int:
    """Take out scripts, launched programs, sent forms and files inside; how many were found."""
    root = document.Root
    found = _drop(root, "/AA", "/AF", "/Collection") + _drop_active(root, "/OpenAction")
    found += _drop(root.get("/Names"), "/JavaScript", "/EmbeddedFiles") + _drop(root.get("/AcroForm"), "/XFA")
    found += sum(_strip_page(page.obj) for page in document.pages)
    return found + sum(_strip_holder(thing) for thing in document.objects)


def _strip_page(page: pikepdf.Dictionary) -> int:
    found = _drop(page, "/AA", "/AF")
    notes = page.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return found
    kept = [note for note in notes if str(note.get("/Subtype", "")) not in ACTIVE_ANNOTATIONS]
    if len(kept) < len(notes):
        found += len(notes) - len(kept)
        page["/Annots"] = pikepdf.Array(kept)
    return found + sum(_strip_holder(note) for note in kept)


def _strip_holder(holder: object) -> int:
    """A button, link or form field loses what it would run."""
    if not isinstance(holder, pikepdf.Dictionary):
        return 0
    found = _drop_active(holder, "/A")
    return found + (_drop(holder, "/AA") if "/FT" in holder or "/Subtype" in holder else 0)


def _drop_active(holder: pikepdf.Dictionary, key: str) -> int:
    action = holder.get(key)
    if not isinstance(action, pikepdf.Dictionary):
        return 0
    active = str(action.get("/S", "")) in ACTIVE_ACTIONS or "/Next" in action
    return _drop(holder, key) if active else 0


def _drop(holder: object, *keys: str) -> int:
    if not isinstance(holder, pikepdf.Dictionary):
        return 0
    there = [key for key in keys if key in holder]
    for key in there:
        del holder[key]
    return len(there)
