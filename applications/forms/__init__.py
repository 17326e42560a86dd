"""Forms of the applicant's pages, made from the definition of a scheme."""

from applications.forms.fields import FieldContext, field_for
from applications.forms.pages import QuestionsForm

__all__ = ["FieldContext", "QuestionsForm", "field_for"]
