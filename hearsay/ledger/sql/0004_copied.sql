-- Sentences of copies that the first report of the family has too: what searches, lists and counts fold away (`folding.py` decides).

CREATE TABLE copied (
    passage INTEGER PRIMARY KEY REFERENCES passages (id),
    told INTEGER NOT NULL                -- 1: its words stand in the first report; 0: the copy's own headline over the same story
);
