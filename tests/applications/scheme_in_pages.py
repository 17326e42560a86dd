"""An editor at the pages in which a scheme is made: every form is read from the page, changed, and sent back."""

from bs4 import BeautifulSoup

DESK = "/policy/work/"
TEXT = "一、对取得职业资格证书的残疾人，给予一次性补贴1200元。(责任单位:州人社局、州残联)\n二、自印发之日起施行。"


class Pages:
    """A client that follows forms as a browser without script does."""

    def __init__(self, client):
        self.client = client

    def get(self, address):
        return self._page(self.client.get(address, follow=True))

    def send(self, address, status=200, **answers):
        """Fill in the one form of a page and send it; the page that comes back."""
        page = self.get(address)
        form = next(form for form in page.main.find_all("form", method="post") if form.find("button"))
        return self._page(
            self.client.post(form.get("action") or address, fields_of(form) | answers, follow=True), status
        )

    def press(self, address, action, **answers):
        """Send the form of a page that goes to this address."""
        form = self.get(address).main.find("form", action=action)
        return self._page(self.client.post(action, fields_of(form) | answers, follow=True))

    def _page(self, response, status=200):
        assert response.status_code == status, response.content.decode()[:3000]
        page = BeautifulSoup(response.content, "html.parser")
        summary = page.find(attrs={"data-error-summary": True})
        assert status != 200 or summary is None, summary.get_text(" ", strip=True)
        page.address = response.request["PATH_INFO"]
        return page


def fields_of(form):
    """What the form would send as it stands."""
    found = {}
    for box in form.find_all("input"):
        if box.get("type") in ("checkbox", "radio") and not box.has_attr("checked"):
            continue
        if box.get("type") == "checkbox":
            found.setdefault(box["name"], []).append(box.get("value", "on"))
        elif box.get("name") and box.get("type") not in ("file", "submit"):
            found[box["name"]] = box.get("value", "")
    for box in form.find_all("textarea"):
        found[box["name"]] = box.get_text().removeprefix("\n").removeprefix("\r\n")
    for box in form.find_all("select"):
        chosen = box.find("option", selected=True) or box.find("option")
        found[box["name"]] = chosen.get("value", "") if chosen else ""
    return found


def day(name, year, month, date):
    return {f"{name}_year": year, f"{name}_month": month, f"{name}_day": date}


def make_scheme(pages):
    """From the pasted document to a checklist without gaps; the number of the draft."""
    page = pages.send(
        f"{DESK}documents/new/", division="532500", title="关于发放职业资格证书补贴的通知",
        number="红人社发〔2026〕90号", issuer="红河州人社局", source="official", text=TEXT,
        **day("dated", 2026, 9, 1), **day("in_force_to", 2028, 12, 31),
    )  # fmt: skip
    document = int(page.address.strip("/").split("/")[-1])
    page = pages.send(f"{DESK}{document}/split/", pick=["0"], scheme="*")
    build = page.address
    pages.send(
        f"{build}step/names/", code="course-grant", title_zh="残疾人职业资格证书补贴",
        title_en="Grant for a certificate",
        public_title_zh="职业资格证书补贴", public_title_en="Grant for a certificate",
    )  # fmt: skip
    pages.send(
        f"{build}step/words/", summary_zh="取得证书后可以申请。", summary_en="For those with a certificate.",
        ask_at_zh="县人社局", ask_at_en="the county's human resources bureau",
    )  # fmt: skip
    offer = {"offered_as": "apply", "archetype": "individual", "applicant": "person", "benefit_kind": "grant"}
    pages.send(f"{build}step/offer/", **offer, case_number_prefix="ZGZS")
    shared = ["name", "identity", "certificate", "phone", "home", "account"]
    add_shared(pages, f"{build}list/pages/", shared)
    pages.send(f"{build}step/offer/", case_division="home_division")
    pages.send(
        f"{build}list/pages/6/", label_zh="您取得了职业资格证书吗？", label_en="Do you have a certificate?",
        name="qualified", kind="yes_no", fact="yes", required="yes",
    )  # fmt: skip
    add_shared(pages, f"{build}list/papers_asked/", ["id-copy", "certificate-copy"])
    add_shared(pages, f"{build}list/requirements/", ["certificate_matches_id"])
    pages.send(
        f"{build}list/requirements/1/", label_zh="已取得职业资格证书", label_en="Has a certificate", code="qualified",
        condition_field="qualified", condition_op="eq", condition_value="是", shows="qualified",
    )  # fmt: skip
    pages.send(f"{build}step/calculation/", calculation="fixed_amount")
    pages.send(f"{build}values/amount/", value="1,200")
    pages.send(
        f"{build}letters/grant/", title_zh="补贴决定书", title_en="Decision on the grant",
        body_zh="{name}：\n\n发给{amount}元。依据：{document}{clause}。",
        body_en="Dear {name},\n\nyou are granted {amount} yuan. Basis: {document} {clause}.",
    )  # fmt: skip
    pages.send(
        f"{build}list/refusal_reasons/0/", label_zh="没有证书", label_en="No certificate", code="not_qualified",
        text_zh="您没有取得职业资格证书。", text_en="You have no certificate.", lines=["qualified"],
    )  # fmt: skip
    add_shared(pages, f"{build}list/declarations/", ["true", "personal_data"])
    make_cases(pages, f"{build}list/cases/")
    return int(build.strip("/").split("/")[-2])


def add_shared(pages, address, codes):
    """Tick shared parts."""
    form = next(form for form in pages.get(address).main.find_all("form") if form.find("input", {"name": "use"}))
    response = pages.client.post(address, fields_of(form) | {"use": codes}, follow=True)
    assert response.status_code == 200


def make_cases(pages, address):
    """Granted, refused at the boundary, a fact missing."""
    facts = {"fact_id_number": "532524199901010017", "fact_disability_certificate": "53252419990101001743"}
    facts |= {"fact_home_division": "532503", "division": "532503", **day("on", 2026, 12, 1)}
    pages.send(f"{address}0/", **facts, name="有证书", fact_qualified="yes", eligible="granted", amount="1200")
    pages.send(f"{address}1/", **facts, name="没有证书", fact_qualified="no", eligible="refused", fails=["qualified"])
    pages.send(f"{address}2/", **facts, name="没有回答", eligible="missing")
