"""Published texts of letters: what an editor drafted and another person released, for a division from a day on."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schemes.models.versions import Scheme
from schemes.texts import LocalText

TEXTS = ("title_zh", "title_en", "body_zh", "body_en")
EMPTY = Q(**dict.fromkeys(TEXTS, ""))
WRITTEN = ~Q(title_zh="") & ~Q(title_en="") & ~Q(body_zh="") & ~Q(body_en="")


class LetterVersion(models.Model):
    """The text of a letter in a division and those in it, in force from a day until a newer one is.

    Of a standard letter (`code` of the letter book), or of one scheme's own (`scheme`, and `code` its kind). A row that
    withdraws has no text: from its day on the text of the division above applies again, at last the one that came with
    the product or the scheme's version. Rows are only ever added: triggers refuse any change. How a text came about
    (draft, submitted, sent back) stands in its proposal.
    """

    code = models.CharField(max_length=40)
    scheme = models.ForeignKey(Scheme, models.PROTECT, null=True, blank=True, related_name="letter_versions")
    division = models.ForeignKey("people.Division", models.PROTECT, related_name="letter_versions")
    in_force_from = models.DateField()
    withdraws = models.BooleanField(default=False)
    title_zh = models.CharField(max_length=120, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    body_zh = models.TextField(blank=True)
    body_en = models.TextField(blank=True)
    reason = models.CharField(_("理由"), max_length=300)
    drafted_by = models.CharField(max_length=150)
    published_by = models.CharField(max_length=150)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("文书文本")
        indexes = [models.Index(fields=["code", "scheme", "in_force_from"], name="letter_look_up")]
        constraints = [
            models.CheckConstraint(condition=~Q(published_by=F("drafted_by")), name="letter_published_by_another"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(drafted_by=""), name="letter_has_author_and_reason"),
            models.CheckConstraint(
                condition=(Q(withdraws=True) & EMPTY) | (Q(withdraws=False) & WRITTEN),
                name="letter_has_text_or_withdraws",
            ),
        ]

    @property
    def title(self) -> LocalText:
        """The title in both languages."""
        return LocalText(zh=self.title_zh, en=self.title_en)

    @property
    def body(self) -> LocalText:
        """The body in both languages; paragraphs are separated by an empty line."""
        return LocalText(zh=self.body_zh, en=self.body_en)
