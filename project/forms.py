"""How every form of the site is drawn: our templates, with the class each kind of control needs."""

from django.forms.renderers import TemplatesSetting

WIDGETS = "django/forms/widgets/"
CLASS_OF_TEMPLATE = {
    **{f"{WIDGETS}{kind}.html": "govuk-input" for kind in ("text", "number", "email", "url", "tel", "search")},
    **{f"{WIDGETS}{kind}.html": "govuk-input" for kind in ("password", "date", "datetime", "time", "affix")},
    f"{WIDGETS}textarea.html": "govuk-textarea",
    f"{WIDGETS}select.html": "govuk-select",
    f"{WIDGETS}file.html": "govuk-file-upload",
    f"{WIDGETS}clearable_file_input.html": "govuk-file-upload",
}
ERROR_CLASS_SUFFIX = "--error"


class ZhidaRenderer(TemplatesSetting):
    """Loads templates the ordinary way and dresses each control; forms need not know any class."""

    def render(self, template_name, context, request=None):
        """Render a form, a field or a widget; widgets get their class, and the error class when invalid."""
        if "widget" in context:
            _dress(context["widget"]["attrs"], CLASS_OF_TEMPLATE.get(template_name, ""))
        return super().render(template_name, context, request)


def _dress(attrs: dict, base: str) -> None:
    """Put the control's class in front of those the form asked for; no placeholder stands in for a label."""
    attrs.pop("placeholder", None)
    if not base:
        return
    wrong = f"{base}{ERROR_CLASS_SUFFIX}" if attrs.get("aria-invalid") == "true" else ""
    attrs["class"] = " ".join(part for part in (base, wrong, attrs.get("class", "")) if part)
