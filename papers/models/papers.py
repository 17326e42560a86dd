"""Papers 文书: rendered, numbered documents."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from people.models import DataKey, Office


class Paper(models.Model):
    """One numbered document. Its content is frozen and encrypted with the case key; the PDF is made by a worker.

    `pdf_sha256` is the hash of the plain file: downloads are checked against it. `corrects`: the paper whose slip it
    corrects; that one stays as it is. `served_on` is the day of service on record, null before it.
    """

    class Kind(models.TextChoices):
        ACCEPTANCE = "acceptance", _("受理通知书")
        NOT_ACCEPTED = "not_accepted", _("不予受理决定书")
        CORRECTION = "correction", _("补正告知书")
        GRANT = "grant", _("准予决定书")
        WAIVER_GRANT = "waiver_grant", _("减免决定书")
        PHASE_OUT = "phase_out", _("渐退期决定书")
        SERVICE = "service", _("准予认定（服务）决定书")
        REFERRAL = "referral", _("转办告知书")
        ANSWER = "answer", _("办理结果告知书")
        REFUSAL = "refusal", _("不予决定书")
        REVOCATION = "revocation", _("撤销决定书")
        PRIOR_NOTICE = "prior_notice", _("处理事先告知书")
        STOP = "stop", _("停发决定书")
        REDUCTION = "reduction", _("减发决定书")
        RECOVERY = "recovery", _("追回决定书")
        NO_ACTION = "no_action", _("不予处理告知书")
        DOSSIER = "dossier", _("批次卷")
        RECEIPT = "receipt", _("收件凭证")
        EXTENSION = "extension", _("延期告知书")
        OBJECTION_REPLY = "objection_reply", _("异议答复书")
        STATEMENT_REPLY = "statement_reply", _("陈述申辩答复书")
        COMPLAINT_REPLY = "complaint_reply", _("投诉答复书")
        PHASE_OUT_END = "phase_out_end", _("渐退期结束告知书")
        CERTIFICATE = "certificate", _("保证金减免证明")
        AGREEMENT = "agreement", _("减免协议书")
        PAYMENT_ADVICE = "payment_advice", _("拨付告知书")
        NOTICE_SHEET = "notice_sheet", _("公示")
        VISIT_RECORD = "visit_record", _("入户核查记录")
        BATCH_COVER = "batch_cover", _("拨付审批单")
        YEARLY_REPORT = "yearly_report", _("年度报告")
        CORRIGENDUM = "corrigendum", _("更正决定书")
        HANDOVER = "handover", _("档案移交清单")

    class State(models.TextChoices):
        QUEUED = "queued", _("正在生成")
        READY = "ready", _("已生成")
        FAILED = "failed", _("生成失败")

    class Status(models.TextChoices):
        VALID = "valid", _("有效")
        SUPERSEDED = "superseded", _("已被替代")
        REVOKED = "revoked", _("已撤销")
        CORRECTED = "corrected", _("已更正")
        VOID = "void", _("已作废")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    office = models.ForeignKey(Office, models.PROTECT, related_name="papers")
    series = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(_("发文字号"), max_length=60, unique=True)
    verify_code = models.CharField(max_length=12, unique=True)
    case_ref = models.CharField(max_length=20)
    addressee_masked = models.CharField(max_length=100)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    public_title = models.CharField(max_length=120)
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="papers")
    content = models.BinaryField()
    content_sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.VALID)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    served_on = models.DateField(null=True)
    service_reminded_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    failure = models.CharField(max_length=200, blank=True)
    pdf = models.CharField(max_length=120, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    unsigned_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    seal = models.ForeignKey("papers.Seal", models.PROTECT, null=True, related_name="papers")
    rendered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("文书")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["case_ref", "id"], name="paper_by_case"),
            models.Index(
                fields=["office", "issued_at"], condition=models.Q(served_on__isnull=True), name="paper_unserved"
            ),
            models.Index(fields=["next_attempt_at", "id"], condition=models.Q(state="queued"), name="paper_to_render"),
            models.Index(
                fields=["office", "id"], condition=models.Q(state__in=["queued", "failed"]), name="paper_unmade"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["office", "series", "year", "sequence"], name="paper_number_once"),
            models.CheckConstraint(
                condition=models.Q(state="ready", rendered_at__isnull=False)
                & ~models.Q(pdf="")
                & ~models.Q(pdf_sha256="")
                | models.Q(state__in=["queued", "failed"], rendered_at__isnull=True, pdf="", pdf_sha256=""),
                name="paper_ready_has_file",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="failed") | ~models.Q(failure=""), name="paper_failed_says_why"
            ),
            models.CheckConstraint(
                condition=models.Q(unsigned_sha256="") | models.Q(state="ready", seal__isnull=False),
                name="paper_signed_is_ready_and_sealed",
            ),
            models.CheckConstraint(
                condition=models.Q(seal__isnull=True) | ~models.Q(state="ready") | ~models.Q(unsigned_sha256=""),
                name="paper_with_seal_is_signed",
            ),
            models.CheckConstraint(
                condition=models.Q(status="void", voided_at__isnull=False)
                | ~models.Q(status="void") & models.Q(voided_at__isnull=True),
                name="paper_void_has_stamp",
            ),
            models.CheckConstraint(
                condition=models.Q(voided_at__isnull=True) | models.Q(served_on__isnull=True),
                name="paper_void_was_not_served",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="void")
                | models.Q(
                    kind__in=[
                        "receipt",
                        "objection_reply",
                        "statement_reply",
                        "complaint_reply",
                        "payment_advice",
                        "notice_sheet",
                        "visit_record",
                    ]
                ),
                name="paper_void_rests_on_nothing",
            ),
            models.CheckConstraint(
                condition=models.Q(corrects__isnull=True) | models.Q(kind="corrigendum"),
                name="only_a_corrigendum_corrects",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def label(self) -> str:
        """What it is called, in the reader's language; in Chinese where it has no English title."""
        in_english = (get_language() or "").startswith("en")
        return self.title_en if in_english and self.title_en else self.title
