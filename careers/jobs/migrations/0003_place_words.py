"""Cities by any word of their names, for suggestions while somebody types."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_triggers")]

    operations = [
        migrations.AddIndex(
            model_name="place",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("zip", "")),
                fields=["slug"],
                name="place_city_words",
                opclasses=["gin_trgm_ops"],
            ),
        ),
    ]
