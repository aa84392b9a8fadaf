"""The database keeps posted ranges in step with listings, in the same transaction."""

from django.db import migrations

#: Columns of a listing that its posted range is made from.
MADE_FROM = (
    "live",
    "removed_at",
    "posted_at",
    "expire_at",
    "is_sample",
    "source",
    "employer_id",
    "title",
    "requisition",
    "role",
    "remote",
    "experience_months",
    "credential_rule",
    "settings",
    "employment",
    "software",
    "hires_from",
    "places",
    "pay_minimum",
    "pay_maximum",
    "pay_period",
    "quota_charts",
    "quota_period",
)
#: A state's place here is its bit in packs, so this order never changes.
STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT "
    "NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP "
    "PR VI"
).split()
COLUMNS = (
    "left_out, pack, codes, posted_at, is_sample, role, remote, experience_months, "
    "required, settings, employment, software, states, metros"
)


def _of(alias):
    return ", ".join(f"{alias}.{column}" for column in MADE_FROM)


BITS = f"""
CREATE FUNCTION salaries_state_bits(states varchar[]) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
    SELECT COALESCE(bit_or(1::bigint << (
        array_position('{{{",".join(STATES)}}}'::varchar[], state) - 1
    )), 0)
    FROM unnest(states) AS state
$$;
"""

# Days after 2000, in 16 bits; the last of them where there is no moment.
DAY = """
CREATE FUNCTION salaries_day(moment timestamptz) RETURNS int2
LANGUAGE sql STABLE AS $$
    SELECT LEAST(GREATEST(COALESCE(
        (moment AT TIME ZONE 'UTC')::date - '2000-01-01'::date, 32767
    ), 0), 32767)::int2
$$;
"""

