"""Posts that are in force get the side of their role before the database asks for it."""

import django.db.models.expressions
from django.db import migrations, models

STEP = 10
KINDS = {"auditor": 2, "administrator": 3}


def take_sides(apps, schema_editor):
    """One side for each user with posts; a user on two must be settled by hand first, nothing is guessed."""
    posts, sides = apps.get_model("people", "Post"), apps.get_model("people", "Side")
    stands = {}
    for post in posts.objects.filter(withdrawn=False).order_by("pk"):
        stands.setdefault(post.user_id, set()).add(KINDS.get(post.role, 1))
    torn = sorted(user for user, kinds in stands.items() if len(kinds) > 1)
    if torn:
        raise RuntimeError(f"users {torn} hold posts that do not go together; end some of them, then migrate")
    for user, kinds in stands.items():
        number = user * STEP + kinds.pop()
        sides.objects.create(number=number, user_id=user, kind=number % STEP)
        posts.objects.filter(user_id=user, withdrawn=False).update(side_id=number)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_staff'),
    ]

    operations = [
        migrations.RunPython(take_sides, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('side__isnull', True), ('withdrawn', True)), models.Q(('role', 'auditor'), ('side', models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('user_id'), '*', models.Value(10)), '+', models.Value(2)), output_field=models.BigIntegerField())), ('side__isnull', False), ('withdrawn', False)), models.Q(('role', 'administrator'), ('side', models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('user_id'), '*', models.Value(10)), '+', models.Value(3)), output_field=models.BigIntegerField())), ('side__isnull', False), ('withdrawn', False)), models.Q(('side', models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('user_id'), '*', models.Value(10)), '+', models.Value(1)), output_field=models.BigIntegerField())), ('side__isnull', False), ('withdrawn', False), models.Q(('role__in', ['auditor', 'administrator']), _negated=True)), _connector='OR'), name='post_on_the_side_of_its_role'),
        ),
    ]
