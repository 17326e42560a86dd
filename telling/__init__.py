"""Telling people: what is to be said, by which channel, when, and whether it arrived."""
