-- The warehouse's tables. No primary keys, unique constraints or indexes: the same SQL must run on a DuckDB file
-- and on a DuckLake catalogue. Identifiers are derived from content, so loading the same thing twice is harmless.

-- What was fetched, as it was answered.
CREATE SCHEMA raw;
-- Organs, report versions and their cells.
CREATE SCHEMA core;
-- Rules, findings, problems and runs.
CREATE SCHEMA audit;

CREATE TABLE audit.migration (
    version INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE core.source (
    source_id VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    publisher VARCHAR,
    region_code VARCHAR,
    home_url VARCHAR,
    loaded_at TIMESTAMPTZ NOT NULL
);

-- Organs that a source declares to owe it a report for a year.
CREATE TABLE core.expected_report (
    source_id VARCHAR NOT NULL,
    organ_id VARCHAR NOT NULL,
    organ_name VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    category VARCHAR
);

-- How many reports a source declares to have for a year at least.
CREATE TABLE core.source_floor (
    source_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    reports INTEGER NOT NULL
);

CREATE TABLE core.organ (
    organ_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    region_code VARCHAR,
    level VARCHAR,
    kind VARCHAR,
    parent_organ_id VARCHAR,
    valid_from DATE,
    valid_to DATE
);

CREATE TABLE core.organ_alias (
    organ_id VARCHAR NOT NULL,
    alias VARCHAR NOT NULL
);

-- Organs that were renamed, merged or split: whose figures the successor's report of a year goes on from.
CREATE TABLE core.succession (
    source_id VARCHAR NOT NULL,
    predecessor_organ_id VARCHAR NOT NULL,
    successor_organ_id VARCHAR NOT NULL,
    since_year INTEGER NOT NULL
);

-- A report as a portal lists it, whether or not it could be fetched and read.
CREATE TABLE raw.link (
    source_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    listed_on DATE,
    category VARCHAR,
    last_listed_at TIMESTAMPTZ NOT NULL,
    run_id VARCHAR NOT NULL
);

-- One request and what came back, failures too, but for answers that a page is unchanged. The body is in the archive
-- under its sha256. A report's page also has the report year of its link, its attachments as JSON, and the version of
-- the extractor that read it last: with these it can be read again without the portal.
CREATE TABLE raw.page (
    page_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    purpose VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    final_url VARCHAR NOT NULL,
    host VARCHAR NOT NULL,
    status INTEGER,
    problem VARCHAR,
    content_type VARCHAR,
    encoding VARCHAR,
    encoding_source VARCHAR,
    headers VARCHAR NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 VARCHAR,
    link_title VARCHAR,
    listed_on DATE,
    category VARCHAR,
    report_year INTEGER,
    attachments VARCHAR,
    extractor_version VARCHAR,
    fetched_at TIMESTAMPTZ NOT NULL,
    waited_ms INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    run_id VARCHAR NOT NULL
);

-- At a moment an address showed a page, known by the digest of its body and its attachments' bodies.
CREATE TABLE core.sighting (
    url VARCHAR NOT NULL,
    evidence_sha256 VARCHAR NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL
);

-- What the extractor read in a page at an address: a report version, or nothing.
CREATE TABLE core.reading (
    url VARCHAR NOT NULL,
    evidence_sha256 VARCHAR NOT NULL,
    report_id VARCHAR,
    extractor_version VARCHAR NOT NULL
);

-- One version of one organ's report for one year, as it was read where it was first fetched. Whether it is current and
-- when it was seen first and last follow from the sightings.
CREATE TABLE core.report (
    report_id VARCHAR NOT NULL,
    organ_id VARCHAR NOT NULL,
    organ_name VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    title VARCHAR,
    published_on DATE,
    publisher VARCHAR,
    period_from DATE,
    period_to DATE,
    document_number VARCHAR,
    contact VARCHAR,
    origins VARCHAR,
    source_id VARCHAR NOT NULL,
    page_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    page_sha256 VARCHAR NOT NULL,
    document_url VARCHAR,
    document_sha256 VARCHAR,
    content_sha256 VARCHAR NOT NULL,
    cells_expected INTEGER NOT NULL,
    cells_read INTEGER NOT NULL,
    prose_digest UINTEGER[],
    fetched_at TIMESTAMPTZ NOT NULL,
    is_current BOOLEAN NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    extractor_version VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL
);

-- One statutory table of one report version, and how much of it was read.
CREATE TABLE core.report_table (
    report_id VARCHAR NOT NULL,
    table_code VARCHAR NOT NULL,
    edition VARCHAR NOT NULL,
    cells_expected INTEGER NOT NULL,
    cells_read INTEGER NOT NULL,
    cells_blank INTEGER NOT NULL,
    cells_unreadable INTEGER NOT NULL,
    is_doubtful BOOLEAN NOT NULL
);

CREATE TABLE core.cell (
    report_id VARCHAR NOT NULL,
    table_code VARCHAR NOT NULL,
    edition VARCHAR NOT NULL,
    row_code VARCHAR NOT NULL,
    column_code VARCHAR NOT NULL,
    value DECIMAL(20, 4),
    state VARCHAR NOT NULL,
    unit VARCHAR,
    raw VARCHAR NOT NULL,
    place_table INTEGER NOT NULL,
    place_row INTEGER NOT NULL,
    place_cell INTEGER NOT NULL
);

-- One line of the appendix of 2014 to 2018; a line that only this page has carries no code.
CREATE TABLE core.statistics_line (
    report_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    code VARCHAR,
    label VARCHAR NOT NULL,
    unit VARCHAR,
    value DECIMAL(20, 4),
    state VARCHAR NOT NULL,
    raw VARCHAR NOT NULL,
    place_table INTEGER NOT NULL,
    place_row INTEGER NOT NULL,
    place_cell INTEGER NOT NULL
);

CREATE TABLE core.statement (
    report_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    measure VARCHAR NOT NULL,
    value DECIMAL(20, 4) NOT NULL,
    quote VARCHAR NOT NULL,
    parts DECIMAL(20, 4)[] NOT NULL,
    paragraph INTEGER
);

CREATE TABLE audit.rule (
    rule_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title_zh VARCHAR NOT NULL,
    title_en VARCHAR NOT NULL,
    explanation_zh VARCHAR NOT NULL,
    explanation_en VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    table_code VARCHAR,
    editions VARCHAR[] NOT NULL,
    origin VARCHAR NOT NULL
);

CREATE TABLE audit.rule_term (
    rule_id VARCHAR NOT NULL,
    edition VARCHAR NOT NULL,
    side VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    years_back INTEGER NOT NULL,
    row_code VARCHAR,
    column_code VARCHAR
);

CREATE TABLE audit.finding (
    finding_id VARCHAR NOT NULL,
    rule_id VARCHAR NOT NULL,
    rule_version INTEGER NOT NULL,
    report_id VARCHAR NOT NULL,
    table_code VARCHAR,
    row_code VARCHAR,
    column_code VARCHAR,
    statement_ordinal INTEGER,
    quote VARCHAR,
    verdict VARCHAR NOT NULL,
    reason VARCHAR,
    severity VARCHAR NOT NULL,
    left_value DECIMAL(20, 4),
    right_value DECIMAL(20, 4),
    difference DECIMAL(20, 4),
    strict_verdict VARCHAR NOT NULL,
    cells STRUCT(side VARCHAR, weight INTEGER, year INTEGER, row_code VARCHAR, column_code VARCHAR, value DECIMAL(20, 4), state VARCHAR)[] NOT NULL,
    group_id VARCHAR NOT NULL,
    likely STRUCT(table_code VARCHAR, row_code VARCHAR, column_code VARCHAR, published DECIMAL(20, 4), value DECIMAL(20, 4), slip VARCHAR)[] NOT NULL,
    sentence_zh VARCHAR NOT NULL,
    sentence_en VARCHAR NOT NULL,
    waiver VARCHAR,
    first_found_at TIMESTAMPTZ NOT NULL,
    last_found_at TIMESTAMPTZ NOT NULL,
    run_id VARCHAR NOT NULL
);

-- Every waiver of the last audit, and whether it excused anything.
CREATE TABLE audit.waiver (
    position INTEGER NOT NULL,
    rule_id VARCHAR NOT NULL,
    organ VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    table_code VARCHAR,
    row_code VARCHAR,
    column_code VARCHAR,
    left_value DECIMAL(20, 4),
    right_value DECIMAL(20, 4),
    reason VARCHAR NOT NULL,
    granted_by VARCHAR NOT NULL,
    until DATE,
    state VARCHAR NOT NULL
);

-- One rule's outcome over one year's reports; an invariant of the warehouse has no year.
CREATE TABLE audit.validation (
    run_id VARCHAR NOT NULL,
    year INTEGER,
    suite VARCHAR NOT NULL,
    rule_id VARCHAR NOT NULL,
    edition VARCHAR NOT NULL,
    evaluated BIGINT NOT NULL,
    passed BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    not_assessable BIGINT NOT NULL,
    expectation_success BOOLEAN,
    duration_ms INTEGER NOT NULL,
    validated_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE audit.problem (
    problem_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    year INTEGER,
    stage VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    attempts INTEGER NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    resolved_at TIMESTAMPTZ,
    run_id VARCHAR NOT NULL
);

-- A year whose reports changed since its rules were last assessed: one row a load, removed by the audit that saw it.
CREATE TABLE audit.pending (
    pending_id VARCHAR NOT NULL,
    year INTEGER NOT NULL
);

CREATE TABLE audit.run (
    run_id VARCHAR NOT NULL,
    flow VARCHAR NOT NULL,
    parameters VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    gouji_version VARCHAR NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    links INTEGER,
    pages_fetched INTEGER,
    pages_unchanged INTEGER,
    reports_new INTEGER,
    reports_seen INTEGER,
    findings INTEGER,
    problems INTEGER
);

-- What one stage of a run did for a source and a year, and how many seconds it took, all workers together; an item is
-- a link, a page, a report or whatever the stage deals with. ``source_id`` and ``year`` are NULL where a stage deals
-- with all of them at once.
CREATE TABLE audit.stage_metric (
    run_id VARCHAR NOT NULL,
    source_id VARCHAR,
    year INTEGER,
    stage VARCHAR NOT NULL,
    items BIGINT NOT NULL,
    seconds DOUBLE NOT NULL,
    bytes BIGINT NOT NULL,
    retries INTEGER NOT NULL,
    finished_at TIMESTAMPTZ NOT NULL
);
