"""The database notes which listings the index has yet to hear of."""

from django.db import migrations, models
from django.db.models.functions import Now

# A note counts every change; a version is drawn for every reading of the worker.
SEQUENCES = "CREATE SEQUENCE search_change; CREATE SEQUENCE search_version;"

#: Columns of a listing that its document is built from (`search.documents`).
BUILT_FROM = (
    "live",
    "removed_at",
    "expire_at",
    "posted_at",
    "employer_id",
    "title",
    "role",
    "roles",
    "settings",
    "remote",
    "credentials",
    "specialties",
    "software",
    "codesets",
    "employment",
    "hires_from",
    "test",
    "accepts_apprentice",
    "experience_months",
    "yearly_maximum",
    "hourly_maximum",
    *(f"due_{n}" for n in range(1, 5)),
    *(f"full_{n}" for n in range(1, 5)),
    "places",
    "description",
)


def _of(alias, columns):
    return ", ".join(f"{alias}.{column}" for column in columns)


# In order of the ids, so that two who note the same listings wait and never lock up.
# Who waited longest stands in `noted_at`.
NOTE = """
CREATE FUNCTION search_note(ids bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO search_pendingchange AS p (listing_id)
    SELECT DISTINCT id FROM unnest(ids) AS id ORDER BY id
    ON CONFLICT (listing_id) DO UPDATE
        SET change = nextval('search_change'), refused_at = NULL
$$;
"""

LISTING_TRIGGERS = f"""
CREATE FUNCTION search_note_touched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_note(ARRAY(SELECT id FROM touched));
    RETURN NULL;
END $$;
CREATE TRIGGER search_note_inserted AFTER INSERT ON jobs_joblisting
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION search_note_touched();
CREATE TRIGGER search_note_deleted AFTER DELETE ON jobs_joblisting
    REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION search_note_touched();

CREATE FUNCTION search_note_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_note(ARRAY(
        SELECT n.id FROM new_rows n JOIN old_rows o USING (id)
        WHERE ({_of("n", BUILT_FROM)}) IS DISTINCT FROM ({_of("o", BUILT_FROM)})
    ));
    RETURN NULL;
END $$;
CREATE TRIGGER search_note_updated AFTER UPDATE ON jobs_joblisting
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION search_note_updated();

CREATE FUNCTION search_note_truncated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_note(ARRAY(SELECT id FROM jobs_joblisting));
    RETURN NULL;
END $$;
CREATE TRIGGER search_note_truncated BEFORE TRUNCATE ON jobs_joblisting
    FOR EACH STATEMENT EXECUTE FUNCTION search_note_truncated();
"""

# Documents hold the names and tracks of roles, and the employer's name and slug.
WORD_TRIGGERS = """
CREATE FUNCTION search_note_listings_of_roles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_note(ARRAY(
        SELECT id FROM jobs_joblisting
        WHERE roles && ARRAY(SELECT slug FROM touched)::varchar[]
    ));
    RETURN NULL;
END $$;
CREATE TRIGGER search_note_inserted AFTER INSERT ON jobs_role
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION search_note_listings_of_roles();
CREATE TRIGGER search_note_deleted AFTER DELETE ON jobs_role
    REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION search_note_listings_of_roles();

CREATE FUNCTION search_note_role_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_note(ARRAY(
        SELECT id FROM jobs_joblisting
        WHERE roles && ARRAY(
            SELECT unnest(ARRAY[o.slug, n.slug])
            FROM new_rows n JOIN old_rows o USING (id)
            WHERE (n.slug, n.name, n.track) IS DISTINCT FROM (o.slug, o.name, o.track)
        )::varchar[]
    ));
    RETURN NULL;
END $$;
CREATE TRIGGER search_note_updated AFTER UPDATE ON jobs_role
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION search_note_role_updated();

CREATE FUNCTION search_note_employer_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_note(ARRAY(
        SELECT l.id FROM jobs_joblisting l
        JOIN new_rows n ON n.id = l.employer_id
        JOIN old_rows o ON o.id = n.id
        WHERE (n.slug, n.name) IS DISTINCT FROM (o.slug, o.name)
    ));
    RETURN NULL;
END $$;
CREATE TRIGGER search_note_updated AFTER UPDATE ON jobs_employer
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION search_note_employer_updated();
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0002_triggers")]

    operations = [
        migrations.RunSQL(
            SEQUENCES, "DROP SEQUENCE search_change; DROP SEQUENCE search_version;"
        ),
        migrations.CreateModel(
            name="PendingChange",
            fields=[
                (
                    "listing_id",
                    models.BigIntegerField(primary_key=True, serialize=False),
                ),
                (
                    "change",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("search_change"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("noted_at", models.DateTimeField(db_default=Now())),
                ("refused_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunSQL(NOTE, "DROP FUNCTION search_note"),
        migrations.RunSQL(
            LISTING_TRIGGERS,
            "DROP FUNCTION search_note_touched CASCADE;"
            "DROP FUNCTION search_note_updated CASCADE;"
            "DROP FUNCTION search_note_truncated CASCADE",
        ),
        migrations.RunSQL(
            WORD_TRIGGERS,
            "DROP FUNCTION search_note_listings_of_roles CASCADE;"
            "DROP FUNCTION search_note_role_updated CASCADE;"
            "DROP FUNCTION search_note_employer_updated CASCADE",
        ),
    ]
