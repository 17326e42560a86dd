"""Renderers: from the content of a paper to its PDF. Which one a site uses is a setting; nothing else knows it."""
