"""What makes a PDF fit for the archive and for screen readers at once: PDF/A-3a and PDF/UA-1 in one file."""

import io
import re
import zlib
from datetime import UTC, datetime, timedelta, timezone
from importlib.resources import files

from pydyf import PDF, Dictionary, Stream
from weasyprint import Attachment, Document
from weasyprint.css import ColorProfile
from weasyprint.document import DocumentMetadata

from papers import content as contents
from papers.content import PaperContent

BEIJING = timezone(timedelta(hours=8))
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
ATTACHMENT_NAME = "paper.json"
# The renderer writes the identification of one standard. These blocks add PDF/UA-1, and, as PDF/A asks, say what it is.
UA_BLOCKS = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>\
</rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
RDF_END = b"</rdf:RDF>"
COMPRESSION = 4  # half the time of 6, for files that are larger by one in a hundred
STREAM_BEGINS, STREAM_ENDS = b"\nstream\n", b"\nendstream"
SRGB = files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()


class PaperMetadata(DocumentMetadata):
    """Metadata that name both standards; never compressed, so that archives can read them without a PDF library."""

    def generate_rdf_metadata(self, variant, version, conformance):
        """The renderer's own blocks and ours, inside one rdf:RDF."""
        rdf = super().generate_rdf_metadata(variant, version, conformance)
        return rdf.replace(RDF_END, UA_BLOCKS.encode() + RDF_END)

    def include_in_pdf(self, pdf, variant, version, conformance=None, compress=False):
        """As the renderer does it, whatever it compresses elsewhere."""
        super().include_in_pdf(pdf, variant, version, conformance, compress=False)


def prepare(document: Document) -> None:
    """Give a laid-out document the metadata of both standards and its colour profile.

    The renderer would add the same profile, but leave its file open: it is told below to add none.
    """
    document.metadata = PaperMetadata(**vars(document.metadata))
    document.color_profiles["srgb"] = ColorProfile(io.BytesIO(SRGB), "sRGB2014.icc", "relative-colorimetric", "rgb")


def write(document: Document, content: PaperContent, **options: object) -> bytes:
    """The PDF of a prepared document, its content attached."""
    own = {"attachments": [attachment(content)], "output_intent": "", "uncompressed_pdf": True}
    return document.write_pdf(finisher=finish, **own, **options)


def attachment(content: PaperContent) -> Attachment:
    """The frozen content itself, for programs; dated as the paper is, so that the bytes are always the same."""
    day = DATE.fullmatch(content.date)
    at = datetime(*map(int, day.groups()), tzinfo=BEIJING) if day else UNDATED
    return Attachment(
        string=contents.canonical(content),
        name=ATTACHMENT_NAME,
        description="文书内容（机器可读）",
        created=at,
        modified=at,
        relationship="Data",
    )


def finish(_document: Document, pdf: PDF) -> None:
    """Add what the renderer leaves out: which cells each table heading stands over, and compression."""
    for each in pdf.objects:
        if isinstance(each, Stream):
            _compress(each)
        elif isinstance(each, Dictionary) and each.get("S") == "/TH":
            each["A"]["Scope"] = "/Column" if _in_head(each, pdf) else "/Row"


def _compress(stream: Stream) -> None:
    """Compress, but not to an end in CR: with the line end after it, checkers of PDF/A misread the length."""
    if "Filter" in stream.extra or stream.extra.get("Type") == "/Metadata":
        return
    plain = stream.data.partition(STREAM_BEGINS)[2].removesuffix(STREAM_ENDS)
    packed = zlib.compress(plain, COMPRESSION)
    if not packed.endswith(b"\r"):
        stream.stream, stream.extra["Filter"] = [packed], "/FlateDecode"


def _in_head(heading: Dictionary, pdf: PDF) -> bool:
    """Whether the row of a table heading belongs to the head of its table."""
    row = _parent(heading, pdf)
    return _parent(row, pdf)["S"] == "/THead"


def _parent(element: Dictionary, pdf: PDF) -> Dictionary:
    number, _generation, _reference = element["P"].split()
    return pdf.objects[int(number)]
