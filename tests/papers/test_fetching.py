"""A paper is made of its own content: nothing is fetched while it is rendered, whatever stands in it."""

import base64

import pytest

from papers import rendering
from papers.rendering import FetchRefused, LockedFetcher, RendererFault
from tests.papers import samples

SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9' xmlns:xlink='http://www.w3.org/1999/xlink'>"
    "<image xlink:href='{address}/inner.png' width='9' height='9'/></svg>"
)


HOSTILE = {
    "picture": '<img src="{address}/a.png" alt="x">',
    "style sheet": '<link rel="stylesheet" href="{address}/a.css">',
    "import": "<style>@import url({address}/a.css);</style>",
    "font": "<style>@font-face {{ font-family: x; src: url({address}/a.ttf) }} body {{ font-family: x }}</style>x",
    "background": "<style>body {{ background: url({address}/a.png) }}</style>",
    "object": '<object data="{address}/a"></object>',
    "embed": '<embed src="{address}/a">',
    "attachment": '<a rel="attachment" href="{address}/a">x</a>',
    "file": '<img src="file:///etc/hostname" alt="x">',
    "data that is no picture": '<img src="data:text/html,x" alt="x">',
    "picture in a picture": '<img src="data:image/svg+xml;base64,{svg}" alt="x">',
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_nothing_is_fetched_and_nothing_is_rendered(listener, kind):
    address, requests = listener
    svg = base64.b64encode(SVG.format(address=address).encode()).decode()
    html = f'<html lang="zh-CN"><title>x</title><body>{HOSTILE[kind].format(address=address, svg=svg)}</body></html>'

    with pytest.raises((FetchRefused, RendererFault)):
        rendering.pdf_of(html, samples.GRANT)
    assert requests == []


def test_a_picture_that_cannot_be_drawn_leaves_no_gap_but_stops_the_paper():
    uri = "data:image/svg+xml;base64," + base64.b64encode(b"<svg").decode()

    with pytest.raises(RendererFault):
        rendering.pdf_of(f'<html lang="zh-CN"><title>x</title><img src="{uri}" alt="x">', samples.GRANT)


def test_pictures_of_the_paper_itself_are_read():
    uri = "data:image/png;base64," + base64.b64encode(b"png").decode()

    assert LockedFetcher().fetch(uri).read() == b"png"
