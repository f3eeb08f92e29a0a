-- Near-identical copies of an earlier report, as the last `add` that saw them found them.

CREATE TABLE reprints (
    report INTEGER PRIMARY KEY REFERENCES reports (id),     -- the copy
    original INTEGER NOT NULL REFERENCES reports (id),      -- the earliest report of the family
    similarity REAL NOT NULL,            -- Jaccard similarity of five-word shingles
    held REAL NOT NULL,                  -- share of the shorter that stands in the longer
    agency TEXT                          -- whose report it is, where somebody says
);
CREATE INDEX reprints_original ON reprints (original);
