"""What templates need beyond Django's own tags: ``{% load zhida %}``."""

import re
from decimal import Decimal, InvalidOperation

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from people.day_words import stored_in_words
from people.forms import ErrorEntry, error_entries, group_in_fours
from people.forms.spoken import spoken
from people.joining import aside, in_a_row, listed
from project import pictures

register = template.Library()
register.filter("listed", listed)
register.filter("in_a_row", in_a_row)
register.filter("aside", aside)

FEN = Decimal(100)
LINE_OF_TEXT = 18
CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
# A run of Chinese, with the signs and figures inside it: 红政办发〔2025〕47号 is one.
RUN = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff]"
    r"(?:[0-9·\u3000-\u303f\u3400-\u9fff\uff00-\uffef\U00020000-\U0003ffff]*"
    r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef\U00020000-\U0003ffff])?"
)
TAIL = re.compile(r"[0-9A-Za-z\u3400-\u9fff]+$")
HTML_LANGUAGES = {"zh-hans": "zh-Hans", "en": "en"}
COLOURS = {
    "green": "granted paid in_force ready valid done reconciled ended success published pass",
    "teal": "answered accepted approved sealed exported reserved batched current phasing_out disregarding",
    "blue": "submitted in_review noticed agreement_pending planned open queued running receiving info",
    "yellow": "returned_for_correction suspended returned paused due_soon assumed warning missing",
    "red": "refused not_accepted revoked failed overdue terminated fail error",
    "grey": "draft lapsed withdrawn superseded moot waiting stopped reverted closed",
}
COLOUR_OF_STATE = {state: colour for colour, states in COLOURS.items() for state in states.split()}


def _in_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


@register.filter
def html_lang(code: str) -> str:
    """Django's language code as the ``lang`` attribute writes it: zh-hans → zh-Hans."""
    return HTML_LANGUAGES.get(code, code)


@register.filter
def period(value: str) -> str:
    """What a sum is for, in words: 2026-10 is 2026年10月; a year stays a year."""
    return stored_in_words(value)


@register.filter
def money(value) -> str:
    """An amount in 元 (Decimal, whole number or text) as 1,234.00; empty when there is none or it is no number."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return ""
    return f"{amount:,.2f}" if amount.is_finite() else ""


@register.filter
def fen(value) -> str:
    """Whole fen as an amount in 元: 123400 → 1,234.00."""
    return "" if value in (None, "") else money(Decimal(value) / FEN)


@register.filter
def grouped(value) -> str:
    """A long number in groups of four."""
    return group_in_fours(str(value or ""))


@register.filter
def in_groups(value) -> str | SafeString:
    """A long number shown in groups and read aloud figure by figure, group by group; other text as `marked` has it.

    The groups are set apart by space that is not copied with the number.
    """
    found = spoken(value) if isinstance(value, str) else None
    if found is None:
        return marked(value)
    grouped_apart = format_html_join("", '<span class="zd-number__group">{}</span>', ((one,) for one in found.groups))
    shown = value if found.gap else grouped_apart
    heard = format_html('<span class="govuk-visually-hidden">{}</span>', found.aloud(_("，")))
    number = '<span class="zd-number" data-number="{}"><span aria-hidden="true">{}</span>{}</span>'
    return format_html(number, value, shown, heard)


@register.filter
def visible_tail(masked) -> str:
    """The part of a masked number that is still shown at its end."""
    found = TAIL.search(str(masked or ""))
    return found.group() if found else ""


@register.filter
def state_colour(state) -> str:
    """The colour family of a state code; grey when the state is unknown. Colour never stands without text."""
    return COLOUR_OF_STATE.get(str(state or ""), "grey")


@register.filter
def pick(texts) -> str | SafeString:
    """A two-language text ({"zh": …, "en": …}) in the reader's language, Chinese marked as such where it stands in."""
    if not isinstance(texts, dict):
        return marked(texts)
    own = texts.get("zh" if _in_chinese() else "en") or ""
    return own or marked(texts.get("zh") or texts.get("en") or "")


@register.filter
def marked(text) -> str | SafeString:
    """Chinese text on a page in another language, marked ``lang`` so that it is read aloud rightly."""
    text = "" if text is None else text
    if _in_chinese() or not CHINESE.search(str(text)):
        return text
    return format_html('<span lang="zh-Hans">{}</span>', text)


@register.filter
def chinese_lang(text) -> SafeString:
    """The ``lang`` attribute of an element that can hold no other (an option, a picture) where its text is Chinese and
    the page is not.
    """
    foreign = not _in_chinese() and CHINESE.search(str(text or ""))
    return format_html(' lang="{}"', "zh-Hans") if foreign else SafeString("")


@register.filter
def runs_marked(text) -> str | SafeString:
    """Safe text in the page's language with each run of Chinese in it marked, on a page in another language."""
    if _in_chinese() or not CHINESE.search(str(text)):
        return mark_safe(text)  # noqa: S308 - help texts are the programme's own
    return mark_safe(RUN.sub(lambda run: f'<span lang="zh-Hans">{run[0]}</span>', str(text)))  # noqa: S308


@register.filter
def chinese_marked(text) -> SafeString:
    """A text in another language in which names and numbers stand in Chinese: each run of it marked ``lang``."""
    return mark_safe(RUN.sub(lambda run: f'<span lang="zh-Hans">{run[0]}</span>', escape(text)))  # noqa: S308


@register.simple_tag(takes_context=True)
def form_errors(context) -> list[ErrorEntry]:
    """The lines of an error summary: those of ``form``, then any ``errors`` given as ``{"message", "target"}``."""
    form, given = context.get("form"), context.get("errors")
    extra = [ErrorEntry(error["message"], error.get("target", "")) for error in given or []]
    return (error_entries(form) if form else []) + extra


@register.simple_tag
def route_picture(stages: list[dict]) -> pictures.Route:
    """The drawing of a route."""
    return pictures.route(stages)


@register.simple_tag
def bar_picture(rows: list[dict]) -> list[tuple[dict, pictures.Bar]]:
    """Each row (``label``, ``number`` whole, ``text``, optional ``plan``) with its bar."""
    plans = [row.get("plan") for row in rows]
    return list(zip(rows, pictures.bars([row["number"] for row in rows], plans), strict=True))


@register.filter
def at(items, place: int):
    """The item at a place of a list; None beyond its end."""
    return items[place] if items and 0 <= place < len(items) else None


@register.filter
def times(number: int, factor: int) -> int:
    """Whole-number product, for drawing."""
    return number * factor


@register.filter
def plus(number: int, more: int) -> int:
    """Whole-number sum, for drawing."""
    return number + more


@register.filter
def plus_times(start: int, line: int) -> int:
    """Where the text line of a number stands below `start`, for drawing."""
    return start + line * LINE_OF_TEXT


@register.filter
def bar_label(text) -> str:
    """A label that leaves room for the figure on its line."""
    return pictures.wrapped(str(text), pictures.BAR_LABEL_UNITS, 1)[0]


@register.filter
def wrapped(text: str) -> list[str]:
    """A label in a few short lines, for drawing."""
    return pictures.wrapped(str(text), units=20) if text else []
