"""What templates about envelopes need besides: the headings of a picture of bars."""

from django import template

register = template.Library()


@register.simple_tag
def headings(label: str, number: str) -> dict[str, str]:
    """The headings of the table beside the bars."""
    return {"label": label, "number": number, "plan": ""}
