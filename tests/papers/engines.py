"""Two independent PDF engines look at the same paper."""

import warnings

import numpy
import pypdfium2

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # its C types name no module
    import pymupdf

SCALE = 2  # points of the picture for each point of the page
WIDTH = 590  # of an A4 page, in points, without the last few


def text_of(pdf, engine, page=None):
    """The text of a PDF, or of one page of it, without any white space."""
    pages = _texts(pdf, engine)
    return "".join("".join(pages if page is None else pages[page]).split())


def _texts(pdf, engine):
    if engine == "mupdf":
        with pymupdf.open(stream=pdf) as book:
            return [page.get_text() for page in book]
    with pypdfium2.PdfDocument(pdf) as book:
        return [page.get_textpage().get_text_bounded() for page in book]


def ink_of(pdf, engine):
    """How dark each square of 10 × 10 points is, from 0 to 1, a field a page."""
    return [_squares(picture) for picture in _pictures(pdf, engine)]


def _pictures(pdf, engine):
    """The green of each page, in which black and red are dark alike."""
    if engine == "mupdf":
        with pymupdf.open(stream=pdf) as book:
            return [_green(page.get_pixmap(matrix=pymupdf.Matrix(SCALE, SCALE))) for page in book]
    with pypdfium2.PdfDocument(pdf) as book:
        return [page.render(scale=SCALE).to_numpy()[..., 1] for page in book]


def _green(pixmap):
    return numpy.frombuffer(pixmap.samples, numpy.uint8).reshape(pixmap.height, pixmap.width, 3)[..., 1]


def _squares(picture):
    side = 10 * SCALE
    height, width = (picture.shape[0] // side * side, WIDTH * SCALE // side * side)
    blocks = picture[:height, :width].reshape(height // side, side, width // side, side)
    return 1 - blocks.mean(axis=(1, 3)) / 255