# `careers.salaries.ranges` reads the packs, and tells reposts by them. Postings of one
# employer that agree in every facet are one opening where they share a requisition, or
# where title and pay agree too and the one was posted after the other had closed, or
# came from another source. So a row with a requisition ends on day 0: any later one
# stands for it. That they agree in every facet keeps a group's count the same whatever
# larger group it is a part of.
REFRESH = """
CREATE TYPE salaries_fact AS (listing_id bigint, facet text, value text);

-- A row per listing, facet and value; a fact that is not stated has the value
-- "not-stated". Credentials are those that a group of the rule names, by their names of
-- today; a rule without groups asks for none, whatever it prefers. Metropolitan areas
-- are those of a listing's places, by ZIP code or else by city.
CREATE FUNCTION salaries_facts(ids bigint[])
RETURNS SETOF salaries_fact LANGUAGE sql STABLE AS $$
    WITH l AS MATERIALIZED (
        SELECT id, role, remote, settings, employment, software, credential_rule, places
        FROM jobs_joblisting
        WHERE id = ANY(ids) AND live AND removed_at IS NULL
    ),
    place AS MATERIALIZED (
        SELECT id, p ->> 'zip' AS zip, p ->> 'state' AS state, p ->> 'city' AS city
        FROM l, jsonb_array_elements(places) AS p
    ),
    metro AS MATERIALIZED (
        SELECT id, z.metro FROM place p JOIN jobs_place z ON z.slug = p.zip
        WHERE z.metro <> ''
        UNION
        SELECT id, c.metro FROM place p JOIN jobs_place c
            ON (c.state, c.city) = (p.state, p.city) AND c.zip = ''
        WHERE COALESCE(p.zip, '') = '' AND c.metro <> ''
    )
    SELECT id, kind, unnest(CASE WHEN v = '{}' THEN '{not-stated}' ELSE v END)
    FROM l, LATERAL (VALUES
        ('role', ARRAY[role]),
        ('remote', ARRAY[COALESCE(NULLIF(remote, ''), 'not-stated')]),
        ('setting', settings),
        ('employment', employment),
        ('software', software)
    ) AS facts (kind, v)
    UNION ALL
    SELECT DISTINCT l.id, 'credential', COALESCE(today.slug, one #>> '{}')
    FROM l, jsonb_path_query(credential_rule, '$.groups[*].any_of[*]') AS one
    LEFT JOIN jobs_credential named ON named.slug = one #>> '{}'
    LEFT JOIN jobs_credential today ON today.id = named.renamed_to_id
    UNION ALL
    SELECT id, 'credential',
        CASE WHEN credential_rule IS NULL THEN 'not-stated' ELSE 'none-asked' END
    FROM l
    WHERE credential_rule IS NULL OR credential_rule -> 'groups' = '[]'
    UNION ALL
    SELECT id, 'metro', metro FROM metro
    UNION ALL
    SELECT id, 'metro', 'not-stated' FROM l WHERE id NOT IN (SELECT id FROM metro)
$$;

CREATE FUNCTION salaries_refresh(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    facts salaries_fact[] := ARRAY(SELECT f FROM salaries_facts(ids) AS f);
BEGIN
    DELETE FROM salaries_postedrange r USING jobs_joblisting l
    WHERE r.listing_id = ANY(ids) AND l.id = r.listing_id
      AND NOT (l.live AND l.removed_at IS NULL);

    INSERT INTO salaries_payvalue (facet, value)
    SELECT DISTINCT n.facet, n.value FROM unnest(facts) n
    WHERE NOT EXISTS (
        SELECT 1 FROM salaries_payvalue v WHERE (v.facet, v.value) = (n.facet, n.value)
    )
    ON CONFLICT DO NOTHING;

    WITH fact AS MATERIALIZED (
        SELECT
            n.listing_id,
            string_agg(int2send(v.id), ''::bytea) AS codes,
            count(*) AS many,
            array_agg(n.value) FILTER (WHERE n.facet = 'credential') AS required,
            array_agg(n.value) FILTER (WHERE n.facet = 'metro') AS metros
        FROM unnest(facts) n
        JOIN salaries_payvalue v ON (v.facet, v.value) = (n.facet, n.value)
        GROUP BY n.listing_id
    )
    INSERT INTO salaries_postedrange (listing_id, COLUMNS)
    SELECT
        l.id,
        why.left_out,
        CASE WHEN why.left_out = '' THEN
            int8send(l.id)
            || int8send(hashtextextended(concat_ws(
                ' | ', l.employer_id, l.role, l.remote, l.hires_from, l.settings,
                l.employment, l.software, l.credential_rule, l.experience_months,
                (
                    SELECT string_agg(
                        concat_ws(' ', p ->> 'city', p ->> 'state'), ';'
                        ORDER BY p ->> 'city', p ->> 'state'
                    ) FROM jsonb_array_elements(l.places) AS p
                ),
                CASE WHEN l.requisition <> '' THEN l.requisition ELSE concat_ws(
                    ' | ', lower(l.title), l.pay_minimum, l.pay_maximum, l.pay_period
                ) END
            ), 0))
            || int8send(salaries_state_bits(l.hires_from))
            || int4send((l.yearly_minimum * 100)::int)
            || int4send((l.yearly_maximum * 100)::int)
            || int4send((l.hourly_minimum * 100)::int)
            || int4send((l.hourly_maximum * 100)::int)
            || int4send(l.employer_id::int)
            || int4send(hashtext(l.source))
            || int2send(salaries_day(l.posted_at))
            || int2send(CASE
                WHEN l.requisition <> '' THEN 0::int2 ELSE salaries_day(l.expire_at)
            END)
            || int2send(COALESCE(l.experience_months, -1)::int2)
            || int2send(f.many::int2)
        ELSE '' END,
        CASE WHEN why.left_out = '' THEN f.codes ELSE '' END,
        l.posted_at,
        l.is_sample,
        l.role,
        l.remote,
        l.experience_months,
        COALESCE(array_remove(f.required, 'not-stated'), '{}'),
        l.settings,
        l.employment,
        l.software,
        l.hires_from,
        COALESCE(array_remove(f.metros, 'not-stated'), '{}')
    FROM jobs_joblisting l
    JOIN fact f ON f.listing_id = l.id
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN l.pay_period = '' THEN 'pay-not-posted'
            WHEN l.yearly_maximum IS NULL THEN 'no-quota'
            WHEN l.pay_minimum <= 0 THEN 'zero'
            WHEN l.yearly_minimum < 10000 THEN 'too-low'
            WHEN l.yearly_maximum > 1000000 THEN 'too-high'
            ELSE ''
        END AS left_out
    ) AS why
    WHERE l.id = ANY(ids)
    ON CONFLICT (listing_id) DO UPDATE SET
        (COLUMNS) = ROW (FROM_EXCLUDED);
END $$;
"""

