"""Open listings of an employer, counted from the index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0003_pendingchange")]

    operations = [
        migrations.AddIndex(
            model_name="searchrow",
            index=models.Index(
                condition=models.Q(("live", True), ("removed_at", None)),
                fields=["employer"],
                include=("expire_at",),
                name="search_open_by_employer",
            ),
        ),
    ]
