"""What hangs on an application: rounds, corrections, attachments, actors."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application


class Round(models.Model):
    """What was filed, and how it was assessed, each time. Never overwritten."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    answers = models.BinaryField()
    filed_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="round_once")]


class Correction(models.Model):
    """补正: one request naming everything that is missing or wrong, answered by one new round."""

    class Kind(models.TextChoices):
        INCOMPLETE = "incomplete", _("材料不齐全")
        INCORRECT = "incorrect", _("内容有错误")

    application = models.ForeignKey(Application, models.PROTECT, related_name="corrections")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    asked_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    before_acceptance = models.BooleanField()

    class Meta:
        ordering = ["round"]
        constraints = [models.UniqueConstraint(fields=["application", "round"], name="one_correction_a_round")]


class CorrectionPoint(models.Model):
    """One question or one paper named in a correction, and what to do about it (encrypted: it may tell facts)."""

    class Target(models.TextChoices):
        QUESTION = "question", _("问题")
        PAPER = "paper", _("材料")

    correction = models.ForeignKey(Correction, models.CASCADE, related_name="points")
    target = models.CharField(max_length=10, choices=Target.choices)
    name = models.CharField(max_length=60)
    message = models.BinaryField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["correction", "target", "name"], name="point_once")]


class Attachment(models.Model):
    """A paper handed in. The file and its name are encrypted with the case key.

    `taken_from`: the file of an earlier application it is a copy of.
    """

    public_id = models.UUIDField(unique=True, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="attachments")
    paper = models.CharField(max_length=60)
    name = models.BinaryField()
    stored = models.CharField(max_length=120)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    round = models.PositiveSmallIntegerField()
    added_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    taken_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["paper", "id"]


class CaseActor(models.Model):
    """One identity's one capacity in a case: the database's four eyes.

    Filer, named and payee share one row; an official's row names the stage; a registered relative's row bars the
    official. `who` is `person:<id>` where the account belongs to a person, else `user:<id>`; an organisation that
    applies is a party as `organisation:<id>`.
    """

    class Capacity(models.TextChoices):
        PARTY = "party", _("当事人")
        RELATIVE = "relative", _("当事人近亲属")
        RECUSED = "recused", _("自行回避")
        OFFICIAL = "official", _("经办人")

    application = models.ForeignKey(Application, models.CASCADE, related_name="actors")
    who = models.CharField(max_length=40)
    capacity = models.CharField(max_length=10, choices=Capacity.choices)
    stage = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "who"], name="one_capacity_a_case"),
            models.CheckConstraint(
                condition=models.Q(capacity="official") & ~models.Q(stage="")
                | ~models.Q(capacity="official") & models.Q(stage=""),
                name="officials_act_at_a_stage",
            ),
        ]
        indexes = [models.Index(fields=["who", "application"], name="actor_by_who")]
