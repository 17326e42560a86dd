"""Schemes 事项 and their published versions."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from audit.hashing import canonical
from schemes.definition import SchemeDefinition


class Origin(models.TextChoices):
    """Where a published row came from: the founding import, or two people."""

    CATALOGUE = "catalogue", _("目录导入")
    PEOPLE = "people", _("人工发布")


class Scheme(models.Model):
    """One thing that can be applied for; what it says stands in its versions."""

    code = models.CharField(max_length=40, primary_key=True)

    class Meta:
        verbose_name = _("事项")


class SchemeVersion(models.Model):
    """What a scheme says from a publication on. Rows are only ever added: triggers refuse any change."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    origin = models.CharField(max_length=12, choices=Origin.choices)
    published_by = models.CharField(max_length=150)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("事项版本")
        ordering = ["scheme_id", "number"]
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="scheme_version_once")]

    @property
    def definition(self) -> SchemeDefinition:
        """The content as the typed definition; read once a process for each content."""
        return _definition(canonical(self.content))


class CaseBook(models.Model):
    """The cases a version was tried with before it was published, as tests/cases/README.md describes them."""

    version = models.OneToOneField(SchemeVersion, models.PROTECT, related_name="case_book")
    cases = models.JSONField()

    class Meta:
        verbose_name = _("政策用例")


@lru_cache(maxsize=256)
def _definition(content: str) -> SchemeDefinition:
    return SchemeDefinition.model_validate_json(content)


def content_of(definition: SchemeDefinition) -> dict[str, Any]:
    """A definition as the JSON a version stores: only what differs from the defaults."""
    return definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def current_version(scheme_code: str) -> SchemeVersion | None:
    """The latest published version, None for a scheme nobody has published."""
    return SchemeVersion.objects.filter(scheme_id=scheme_code).order_by("-number").first()


def current_versions(schemes: Collection[str | None] | None = None) -> list[SchemeVersion]:
    """The latest published version of every scheme, or of these, in order of code; one query."""
    latest = SchemeVersion.objects.filter(scheme=OuterRef("scheme")).order_by("-number").values("number")[:1]
    found = SchemeVersion.objects.filter(number=Subquery(latest)).order_by("scheme_id")
    return list(found if schemes is None else found.filter(scheme__in=schemes))
