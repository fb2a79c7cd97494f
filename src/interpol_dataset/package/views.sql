-- view figures
-- Outcomes with the names of case, metric and object, and the address of the source.
SELECT o.case_id, c.name AS case_name, c.announced, o.fact, m.name AS metric,
       b.name AS object, o.place, o.scope, o.value_text, o.hedge, o.point, o.lower,
       o.upper, o.unit, o.usd_point, o.part_of, o.status, o.stated_by, s.url
FROM outcomes o
JOIN cases c ON c.id = o.case_id
JOIN metrics m ON m.id = o.metric_id
LEFT JOIN objects b ON b.id = o.object_id
LEFT JOIN sources s ON s.id = o.source_id;

-- view series
-- The editions of each series in the order of time, those without a date last.
SELECT c.series, row_number() OVER (
         PARTITION BY c.series
         ORDER BY COALESCE(c.start, c.announced, c."end") IS NULL,
                  COALESCE(c.start, c.announced, c."end"), COALESCE(c.edition, 0), c.id
       ) AS position,
       c.edition, c.id AS case_id, c.name AS case_name, c.year, c.country_count_point,
       c.arrests, c.victims, c.possible_victims, c.drugs_kg, c.firearms, c.wildlife_items,
       c.wildlife_kg, c.goods_items, c.goods_value_usd, c.assets_usd, c.takedowns,
       c.accounts_blocked
FROM cases c
WHERE c.series IS NOT NULL;

-- view country_years
-- In how many cases of each year a country is listed, but for parts of cases that list it, and the
-- least number of arrests stated for it.
SELECT country, year, sum(is_listed) AS cases, sum(arrests) AS arrests_lower
FROM (
  SELECT p.country, c.year, 1 AS is_listed, NULL AS arrests
  FROM case_countries p
  JOIN cases c ON c.id = p.case_id
  LEFT JOIN case_countries w ON w.case_id = c.part_of_case AND w.country = p.country
  WHERE w.country IS NULL
  UNION ALL
  SELECT t.country, c.year, 0, t.lower
  FROM country_totals t
  JOIN cases c ON c.id = t.case_id
  WHERE t.what = 'arrests' AND t.counted_in IS NULL
)
WHERE year IS NOT NULL
GROUP BY country, year;

-- view main_areas
-- Each case with its main crime area.
SELECT c.id AS case_id, c.name AS case_name, c.announced, c.interpol_role,
       c.existence_status, a.id AS category_id, a.name AS category
FROM cases c
LEFT JOIN categories a ON a.id = c.main_area;

-- view participation
-- Countries that took part in cases, where sources list them, with their regions.
SELECT p.country, n.short_name AS country_name, n.region, n.subregion, p.case_id,
       c.name AS case_name, c.announced, p.status
FROM case_countries p
JOIN countries n ON n.id = p.country
JOIN cases c ON c.id = p.case_id;

-- view who_says_so
-- What each source says about each fact, with title, address, publisher and asserter.
SELECT e.record_table, e.record_id, e.field, e.value, e.unit, e.stance, e.locator,
       s.title, s.url, s.published, s.kind, p.name AS publisher, a.name AS asserter
FROM evidence e
JOIN sources s ON s.id = e.source_id
JOIN organizations p ON p.id = s.publisher_id
JOIN organizations a ON a.id = COALESCE(e.attributed_to_id, s.text_of_id, s.asserter_id);

-- view disputed_facts
-- Facts of which those who could know contradict each other, and why.
SELECT record_table, record_id, field, value, lowest, highest, variance_type, variance_reason
FROM verification
WHERE status = 'disputed';

-- view unheard
-- Pages that would make a second observer of a fact if they quoted or carried the body that they
-- have as their asserter: read them again for whose text it is.
SELECT v.record_id AS case_id, v.field, v.value, v.status, e.source_id, e.party_id
FROM verification v
JOIN evidence e USING (record_table, record_id, field)
WHERE v.record_table = 'cases' AND v.status IN ('documented', 'reported') AND v.parties > 1
  AND e.stance = 'supports' AND e.read = 'retelling' AND e.observer_id IS NOT NULL;

-- view what_works
-- Which lesson was followed in which case, with what result, and how well it is shown that it works;
-- counter-examples are cases in which it failed or was absent.
SELECT l.id AS lesson_id, l.name AS practice, l.grade, l.verdict, s.case_id, c.name AS case_name,
       c.year, c.top_area, s.shows, s.result, s.value_text, s.point, s.lower, s.upper, s.unit,
       o.usd_point, s.status, s.source_id
FROM lessons l
LEFT JOIN statement_cases s ON s.record_table = 'lessons' AND s.record_id = l.id
LEFT JOIN cases c ON c.id = s.case_id
LEFT JOIN outcomes o ON o.case_id = s.case_id AND o.fact = s.result;
