"""The picture of a route: nothing overlaps, every way leads to an end, and the files say the same as the words."""

from itertools import combinations
from xml.etree import ElementTree

import pytest
from django.test import Client

from people.models import Division
from schemes.flow.bpmn import BPMN, ELEMENTS, bpmn_xml
from schemes.flow.diagram import Diagram, Shape
from schemes.flow.drawing import draw
from schemes.models import Scheme, SchemeVersion, current_version
from tests import countersigned

pytestmark = pytest.mark.usefixtures("peopled")
PLACE = "532503"


def mengzi() -> Division:
    return Division.objects.get(pk=PLACE)


def drawn(code: str = "grad-jobseeking") -> Diagram:
    return draw(current_version(code).definition, mengzi())


def every_route() -> list[Diagram]:
    codes = Scheme.objects.order_by("pk").values_list("pk", flat=True)
    definitions = [current_version(code).definition for code in codes]
    return [draw(definition, mengzi()) for definition in definitions if definition.stages]


def apart(one: Shape, other: Shape) -> bool:
    beside = one.right <= other.left or other.right <= one.left
    return beside or one.bottom <= other.top or other.bottom <= one.top


def reached(diagram: Diagram) -> set[str]:
    found, todo = set(), ["start"]
    while todo:
        here = todo.pop()
        if here not in found:
            found.add(here)
            todo += [arrow.target for arrow in diagram.arrows if arrow.source == here]
    return found


def test_no_two_shapes_lie_on_one_another_in_any_scheme():
    for diagram in every_route():
        assert all(apart(one, other) for one, other in combinations(diagram.shapes, 2))


def test_every_shape_is_on_the_sheet():
    for diagram in every_route():
        assert all(shape.left >= 0 and shape.right <= diagram.width for shape in diagram.shapes)
        assert all(shape.top >= 0 and shape.bottom <= diagram.height for shape in diagram.shapes)


def test_every_step_is_reached_and_only_ends_lead_nowhere():
    for diagram in every_route():
        assert reached(diagram) == {shape.id for shape in diagram.shapes}
        leading = {arrow.source for arrow in diagram.arrows}
        assert {shape.id for shape in diagram.shapes} - leading == {s.id for s in diagram.shapes if s.kind == "end"}


def test_what_only_some_cases_pass_has_a_way_around():
    ways = {(arrow.source, arrow.target): arrow.label for arrow in drawn().arrows}
    assert ways["county_review_if", "county_review"] == "是"
    assert ways["county_review_if", "county_review_joined"] == "否"


def test_a_refusal_ends_the_case_where_it_is_made():
    ends = {shape.id: shape.label for shape in drawn().shapes if shape.kind == "end"}
    assert ends == {"accept_over": "不予受理", "decide_over": "不予批准", "end": "办结"}


def test_seats_that_sign_together_stand_side_by_side():
    countersigned.publish(rule="n", seats_needed=2)
    diagram = drawn()
    seats = [shape for shape in diagram.shapes if shape.id.startswith("county_review_") and shape.kind == "task"]
    assert len({shape.x for shape in seats}) == 1
    assert len({shape.y for shape in seats}) == 3
    assert next(shape.label for shape in diagram.shapes if shape.id == "county_review_signed") == "2席同意即可"


def test_bpmn_names_every_shape_once_with_its_flows():
    version = SchemeVersion.objects.filter(scheme_id="grad-jobseeking").latest("number")
    diagram = drawn()
    process = ElementTree.fromstring(bpmn_xml(version.definition, diagram)).find(f"{{{BPMN}}}process")
    elements = {child.get("id"): child for child in process if not child.tag.endswith("sequenceFlow")}
    assert {code: child.tag.partition("}")[2] for code, child in elements.items()} == {
        shape.id: ELEMENTS[shape.kind] for shape in diagram.shapes
    }
    for flow in process.findall(f"{{{BPMN}}}sequenceFlow"):
        outgoing = [part.text for part in elements[flow.get("sourceRef")].findall(f"{{{BPMN}}}outgoing")]
        incoming = [part.text for part in elements[flow.get("targetRef")].findall(f"{{{BPMN}}}incoming")]
        assert flow.get("id") in outgoing
        assert flow.get("id") in incoming


def test_bpmn_bears_its_layout():
    version = current_version("grad-jobseeking")
    diagram = drawn()
    text = bpmn_xml(version.definition, diagram).decode()
    assert text.count("<bpmndi:BPMNShape") == len(diagram.shapes)
    assert text.count("<bpmndi:BPMNEdge") == len(diagram.arrows)


@pytest.mark.parametrize("file, kind", [("flow.svg", "image/svg+xml"), ("flow.bpmn", "application/xml")])
def test_the_files_are_well_formed_and_handed_out_to_keep(file, kind):
    response = Client().get(f"/policy/grad-jobseeking/{PLACE}/{file}")
    ElementTree.fromstring(response.content)
    assert response.headers["Content-Type"].startswith(kind)
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_the_page_tells_every_step_in_words_below_the_picture():
    page = Client().get(f"/policy/grad-jobseeking/{PLACE}/flow/").content.decode()
    picture, _svg, words = page.partition("</svg>")
    assert "<svg" in picture
    for step in ("学校核对材料", "名单公示"):
        assert step in words


@pytest.mark.parametrize("path", [f"no-such-scheme/{PLACE}", "grad-jobseeking/999999", f"recognised-lists/{PLACE}"])
def test_where_there_is_no_route_there_is_no_picture(path):
    assert Client().get(f"/policy/{path}/flow/").status_code == 404
