"""The letter book as it is shipped: each text has its use, each use its text, and no sentence of a paper is in code."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from papers import glyphs
from papers.models import Paper
from schemes.letter_book.standard import shipped
from schemes.letter_book.variables import used_in
from schemes.letter_book.vocabulary import vocabulary
from schemes.letters import LETTER_VARIABLES

ROOMS = ("applications", "approvals", "benefits", "payouts", "papers", "archives")
# Where papers are put together.
MAKERS = ("applications/letters", "approvals/letters", "approvals/dossiers", "benefits/letters", "payouts/letters")
READERS = {"standard_letter": 0, "from_book": 1}
SENTENCE = re.compile(r"[\u4e00-\u9fff]{5,}.*。")


@cache
def trees(*places: str) -> dict[str, ast.Module]:
    """The code of rooms or folders, by file."""
    root = Path(settings.BASE_DIR)
    files = [
        file for place in places for file in sorted((root / place).rglob("*.py")) if "migrations" not in file.parts
    ]
    return {str(file.relative_to(root)): ast.parse(file.read_text("utf-8")) for file in files}


def words(tree: ast.AST) -> Iterator[str]:
    """Every text in the code but its docstrings."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def asked_for(tree: ast.AST) -> Iterator[str]:
    """The codes that calls name outright."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in READERS:
            given = node.args[READERS[node.func.id] :]
            if given and isinstance(given[0], ast.Constant):
                yield given[0].value


def test_every_letter_of_the_book_is_used():
    used = {word for tree in trees(*ROOMS).values() for word in words(tree)}
    used |= {str(kind) for kind in Paper.Kind}
    assert set(shipped()) - used == set()


def test_every_letter_the_code_asks_for_is_in_the_book():
    asked = {code for tree in trees(*ROOMS).values() for code in asked_for(tree)}
    assert asked
    assert asked - set(shipped()) == set()


def test_no_sentence_of_a_paper_stands_in_the_code():
    found = {
        (name, word)
        for name, tree in trees(*MAKERS).items()
        for word in words(tree)
        if SENTENCE.search(word) and word not in translated(tree)
    }
    assert found == set()


def translated(tree: ast.AST) -> set[str]:
    """What is said to the reader of a page, in their language: no part of a paper."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    firsts = (node.args[0] for node in calls if node.func.id in ("_", "gettext_lazy") and node.args)
    return {first.value for first in firsts if isinstance(first, ast.Constant)}


@pytest.mark.parametrize("code", sorted(shipped()))
def test_every_variable_of_a_letter_is_explained_and_used(code):
    letter = shipped()[code]
    assert set(letter.variables) - set(vocabulary()) == set()
    assert used_in(letter.title, letter.body) <= set(letter.variables)


def test_every_variable_of_a_scheme_s_letters_is_explained():
    assert set(LETTER_VARIABLES) - set(vocabulary()) == set()


@pytest.mark.parametrize("code", sorted(shipped()))
def test_every_letter_can_be_printed_and_is_written_in_both_languages(code):
    letter = shipped()[code]
    assert glyphs.first_unprintable(letter.title.zh + letter.body.zh) == ""
    assert letter.title.en
    assert letter.body.en


@pytest.mark.parametrize("code", sorted(shipped()))
def test_a_title_with_variables_has_a_name_people_know(code):
    letter = shipped()[code]
    assert letter.label or "{" not in letter.title.zh + letter.title.en


def test_no_two_letters_go_by_one_name():
    names = [(letter.label or letter.title).zh for letter in shipped().values()]
    assert len(names) == len(set(names))
