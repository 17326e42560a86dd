"""Forms of the policy desk."""

from schemes.work_forms.clauses import ClauseForm
from schemes.work_forms.decisions import PublishForm, RejectForm, SubmitForm
from schemes.work_forms.documents import DocumentForm
from schemes.work_forms.values import PlaceAndSchemeForm, ValueForm
from schemes.work_forms.versions import ImportForm

__all__ = [
    "ClauseForm",
    "DocumentForm",
    "ImportForm",
    "PlaceAndSchemeForm",
    "PublishForm",
    "RejectForm",
    "SubmitForm",
    "ValueForm",
]
