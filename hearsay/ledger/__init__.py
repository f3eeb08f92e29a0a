"""The ledger: readings in one SQLite file, searchable, with people's judgements beside them.

    from hearsay.ledger import Ledger, query
    with Ledger.open("news.db", readonly=True) as ledger:
        for row in query.events(ledger, actor="RUS", recipient="USA", type="ACCUSE", since="2022-01"):
            print(row["date"], row["sentence"], row["chain"])

See docs/guide/ledger.md.
"""

from hearsay.ledger.errors import LedgerBusyError, LedgerError, LedgerVersionError, RecordNotFound
from hearsay.ledger.judgements import Judgement
from hearsay.ledger.store import AddResult, Ledger

__all__ = ["AddResult", "Judgement", "Ledger", "LedgerBusyError", "LedgerError", "LedgerVersionError", "RecordNotFound"]
