"""The metropolitan area of each place; `load_vocabulary` fills it in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobs", "0003_place_words")]

    operations = [
        migrations.AddField(
            model_name="place",
            name="metro",
            field=models.CharField(
                blank=True,
                help_text="Code of the area (CBSA); empty outside of any.",
                max_length=5,
                verbose_name="metropolitan area",
            ),
        ),
    ]
