"""What somebody agrees to by filing: each declaration of the scheme, kept by version."""

from django.utils import timezone
from django.utils.translation import get_language

from applications.door import Case
from applications.models import Application
from people import consents
from people.consents import Wording
from people.models import ConsentText
from schemes.definition import SchemeDefinition

LANGUAGE = "zh-hans"


def wordings_of(definition: SchemeDefinition) -> list[Wording]:
    """The declarations of a scheme, each under the scheme's code and its place."""
    declared = enumerate(definition.declarations, 1)
    return [Wording(f"{definition.code}.{place}", text.zh, text.en) for place, text in declared]


def keep(case: Case) -> None:
    """Record, in the transaction that files a case, that whoever files it agreed to every declaration."""
    application = case.application
    texts = texts_of(application, case)
    consents.agree(
        texts,
        by=case.user,
        at=case.at,
        language=get_language() or LANGUAGE,
        case_ref=application.public_id,
        person=application.subject,
    )


def texts_of(application: Application, case: Case) -> list[ConsentText]:
    """The versions of the declarations that the case was filed under."""
    return consents.kept(wordings_of(application.definition), timezone.localdate(case.at))
