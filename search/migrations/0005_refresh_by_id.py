"""Refreshing search rows takes as long for a batch, whatever the planner believes.

With statistics that call the table of listings nearly empty (a first import), the join
of packs and listings walked all packs anew for each listing. The packs are made once,
and the listings are looked up by their ids. A vector of titles is computed once a row.
"""

from importlib import import_module

from django.db import migrations

COPIED = import_module("search.migrations.0002_triggers").COPIED


def _of(alias):
    return ", ".join(f"{alias}.{column}" for column in COPIED)


REFRESH = f"""
CREATE OR REPLACE FUNCTION search_refresh(ids bigint[])
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    facts search_fact[] := ARRAY(SELECT f FROM search_facts(ids) AS f);
BEGIN
    INSERT INTO search_facetvalue (facet, value)
    SELECT DISTINCT n.facet, n.value FROM unnest(facts) n
    WHERE NOT EXISTS (
        SELECT 1 FROM search_facetvalue v WHERE (v.facet, v.value) = (n.facet, n.value)
    )
    ON CONFLICT DO NOTHING;

    WITH packs AS MATERIALIZED (
        SELECT n.listing_id, string_agg(int2send(v.id), ''::bytea) AS pack
        FROM unnest(facts) n
        JOIN search_facetvalue v ON (v.facet, v.value) = (n.facet, n.value)
        GROUP BY n.listing_id
    )
    INSERT INTO search_searchrow (listing_id, pack, {", ".join(COPIED)})
    SELECT l.id, p.pack, {_of("l")}
    FROM jobs_joblisting l
    JOIN packs p ON p.listing_id = l.id
    WHERE l.id = ANY(ids)
    ON CONFLICT (listing_id) DO UPDATE SET
        (pack, {", ".join(COPIED)}) = ROW (EXCLUDED.pack, {_of("EXCLUDED")});
END $$;

CREATE OR REPLACE FUNCTION search_refresh_text(ids bigint[])
RETURNS void LANGUAGE plpgsql AS $$
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
        OFFSET 0
    ) t
    WHERE l.id = ANY(ids)
    ON CONFLICT (listing_id) DO UPDATE SET
        title_vector = EXCLUDED.title_vector,
        text_vector = EXCLUDED.text_vector;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0004_open_by_employer")]

    # Backwards nothing is to be done: the functions give what they gave.
    operations = [migrations.RunSQL(REFRESH, migrations.RunSQL.noop)]
