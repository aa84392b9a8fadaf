"""What the database itself keeps true: extensions, place rows, vocabulary version."""

from django.contrib.postgres.operations import (
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

PLACE_ROWS = """
CREATE FUNCTION jobs_listing_places_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO jobs_listingplace (listing_id, latitude, longitude)
    SELECT n.id, (p ->> 'latitude')::float8, (p ->> 'longitude')::float8
    FROM new_rows n, jsonb_array_elements(n.places) AS p
    WHERE p ->> 'latitude' IS NOT NULL AND p ->> 'longitude' IS NOT NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION jobs_listing_places_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM jobs_listingplace
    USING new_rows n JOIN old_rows o USING (id)
    WHERE listing_id = n.id AND n.places IS DISTINCT FROM o.places;

    INSERT INTO jobs_listingplace (listing_id, latitude, longitude)
    SELECT n.id, (p ->> 'latitude')::float8, (p ->> 'longitude')::float8
    FROM new_rows n JOIN old_rows o USING (id), jsonb_array_elements(n.places) AS p
    WHERE n.places IS DISTINCT FROM o.places
      AND p ->> 'latitude' IS NOT NULL AND p ->> 'longitude' IS NOT NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION jobs_listing_places_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM jobs_listingplace USING old_rows o WHERE listing_id = o.id;
    RETURN NULL;
END $$;

CREATE TRIGGER listing_places_delete AFTER DELETE ON jobs_joblisting
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION jobs_listing_places_delete();
CREATE TRIGGER listing_places_insert AFTER INSERT ON jobs_joblisting
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION jobs_listing_places_insert();
CREATE TRIGGER listing_places_update AFTER UPDATE ON jobs_joblisting
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION jobs_listing_places_update();
"""

VERSION = """
INSERT INTO jobs_vocabularyversion (id, number) VALUES (1, 1);
CREATE FUNCTION jobs_vocabulary_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO jobs_vocabularyversion AS v (id, number) VALUES (1, 1)
    ON CONFLICT (id) DO UPDATE SET number = v.number + 1;
    RETURN NULL;
END $$;
""" + "".join(
    f"""
CREATE TRIGGER vocabulary_changed
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON jobs_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION jobs_vocabulary_changed();
"""
    for table in (
        "role",
        "credentialbody",
        "credential",
        "setting",
        "specialty",
        "software",
        "codeset",
    )
)


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial")]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(
            PLACE_ROWS,
            """
            DROP TRIGGER listing_places_insert ON jobs_joblisting;
            DROP TRIGGER listing_places_update ON jobs_joblisting;
            DROP FUNCTION jobs_listing_places_insert;
            DROP FUNCTION jobs_listing_places_update;
            DROP FUNCTION jobs_listing_places_delete CASCADE;
            """,
        ),
        migrations.RunSQL(VERSION, "DROP FUNCTION jobs_vocabulary_changed CASCADE;"),
    ]
