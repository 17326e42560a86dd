"""Who does not want to be asked is known by their record: a hash alone could not be computed anew under a new key."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("helping", "0003_village_help")]

    operations = [
        migrations.RemoveConstraint(model_name="asknomore", name="ask_no_more_once"),
        migrations.RemoveField(model_name="asknomore", name="id_index"),
        migrations.AddField(
            model_name="asknomore",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="not_to_be_asked", to="people.person"
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="asknomore",
            constraint=models.UniqueConstraint(fields=("person", "scheme_code"), name="ask_no_more_once"),
        ),
    ]
