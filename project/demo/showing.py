"""What `make demo` shows: cases of the three named schemes, their papers, and one payout file."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from applications.models import Application
from audit.verify import verify
from papers import reading
from papers.jobs import render_all
from papers.models import Paper
from payouts import files
from payouts.models import Batch
from people.models import User
from project.demo import answers, money, stories
from project.demo.clerks import Case
from project.demo.directory import MENGZI
from project.jobs import run_due

RARE_NAME = "欧阳𬱖"


@dataclass
class Results:
    """What came out."""

    cases: list[tuple[str, Application]]
    papers: list[Paper]
    batch: Batch
    audit: str


def run() -> Results:
    """Play the cases, wait (on the demonstration's clock) until all months are payable, pay once."""
    users = {user.username: user for user in User.objects.all()}
    start = timezone.now() - timedelta(days=70)
    cases = [(name, story(users, start)) for name, story in SHOWN.items()]
    later = max(_last_payable(case.application) for _name, case in cases) + timedelta(days=1)
    run_due(later)
    batch = money.pay(users, "", later)
    render_all()
    verdict = verify()
    shown = [(name, Application.objects.get(pk=case.application.pk)) for name, case in cases]
    audit = str(verdict.fault or f"ok {verdict.events} events")
    return Results(shown, list(Paper.objects.order_by("pk")), batch, audit)


def _cast(users: dict[str, User], n: int, at: datetime, account: str = "applicant") -> stories.Cast:
    return stories.Cast(n, users[account], MENGZI, at, papers=True)


def _grant(users: dict[str, User], at: datetime) -> Case:
    case = stories.grant_case(_cast(users, 0, at), name=RARE_NAME)
    case.submit().ask_to_correct().resubmit().say("accept")
    if case.item_kind() == "review":
        case.say("agree")
    return case.end_notice().say("grant")


def _grant_refused(users: dict[str, User], at: datetime) -> Case:
    case = stories.grant_case(_cast(users, 1, at), study_mode="part_time").submit().say("accept")
    if case.item_kind() == "review":
        case.say("disagree", text="学习形式不符合条件。")
    return case.end_notice().say("refuse", reasons=("study_mode",), text="学籍证明载明学习形式为非全日制。")


def _waiver(users: dict[str, User], at: datetime) -> Case:
    case = stories.waiver_case(_cast(users, 2, at, "applicant2")).submit()
    return case.say("accept").say("agree").say("agree").say("grant").say("confirm")


def _phase_out(users: dict[str, User], at: datetime) -> Case:
    case = stories.phase_out_case(_cast(users, 3, at, "helper")).submit()
    case.say("accept", entries=answers.determination(case.at.date())).end_notice()
    return case.say("agree", entries={"phase_out_months": 6}).say("grant").say("file")


SHOWN = {
    "grad-jobseeking": _grant,
    "grad-jobseeking-refused": _grant_refused,
    "lottery-deposit-waiver": _waiver,
    "dibao-phase-out": _phase_out,
}


def _last_payable(application: Application) -> datetime:
    last = application.dues.order_by("-payable_from").first()
    day = last.payable_from if last else timezone.localdate()
    return max(timezone.now(), timezone.make_aware(datetime.combine(day, datetime.min.time())))


def write(results: Results, out: Path) -> None:
    """Write everything, and only it."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.iterdir():
        if old.suffix in {".json", ".pdf", ".xlsx", ".csv"}:
            old.unlink()
    for paper in results.papers:
        (out / _file_name(paper)).write_bytes(reading.pdf_bytes(paper))
    for kind in ("xlsx", "csv"):
        (out / f"payout-{results.batch.number}.{kind}").write_bytes(files.read(results.batch, kind))
    text = json.dumps(summary(results), ensure_ascii=False, indent=2)
    (out / "summary.json").write_text(text + "\n", encoding="utf-8")


def summary(results: Results) -> dict[str, Any]:
    """What happened, in figures: no ID, account, phone or certificate."""
    return {
        "cases": [_case_summary(name, application, results) for name, application in results.cases],
        "batch": {
            "number": results.batch.number,
            "state": str(results.batch.state),
            "lines": results.batch.line_count,
            "total": f"{results.batch.total:.2f}",
        },
        "audit": results.audit,
    }


def _case_summary(name: str, application: Application, results: Results) -> dict[str, Any]:
    owed = sum((due.amount for due in application.dues.all()), Decimal("0.00"))
    return {
        "story": name,
        "scheme": application.scheme_code,
        "number": application.number,
        "name": application.subject.name,
        "state": str(application.state),
        "amount": f"{application.amount:.2f}",
        "owed": f"{owed:.2f}",
        "papers": [
            {"kind": paper.kind, "number": paper.number, "file": _file_name(paper)}
            for paper in results.papers
            if paper.case_ref == application.public_id
        ],
    }


def _file_name(paper: Paper) -> str:
    return f"{paper.pk:02d}-{paper.kind}-{paper.verify_code}.pdf"


def faults(out: Path) -> list[str]:
    """What should be there and is not."""
    found = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    kinds = {paper["kind"] for case in found["cases"] for paper in case["papers"]}
    wanted = {"acceptance", "correction", "grant", "refusal", "waiver_grant", "phase_out"}
    missing = [f"paper {kind}" for kind in sorted(wanted - kinds)]
    files = [paper["file"] for case in found["cases"] for paper in case["papers"]]
    missing += [name for name in files if not (out / name).is_file()]
    missing += [f"one {kind} file" for kind in ("xlsx", "csv") if len(list(out.glob(f"*.{kind}"))) != 1]
    owed = sum(Decimal(case["owed"]) for case in found["cases"])
    if owed != Decimal(found["batch"]["total"]) or owed <= 0:
        missing.append(f"payout total {found['batch']['total']} for {owed} owed")
    if not found["audit"].startswith("ok"):
        missing.append(found["audit"])
    return missing
