"""The whole way of an application by ear: the front page, the list, the guide, signing in, the form, the receipt."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext

from people.forms.spoken import spoken
from people.models import Division
from project.demo.accounts import PASSWORD
from tests.journeys import steps
from tests.journeys.by_ear.ears import Ears
from tests.journeys.by_ear.form import Form
from tests.journeys.steps import Filed

OWN, OTHER = ("为我自己", "我就是经办人"), ("帮别人申请", "帮经办人填写")
GO_ON, SUBMIT = "保存并继续", "提交申请"
UNTIL = "最迟<strong>%(day)s</strong>办完这一步。"
TOLD = "我已经把同意书的每一句告诉本人，本人听懂了，并且同意。"
CONSENT = {
    "您是本人的什么人": "家属",
    "本人怎样同意的？": "本人口头同意，有见证人",
    "见证人姓名": "见证人甲",
    "怎样告诉本人的": "在家中逐句读给本人听。",
    TOLD: True,
}


@dataclass
class Way:
    """One application of somebody at a window."""

    ears: Ears
    form: Form

    def to_the_receipt(self, account: str, county: Division, for_whom: tuple[str, ...] = OWN) -> Filed:
        """From the front page; the case as the receipt tells it."""
        self.find_the_scheme(county)
        self.sign_in(account)
        self.begin(for_whom)
        self.hear_what_is_missing()
        self.answer()
        return self.submit()

    def find_the_scheme(self, county: Division) -> None:
        """By name from the front page, then by what one's county has of it; to the guide."""
        ears, title = self.ears, str(self.form.definition.title)
        ears.skip()
        ears.go_to("searchbox", "找什么事项")
        ears.type(title)
        ears.follow()
        ears.skip()
        ears.go_to("combobox", "县（市、区）")
        ears.choose(county.label)
        ears.follow("button", "看看这里能办什么")
        ears.skip()
        ears.follow("link", title)
        assert ears.heading() == title

    def sign_in(self, account: str) -> None:
        """The guide leads to signing in, and signing in back to the guide."""
        ears, guide = self.ears, self.ears.heading()
        ears.skip()
        ears.follow("button", "登录后开始")
        ears.skip()
        ears.go_to("textbox", "Username")
        ears.type(account)
        ears.go_to("textbox", "Password")
        ears.type(PASSWORD)
        ears.follow("button", "登录")
        assert ears.heading() == guide

    def begin(self, for_whom: tuple[str, ...]) -> None:
        """Say for whom, and come to the first page of the form."""
        ears = self.ears
        ears.skip()
        ears.go_to("radio", *OWN)
        ears.choose(next(gettext(one) for one in for_whom if gettext(one) in self.ways()))
        ears.follow("button", "开始填写")

    def ways(self) -> tuple[str, ...]:
        """For whom one can apply here, as the radio buttons are called."""
        by_organisation = self.form.definition.applicant == "organisation"
        return tuple(gettext(pair[by_organisation]) for pair in (OWN, OTHER))

    def hear_what_is_missing(self) -> None:
        """An empty page sent: the summary has the focus, its line leads to the control, which says what is wrong."""
        ears = self.ears
        ears.skip()
        ears.follow("button", GO_ON)
        assert ears.titles[-1].startswith(gettext("错误：")), ears.titles[-1]
        line = ears.next()
        assert line.role == "link", line
        assert line.name in ears.alarmed("alert"), line
        ears.press("Enter")
        heard = ears.heard()
        assert heard.role not in {"link", "button"}, heard
        assert line.name in heard.explained, f"{line.name!r} is not said with the control: {heard}"
        ears.open(ears.page.url.partition("#")[0])

    def answer(self) -> None:
        """Page after page, as far as there are any; each says which it is of how many."""
        ears, places = self.ears, []
        while re.search(r"/(edit/[^/]+|papers)/$", ears.page.url):
            places.append(place_told(ears))
            ears.skip()
            self.form.fill(ears, GO_ON)
        assert ears.page.url.endswith("/check/"), f"{ears.page.url}: {ears.alarmed('alert')}"
        assert places == sorted(places), places
        assert place_told(ears) == max(places) + 1, places

    def submit(self) -> Filed:
        """Say who agreed where that is asked, declare, file; the receipt tells the number in groups and who is next."""
        ears = self.ears
        consent = ears.page.get_by_role("link", name=gettext("登记关系和同意"))
        if consent.count():
            say_who_agreed(ears)
        ears.skip()
        self.form.fill(ears, SUBMIT)
        assert ears.page.url.endswith("/receipt/"), f"{ears.page.url}: {ears.alarmed('alert')}"
        filed = steps.receipt(ears.page)
        until, groups = gettext(UNTIL).partition("<strong>")[0], spoken(filed.number).aloud(gettext("，"))
        title = str(self.form.definition.title)
        ears.hears("申请已提交", title, groups, until.strip(), *self.form.promised, "看这份申请")
        return filed


def place_told(ears: Ears) -> int:
    """Which page of the form this is, as it says."""
    before, behind = re.split(r"%\(place\)s", gettext("第 %(place)s 步，共 %(total)s 步"))
    pattern = re.escape(before) + r"(\d+)" + re.escape(behind).replace(re.escape("%(total)s"), r"\d+")
    found = re.search(pattern, ears.page.get_by_role("main").inner_text())
    assert found, f"{ears.page.url} does not tell which page it is"
    return int(found[1])


def say_who_agreed(ears: Ears) -> None:
    """By what right one files for somebody else, and how they agreed: aloud, before a witness."""
    ears.skip()
    ears.follow("link", "登记关系和同意")
    ears.skip()
    ears.fill("登记", CONSENT)
