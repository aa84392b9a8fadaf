"""The database keeps search rows in step with listings, in the same transaction."""

from django.db import migrations

#: Columns that a search row copies from its listing as they are.
COPIED = (
    "live",
    "removed_at",
    "expire_at",
    "posted_at",
    "employer_id",
    "remote",
    "test",
    "experience_months",
    "accepts_apprentice",
    "yearly_maximum",
    "hourly_maximum",
    "roles",
    "settings",
    "credentials",
    "specialties",
    "software",
    "codesets",
    "employment",
    "hires_from",
    *(f"due_{n}" for n in range(1, 5)),
    *(f"full_{n}" for n in range(1, 5)),
)
#: Columns that stand in a listing's vectors.
SPOKEN = ("title", "description", "employer_id", "roles", "credentials")


def _of(alias, columns):
    return ", ".join(f"{alias}.{column}" for column in columns)


TEXT = """
CREATE TEXT SEARCH CONFIGURATION careers (COPY = english);
ALTER TEXT SEARCH CONFIGURATION careers
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
"""

# Every value a listing is counted under. A row per listing, facet and value; a fact
# that is not stated counts as the value "not-stated".
FACTS = """
CREATE TYPE search_fact AS (listing_id bigint, facet text, value text);
CREATE FUNCTION search_facts(ids bigint[])
RETURNS SETOF search_fact LANGUAGE sql STABLE AS $$
    WITH l AS (SELECT * FROM jobs_joblisting WHERE id = ANY(ids))
    SELECT id, kind, unnest(CASE WHEN v = '{}' THEN '{not-stated}' ELSE v END)
    FROM l, LATERAL (VALUES
        ('role', l.roles), ('setting', l.settings), ('credential', l.credentials),
        ('specialty', l.specialties), ('software', l.software),
        ('codeset', l.codesets), ('employment', l.employment)
    ) AS arrays (kind, v)
    UNION ALL
    SELECT id, 'remote', COALESCE(NULLIF(remote, ''), 'not-stated') FROM l
    UNION ALL
    SELECT DISTINCT l.id, 'track', r.track
    FROM l JOIN jobs_role r ON r.slug = ANY(l.roles)
    UNION ALL
    SELECT l.id, 'experience', step::text
    FROM l, unnest('{0,12,24,36,60}'::int[]) AS step
    WHERE l.experience_months <= step
$$;
"""

REFRESH = r"""
CREATE FUNCTION search_refresh(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    facts search_fact[] := ARRAY(SELECT f FROM search_facts(ids) AS f);
BEGIN
    INSERT INTO search_facetvalue (facet, value)
    SELECT DISTINCT n.facet, n.value FROM unnest(facts) n
    WHERE NOT EXISTS (
        SELECT 1 FROM search_facetvalue v WHERE (v.facet, v.value) = (n.facet, n.value)
    )
    ON CONFLICT DO NOTHING;

    INSERT INTO search_searchrow (listing_id, pack, COPIED)
    SELECT l.id, p.pack, FROM_LISTING
    FROM jobs_joblisting l
    JOIN (
        SELECT n.listing_id, string_agg(int2send(v.id), ''::bytea) AS pack
        FROM unnest(facts) n
        JOIN search_facetvalue v ON (v.facet, v.value) = (n.facet, n.value)
        GROUP BY n.listing_id
    ) p ON p.listing_id = l.id
    ON CONFLICT (listing_id) DO UPDATE SET
        (pack, COPIED) = ROW (EXCLUDED.pack, FROM_EXCLUDED);
END $$;

-- A slash between words and a hyphen between longer ones part them. PostgreSQL takes
-- "A/R" for a file name, and "follow-up" for a word that "follow up" does not find;
-- "CPC-A" stays whole. `search.text.spoken` says the same in Python.
CREATE FUNCTION search_words(words text, weight "char") RETURNS tsvector
LANGUAGE sql STABLE AS $$
    SELECT setweight(to_tsvector('careers', regexp_replace(
        words, '(\w)/(?=\w)|([[:alpha:]]{2})-(?=[[:alpha:]]{2})', '\1\2 ', 'g'
    )), weight)
$$;

CREATE FUNCTION search_refresh_text(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_searchtext (listing_id, title_vector, text_vector)
    SELECT
        l.id,
        t.title_vector,
        t.title_vector || search_words(l.description, 'D')
    FROM jobs_joblisting l
    JOIN jobs_employer e ON e.id = l.employer_id
    CROSS JOIN LATERAL (
        SELECT
            search_words(l.title, 'A')
            || search_words(COALESCE((
                SELECT string_agg(r.name, ' ; ') FROM jobs_role r
                WHERE r.slug = ANY(l.roles)
            ), ''), 'B')
            || search_words(
                array_to_string(l.credentials, ' ; ') || ' ; ' || e.name, 'C'
            ) AS title_vector
    ) t
    WHERE l.id = ANY(ids)
    ON CONFLICT (listing_id) DO UPDATE SET
        title_vector = EXCLUDED.title_vector,
        text_vector = EXCLUDED.text_vector;
END $$;

CREATE FUNCTION search_count_words(texts text[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO search_titleword (word, seen)
    SELECT w, count(*)
    FROM unnest(texts) AS t, regexp_split_to_table(lower(t), '[^a-z]+') AS w
    WHERE length(w) BETWEEN 3 AND 40
    GROUP BY w
    ORDER BY w
    ON CONFLICT (word) DO UPDATE
        SET seen = search_titleword.seen + EXCLUDED.seen
$$;
"""

