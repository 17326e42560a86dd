"""Reading the QR codes of scanned pages. Run as a program of its own: python -m papers.seals.qr"""

import io
import re

import pypdfium2
import zxingcpp
from PIL import ImageOps

from papers.seals import limits

# The codes of papers, and of printed application forms that come back signed.
ADDRESS = re.compile(r"/(?:verify|helping/forms)/([2-9A-HJ-NP-Z]{12})/?$")
MOST_PIXELS = 4_000_000
SHARP, SHARPER = 2.0, 3.4  # 144 and 245 dots an inch: a clean scan is read at the first, a poor one at the second


def main() -> None:
    """The verification codes of each page."""
    limits.keep()
    _question, content = limits.asked()
    limits.answer(codes(content))


def codes(pdf: bytes) -> list[list[str]]:
    """For each page, the verification codes of its QR codes; none where nothing can be read."""
    book = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return [_codes_on(book[number]) for number in range(len(book))]


def _codes_on(page: pypdfium2.PdfPage) -> list[str]:
    for scale in (SHARP, SHARPER):
        found = _read(page, scale)
        if found:
            return found
    return []


def _read(page: pypdfium2.PdfPage, scale: float) -> list[str]:
    """A page is never drawn with more pixels than a large scan has, whatever size it claims."""
    width, height = page.get_size()
    fitting = min(scale, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
    picture = ImageOps.autocontrast(page.render(scale=fitting, grayscale=True).to_pil().convert("L"))
    texts = [code.text for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)]
    return sorted({match.group(1) for text in texts if (match := ADDRESS.search(text))})


if __name__ == "__main__":
    main()
