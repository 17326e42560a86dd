"""What schemes and stages are called, looked up once for a whole list."""

from collections.abc import Iterable

from django.db.models import F, Max, OuterRef, Q, Subquery

from schemes.definition import SchemeDefinition
from schemes.models import SchemeVersion


class Labels:
    """Titles by scheme and stage labels by version or scheme; in the reader's language, codes never alone."""

    def __init__(self, versions: Iterable[SchemeVersion]) -> None:
        self._by_version: dict[int, SchemeDefinition] = {}
        self._by_scheme: dict[str, SchemeDefinition] = {}
        for version in sorted(versions, key=lambda version: version.number):
            self._by_version[version.pk] = self._by_scheme[version.scheme_id] = version.definition

    def title(self, scheme: str) -> str:
        """What officials call a scheme."""
        return str(self._by_scheme[scheme].title) if scheme in self._by_scheme else scheme

    def public_title(self, version: int) -> str:
        """What outsiders see of a scheme; it does not disclose disability."""
        return str(self._by_version[version].public_title)

    def stage(self, code: str, *, version: int | None = None, scheme: str = "") -> str:
        """The officials' label of a stage; the code itself only where no definition knows it any more."""
        definition = self._by_version.get(version or 0) or self._by_scheme.get(scheme)
        stages = definition.stages if definition else ()
        return next((str(stage.label) for stage in stages if stage.code == code), code)


def labels_of(versions: Iterable[int], schemes: Iterable[str] = ()) -> Labels:
    """The labels of these versions, and of the latest version of these schemes, in one query."""
    latest = SchemeVersion.objects.filter(scheme=OuterRef("scheme")).values("scheme").annotate(latest=Max("number"))
    wanted = Q(pk__in=set(versions)) | Q(scheme__in=set(schemes), number=F("latest"))
    return Labels(SchemeVersion.objects.annotate(latest=Subquery(latest.values("latest"))).filter(wanted))
