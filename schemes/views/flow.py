"""The route of a scheme in a place: drawn, told in words, and as files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from people.models import Division
from people.refusals import NotFound
from schemes.definition import SchemeDefinition
from schemes.flow.bpmn import bpmn_xml
from schemes.flow.drawing import draw
from schemes.models import current_version
from schemes.views.words import full_names
from schemes.words.route_words import steps_of

BPMN = "application/xml; charset=utf-8"


@require_safe
def show(request: HttpRequest, scheme: str, division: str) -> HttpResponse:
    """The picture, with every step told in words below it. No sign-in, nobody's data."""
    definition, place = _found(scheme, division)
    context = {
        "scheme": definition,
        "division": place.pk,
        "place": full_names([place])[place.pk],
        "diagram": draw(definition, place),
        "steps": steps_of(definition, place),
    }
    return render(request, "schemes/flow.html", context)


@require_safe
def svg(request: HttpRequest, scheme: str, division: str) -> HttpResponse:
    """The picture as a file."""
    definition, place = _found(scheme, division)
    context = {"scheme": definition, "diagram": draw(definition, place), "alone": True}
    drawn = render_to_string("schemes/parts/flow_picture.html", context, request)
    return _file(f"{scheme}-{division}.svg", drawn.encode(), "image/svg+xml; charset=utf-8")


@require_safe
def bpmn(request: HttpRequest, scheme: str, division: str) -> HttpResponse:
    """The picture as BPMN 2.0."""
    definition, place = _found(scheme, division)
    return _file(f"{scheme}-{division}.bpmn", bpmn_xml(definition, draw(definition, place)), BPMN)


def _found(scheme: str, division: str) -> tuple[SchemeDefinition, Division]:
    """A scheme that has a route, and a place. Raises NotFound."""
    version, place = current_version(scheme), Division.objects.filter(pk=division).select_related("successor").first()
    if version is None or place is None or not version.definition.stages:
        raise NotFound()
    return version.definition, place.successor or place


def _file(name: str, content: bytes, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
