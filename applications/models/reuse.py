"""What a draft took over from an earlier application, and which papers are promised for later."""

from django.conf import settings
from django.db import models

from applications.models.application import Application


class TakenAnswer(models.Model):
    """An answer that its applicant took over instead of typing it; the row goes when the answer is changed.

    `source` is the application it was told in; empty where it was told to the questions before applying.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="taken_answers")
    name = models.CharField(max_length=60)
    source = models.ForeignKey(Application, models.SET_NULL, null=True, related_name="+")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["application", "name"], name="answer_taken_once")]


class PaperToFollow(models.Model):
    """A required paper its applicant hands in later 容缺后补. `due_on`: the last day for it, set by filing.

    The row stays when the paper has come: whether it is outstanding follows from the files.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="papers_to_follow")
    paper = models.CharField(max_length=60)
    due_on = models.DateField(null=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["application", "paper"], name="paper_to_follow_once")]
