"""What is given without money: a status recognised, or a service in kind."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from people.models import Organisation, Person


class Service(models.Model):
    """A person or an organisation is recognised, or is given a service. Nothing is owed for it.

    It holds from `valid_from` on; `valid_to` is its last day, null where no end was set.
    """

    application = models.OneToOneField(Application, models.PROTECT, related_name="service_given")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="services")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="services")
    granted_at = models.DateTimeField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        verbose_name = _("认定或服务")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, organisation__isnull=True)
                | models.Q(person__isnull=True, organisation__isnull=False),
                name="service_has_one_holder",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="service_ends_after_start",
            ),
        ]
