"""The counters that numbers come from."""

from django.db import models


class Counter(models.Model):
    """The last number given under a key. The row is locked until the transaction that took a number ends."""

    key = models.CharField(max_length=120, primary_key=True)
    value = models.PositiveBigIntegerField(default=0)
