"""The signature field of a paper: a widget that is tagged and titled, over the seal as it is drawn.

Without its place in the structure tree a signed file would no longer be PDF/UA, and without an appearance no PDF/A.
Its appearance is empty: the seal beneath it is part of the page, and stays when a reader hides form fields.
"""

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name as name
from pyhanko.pdf_utils.generic import pdf_string as text
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

FIELD = "ZhidaSeal"
SEAL = "印章"
PRINTED_AND_LOCKED = 4 + 128
SIGNED_APPEND_ONLY = 3
POINTS_A_PIXEL = 0.75
Box = tuple[float, float, float, float]


def add(writer: IncrementalPdfFileWriter, title: str) -> None:
    """Put an empty signature field into the update: on the page of the seal, or invisibly on the last."""
    document = _document_element(writer)
    figure = _seal(document)
    page = figure["/Pg"] if figure is not None and "/Pg" in figure else _last_page(writer)
    reference = _reference(page)
    key = _next_key(writer)
    box = _box(figure, page) if figure is not None else (0, 0, 0, 0)
    widget = writer.add_object(_widget(writer, title, box, reference, key))
    element = writer.add_object(_element(widget, title, document, reference))
    _annotate(writer, page, widget)
    _append(writer, document, "/K", element)
    _number(writer, key, element)
    form = {name("/Fields"): generic.ArrayObject([widget]), name("/SigFlags"): _number_of(SIGNED_APPEND_ONLY)}
    writer.root[name("/AcroForm")] = writer.add_object(generic.DictionaryObject(form))
    writer.update_root()


def _widget(
    writer: IncrementalPdfFileWriter, title: str, box: Box, page: generic.IndirectObject, key: int
) -> generic.DictionaryObject:
    return generic.DictionaryObject(
        {
            name("/Type"): name("/Annot"),
            name("/Subtype"): name("/Widget"),
            name("/FT"): name("/Sig"),
            name("/T"): text(FIELD),
            name("/TU"): text(title),
            name("/Rect"): generic.ArrayObject([generic.FloatObject(f"{number:.2f}") for number in box]),
            name("/F"): _number_of(PRINTED_AND_LOCKED),
            name("/P"): page,
            name("/StructParent"): _number_of(key),
            name("/AP"): generic.DictionaryObject({name("/N"): writer.add_object(_nothing_drawn(box))}),
        }
    )


def _nothing_drawn(box: Box) -> generic.StreamObject:
    left, bottom, right, top = box
    size = [generic.NumberObject(0)] * 2 + [generic.FloatObject(f"{n:.2f}") for n in (right - left, top - bottom)]
    entries = {
        name("/Type"): name("/XObject"),
        name("/Subtype"): name("/Form"),
        name("/BBox"): generic.ArrayObject(size),
        name("/Resources"): generic.DictionaryObject(),
    }
    return generic.StreamObject(dict_data=entries, stream_data=b"")


def _element(
    widget: generic.IndirectObject, title: str, parent: generic.DictionaryObject, page: generic.IndirectObject
) -> generic.DictionaryObject:
    kid = {name("/Type"): name("/OBJR"), name("/Obj"): widget, name("/Pg"): page}
    return generic.DictionaryObject(
        {
            name("/Type"): name("/StructElem"),
            name("/S"): name("/Form"),
            name("/P"): _reference(parent),
            name("/Pg"): page,
            name("/Alt"): text(title),
            name("/K"): generic.DictionaryObject(kid),
        }
    )


def _document_element(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    kids = writer.root["/StructTreeRoot"]["/K"]
    return kids[0] if isinstance(kids, generic.ArrayObject) else kids


def _seal(element: generic.DictionaryObject) -> generic.DictionaryObject | None:
    """The picture of the seal among the elements: it stands at the end, and the search begins there."""
    for kid in reversed(_kids(element)):
        if kid.get("/S") == "/Figure" and SEAL in str(kid.get("/Alt", "")):
            return kid
        found = _seal(kid)
        if found is not None:
            return found
    return None


def _kids(element: generic.DictionaryObject) -> list[generic.DictionaryObject]:
    kids = element.get("/K", [])
    kids = list(kids) if isinstance(kids, generic.ArrayObject) else [kids]
    kids = [kid.get_object() for kid in kids]
    return [kid for kid in kids if isinstance(kid, generic.DictionaryObject) and "/S" in kid]


def _box(figure: generic.DictionaryObject, page: generic.DictionaryObject) -> Box:
    """Where the seal lies, in points from the lower left: the renderer tells pixels from the upper left."""
    left, top, right, bottom = (float(number) * POINTS_A_PIXEL for number in figure["/A"]["/BBox"])
    height = float(page["/MediaBox"][3])
    return left, height - bottom, right, height - top


def _last_page(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    count = int(writer.root["/Pages"]["/Count"])
    return writer.find_page_for_modification(count - 1)[0].get_object()


def _reference(thing: generic.DictionaryObject) -> generic.IndirectObject:
    found = thing.container_ref
    return generic.IndirectObject(found.idnum, found.generation, found.pdf)


def _annotate(writer: IncrementalPdfFileWriter, page: generic.DictionaryObject, widget: generic.IndirectObject) -> None:
    if "/Annots" in page:
        _append(writer, page, "/Annots", widget)
        return
    page[name("/Annots")] = generic.ArrayObject([widget])
    writer.update_container(page)


def _append(
    writer: IncrementalPdfFileWriter, holder: generic.DictionaryObject, key: str, item: generic.IndirectObject
) -> None:
    """Append to a list, which may be an object of its own."""
    if not isinstance(holder[key], generic.ArrayObject):
        holder[name(key)] = generic.ArrayObject([holder.raw_get(key)])
        writer.update_container(holder)
    holder[key].append(item)
    writer.update_container(holder[key])


def _next_key(writer: IncrementalPdfFileWriter) -> int:
    numbers = list(writer.root["/StructTreeRoot"]["/ParentTree"]["/Nums"])
    return 1 + max(int(key) for key in numbers[::2])


def _number(writer: IncrementalPdfFileWriter, key: int, element: generic.IndirectObject) -> None:
    root = writer.root["/StructTreeRoot"]
    numbers = root["/ParentTree"]["/Nums"]
    numbers.append(_number_of(key))
    numbers.append(element)
    writer.update_container(numbers)
    root[name("/ParentTreeNextKey")] = _number_of(key + 1)
    writer.update_container(root)


def _number_of(value: int) -> generic.NumberObject:
    return generic.NumberObject(value)
