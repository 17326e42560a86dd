"""The picture of a route as BPMN 2.0 with its layout, for other process tools.

It is a description to be read and drawn, not to be executed: who may act and what follows is decided here alone.
"""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from schemes.definition import SchemeDefinition
from schemes.flow.diagram import Diagram, Shape

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
NAMESPACES = {
    "xmlns": BPMN,
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
}
ELEMENTS = {
    "start": "startEvent",
    "end": "endEvent",
    "task": "userTask",
    "timer": "intermediateCatchEvent",
    "choice": "exclusiveGateway",
    "parallel": "parallelGateway",
}


def bpmn_xml(definition: SchemeDefinition, diagram: Diagram) -> bytes:
    """The document. Element ids are the codes of the stages, so that two exports can be compared."""
    code = definition.code.replace("-", "_")
    root = Element("definitions", {**NAMESPACES, "id": f"definitions_{code}", "targetNamespace": f"urn:zhida:{code}"})
    process = SubElement(root, "process", id=f"process_{code}", name=str(definition.title), isExecutable="false")
    for shape in diagram.shapes:
        _element(process, shape, diagram)
    for arrow in diagram.arrows:
        named = {"name": arrow.label} if arrow.label else {}
        SubElement(process, "sequenceFlow", id=arrow.id, sourceRef=arrow.source, targetRef=arrow.target, **named)
    _layout(SubElement(root, "bpmndi:BPMNDiagram", id=f"diagram_{code}"), f"process_{code}", diagram)
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _element(process: Element, shape: Shape, diagram: Diagram) -> None:
    element = SubElement(process, ELEMENTS[shape.kind], id=shape.id, name=shape.label)
    if shape.detail:
        SubElement(element, "documentation").text = shape.detail
    for arrow in diagram.arrows:
        if arrow.target == shape.id:
            SubElement(element, "incoming").text = arrow.id
    for arrow in diagram.arrows:
        if arrow.source == shape.id:
            SubElement(element, "outgoing").text = arrow.id
    if shape.kind == "timer":
        SubElement(element, "timerEventDefinition", id=f"{shape.id}_timer")


def _layout(sheet: Element, process: str, diagram: Diagram) -> None:
    plane = SubElement(sheet, "bpmndi:BPMNPlane", id=f"{process}_plane", bpmnElement=process)
    for shape in diagram.shapes:
        drawn = SubElement(plane, "bpmndi:BPMNShape", id=f"{shape.id}_shape", bpmnElement=shape.id)
        bounds = {"x": shape.left, "y": shape.top, "width": shape.width, "height": shape.height}
        SubElement(drawn, "dc:Bounds", {name: str(value) for name, value in bounds.items()})
    for arrow in diagram.arrows:
        drawn = SubElement(plane, "bpmndi:BPMNEdge", id=f"{arrow.id}_edge", bpmnElement=arrow.id)
        for x, y in arrow.points:
            SubElement(drawn, "di:waypoint", x=str(x), y=str(y))
