"""Application 申请: one case. Its state is the legal fact."""

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, FSMModelMixin

from applications.machine import ApplicationMachine
from applications.models.querysets import GuardedQuerySet
from applications.states import (
    APPLICANT_LABELS,
    EX_OFFICIO_LABELS,
    EX_OFFICIO_OFFICIAL_LABELS,
    LIVE,
    REFERRED_LABELS,
    REFERRED_OFFICIAL_LABELS,
    State,
)
from people.models import DataKey, Division, Office, Organisation, Person
from schemes import procedures
from schemes.models import SchemeVersion

DECIDED = [State.GRANTED, State.REFUSED, State.REVOKED]
CLOSED = [State.NOT_ACCEPTED, State.ANSWERED, State.LAPSED, State.WITHDRAWN, State.REVOKED, State.CONCLUDED]
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_public_id() -> str:
    """Twelve characters that can be read aloud and never guessed."""
    return "".join(secrets.choice(ALPHABET) for _position in range(12))


class Application(ConcurrentTransitionMixin, FSMModelMixin, ApplicationMachine, models.Model):
    """One case: whom it is about (`subject`), who filed it (`filed_by`), who is paid (`payee`).

    Where an organisation applies (`by_organisation`), `organisation` is whom it is about and `payee_organisation` who
    is paid; `subject` is then the person authorised to act for it 经办人.
    Answers and assessment are encrypted with the case's own key. `version` is the token a page sends back:
    an act on a stale page is refused. `process_ref` is the route's process. `continues` is the granted case whose next
    period a short claim asks for.
    """

    class Origin(models.TextChoices):
        ON_APPLICATION = "on_application", _("依申请")
        EX_OFFICIO = "ex_officio", _("依职权")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    number = models.CharField(_("申请编号"), max_length=40, unique=True, null=True, blank=True)
    scheme_version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="applications")
    scheme_code = models.CharField(max_length=60)
    once_group = models.CharField(max_length=60, blank=True)
    origin = models.CharField(max_length=16, choices=Origin.choices, default=Origin.ON_APPLICATION)
    division = models.ForeignKey(Division, models.PROTECT, null=True, related_name="applications")
    subject_office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="named_in")
    subject = models.ForeignKey(Person, models.PROTECT, null=True, related_name="applications")
    payee = models.ForeignKey(Person, models.PROTECT, null=True, related_name="paid_applications")
    by_organisation = models.BooleanField(default=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="applications")
    payee_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="paid_applications")
    continues = models.ForeignKey("self", models.PROTECT, null=True, related_name="continued_by")
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="filed_applications")
    for_other = models.BooleanField(default=False)
    state = FSMField(default=State.DRAFT, choices=State.choices, protected=True)
    round = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    process_ref = models.BigIntegerField(null=True, unique=True)
    data_key = models.OneToOneField(DataKey, models.PROTECT)
    answers = models.BinaryField(default=bytes)
    assessment = models.BinaryField(default=bytes)
    eligible = models.BooleanField(null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    policy_date = models.DateField(null=True)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    correction_due = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        verbose_name = _("申请")
        indexes = [
            models.Index(fields=["filed_by", "-id"], name="application_by_filer"),
            models.Index(fields=["state", "correction_due"], name="application_by_state"),
            models.Index(fields=["scheme_code", "state"], name="application_by_scheme"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="application_state_known"),
            models.CheckConstraint(
                condition=models.Q(state=State.DRAFT)
                | models.Q(
                    submitted_at__isnull=False,
                    number__isnull=False,
                    subject__isnull=False,
                    division__isnull=False,
                    policy_date__isnull=False,
                    round__gte=1,
                ),
                name="application_filed_is_complete",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.RETURNED)
                | models.Q(returned_at__isnull=False, correction_due__isnull=False),
                name="application_returned_has_due",
            ),
            models.CheckConstraint(
                condition=models.Q(correction_due__isnull=True)
                | models.Q(state__in=[State.RETURNED, State.LAPSED, State.WITHDRAWN]),
                name="application_due_only_when_returned",
            ),
            models.CheckConstraint(
                condition=~models.Q(
                    state__in=[State.ACCEPTED, State.IN_REVIEW, State.NOTICED, State.ANSWERED, *DECIDED]
                )
                | models.Q(accepted_at__isnull=False),
                name="application_review_was_accepted",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=DECIDED, decided_at__isnull=False)
                | ~models.Q(state__in=DECIDED) & models.Q(decided_at__isnull=True),
                name="application_decided_has_stamp",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=CLOSED, closed_at__isnull=False)
                | ~models.Q(state__in=CLOSED) & models.Q(closed_at__isnull=True),
                name="application_closed_has_stamp",
            ),
            models.CheckConstraint(
                condition=models.Q(origin="ex_officio", state__in=[State.DRAFT, State.IN_REVIEW, State.CONCLUDED])
                | models.Q(origin="on_application") & ~models.Q(state=State.CONCLUDED),
                name="application_state_fits_origin",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0),
                name="application_amount_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(by_organisation=False, organisation__isnull=True, payee_organisation__isnull=True)
                | models.Q(by_organisation=True, payee__isnull=True)
                & (
                    models.Q(state=State.DRAFT) | models.Q(organisation__isnull=False, payee_organisation__isnull=False)
                ),
                name="application_is_one_party_s",
            ),
            models.UniqueConstraint(
                fields=["subject", "once_group"],
                condition=models.Q(state__in=sorted(LIVE), by_organisation=False) & ~models.Q(once_group=""),
                name="application_once_for_life",
            ),
            models.UniqueConstraint(
                fields=["organisation", "once_group"],
                condition=models.Q(state__in=sorted(LIVE)) & ~models.Q(once_group=""),
                name="application_once_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.public_id

    @property
    def stream(self) -> str:
        """The audit stream of this case."""
        return f"case:{self.public_id}"

    @property
    def definition(self) -> Any:
        """The scheme as it was when the case was begun; an ex officio case follows the route of that procedure."""
        definition = self.scheme_version.definition
        return procedures.followed(definition, procedures.EX_OFFICIO) if self.is_ex_officio else definition

    @property
    def applicant_label(self) -> str:
        """The state in the applicant's words."""
        own = EX_OFFICIO_LABELS if self.is_ex_officio else REFERRED_LABELS if self.is_referred else {}
        return str((APPLICANT_LABELS | own)[State(self.state)])

    @property
    def official_label(self) -> str:
        """The state in the officials' words."""
        own = EX_OFFICIO_OFFICIAL_LABELS if self.is_ex_officio else REFERRED_OFFICIAL_LABELS if self.is_referred else {}
        return str(own.get(State(self.state), State(self.state).label))

    @property
    def is_ex_officio(self) -> bool:
        """Whether the office opened the case by itself 依职权, about something it has granted."""
        return self.origin == self.Origin.EX_OFFICIO

    @property
    def is_referred(self) -> bool:
        """Whether another office decides: we hand the request on and record its answer."""
        return self.scheme_version.definition.offered_as == "refer" and not self.is_ex_officio

    @property
    def applicant_name(self) -> str:
        """The organisation's or the person's name as recorded, for lists; "" before the case is filed."""
        party = self.organisation or self.subject
        return party.name if party else ""

    @property
    def is_open(self) -> bool:
        """Filed and not yet decided or closed."""
        return self.state in LIVE and self.state != State.GRANTED
