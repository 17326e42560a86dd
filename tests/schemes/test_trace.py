"""依据对照: from a clause to what rests on it and back; nothing assumed is hidden; few queries whatever the size."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.models import Division
from schemes.models import PolicyClause, PolicyDocument, PolicyValue, SchemeVersion, current_version
from schemes.publication.publishing import DraftValue, propose_value, publish
from schemes.publication.untied import untied_paragraphs
from schemes.tracing import Tracing, clauses_on_record
from tests.schemes.conftest import AT

HONGHE = "honghe-2025-47"
GRANT = "grad-jobseeking"
TRACE = "/policy/trace/"


def page_of(client, path):
    return BeautifulSoup(client.get(path).content, "html.parser")


def passage(page, clause):
    """The section of the page in which a clause stands."""
    return page.select_one(f"#clause-{clause.pk}").find_parent("article")


def grant_clause():
    return PolicyClause.objects.get(document=HONGHE, scheme=GRANT)


def text_of(element):
    return " ".join(element.text.split())


@pytest.mark.usefixtures("founded")
class TestDocument:
    """One document."""

    def test_every_clause_stands_there_word_for_word(self, client):
        page = page_of(client, f"{TRACE}document/{HONGHE}/")
        quotes = {"".join(quote.text.split()) for quote in page.select("blockquote")}
        for clause in PolicyClause.objects.filter(document=HONGHE):
            assert "".join(clause.text.split()) in quotes

    def test_a_clause_shows_rules_calculation_values_and_letters_that_rest_on_it(self, client):
        found = text_of(passage(page_of(client, f"{TRACE}document/{HONGHE}/"), grant_clause()))
        for words in ("个人或家庭申请", "全日制学习", "定额", "补贴金额：1,000.00元", "批准决定书"):
            assert words in found

    def test_what_is_assumed_stands_out_with_its_note_and_is_counted_on_top(self, client):
        page = page_of(client, f"{TRACE}document/{HONGHE}/")
        value = PolicyValue.objects.get(scheme=GRANT, division="532500", name="amount")
        marked = [one for one in passage(page, grant_clause()).select("li") if "补贴金额" in one.text]
        assert "暂定" in marked[0].text
        assert value.note in marked[0].text
        stats = {
            one.select_one(".zd-stat__label").text: one.select_one(".zd-stat__value").text
            for one in page.select(".zd-stat")
        }
        assert int(stats["暂定的数值"]) == len(page.select("article li .govuk-tag"))

    def test_only_what_is_assumed_leaves_the_other_clauses_out(self, client):
        whole = page_of(client, f"{TRACE}document/{HONGHE}/")
        narrow = page_of(client, f"{TRACE}document/{HONGHE}/?assumed=1")
        assert 0 < len(narrow.select("article.zd-card")) < len(whole.select("article.zd-card"))
        assert all("暂定" in section.text for section in narrow.select("article.zd-card"))

    def test_a_confirmed_value_is_no_longer_assumed(self, client):
        row = PolicyValue.objects.get(scheme=GRANT, division="532500", name="amount")
        draft = DraftValue(GRANT, "532500", "amount", "1000.00", row.clause, "stated", row.valid_from, row.valid_to)
        proposal = propose_value(draft, "依文件确认", by="editor", at=AT, backdated_because="文件载明")
        publish(proposal.pk, by="publisher", at=AT)
        found = passage(page_of(client, f"{TRACE}document/{HONGHE}/"), grant_clause())
        amount = next(one for one in found.select("li") if "补贴金额" in one.text)
        assert "暂定" not in amount.text

    def test_nothing_rests_on_a_clause_that_only_informs(self):
        clause = grant_clause()
        PolicyClause.objects.filter(pk=clause.pk).update(offered_as="inform")
        rests = Tracing().rests_on(PolicyClause.objects.select_related("document__division").get(pk=clause.pk))
        assert (rests.offered_as, rests.rules, rests.values, rests.letters) == ("inform", (), (), ())

    def test_paragraphs_nothing_rests_on_are_shown(self, client):
        PolicyDocument.objects.filter(pk=HONGHE).update(text=f"总则一段。\n{grant_clause().text}\n")
        page = page_of(client, f"{TRACE}document/{HONGHE}/")
        assert [one.text for one in page.select("#untied ~ div p")] == ["总则一段。"]

    def test_a_document_without_its_text_says_so(self, client):
        PolicyDocument.objects.filter(pk=HONGHE).update(text="")
        assert "没有收录全文" in page_of(client, f"{TRACE}document/{HONGHE}/").text

    def test_an_unknown_document_is_not_found(self, client):
        assert client.get(f"{TRACE}document/nowhere/").status_code == 404


@pytest.mark.usefixtures("founded")
class TestScheme:
    """The way back."""

    def test_every_clause_of_the_scheme_is_linked_where_it_stands(self, client):
        page = page_of(client, f"{TRACE}scheme/{GRANT}/")
        links = {link["href"] for link in page.select("a[href]")}
        for clause in PolicyClause.objects.filter(scheme=GRANT):
            assert f"{TRACE}document/{clause.document_id}/#clause-{clause.pk}" in links

    def test_links_lead_to_a_place_that_is_there(self, client):
        for link in page_of(client, f"{TRACE}scheme/{GRANT}/").select("a[href*='#clause-']"):
            path, _hash, place = link["href"].partition("#")
            assert page_of(client, path).find(id=place) is not None

    def test_a_rule_is_told_with_how_it_is_judged_and_what_it_rests_on(self, client):
        rows = [text_of(row) for row in page_of(client, f"{TRACE}scheme/{GRANT}/").select("tbody tr")]
        assert any("全日制学习" in row and "学习形式 是 全日制" in row and "当地的条款" in row for row in rows)
        assert any("有就业意愿并正在求职" in row and "须有求职意愿" in row for row in rows)

    def test_an_example_stands_for_a_value_nobody_published_and_is_assumed(self):
        tracing = Tracing()
        found = [
            (rests, value)
            for rests in tracing.rests_on_all(clauses_on_record())
            for value in rests.values
            if value.row is None
        ]
        assert found
        assert all(value.assumed and value.note for _rests, value in found)

    def test_an_example_gives_way_to_a_value_of_a_division_above(self):
        tracing = Tracing()
        rests = next(
            one for one in tracing.rests_on_all(clauses_on_record()) if any(value.row is None for value in one.values)
        )
        definition, place = tracing.definitions[rests.clause.scheme_id], rests.clause.document.division
        example = next(one for one in definition.examples)
        before = len(tracing.examples(definition, place))
        PolicyValue.objects.create(
            scheme_id=definition.code, division_id="0", name=example.name, value=example.value, clause=rests.clause,
            basis="stated", valid_from=AT.date(), origin="people", published_by="x", published_at=AT,
        )  # fmt: skip
        assert len(Tracing().examples(definition, place)) == before - 1

    def test_an_unknown_scheme_is_not_found(self, client):
        assert client.get(f"{TRACE}scheme/nothing/").status_code == 404


@pytest.mark.usefixtures("founded")
class TestIndex:
    """All documents and schemes."""

    def test_every_document_with_clauses_is_listed_and_links_to_its_page(self, client):
        links = {link["href"] for link in page_of(client, TRACE).select("a[href]")}
        for code in PolicyDocument.objects.filter(clauses__isnull=False).values_list("pk", flat=True):
            assert f"{TRACE}document/{code}/" in links

    def test_a_place_narrows_the_list_to_its_documents(self, client):
        page = page_of(client, f"{TRACE}?place=532622")
        documents = {link["href"] for link in page.select(f"a[href^='{TRACE}document/']")}
        assert documents == {f"{TRACE}document/yanshan-2023-03-30/"}

    def test_a_place_that_is_none_shows_everything(self, client):
        assert client.get(f"{TRACE}?place=nowhere").status_code == 200

    def test_the_sum_of_the_documents_is_the_count_on_top(self, client):
        page = page_of(client, TRACE)
        counts = [int(row.select("td")[-1].text) for row in page.select("table")[0].select("tbody tr")]
        assert str(sum(counts)) in [value.text for value in page.select(".zd-stat__value")]

    def test_only_what_is_assumed_keeps_the_count(self, client):
        whole, narrow = page_of(client, TRACE), page_of(client, f"{TRACE}?assumed=on")
        assert whole.select(".zd-stat__value")[-1].text == narrow.select(".zd-stat__value")[-1].text


@pytest.mark.usefixtures("founded")
class TestQuick:
    """The number of queries does not grow with the record."""

    def count(self, client, path):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    @pytest.mark.parametrize("path", [TRACE, f"{TRACE}document/{HONGHE}/", f"{TRACE}scheme/{GRANT}/"])
    def test_more_clauses_and_schemes_cost_no_more_queries(self, client, path):
        client.get(path)
        before = self.count(client, path)
        self.grow()
        assert self.count(client, path) == before
        assert before <= 12

    def grow(self):
        """Eighty more schemes with three clauses and a value each, in one document."""
        latest = current_version(GRANT)
        document = PolicyDocument.objects.get(pk=HONGHE)
        for n in range(80):
            code = f"more-{n}"
            scheme = latest.scheme.__class__.objects.create(code=code)
            content = {**latest.content, "code": code}
            SchemeVersion.objects.create(
                scheme=scheme, number=1, content=content, digest="", origin="people", published_by="x", published_at=AT
            )
            clauses = [
                PolicyClause.objects.create(
                    document=document, scheme=scheme, clause=f"{n}({m})", text=f"第{n}条之{m}", strength="may"
                )
                for m in range(3)
            ]
            PolicyValue.objects.create(
                scheme=scheme, division=Division.objects.get(pk="532500"), name="amount", value="1.00",
                clause=clauses[0], basis="assumed", valid_from=AT.date(), origin="people", published_by="x",
                published_at=AT,
            )  # fmt: skip


class TestUntied:
    """Which paragraphs nothing rests on."""

    def test_a_paragraph_of_which_a_sentence_is_a_clause_is_tied(self):
        assert untied_paragraphs("总则。\n第一句。第二句。", ["第二句。"]) == ["总则。"]

    def test_a_clause_over_two_paragraphs_ties_both(self):
        assert untied_paragraphs("甲\n乙丙\n丁戊\n己", ["丙\n丁"]) == ["甲", "己"]

    def test_blanks_and_line_ends_do_not_matter(self):
        assert untied_paragraphs("一　二\r\n 三 ", ["一二"]) == ["三"]

    def test_a_clause_that_stands_nowhere_ties_nothing(self):
        assert untied_paragraphs("甲\n乙", ["丙", ""]) == ["甲", "乙"]

    def test_without_a_text_there_is_nothing(self):
        assert untied_paragraphs("", ["丙"]) == []
