"""The letter book 文书格式文本: texts of papers that are the same for every scheme, each with its own variables."""

from schemes.letter_book.standard import StandardLetter, standard_letter

__all__ = ["StandardLetter", "standard_letter"]
