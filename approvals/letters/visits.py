"""入户核查记录: who went, when and where, whom they met, what they found, and who confirmed it."""

from applications import answers as answers_of
from applications.door import Case
from applications.letters.wording import variables
from applications.naming import name_of
from approvals.letters.building import from_book, issue_draft
from approvals.models import Visit
from papers.content import Section, SigningLine, Table
from papers.models import Paper
from papers.wording import day_in_words, on_paper
from people import vault
from people.models import Office
from schemes.definition import APPLICANT

NOBODY = ""
MET = {
    Visit.Met.SUBJECT: "申请人本人",
    Visit.Met.FAMILY: "家属或者监护人",
    Visit.Met.NOBODY: "没有遇到人",
}
SIGNED = {
    Visit.Signature.NONE: "没有遇到人，没有签名",
    Visit.Signature.DRAWN: "已手写签名，图像存档",
    Visit.Signature.FINGERPRINT: "已按手印，图像存档",
    Visit.Signature.SHEET: "已在签名单上签名，照片存档",
    Visit.Signature.REFUSED: "拒绝签名",
}
AGREED = {True: "认可", False: "不认可", None: "没有询问"}
TITLE = "核查情况"


def visit_record(case: Case, office: Office, visit: Visit, findings: str, refusal: str) -> Paper:
    """Issue the record of a visit that was reported; `refusal` is why nothing was signed, "" where something was."""
    drafted = from_book(
        case,
        "visit_record",
        Paper.Kind.VISIT_RECORD,
        variables(case, office) | {"made_on": day_in_words(visit.made_at)},
        sections=(_circumstances(case, visit), _found(findings, refusal)),
        machine={"outcome": visit.state, "met": visit.met, "signature": visit.signature},
        layout="sheet",
        signing=_lines(visit),
        addressee=NOBODY,
    )
    return issue_draft(case, office, drafted)


def _circumstances(case: Case, visit: Visit) -> Section:
    rows = [
        ("申请人", name_of(case.application)),
        ("核查日期", on_paper(visit.made_at)),
        ("核查地点", _place(case, visit)),
        ("核查人员", f"{visit.first_official.full_name}、{visit.second_official.full_name}"),
        ("见到的人", MET[Visit.Met(visit.met)]),
        ("现场照片", f"{visit.photos.count()}张"),
    ]
    if visit.state == Visit.State.MADE:
        rows += [("是否认可核查情况", AGREED[visit.agreed]), ("签名情况", SIGNED[Visit.Signature(visit.signature)])]
    return Section(TITLE, (), Table("核查情况表", ("项目", "内容"), tuple(rows)))


def _place(case: Case, visit: Visit) -> str:
    """The division, and the address where the answers hold one."""
    application = case.application
    try:
        answers = answers_of.read(application)
    except vault.VaultError:
        return visit.area.name
    asked = (question.name for question in application.definition.questions(APPLICANT))
    addresses = (str(answers[name]) for name in asked if name.endswith("address") and answers.get(name))
    return " ".join([visit.area.name, *addresses])


def _found(findings: str, refusal: str) -> Section:
    told = [part.strip() for part in findings.splitlines() if part.strip()]
    return Section("看到的情况", (*told, *([f"拒绝签名的原因：{refusal.strip()}"] if refusal.strip() else [])))


def _lines(visit: Visit) -> tuple[SigningLine, ...]:
    """Where each of them signs by hand on the print: who was visited may set a fingerprint instead."""
    day = on_paper(visit.made_at)
    return (
        SigningLine("被核查人签名或按手印"),
        SigningLine("核查人员", visit.first_official.full_name, day),
        SigningLine("核查人员", visit.second_official.full_name, day),
    )
