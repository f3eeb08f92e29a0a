-- Events and their parties once more, packed by report into arrays of 32-bit numbers (`packed.py` names the columns), so that counts
-- over all of them are read in milliseconds and need no joins. `pack32` is a function that Hearsay brings along.

CREATE TABLE codes (                     -- types, modes, modalities, parts, publishers, countries, sectors as numbers
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
);

CREATE TABLE packed (
    report INTEGER PRIMARY KEY REFERENCES reports (id),
    events BLOB NOT NULL,
    parties BLOB NOT NULL
);

DROP INDEX things_entity;
CREATE INDEX things_brief ON things (entity, rejected, report, country, sector);
CREATE INDEX events_quantity ON events (day_from) WHERE quantity IS NOT NULL;
