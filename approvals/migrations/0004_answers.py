"""What the office in charge answered to a request that was handed on."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0003_answered"),
        ("approvals", "0003_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("acceptance", "受理通知"),
                    ("not_accepted", "不予受理决定"),
                    ("correction", "补正告知"),
                    ("referral", "转办告知"),
                    ("answer", "答复告知"),
                    ("grant", "准予决定"),
                    ("refusal", "不予决定"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="opinion",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("accept", "受理"),
                    ("not_accept", "不予受理"),
                    ("agree", "同意"),
                    ("disagree", "不同意"),
                    ("correction", "退回补正"),
                    ("send_back", "退回上一环节"),
                    ("grant", "批准"),
                    ("refuse", "不予批准"),
                    ("answer_yes", "登记答复：同意办理"),
                    ("answer_no", "登记答复：不予办理"),
                    ("answer_other", "登记答复：转其他单位或另行处理"),
                    ("confirm", "确认"),
                    ("decline", "未达成协议"),
                    ("file", "备案"),
                    ("uphold", "异议成立"),
                    ("dismiss", "异议不成立"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "result",
                    models.CharField(
                        choices=[("yes", "同意办理"), ("no", "不予办理"), ("other", "转其他单位或另行处理")],
                        max_length=8,
                    ),
                ),
                ("answered_on", models.DateField()),
                ("details", models.BinaryField()),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referred_answer",
                        to="applications.application",
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="approvals.decision"
                    ),
                ),
            ],
            options={
                "verbose_name": "答复",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("result__in", ["yes", "no", "other"])), name="answer_result_known"
                    )
                ],
            },
        ),
    ]
