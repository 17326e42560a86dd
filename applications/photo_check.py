"""What a photograph handed in looks like, told in words: somebody who cannot see it cannot tell whether it can be read.

Two honest measures of the grey picture, made small first: how light it is, and how much its edges change. They find
the finger on the lens, the dark kitchen and the shaken hand; whether the right paper is on it, nobody knows from them.
"""

import io
from dataclasses import dataclass

import pikepdf
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageFilter, ImageStat

PICTURES = frozenset({"image/jpeg", "image/png"})
# The longer side in pixels at which light and edges are measured: blur of a telephone's photograph shows there.
MEASURED = 1000
# assumed: bounds tried on photographs of printed pages, each darkened and blurred by steps until hard to read.
DARKEST = 70  # mean of grey, 0 black to 255 white
PALEST_SPREAD = 4  # standard deviation of grey: below it, nothing is on the picture
BLUREST = 25  # variance of the Laplacian
SHORTEST_SIDE = 600  # pixels: the small print of a card is lost below
LAPLACIAN = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


@dataclass(frozen=True)
class Photo:
    """The measures of a picture: size in pixels, mean grey and its spread (0 to 255), variance of edges."""

    width: int
    height: int
    light: float
    spread: float
    edges: float


def measured(content: bytes) -> Photo:
    """The measures of a JPEG or PNG that can be opened."""
    picture = Image.open(io.BytesIO(content))
    width, height = picture.size
    picture.thumbnail((MEASURED, MEASURED))  # before all else: a large JPEG is not even decoded in full
    grey = _on_white(picture)
    stat = ImageStat.Stat(grey)
    edges = ImageStat.Stat(grey.filter(LAPLACIAN).crop((1, 1, max(2, grey.width - 1), max(2, grey.height - 1))))
    return Photo(width, height, stat.mean[0], stat.stddev[0], edges.var[0])


def advice(photo: Photo) -> str:
    """What to do about a picture that is hard to read; "" where nothing is found. The worst is told alone."""
    if photo.light < DARKEST:
        return _("照片太暗，字可能看不清。请开灯或者到窗边，重拍一张。")
    if photo.spread < PALEST_SPREAD:
        return _("照片上几乎什么都没有。请检查镜头有没有被挡住，重拍一张。")
    if min(photo.width, photo.height) < SHORTEST_SIDE:
        return _("照片太小，字可能看不清。请靠近一些，或者用更高的清晰度重拍一张。")
    if photo.edges < BLUREST:
        return _("照片可能没有拍清楚。请把手机拿稳，等对好焦，重拍一张。")
    return ""


def in_words(name: str, content_type: str, content: bytes) -> tuple[str, bool]:
    """What a file handed in is like, in a sentence or two; and whether to look at it again."""
    size = filesizeformat(len(content))
    if content_type not in PICTURES:
        kind = _("PDF文件，共%(pages)s页") % {"pages": _pages(content)}
        return _("%(name)s：%(kind)s，%(size)s。") % {"name": name, "kind": kind, "size": size}, False
    photo = measured(content)
    kind = _("照片，宽%(width)s点，高%(height)s点") % {"width": photo.width, "height": photo.height}
    told, doubt = _("%(name)s：%(kind)s，%(size)s。") % {"name": name, "kind": kind, "size": size}, advice(photo)
    return f"{told}{doubt or _('明暗和清晰度没有发现问题。')}", bool(doubt)


def _on_white(picture: Image.Image) -> Image.Image:
    """In grey, what is transparent on white paper."""
    if "A" not in picture.getbands():
        return picture.convert("L")
    paper = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(paper, picture.convert("RGBA")).convert("L")


def _pages(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as document:
        return len(document.pages)
