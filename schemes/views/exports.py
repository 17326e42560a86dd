"""Schemes and policy as files for everybody: policy is open government."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from people.models import Division
from people.refusals import NotFound
from schemes.building.case_files import cases_toml
from schemes.files.exporting import division_toml, scheme_toml
from schemes.models import CaseBook, PolicyDocument, current_version
from schemes.views.files import file_response

TOML = "application/toml; charset=utf-8"


@require_safe
def scheme(request: HttpRequest, scheme: str) -> HttpResponse:
    """The version of a scheme in force, as a file that can be loaded and imported."""
    version = current_version(scheme)
    if version is None:
        raise NotFound()
    return _file(f"{scheme}.toml", scheme_toml(version))


@require_safe
def cases(request: HttpRequest, scheme: str) -> HttpResponse:
    """The cases the version in force was tried with, as a file of tests/cases."""
    book = CaseBook.objects.filter(version=current_version(scheme)).first()
    if book is None:
        raise NotFound()
    return _file(f"{scheme}-cases.toml", cases_toml(scheme, book.cases))


@require_safe
def division(request: HttpRequest, division: str) -> HttpResponse:
    """The documents, clauses and values of a division, as a file that can be loaded."""
    place = Division.objects.filter(pk=division).first()
    if place is None or not PolicyDocument.objects.filter(division=place).exists():
        raise NotFound()
    return _file(f"{division}.toml", division_toml(place))


@require_safe
def original(request: HttpRequest, code: str) -> HttpResponse:
    """The file of a published document."""
    document = PolicyDocument.objects.select_related("file").filter(pk=code, file__isnull=False).first()
    if document is None:
        raise NotFound()
    return file_response(document.file)


def _file(name: str, text: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=TOML, headers=headers)
