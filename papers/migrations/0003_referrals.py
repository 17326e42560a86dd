"""Kinds of paper for services and for requests that another office decides."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0002_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="paper",
            name="kind",
            field=models.CharField(
                choices=[
                    ("acceptance", "受理通知书"),
                    ("not_accepted", "不予受理决定书"),
                    ("correction", "补正告知书"),
                    ("grant", "准予决定书"),
                    ("waiver_grant", "减免决定书"),
                    ("phase_out", "渐退期决定书"),
                    ("service", "准予认定（服务）决定书"),
                    ("referral", "转办告知书"),
                    ("answer", "办理结果告知书"),
                    ("refusal", "不予决定书"),
                    ("revocation", "撤销决定书"),
                ],
                max_length=20,
            ),
        ),
    ]
