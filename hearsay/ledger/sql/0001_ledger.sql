-- The ledger. `readings` holds what was read, whole and unchanged; every other table is drawn from it to be searched, and shows
-- the judgements of people applied. Spans are code points of the report's text, end exclusive; lists of spans are JSON.

CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,            -- r + hash of text and date
    name TEXT NOT NULL,                  -- the id that the report came with
    url TEXT, publisher TEXT, title TEXT, date TEXT, date_from TEXT, language TEXT,
    version TEXT NOT NULL,               -- coder version of the reading that the tables show
    problems INTEGER NOT NULL,
    added TEXT NOT NULL                  -- UTC
);
CREATE INDEX reports_date ON reports (date);
CREATE INDEX reports_name ON reports (name);
CREATE INDEX reports_publisher ON reports (publisher);

CREATE TABLE readings (
    hash TEXT PRIMARY KEY,               -- of text, date and coder version: adding twice adds nothing
    report INTEGER NOT NULL REFERENCES reports (id),
    version TEXT NOT NULL,
    added TEXT NOT NULL,
    body BLOB NOT NULL                   -- the whole Reading, zlib over JSON
);
CREATE INDEX readings_report ON readings (report, version);

CREATE TABLE inputs (                    -- raw inputs already read, so that a second run skips them before the slow part
    key TEXT PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (id)
) WITHOUT ROWID;

CREATE TABLE appearances (               -- the same text published elsewhere or under another name
    report INTEGER NOT NULL REFERENCES reports (id),
    name TEXT NOT NULL, url TEXT NOT NULL, publisher TEXT NOT NULL, title TEXT NOT NULL,
    PRIMARY KEY (report, name, url, publisher, title)
) WITHOUT ROWID;

CREATE TABLE problems (
    report INTEGER NOT NULL REFERENCES reports (id),
    stage TEXT NOT NULL, message TEXT NOT NULL, start INTEGER, stop INTEGER
);
CREATE INDEX problems_report ON problems (report);

