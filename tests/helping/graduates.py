"""A school's file of graduates, brought in, confirmed, agreed to."""

import csv
import io

from helping.models import Mandate, SchoolBatch
from helping.schools import bringing, consenting, runs
from people.models import Office, User
from people.posts import appoint
from people.synthetic import synthetic_person
from project.demo import answers
from project.demo.directory import MENGZI
from tests import world

AT = world.START
SCHEME = "grad-jobseeking"
HEADINGS = {
    "name": "姓名",
    "id_number": "身份证号码",
    "disability_certificate": "残疾人证号",
    "phone": "联系电话",
    "study_mode": "学习形式",
    "graduation_date": "毕业日期",
    "seeks_work": "您有就业意愿并且正在找工作吗？",
    "received_before": "您以前领取过求职补贴或求职创业补贴吗？",
    "account": "本人银行账号",
    "bank": "开户银行",
}


def clerk():
    """Who brings in the graduates."""
    return world.user("school")


def colleague(username="school-colleague"):
    """Who holds the same post at the same school."""
    user = User.objects.create_user(username=username, full_name="学校同事")
    appoint(user, school(), "clerk", AT.date())
    return user


def school() -> Office:
    """The county-run school."""
    return Office.objects.filter(function="school", division_id=MENGZI, run_by="county").first()


def person(n):
    """The n-th graduate."""
    return synthetic_person(800 + n, MENGZI, (1999, 2005))


def cells(n, **changes):
    """One row, as text."""
    given = answers.grant(person(n), school(), AT.date(), n) | changes
    words = {True: "是", False: "否", "full_time": "全日制"}
    return [str(words.get(given[name], given[name])) for name in HEADINGS]


def as_csv(rows, headings=None) -> bytes:
    """The rows as a file."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([headings or list(HEADINGS.values()), *rows])
    return out.getvalue().encode("utf-8-sig")


def brought(count=2, rows=None) -> SchoolBatch:
    """A file that was checked."""
    content = as_csv(rows or [cells(n) for n in range(count)])
    return bringing.bring(clerk(), school(), SCHEME, content, AT)[0]


def made(count=2, rows=None) -> SchoolBatch:
    """The drafts are there."""
    batch = brought(count, rows)
    runs.confirm(clerk(), batch.pk, AT)
    runs.work(batch.pk)
    return SchoolBatch.objects.get(pk=batch.pk)


def agree(student):
    """The student signed."""
    said = {"way": Mandate.Way.SIGNED, "document": "同意书第1号"}
    return consenting.consent_at_school(clerk(), student, said, AT)
