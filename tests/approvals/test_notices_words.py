"""No page of a public notice, whatever it is about, says a word of disability or a full name, in any language."""

import re

import pytest

from approvals.models import PublicNotice
from schemes.models import SchemeVersion
from tests import world
from tests.approvals.desk import text_of

pytestmark = pytest.mark.django_db
FORBIDDEN = ("残疾", "残障", "盲", "聋", "精神", "智力", "肢体", "低保", "disab", "handicap", "blind", "deaf", "mental")
LANGUAGES = ("zh-hans", "en")


def noticed(clock):
    """Two schemes on notice at once: the grant and the phase-out."""
    grant = world.grant(0).submit().say("accept")
    phase_out = world.phase_out(0).submit()
    phase_out.say("accept", entries=world.answers.determination(world.START.date()))
    clock.move_to(max(grant.at, phase_out.at))
    return [case for case in (grant, phase_out) if PublicNotice.objects.filter(application=case.application).exists()]


def pages(client):
    """The pages one comes to from the list by its links, with their addresses."""
    waiting, seen = ["/notices/"], {}
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        seen[url] = client.get(url)
        found = re.findall(r'href="(/notices/[^"#]*)"', seen[url].content.decode())
        waiting += [link for link in found if link not in seen]
    return seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_what_anybody_may_read_tells_of_a_disability_or_a_full_name(client, clock, language):
    cases = noticed(clock)
    assert cases
    client.cookies["django_language"] = language
    found = pages(client)
    assert len(found) >= 3
    names = [case.application.subject.name for case in cases]
    for url, answer in found.items():
        body = text_of(answer)
        body = body[: body.index("<footer")] if "<footer" in body else body
        shown = re.sub(r"<[^>]+>", " ", body).lower() + url
        for word in (*FORBIDDEN, *names):
            assert word not in shown, (url, word)


def test_the_public_title_of_every_scheme_on_notice_tells_of_no_disability():
    seen = 0
    for version in SchemeVersion.objects.all():
        definition = version.definition
        if any(stage.kind == "notice" for stage in definition.stages):
            title = definition.public_title
            text = f"{title.zh} {title.en}".lower()
            assert [word for word in FORBIDDEN if word in text] == [], definition.code
            seen += 1
    assert seen


def test_the_masked_name_is_shown_instead_of_the_full_one(client, clock):
    case = noticed(clock)[0]
    body = text_of(client.get("/notices/"))
    notice = PublicNotice.objects.get(application=case.application)
    assert notice.masked_name in body
    assert "*" in notice.masked_name