TRIGGERS = f"""
CREATE FUNCTION salaries_listing_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM salaries_refresh(ARRAY(SELECT id FROM new_rows));
    RETURN NULL;
END $$;
CREATE TRIGGER salaries_listing_inserted AFTER INSERT ON jobs_joblisting
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION salaries_listing_inserted();

CREATE FUNCTION salaries_listing_updated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed bigint[] := ARRAY(
        SELECT n.id FROM new_rows n JOIN old_rows o USING (id)
        WHERE ({_of("n")}) IS DISTINCT FROM ({_of("o")})
    );
BEGIN
    IF cardinality(changed) > 0 THEN
        PERFORM salaries_refresh(changed);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER salaries_listing_updated AFTER UPDATE ON jobs_joblisting
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION salaries_listing_updated();

CREATE FUNCTION salaries_listing_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM salaries_postedrange USING old_rows o WHERE listing_id = o.id;
    RETURN NULL;
END $$;
CREATE TRIGGER salaries_listing_deleted AFTER DELETE ON jobs_joblisting
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION salaries_listing_deleted();
"""

# Places learn of their metropolitan areas after listings stand in them, once.
PLACE_TRIGGER = """
CREATE FUNCTION salaries_refresh_many(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    FOR start IN 1 .. cardinality(ids) BY 2000 LOOP
        PERFORM salaries_refresh(ids[start : start + 1999]);
    END LOOP;
END $$;

-- Planned anew each time: a plan made for one place takes hours for all of them.
CREATE FUNCTION salaries_metro_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moved bigint[];
BEGIN
    EXECUTE $sql$
        WITH changed AS MATERIALIZED (
            SELECT n.* FROM new_rows n JOIN old_rows o USING (slug)
            WHERE n.metro <> o.metro
        ),
        place AS MATERIALIZED (
            SELECT l.id, p ->> 'zip' AS zip, p ->> 'city' AS city, p ->> 'state' AS state
            FROM jobs_joblisting l, jsonb_array_elements(l.places) AS p
            WHERE EXISTS (SELECT 1 FROM changed)
        )
        SELECT ARRAY(
            SELECT p.id FROM place p JOIN changed c ON c.slug = p.zip
            UNION
            SELECT p.id FROM place p JOIN changed c
                ON (c.state, c.city) = (p.state, p.city) AND c.zip = ''
            WHERE COALESCE(p.zip, '') = ''
        )
    $sql$ INTO moved;
    PERFORM salaries_refresh_many(moved);
    RETURN NULL;
END $$;
CREATE TRIGGER salaries_metro_changed AFTER UPDATE ON jobs_place
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION salaries_metro_changed();
"""

BACKFILL = """
SELECT salaries_refresh_many(ARRAY(SELECT id FROM jobs_joblisting ORDER BY id));
"""

for word, text in (
    ("FROM_EXCLUDED", ", ".join(f"EXCLUDED.{c}" for c in COLUMNS.split(", "))),
    ("COLUMNS", COLUMNS),
):
    REFRESH = REFRESH.replace(word, text)

FORWARD = BITS + DAY + REFRESH + TRIGGERS + PLACE_TRIGGER
BACKWARD = """
DROP TRIGGER salaries_metro_changed ON jobs_place;
DROP FUNCTION salaries_metro_changed, salaries_refresh_many;
DROP FUNCTION salaries_listing_inserted, salaries_listing_updated,
    salaries_listing_deleted CASCADE;
DROP FUNCTION salaries_refresh, salaries_facts, salaries_state_bits, salaries_day;
DROP TYPE salaries_fact;
"""


class Migration(migrations.Migration):
    dependencies = [("salaries", "0002_posted_range"), ("jobs", "0004_place_metro")]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(BACKFILL, migrations.RunSQL.noop),
    ]
