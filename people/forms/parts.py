"""Fields made of several boxes: an error marks the boxes it is about, not the rest."""

from django.forms import MultiWidget
from django.forms.boundfield import BoundField

ERROR_CLASS = "govuk-input--error"


class PartsWidget(MultiWidget):
    """Several boxes in one field set. ``wrong_parts`` comes from the bound field and marks the boxes to correct."""

    use_fieldset = True

    def get_context(self, name, value, attrs):
        """The boxes, those at fault marked."""
        attrs = dict(attrs or {})
        wrong = attrs.pop("wrong_parts", ())
        invalid = attrs.pop("aria-invalid", None)
        context = super().get_context(name, value, attrs)
        for part, box in enumerate(context["widget"]["subwidgets"]):
            box["label"], classes = self.dress(part)
            if invalid and part in wrong:
                box["attrs"]["aria-invalid"] = invalid
                classes = f"{classes} {ERROR_CLASS}"
            box["attrs"]["class"] = classes
        return context

    def dress(self, part: int) -> tuple[str, str]:
        """The label of a box, and its classes; each kind of field says its own."""
        return "", "govuk-input"


class PartsBoundField(BoundField):
    """Hands the parts at fault to the widget."""

    def build_widget_attrs(self, attrs, widget=None):
        """The usual attributes and ``wrong_parts``: those an error names, all where it names none."""
        built = super().build_widget_attrs(attrs, widget)
        errors = self.form.errors.as_data().get(self.name, []) if self.form.is_bound else []
        parts = widget or self.field.widget
        if isinstance(parts, PartsWidget):
            named = [error.params["parts"] for error in errors if error.params]
            built["wrong_parts"] = sorted({part for ones in named for part in ones}) or range(len(parts.widgets))
        return built