CREATE TABLE passages (                  -- the sentences, and the parts that hold none (bylines, tags, credits)
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (id),
    start INTEGER NOT NULL, stop INTEGER NOT NULL,
    part TEXT NOT NULL, story INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX passages_report ON passages (report);
CREATE VIRTUAL TABLE passage_words USING fts5 (
    text, content = 'passages', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TABLE entities (                  -- a thing across reports: one kind and name, until somebody merges or splits
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,            -- n + hash of kind and folded name
    kind TEXT NOT NULL,                  -- person organization state place group; words = never resolved
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    canonical INTEGER NOT NULL           -- id of the entity that stands for all those merged with it
);
CREATE INDEX entities_folded ON entities (folded);
CREATE INDEX entities_canonical ON entities (canonical);
CREATE INDEX entities_merged ON entities (id) WHERE canonical <> id;
CREATE VIRTUAL TABLE entity_names USING fts5 (
    name, content = 'entities', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE things (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    report INTEGER NOT NULL REFERENCES reports (id),
    local TEXT NOT NULL,                 -- t1 in the reading
    entity INTEGER NOT NULL REFERENCES entities (id),
    kind TEXT NOT NULL, name TEXT NOT NULL,
    country TEXT, sector TEXT, sector2 TEXT, role TEXT, lat REAL, lon REAL,
    mentions TEXT NOT NULL,
    rule TEXT NOT NULL, score REAL NOT NULL,
    rejected INTEGER NOT NULL DEFAULT 0, judged INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX things_report ON things (report);
CREATE INDEX things_entity ON things (entity);
CREATE INDEX things_country ON things (country);
CREATE INDEX things_sector ON things (sector);

CREATE TABLE attributions (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    report INTEGER NOT NULL REFERENCES reports (id),
    local TEXT NOT NULL,
    passage INTEGER REFERENCES passages (id),
    date TEXT,                           -- the report's
    kind TEXT NOT NULL, stance TEXT NOT NULL, negated INTEGER NOT NULL,
    speaker INTEGER REFERENCES entities (id),
    thing INTEGER REFERENCES things (id),
    source TEXT NOT NULL, cue TEXT NOT NULL, content TEXT NOT NULL, addressee TEXT NOT NULL,
    source_text TEXT NOT NULL, cue_text TEXT NOT NULL, content_text TEXT NOT NULL, addressee_text TEXT NOT NULL,
    inside INTEGER REFERENCES attributions (id),
    chain TEXT NOT NULL,
    part TEXT NOT NULL, teaser INTEGER NOT NULL,
    rule TEXT NOT NULL, score REAL NOT NULL,
    rejected INTEGER NOT NULL DEFAULT 0, judged INTEGER NOT NULL DEFAULT 0
);
CREATE VIRTUAL TABLE content_words USING fts5 (
    content_text, content = 'attributions', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE INDEX attributions_report ON attributions (report);
CREATE INDEX attributions_passage ON attributions (passage);
CREATE INDEX attributions_speaker ON attributions (speaker);
CREATE INDEX attributions_date ON attributions (date);

CREATE TABLE abouts (                    -- things that a content mentions
    attribution INTEGER NOT NULL REFERENCES attributions (id),
    entity INTEGER NOT NULL REFERENCES entities (id),
    thing INTEGER NOT NULL,
    PRIMARY KEY (entity, attribution, thing)
) WITHOUT ROWID;
CREATE INDEX abouts_attribution ON abouts (attribution);

CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    report INTEGER NOT NULL REFERENCES reports (id),
    local TEXT NOT NULL,
    passage INTEGER REFERENCES passages (id),
    type TEXT NOT NULL, mode TEXT, contexts TEXT NOT NULL, cameo TEXT,
    modality TEXT NOT NULL, background INTEGER NOT NULL,
    day_from TEXT, day_to TEXT,          -- the interval of `time`, else the report's date; NULL if neither is known
    time TEXT, time_start INTEGER, time_stop INTEGER,
    trigger_start INTEGER NOT NULL, trigger_stop INTEGER NOT NULL, trigger_text TEXT NOT NULL,
    attribution INTEGER REFERENCES attributions (id),
    chain TEXT NOT NULL, quantity TEXT,
    part TEXT NOT NULL, teaser INTEGER NOT NULL,
    rule TEXT NOT NULL, score REAL NOT NULL,
    cluster INTEGER NOT NULL,            -- id of the event that stands for all those merged with it
    rejected INTEGER NOT NULL DEFAULT 0, judged INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX events_report ON events (report);
CREATE INDEX events_passage ON events (passage);
CREATE INDEX events_day ON events (day_from);
CREATE INDEX events_type ON events (type, day_from);
CREATE INDEX events_merged ON events (cluster) WHERE cluster <> id;
CREATE INDEX events_brief ON events (rejected, teaser, type, day_from, modality, background, attribution, report, cluster);

CREATE TABLE participants (
    event INTEGER NOT NULL REFERENCES events (id),
    role TEXT NOT NULL,                  -- actor, recipient or place
    n INTEGER NOT NULL,
    entity INTEGER NOT NULL REFERENCES entities (id),
    thing INTEGER REFERENCES things (id),
    text TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
    country TEXT, sector TEXT, sector2 TEXT,
    PRIMARY KEY (event, role, n)
) WITHOUT ROWID;
CREATE INDEX participants_entity ON participants (entity, role);
CREATE INDEX participants_country ON participants (country, role, sector);
CREATE INDEX participants_sector ON participants (sector, role);
CREATE INDEX participants_thing ON participants (thing);
CREATE INDEX participants_text ON participants (text COLLATE NOCASE);

CREATE TABLE vouchers (                  -- the chain of an event: who vouches for it, nearest first, the publisher last
    event INTEGER NOT NULL REFERENCES events (id),
    n INTEGER NOT NULL,
    entity INTEGER NOT NULL REFERENCES entities (id),
    PRIMARY KEY (event, n)
) WITHOUT ROWID;
CREATE INDEX vouchers_entity ON vouchers (entity);

CREATE TABLE judgements (                -- only ever added to
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    record TEXT NOT NULL,
    verdict TEXT NOT NULL,               -- confirm correct merge split reject
    field TEXT,
    old TEXT, new TEXT,                  -- JSON
    by TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX judgements_record ON judgements (record);
