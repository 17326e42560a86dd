"""Files that mean harm, each by name; what they say is plain enough for the tests to look for."""

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image

from tests.project.clamd import EICAR

SCRIPT = b"<script>alert('zhida')</script>"
GPS = b"26.5N 103.2E"


def png(width: int = 20, height: int = 20, **options) -> bytes:
    """A small picture."""
    target = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(target, "PNG", **options)
    return target.getvalue()


def jpeg_with_position() -> bytes:
    """A photo that tells where it was taken."""
    exif, target = Image.Exif(), io.BytesIO()
    exif[0x010E] = GPS.decode()
    exif[0x8825] = {1: "N", 2: (26.5, 0, 0), 3: "E", 4: (103.2, 0, 0)}
    Image.new("RGB", (20, 20), "white").save(target, "JPEG", exif=exif.tobytes(), comment=GPS)
    return target.getvalue()


def png_said_to_be(width: int, height: int, packed: bytes = b"") -> bytes:
    """A PNG of a few bytes whose header promises a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", packed or zlib.compress(b"\0")) + chunk(b"IEND", b"")


def png_bomb() -> bytes:
    """A picture of allowed size with a gigabyte behind it, and a text that unpacks to as much."""
    text = b"zhida\0\0" + zlib.compress(b"A" * (64 << 20), 9)
    body = png_said_to_be(2000, 2000, zlib.compress(b"\0" * (256 << 20), 9))
    ztxt = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    return body[:33] + ztxt + body[33:]


def pdf(change=lambda document: None, **options) -> bytes:
    """A PDF of one page, changed on the way."""
    document, target = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    change(document)
    document.save(target, **options)
    return target.getvalue()


def pdf_bomb(kind: bytes, filters: bytes = b"/FlateDecode", rounds: int = 1) -> bytes:
    """A PDF whose object stream (or a stream of another kind) unpacks to 300 megabytes."""
    packed = b"0" * (300 << 20)
    for _round in range(rounds):
        packed = zlib.compress(packed, 9)
    head = b"1 0 obj\n<< /Type /%s /N 1 /First 4 /Filter %s /Length %d >>\nstream\n" % (kind, filters, len(packed))
    return b"%PDF-1.7\n" + head + packed + b"\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def _script(document) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=SCRIPT.decode())


def _launch(document) -> None:
    run = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe zhida")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=run)
    document.pages[0].obj["/Annots"] = pikepdf.Array([document.make_indirect(link)])


def _attached(document) -> None:
    document.attachments["evil.exe"] = b"MZ zhida evil"


def zip_bomb(name: str = "xl/worksheets/sheet1.xml", size: int = 200 << 20) -> bytes:
    """An archive that unpacks to 200 megabytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr(name, b"<sheetData>" + b" " * size)
    return target.getvalue()


def lying_zip() -> bytes:
    """The same, and its directory says that it unpacks to ten bytes."""
    whole = bytearray(zip_bomb(size=100 << 20))
    place = whole.rindex(b"PK\x01\x02")
    whole[place + 24 : place + 28] = struct.pack("<I", 10)
    return bytes(whole)


# Refused by every door for papers.
REFUSED = {
    "eicar": lambda: EICAR,
    "html": lambda: b"<html><body>" + SCRIPT + b"</body></html>",
    "svg": lambda: b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>",
    "gif and script": lambda: b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert('zhida')//;",
    "empty": lambda: b"",
    "program": lambda: b"MZ\x90\0" + b"\0" * 300,
    "word": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "huge picture": lambda: png_said_to_be(10_000, 10_000),
    "picture bomb": png_bomb,
    "cut off picture": lambda: png(900, 900)[:60],
    "archive": zip_bomb,
    "encrypted pdf": lambda: pdf(encryption=pikepdf.Encryption(user="u", owner="o")),
    "restricted pdf": lambda: pdf(encryption=pikepdf.Encryption(user="", owner="o")),
    "pdf bomb": lambda: pdf_bomb(b"ObjStm"),
    "pdf bomb of two rounds": lambda: pdf_bomb(b"ObjStm", b"[/FlateDecode /FlateDecode]", 2),
    "pdf bomb under another name": lambda: pdf_bomb(b"Obj#53tm", b"[/Flate#44ecode /Fl]", 2),
    "pdf bomb in a page": lambda: pdf_bomb(b"Page"),
    "broken pdf": lambda: b"%PDF-1.7\nzhida",
}
# Taken, and rid of what means harm.
TAMED = {
    "pdf with a script": (lambda: pdf(_script), b"alert"),
    "pdf that launches": (lambda: pdf(_launch), b"cmd.exe"),
    "pdf with a file inside": (lambda: pdf(_attached), b"evil"),
    "pdf and archive": (lambda: pdf() + zip_bomb(size=10), b"PK\x05\x06"),
    "pdf with a page behind": (lambda: pdf() + b"<html>" + SCRIPT, b"alert"),
    "picture and archive": (lambda: png() + zip_bomb(size=10), b"PK\x05\x06"),
    "photo with position": (jpeg_with_position, GPS),
}
NAMES = [
    "../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/shadow", "a\0b.png", "\u202egpj.exe", "CON.png", "NUL",
    "长" * 400 + ".png", ".", "..", "a\r\nSet-Cookie: x=1.png", "<script>.png", "'; DROP TABLE x;--.png", "\u200b.png",
]  # fmt: skip
