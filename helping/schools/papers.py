"""Papers of many students at once: each file judged like any upload, and of each student all of them or none."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from django.conf import settings
from django.utils.translation import gettext as _

from applications import actions, attachments, uploads
from applications.models import Application, Attachment
from applications.own import Act
from applications.uploads import CleanFile
from helping.models import SchoolBatch, Student
from helping.schools import bringing, paper_names, zips
from helping.schools.paper_names import Place
from helping.schools.zips import Packed
from people import sealed_files, virus_scan
from people.models import User
from people.refusals import Conflict, Invalid, NotFound, Refused

Papers = list[tuple[str, CleanFile]]
Files = list[tuple[str, Packed]]
SECONDS = 40  # after which no further file is judged: the proxy in front of a page waits for 60


@dataclass(frozen=True)
class FileFault:
    """A file that was not taken, and why."""

    name: str
    message: str

    def __str__(self) -> str:
        return _("“%(name)s”：%(message)s") % {"name": self.name, "message": self.message}


@dataclass
class Taken:
    """What came of a ZIP: students with new papers, those papers, files that were there before, and every fault."""

    students: int = 0
    files: int = 0
    known: int = 0
    faults: list[FileFault] = field(default_factory=list)


@dataclass(frozen=True)
class _Run:
    """One ZIP being taken in, until a moment of the process's own clock."""

    user: User
    batch: SchoolBatch
    at: datetime
    until: float
    taken: Taken = field(default_factory=Taken)


def bring(user: User, pk: int, content: bytes, at: datetime) -> Taken:
    """Put the papers of a ZIP into the drafts of a batch.

    Raises NotFound, Conflict where the batch is a colleague's or at work, Invalid for what is no ZIP of papers.
    """
    batch = bringing.batch_of(user, pk, at)
    bringing.check_keeper(user, batch)
    if batch.state != bringing.State.MADE:
        raise Conflict(_("这个批次现在不能上传材料。请刷新后再看。"), code="not_made")
    run = _Run(user, batch, at, monotonic() + SECONDS)
    taken = run.taken
    for row, files in _by_row(batch, zips.files_in(content), taken).items():
        _of_student(run, row, files)
    told = {"students": taken.students, "files": taken.files, "refused": len(taken.faults)}
    bringing.record(batch, "papers", user.username, at, **told)
    return taken


def _by_row(batch: SchoolBatch, files: Iterable[Packed], taken: Taken) -> dict[int, Files]:
    """The files of each row, with the paper each is for; those of no row are faults."""
    found: dict[int, Files] = {}
    for file in files:
        try:
            place = _place_of(file, batch)
        except Invalid as refusal:
            taken.faults.append(FileFault(file.name, str(refusal.message)))
        else:
            found.setdefault(place.row, []).append((place.paper, file))
    return found


def _place_of(file: Packed, batch: SchoolBatch) -> Place:
    place = paper_names.place_of(file.name, batch.scheme_version.definition)
    if place is None:
        raise Invalid(_("看不出是哪一行的学生。文件名应当像“12-1.jpg”。"), code="no_row")
    return place


def _of_student(run: _Run, row: int, files: Files) -> None:
    taken = run.taken
    try:
        clean, faults = _judged(files, run.until)
        kept, known = (0, 0) if faults else _kept(run, row, clean)
    except Refused as refusal:
        faults = [FileFault(_("第%(row)s行") % {"row": row}, _why(refusal))]
    else:
        taken.students += bool(kept)
        taken.files, taken.known = taken.files + kept, taken.known + known
    taken.faults += faults


def _judged(files: Files, until: float) -> tuple[Papers, list[FileFault]]:
    """Clean copies of a student's files, and what is wrong with them.

    Raises Invalid for more files than a paper may have, before one is opened; Conflict when the time is over.
    """
    _check_number(files)
    clean: Papers = []
    faults = []
    for paper, file in files:
        if monotonic() > until:
            text = _("这次来不及登记。请把同一个压缩包再传一次，传过的不会重复；还是来不及的，请分成几个压缩包。")
            raise Conflict(text, code="late")
        try:
            if not paper:
                raise Invalid(_("看不出是哪一项材料。请用材料的序号，例如“12-1.jpg”。"), code="no_paper")
            clean.append((paper, _clean(file)))
        except Invalid as refusal:
            faults.append(FileFault(file.name, str(refusal.message)))
    return clean, faults


def _check_number(files: Files) -> None:
    most = attachments.MOST_FILES
    if any(count > most for count in Counter(paper for paper, _file in files).values()):
        text = _("同一项材料最多上传%(most)s个文件。请先移除不需要的，或者合并成一个PDF。")
        raise Invalid(text % {"most": most}, code="too_many")


def _clean(file: Packed) -> CleanFile:
    """Scanned by itself too: a scanner looks only so far into a ZIP. Raises Invalid."""
    content = file.read()
    try:
        harmless = virus_scan.is_clean(content)
    except virus_scan.ScannerAway as error:
        text = _("现在不能检查文件是否安全，文件没有保存。请过一会儿再上传；着急的，请打办理电话或者到窗口交。")
        raise Invalid(text, code="scanner_away") from error
    if not harmless:
        text = _("文件里发现病毒，没有保存。请换一台设备重新拍照或者扫描，再上传。")
        raise Invalid(text, code="infected")
    return uploads.cleaned(file.name, content, settings.UPLOAD_MAX_BYTES)


def _draft_of(user: User, batch: SchoolBatch, row: int) -> str:
    """The public number of the student's case. Raises Conflict where there is none."""
    student = Student.objects.select_related("application").filter(batch=batch, row=row).first()
    if student is None:
        raise Conflict(_("名单里没有这一行。"), code="no_row")
    if student.application is None:
        raise Conflict(_("这名学生现在没有等待提交的申请。"), code="no_draft")
    if student.application.for_other and student.application.filed_by_id != user.pk:
        raise Conflict(_("这份申请由原来的同事办理。"), code="not_yours")
    return student.application.public_id


def _kept(run: _Run, row: int, papers: Papers) -> tuple[int, int]:
    """How many files were added and how many were there before; all of them or, on any fault, none."""
    public_id = _draft_of(run.user, run.batch, row)
    added: list[Attachment] = []
    known = 0
    try:
        with actions.own_case(run.user, public_id, run.at, Act.EDIT) as case:
            for paper, clean in papers:
                if _is_there(case.application, paper, clean):
                    known += 1
                else:
                    added.append(attachments.add_clean(run.user, public_id, paper, clean, run.at))
    except BaseException:
        for one in added:
            sealed_files.remove(one.stored)
        raise
    return len(added), known


def _is_there(application: Application, paper: str, clean: CleanFile) -> bool:
    """Whether these very bytes are among the papers of a (locked) case: a ZIP sent twice, even at once, adds nothing
    twice.
    """
    rows = application.attachments.filter(paper=paper, replaced_at__isnull=True)
    return rows.filter(sha256=hashlib.sha256(clean.content).hexdigest()).exists()


def _why(refusal: Refused) -> str:
    if isinstance(refusal, NotFound):
        return _("学生已经停止由学校办理")
    return str(refusal.message)