LISTING_TRIGGERS = """
CREATE FUNCTION search_listing_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    added bigint[] := ARRAY(SELECT id FROM new_rows);
BEGIN
    PERFORM search_refresh(added);
    PERFORM search_refresh_text(added);
    PERFORM search_count_words(ARRAY(SELECT title FROM new_rows));
    RETURN NULL;
END $$;

CREATE FUNCTION search_listing_updated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed bigint[] := ARRAY(
        SELECT n.id FROM new_rows n JOIN old_rows o USING (id)
        WHERE (NEW_COPIED) IS DISTINCT FROM (OLD_COPIED)
    );
    reworded bigint[] := ARRAY(
        SELECT n.id FROM new_rows n JOIN old_rows o USING (id)
        WHERE (NEW_SPOKEN) IS DISTINCT FROM (OLD_SPOKEN)
    );
BEGIN
    IF cardinality(changed) > 0 THEN
        PERFORM search_refresh(changed);
    END IF;
    IF cardinality(reworded) > 0 THEN
        PERFORM search_refresh_text(reworded);
        PERFORM search_count_words(ARRAY(
            SELECT n.title FROM new_rows n JOIN old_rows o USING (id)
            WHERE n.title IS DISTINCT FROM o.title
        ));
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION search_listing_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM search_searchtext USING old_rows o WHERE listing_id = o.id;
    DELETE FROM search_searchrow USING old_rows o WHERE listing_id = o.id;
    RETURN NULL;
END $$;

CREATE TRIGGER search_listing_deleted AFTER DELETE ON jobs_joblisting
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION search_listing_deleted();
CREATE TRIGGER search_listing_inserted AFTER INSERT ON jobs_joblisting
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION search_listing_inserted();
CREATE TRIGGER search_listing_updated AFTER UPDATE ON jobs_joblisting
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION search_listing_updated();
"""

# Names stand in vectors and tracks in packs, so renaming a role, moving it to another
# track or renaming an employer refreshes the listings that carry it.
WORD_TRIGGERS = """
CREATE FUNCTION search_role_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    affected bigint[];
BEGIN
    PERFORM search_count_words(ARRAY(
        SELECT name || ' ' || array_to_string(aliases, ' ') FROM new_rows
    ));
    affected := ARRAY(
        SELECT l.id FROM jobs_joblisting l
        WHERE l.roles && ARRAY(SELECT slug FROM new_rows)::varchar[]
    );
    PERFORM search_refresh(affected);
    PERFORM search_refresh_text(affected);
    RETURN NULL;
END $$;
CREATE TRIGGER search_role_inserted AFTER INSERT ON jobs_role
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION search_role_changed();
CREATE TRIGGER search_role_updated AFTER UPDATE ON jobs_role
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION search_role_changed();

CREATE FUNCTION search_employer_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh_text(ARRAY(
        SELECT l.id FROM jobs_joblisting l
        JOIN new_rows n ON n.id = l.employer_id
        JOIN old_rows o ON o.id = n.id
        WHERE n.name IS DISTINCT FROM o.name
    ));
    RETURN NULL;
END $$;
CREATE TRIGGER search_employer_renamed AFTER UPDATE ON jobs_employer
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION search_employer_renamed();

CREATE FUNCTION search_words_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_count_words(ARRAY(SELECT name FROM new_rows));
    RETURN NULL;
END $$;
""" + "".join(
    f"""
CREATE TRIGGER search_words_inserted AFTER INSERT ON jobs_{table}
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION search_words_changed();
"""
    for table in ("setting", "specialty", "software")
)


for word, columns in (
    ("FROM_LISTING", _of("l", COPIED)),
    ("FROM_EXCLUDED", _of("EXCLUDED", COPIED)),
    ("NEW_COPIED", _of("n", COPIED)),
    ("OLD_COPIED", _of("o", COPIED)),
    ("NEW_SPOKEN", _of("n", SPOKEN)),
    ("OLD_SPOKEN", _of("o", SPOKEN)),
    ("COPIED", ", ".join(COPIED)),
):
    REFRESH = REFRESH.replace(word, columns)
    LISTING_TRIGGERS = LISTING_TRIGGERS.replace(word, columns)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial"), ("jobs", "0002_triggers")]

    operations = [
        migrations.RunSQL(TEXT, "DROP TEXT SEARCH CONFIGURATION careers"),
        migrations.RunSQL(FACTS, "DROP FUNCTION search_facts; DROP TYPE search_fact"),
        migrations.RunSQL(
            REFRESH,
            "DROP FUNCTION search_refresh; DROP FUNCTION search_refresh_text;"
            "DROP FUNCTION search_words;"
            "DROP FUNCTION search_count_words",
        ),
        migrations.RunSQL(
            LISTING_TRIGGERS,
            "DROP FUNCTION search_listing_inserted CASCADE;"
            "DROP FUNCTION search_listing_updated CASCADE;"
            "DROP FUNCTION search_listing_deleted CASCADE",
        ),
        migrations.RunSQL(
            WORD_TRIGGERS,
            "DROP FUNCTION search_role_changed CASCADE;"
            "DROP FUNCTION search_employer_renamed CASCADE;"
            "DROP FUNCTION search_words_changed CASCADE",
        ),
    ]
