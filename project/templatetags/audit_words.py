"""Audit actions in words: ``{% load audit_words %}``."""

from django import template

from project.audit_words import action_words

register = template.Library()
register.filter("action_words", action_words)
