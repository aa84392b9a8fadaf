"""What pages say, as vectors beside Wagtail's own index of them.

Wagtail writes the words of a page into its index whenever the page is saved. A trigger
cuts them as the words of listings are cut, which the parser behind Wagtail's vectors
does not: to it "coder/biller" is the name of a file, and "CPT®" another word than "CPT".
"""

import django.db.models.deletion
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models

# `search.page_words.SPOKEN` does the same to the words of a question.
SPOKEN = r"""
CREATE FUNCTION search_page_spoken(words text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
        replace(regexp_replace(regexp_replace(
            words, '[®™©℠—]', ' ', 'g'), '[‐‑‒–]', '-', 'g'), '’', ''''),
        '\mICD[\s-]?(9|10|11)[\s-]?(CM|PCS)\M', 'ICD-\1-\2', 'gi'),
        '\mICD[\s-]?(9|10|11)\M', 'ICD-\1', 'gi'),
        '(?<!\w)(\w) ?[&/] ?(\w)(?!\w)', '\1slash\2', 'g'),
        '(\d{3})-(?=\d{3})', '\1 ', 'g'),
        '(\w)/(?=\w)', '\1 ', 'g')
$$;
"""

# `search_words` parts words at hyphens, and knows the dictionary.
REFRESH = r"""
CREATE FUNCTION search_page_refresh(entries bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO search_pagewords (page_id, title, text, digest, vector)
    SELECT
        p.id,
        e.title_text,
        e.body_text,
        md5(e.title_text || E'\n' || e.body_text),
        search_words(search_page_spoken(e.title_text), 'A')
            || search_words(search_page_spoken(e.body_text), 'D')
    FROM wagtailsearch_indexentry e
    JOIN wagtailcore_page p
        ON p.id::text = e.object_id AND p.content_type_id = e.content_type_id
    WHERE e.id = ANY(entries)
    ON CONFLICT (page_id) DO UPDATE SET
        (title, text, digest, vector) =
        ROW (EXCLUDED.title, EXCLUDED.text, EXCLUDED.digest, EXCLUDED.vector)
$$;
"""

TRIGGERS = """
CREATE FUNCTION search_page_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_page_refresh(ARRAY(SELECT id FROM new_rows));
    RETURN NULL;
END $$;
CREATE FUNCTION search_page_rewritten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_page_refresh(ARRAY(
        SELECT n.id FROM new_rows n JOIN old_rows o USING (id)
        WHERE (n.title_text, n.body_text) IS DISTINCT FROM (o.title_text, o.body_text)
    ));
    RETURN NULL;
END $$;
CREATE FUNCTION search_page_forgotten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM search_pagewords w USING old_rows o, wagtailcore_page p
    WHERE p.id::text = o.object_id AND p.content_type_id = o.content_type_id
        AND w.page_id = p.id;
    RETURN NULL;
END $$;
CREATE TRIGGER search_page_written AFTER INSERT ON wagtailsearch_indexentry
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION search_page_written();
CREATE TRIGGER search_page_rewritten AFTER UPDATE ON wagtailsearch_indexentry
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION search_page_rewritten();
CREATE TRIGGER search_page_forgotten AFTER DELETE ON wagtailsearch_indexentry
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION search_page_forgotten();
"""

THERE_ALREADY = """
SELECT search_page_refresh(ARRAY(SELECT id FROM wagtailsearch_indexentry));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0005_refresh_by_id"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [
        migrations.CreateModel(
            name="PageWords",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_words",
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("title", models.TextField()),
                ("text", models.TextField()),
                ("digest", models.CharField(max_length=32)),
                ("vector", SearchVectorField()),
            ],
            options={
                "indexes": [GinIndex(fields=["vector"], name="search_page_words")]
            },
        ),
        migrations.RunSQL(
            SPOKEN + REFRESH,
            "DROP FUNCTION search_page_refresh; DROP FUNCTION search_page_spoken;",
        ),
        migrations.RunSQL(
            TRIGGERS,
            "DROP FUNCTION search_page_written CASCADE;"
            "DROP FUNCTION search_page_rewritten CASCADE;"
            "DROP FUNCTION search_page_forgotten CASCADE;",
        ),
        migrations.RunSQL(THERE_ALREADY, migrations.RunSQL.noop),
    ]
