"""Some wish for papers on paper, handed over or sent by post."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("papers", "0011_found_by_file")]

    operations = [
        migrations.RemoveConstraint(model_name="readingwish", name="reading_wish_form_known"),
        migrations.AlterField(
            model_name="readingwish",
            name="form",
            field=models.CharField(
                choices=[("standard", "标准版PDF"), ("large", "大字版PDF"), ("text", "纯文本"), ("paper", "纸质文书")],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="readingwish",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ["standard", "large", "text", "paper"])),
                name="reading_wish_form_known",
            ),
        ),
    ]
