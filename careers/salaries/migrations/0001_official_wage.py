"""Official wages by occupation and area; `load_wages` fills them in."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="OfficialWage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "soc",
                    models.CharField(
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator("^\\d{2}-\\d{4}$")
                        ],
                        verbose_name="SOC code",
                    ),
                ),
                ("occupation", models.CharField(max_length=120)),
                (
                    "area",
                    models.CharField(
                        help_text="US for the nation, a state's code, or a metropolitan wage area.",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?:[A-Z]{2}|\\d{7})$"
                            )
                        ],
                    ),
                ),
                ("area_name", models.CharField(max_length=120)),
                (
                    "release",
                    models.CharField(
                        help_text="The month the wages are of, such as May 2025.",
                        max_length=20,
                    ),
                ),
                ("employment", models.PositiveIntegerField(blank=True, null=True)),
                ("yearly_mean", models.PositiveIntegerField(blank=True, null=True)),
                ("yearly_p10", models.PositiveIntegerField(blank=True, null=True)),
                ("yearly_p25", models.PositiveIntegerField(blank=True, null=True)),
                ("yearly_median", models.PositiveIntegerField(blank=True, null=True)),
                ("yearly_p75", models.PositiveIntegerField(blank=True, null=True)),
                ("yearly_p90", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "hourly_mean",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=7, null=True
                    ),
                ),
                (
                    "hourly_p10",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=7, null=True
                    ),
                ),
                (
                    "hourly_p25",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=7, null=True
                    ),
                ),
                (
                    "hourly_median",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=7, null=True
                    ),
                ),
                (
                    "hourly_p75",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=7, null=True
                    ),
                ),
                (
                    "hourly_p90",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=7, null=True
                    ),
                ),
            ],
            options={
                "ordering": ["soc", "area", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("soc", "area"),
                        name="official_wage_once_an_area",
                        violation_error_message="This occupation has wages for this area.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("yearly_p10__gt", 0),
                            ("yearly_p10__lte", models.F("yearly_p25")),
                            ("yearly_p25__lte", models.F("yearly_median")),
                            ("yearly_median__lte", models.F("yearly_p75")),
                            ("yearly_p75__lte", models.F("yearly_p90")),
                        ),
                        name="official_wage_yearly_rises",
                        violation_error_message="Yearly percentiles must rise.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hourly_p10__gt", 0),
                            ("hourly_p10__lte", models.F("hourly_p25")),
                            ("hourly_p25__lte", models.F("hourly_median")),
                            ("hourly_median__lte", models.F("hourly_p75")),
                            ("hourly_p75__lte", models.F("hourly_p90")),
                        ),
                        name="official_wage_hourly_rises",
                        violation_error_message="Hourly percentiles must rise.",
                    ),
                ],
                "indexes": [],
            },
        ),
    ]
