"""The ledger's commands, a thin coat on `hearsay.ledger` and `hearsay.export`: `register(app)` puts them under `hearsay`."""

from hearsay.ledger_cli.commands import register

__all__ = ["register"]
