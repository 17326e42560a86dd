"""Each envelope that stood before documents were kept gets one tranche from its document and its amount."""

from typing import Any

from django.db import migrations
from django.utils import timezone

# assumed: who bore the money of such an envelope is not known; the level that held it is taken to bear it alone.
LEVELS = ("province", "prefecture", "county")


def open_tranches(apps: Any, schema_editor: Any) -> None:
    """Append them; envelopes of nothing get none."""
    tranche, at = apps.get_model("benefits", "Tranche"), timezone.now()
    budgets = apps.get_model("benefits", "Budget").objects.filter(amount__gt=0, tranches=None)
    rows = [
        tranche(
            budget=budget,
            kind="opening",
            document=budget.document,
            source="unstated",
            amount=budget.amount,
            at=at,
            **{level: 10_000 if level == _bearer(budget.division.level) else 0 for level in LEVELS},
        )
        for budget in budgets.select_related("division")
    ]
    tranche.objects.bulk_create(rows, batch_size=500)


def _bearer(level: str) -> str:
    return level if level in LEVELS else "county"


class Migration(migrations.Migration):
    """Of what is there."""

    dependencies = [("benefits", "0009_budget_tranches")]
    operations = [migrations.RunPython(open_tranches, migrations.RunPython.noop)]
