"""The route of a scheme as a picture: one layout, drawn as SVG for people and written as BPMN 2.0 for other systems."""
