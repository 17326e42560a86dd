"""The letter book 文书格式文本: the texts of papers, with the variables each may use, and those people published."""

from schemes.letter_book.in_force import scheme_letter, standard_letter
from schemes.letter_book.standard import StandardLetter

__all__ = ["StandardLetter", "scheme_letter", "standard_letter"]
