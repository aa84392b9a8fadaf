"""The database keeps wallet rows in step with listings, in the same transaction."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

#: Columns that a wallet row copies from its listing as they are.
COPIED = (
    "live",
    "removed_at",
    "expire_at",
    "is_sample",
    "remote",
    "experience_months",
    "roles",
    "hires_from",
)
#: Columns that make the digest of the rule, and those that make the pay.
RULE = (
    *(f"due_{n}" for n in range(1, 5)),
    *(f"full_{n}" for n in range(1, 5)),
    "credentials",
)
PAY = ("employer_id", "yearly_minimum", "yearly_maximum")
COLUMNS = (*COPIED, "rule", "pay")


def _of(alias, columns):
    return ", ".join(f"{alias}.{column}" for column in columns)


# Of a rule only its groups count, and whether it is stated at all: a listing that names
# no credential, nor says that it asks for none, does not state it.
RULE_OF = f"""
md5(ROW ({_of("n", RULE[:-1])}, n.credentials = '{{}}')::text)::uuid
"""
PAY_OF = """
CASE WHEN n.yearly_minimum IS NULL THEN ''::bytea ELSE
    int4send(n.employer_id::int)
    || int4send(LEAST(n.yearly_minimum * 100, 2147483647)::int)
    || int4send(LEAST(n.yearly_maximum * 100, 2147483647)::int)
END
"""


def _write(rows):
    return f"""
    INSERT INTO jobs_walletrow (listing_id, {", ".join(COLUMNS)})
    SELECT n.id, {_of("n", COPIED)}, {RULE_OF}, {PAY_OF}
    FROM {rows}
    """


TRIGGERS = f"""
CREATE FUNCTION jobs_wallet_rows_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {_write("new_rows n")};
    RETURN NULL;
END $$;

-- Planned anew each time: a plan made for one row takes hours for all of them.
CREATE FUNCTION jobs_wallet_rows_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE $sql$
    {_write("new_rows n JOIN old_rows o USING (id)")}
    WHERE ({_of("n", (*COPIED, *RULE, *PAY))})
        IS DISTINCT FROM ({_of("o", (*COPIED, *RULE, *PAY))})
    ON CONFLICT (listing_id) DO UPDATE SET
        ({", ".join(COLUMNS)}) = ROW ({_of("EXCLUDED", COLUMNS)})
    $sql$;
    RETURN NULL;
END $$;

CREATE FUNCTION jobs_wallet_rows_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM jobs_walletrow USING old_rows o WHERE listing_id = o.id;
    RETURN NULL;
END $$;

CREATE TRIGGER wallet_rows_delete AFTER DELETE ON jobs_joblisting
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION jobs_wallet_rows_delete();
CREATE TRIGGER wallet_rows_insert AFTER INSERT ON jobs_joblisting
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION jobs_wallet_rows_insert();
CREATE TRIGGER wallet_rows_update AFTER UPDATE ON jobs_joblisting
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION jobs_wallet_rows_update();
"""

BACKWARD = """
DROP FUNCTION jobs_wallet_rows_insert CASCADE;
DROP FUNCTION jobs_wallet_rows_update CASCADE;
DROP FUNCTION jobs_wallet_rows_delete CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("jobs", "0004_place_metro")]

    operations = [
        migrations.CreateModel(
            name="WalletRow",
            fields=[
                (
                    "listing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="wallet_row",
                        serialize=False,
                        to="jobs.joblisting",
                    ),
                ),
                ("live", models.BooleanField()),
                ("removed_at", models.DateTimeField(null=True)),
                ("expire_at", models.DateTimeField(null=True)),
                ("is_sample", models.BooleanField()),
                ("remote", models.CharField(max_length=10)),
                ("experience_months", models.PositiveSmallIntegerField(null=True)),
                ("rule", models.UUIDField()),
                ("pay", models.BinaryField()),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None
                    ),
                ),
                (
                    "hires_from",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2), size=None
                    ),
                ),
            ],
        ),
        migrations.RunSQL(TRIGGERS, BACKWARD),
        migrations.RunSQL(_write("jobs_joblisting n"), migrations.RunSQL.noop),
    ]
