"""The state `answered`: the office a request was referred to has answered."""

import django_fsm
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="application",
            name="application_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="application",
            name="application_review_was_accepted",
        ),
        migrations.RemoveConstraint(
            model_name="application",
            name="application_closed_has_stamp",
        ),
        migrations.AlterField(
            model_name="application",
            name="state",
            field=django_fsm.FSMField(
                choices=[
                    ("draft", "草稿"),
                    ("submitted", "待受理"),
                    ("returned_for_correction", "待补正"),
                    ("accepted", "已受理"),
                    ("not_accepted", "不予受理"),
                    ("in_review", "审核中"),
                    ("noticed", "公示中"),
                    ("granted", "已批准"),
                    ("refused", "不予批准"),
                    ("answered", "已答复"),
                    ("lapsed", "逾期未补正"),
                    ("withdrawn", "已撤回"),
                    ("revoked", "已撤销"),
                ],
                default="draft",
                max_length=50,
                protected=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "submitted",
                            "returned_for_correction",
                            "accepted",
                            "not_accepted",
                            "in_review",
                            "noticed",
                            "granted",
                            "refused",
                            "answered",
                            "lapsed",
                            "withdrawn",
                            "revoked",
                        ],
                    )
                ),
                name="application_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            ["accepted", "in_review", "noticed", "answered", "granted", "refused", "revoked"],
                        ),
                        _negated=True,
                    ),
                    ("accepted_at__isnull", False),
                    _connector="OR",
                ),
                name="application_review_was_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("state__in", ["not_accepted", "answered", "lapsed", "withdrawn", "revoked"]),
                    ),
                    models.Q(
                        models.Q(
                            ("state__in", ["not_accepted", "answered", "lapsed", "withdrawn", "revoked"]), _negated=True
                        ),
                        ("closed_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="application_closed_has_stamp",
            ),
        ),
    ]
