"""The policy record: every clause word for word where it says it stands, as strong as its words are."""

import re
from collections import Counter

import pytest

from people.division_tables import read_divisions
from schemes.files.catalogue_files import read_policies
from scripts import policy_record
from tests.schemes.clause_places import item, squeezed

POLICIES = {policy.division: policy for policy in read_policies()}
DOCUMENTS = {document.code: document for policy in POLICIES.values() for document in policy.documents}
OFFERS = [
    pytest.param(offer, id=f"{division} {offer.clause} {offer.scheme}")
    for division, policy in POLICIES.items()
    for offer in policy.schemes
]
PLACES = {"532500", "532622", "310000", "220000", "350000", "411500", "500000", "500153"}
LONGEST = 230

# Words that settle how strong a clause is. A sentence that speaks of two schemes can be weak for one of them only.
WORDS = {
    "planned": ("推动建立", "制定残疾人就业补贴奖励"),
    "explore": ("探索以", "探索建立"),
    "may": ("可放宽至", "可按规定给予", "可不计入", "可纳入", "可依托", "可通过创建"),
}
ANOTHER_SCHEME = {"可按规定给予": "dibao-reinclusion", "可纳入": "blind-medical-massage-clinic"}
ENCOURAGED = ("鼓励", "引导", "支持", "推动")
# The sentence begins with an encouragement and goes on to a claim: 享受资助, 给予奖励, 落实补贴, 培训次数.
CLAIM_FOLLOWS = re.compile(
    "享受(学生)?资助|给予奖励补助|就高落实|给予资费优惠|优惠套餐|按规定享受|扶持开办|不少于|考试"
)


def test_every_place_has_its_documents():
    assert set(POLICIES) >= PLACES
    assert set(POLICIES) <= {division.code for division in read_divisions()}


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_every_document_is_held_in_full(document):
    assert len(document.text) > 100
    assert not re.search(r"<[a-z/]|↓|https?:", document.text)


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_a_text_that_is_not_from_an_official_site_is_to_be_checked(document):
    assert document.source == "official" or "待与官方文本核对" in document.note


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_a_day_the_text_does_not_give_is_called_assumed(document):
    assert document.dated or "暂定" in document.note


@pytest.mark.parametrize("offer", OFFERS)
def test_a_clause_stands_word_for_word_where_it_says(offer):
    assert squeezed(offer.text) in squeezed(item(DOCUMENTS[offer.document].text, offer.clause))


@pytest.mark.parametrize("offer", OFFERS)
def test_a_clause_is_whole_sentences(offer):
    lines = [squeezed(line) for line in DOCUMENTS[offer.document].text.splitlines()]
    text = squeezed(offer.text)
    line = next(line for line in lines if text in line)
    before = line[: line.index(text)]
    assert text.endswith("。")
    assert len(text) <= LONGEST
    assert not before or before[-1] in "。)）."


def test_a_clause_offers_a_scheme_once():
    seen = Counter((offer.document, offer.scheme, offer.clause) for (offer,) in (each.values for each in OFFERS))
    assert [key for key, times in seen.items() if times > 1] == []


@pytest.mark.parametrize("offer", OFFERS)
def test_the_strength_is_that_of_the_words(offer):
    found = {
        strength
        for strength, words in WORDS.items()
        for word in words
        if word in offer.text and ANOTHER_SCHEME.get(word) != offer.scheme
    }
    expected = found or ({"shall", "general"} if not _only_encourages(offer.text) else {"general"})
    assert offer.strength in expected


def _only_encourages(text):
    return text.startswith(ENCOURAGED) and not CLAIM_FOLLOWS.search(text)


@pytest.mark.parametrize("offer", OFFERS)
def test_nothing_can_be_filed_on_what_is_only_planned_or_explored(offer):
    assert offer.strength not in {"planned", "explore"} or offer.offered_as == "inform"


@pytest.mark.parametrize("offer", OFFERS)
def test_what_a_note_quotes_stands_in_the_document(offer):
    text = squeezed(DOCUMENTS[offer.document].text)
    for note in (offer.note, *(value.note for value in offer.values if value.basis == "stated")):
        for quoted in re.findall("“([^“”]+(?:“[^”]+”[^“”]*)*)”", note):
            assert all(part in text for part in squeezed(quoted).split("……"))


@pytest.mark.parametrize("offer", OFFERS)
def test_a_value_no_text_states_says_what_it_rests_on(offer):
    assert all(value.note for value in offer.values if value.basis == "assumed")


def test_the_list_of_places_schemes_and_clauses_is_current():
    assert policy_record.RECORD.read_text(encoding="utf-8") == policy_record.record(), "run scripts/policy_record.py"
