"""Audit actions in words: ``{% load audit_words %}``."""

from django import template

from project.audit_scope import Trail
from project.audit_words import action_words, trail_words

register = template.Library()
register.filter("action_words", action_words)


@register.filter
def trail_title(trail: Trail) -> str:
    """How a trail is called."""
    return trail_words(trail.kind, trail.title)
