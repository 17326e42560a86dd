"""What the pages of the desk have in common: who may come in, choices of places and schemes, names of people."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from people.access import official_required
from people.models import Division, User
from people.refusals import NotFound
from schemes.letter_book.subjects import subject_of
from schemes.models import PolicyDocument, Proposal, SchemeVersion, current_version, current_versions
from schemes.publication import policy_scope
from schemes.publication.policy_scope import EDITOR, PUBLISHER
from schemes.views.words import full_names
from schemes.words.scheme_values import SchemeValues

at_the_desk = official_required(EDITOR, PUBLISHER)
editors_only = official_required(EDITOR)
LEVELS = (Division.Level.NATION, Division.Level.PROVINCE, Division.Level.PREFECTURE, Division.Level.COUNTY)


def scheme_choices() -> list[tuple[str, str]]:
    """Every scheme by its title."""
    titles = [(version.scheme_id, str(version.definition.title)) for version in current_versions()]
    return sorted(titles, key=lambda pair: pair[1])


def places_of(user: User, at: datetime) -> list[Division]:
    """Where the user edits: the home divisions, those right below, and all in them that have documents."""
    return _around(policy_scope.homes(user, EDITOR, at))


def desk_places(user: User, at: datetime) -> list[Division]:
    """Where the user edits or publishes, and what lies around it as above."""
    return _around([*policy_scope.homes(user, EDITOR, at), *policy_scope.homes(user, PUBLISHER, at)])


def _around(homes: list[Division]) -> list[Division]:
    with_policy = PolicyDocument.objects.values("division_id")
    near = Q(pk__in=[home.pk for home in homes]) | Q(parent__in=homes)
    known = Q(pk__in=with_policy) & policy_scope.inside_itself(homes)
    rows = Division.objects.filter(near | known, retired=False, level__in=LEVELS)
    return list(rows.order_by("code"))


def place_choices(user: User, at: datetime) -> list[tuple[str, str]]:
    """The same, by full name."""
    places = places_of(user, at)
    names = full_names(places)
    return [(place.pk, names[place.pk] or place.label) for place in places]


def place_for_editing(user: User, code: str, at: datetime) -> Division:
    """A division the user edits. Raises NotFound for every other."""
    place = Division.objects.filter(pk=code, retired=False).first()
    if place is None or not policy_scope.may_edit(user, place, at):
        raise NotFound()
    return place


def desk_place(user: User, code: str, at: datetime) -> Division:
    """A division the user edits or publishes for. Raises NotFound for every other."""
    homes = [*policy_scope.homes(user, EDITOR, at), *policy_scope.homes(user, PUBLISHER, at)]
    place = Division.objects.filter(pk=code, retired=False).first()
    if place is None or not policy_scope.covers(homes, place):
        raise NotFound()
    return place


def version_of(scheme: str) -> SchemeVersion:
    """The current version of a scheme. Raises NotFound."""
    version = current_version(scheme)
    if version is None:
        raise NotFound()
    return version


def title_of(proposal: Proposal) -> str:
    """What a proposal is about, in a line."""
    of_scheme = proposal.kind != Proposal.Kind.DOCUMENT
    return title_under(proposal, current_version(str(proposal.scheme_id)) if of_scheme else None)


def title_under(proposal: Proposal, version: SchemeVersion | None) -> str:
    """The same where the scheme's version in force is known, for lists."""
    if proposal.kind == Proposal.Kind.DOCUMENT:
        return proposal.content["title"]
    if proposal.kind == Proposal.Kind.LETTER:
        return _letter_title(proposal, version)
    if not proposal.changes_value:
        return _version_title(proposal, version)
    if version is None:
        return str(proposal.scheme_id)
    values, name = SchemeValues(version.definition), proposal.content["name"]
    parts = {"scheme": version.definition.title, "label": values.label(name)}
    return _("%(scheme)s：%(label)s") % parts


def _letter_title(proposal: Proposal, version: SchemeVersion | None) -> str:
    """What the letter is called, with its scheme where it is a scheme's own."""
    code = proposal.content["code"]
    subject = subject_of(code, str(proposal.scheme_id or ""))
    label = subject.label if subject else code
    if version is None:
        return label
    return _("%(scheme)s：%(label)s") % {"scheme": version.definition.title, "label": label}


def _version_title(proposal: Proposal, version: SchemeVersion | None) -> str:
    """The title the draft gives; that of the version in force where it gives none yet."""
    drafted = proposal.content.get("own", proposal.content).get("title")
    texts = drafted if isinstance(drafted, dict) else {}
    wanted = "en" if (get_language() or "").startswith("en") else "zh"
    return texts.get(wanted) or texts.get("zh") or _stand_in(proposal, version)


def _stand_in(proposal: Proposal, version: SchemeVersion | None) -> str:
    """The present title; a package may have neither title nor code yet."""
    return str(version.definition.title) if version else str(proposal.scheme_id or _("未命名的事项"))


def people_named(usernames: Iterable[str]) -> dict[str, str]:
    """Full names by user name; who has none is shown by user name."""
    found = User.objects.filter(username__in=set(usernames) - {""})
    return {user.username: user.full_name or user.username for user in found}
