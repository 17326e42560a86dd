"""What a grant is for; services, which are given without money; waivers of fees."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0005_organisations"),
        ("benefits", "0003_organisations"),
        ("people", "0002_organisations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Service",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("granted_at", models.DateTimeField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
            ],
            options={
                "verbose_name": "认定或服务",
            },
        ),
        migrations.AlterModelOptions(
            name="grant",
            options={"verbose_name": "补贴"},
        ),
        migrations.AlterModelOptions(
            name="waiver",
            options={"verbose_name": "减免"},
        ),
        migrations.AddField(
            model_name="grant",
            name="kind",
            field=models.CharField(
                choices=[
                    ("grant", "一次性补贴"),
                    ("periodic", "按期补贴"),
                    ("institution_grant", "单位奖补"),
                    ("interest_subsidy", "贴息"),
                ],
                default="grant",
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["grant", "periodic", "institution_grant", "interest_subsidy"])),
                name="grant_kind_known",
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="application",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="service_given", to="applications.application"
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="services",
                to="people.organisation",
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="person",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="services", to="people.person"
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation__isnull", True), ("person__isnull", False)),
                    models.Q(("organisation__isnull", False), ("person__isnull", True)),
                    _connector="OR",
                ),
                name="service_has_one_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="service_ends_after_start",
            ),
        ),
    ]
