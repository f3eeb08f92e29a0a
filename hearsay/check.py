"""Soundness of everything under `hearsay/data`: headers, rows, codes, the model pack."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hearsay.errors import DataError, HearsayError
from hearsay.knowledge.files import DATA, read_header, read_table, read_toml
from hearsay.neural.pack import verify_pack


def check_data() -> Iterator[str]:
    """A sentence for every fault, naming file and line."""
    for path in sorted(DATA.rglob("*.tsv")):
        try:
            read_header(path)
            for _ in read_table(path):
                pass
        except DataError as error:
            yield str(error)
    for path in sorted(DATA.rglob("*.toml")):
        try:
            read_toml(path)
        except DataError as error:
            yield str(error)
    for load in _loaders():
        try:
            load()
        except HearsayError as error:
            yield str(error)
    try:
        yield from (f"{name}: not the file that the model pack's manifest names; install the package again" for name in verify_pack())
    except HearsayError as error:
        yield str(error)


def _loaders() -> tuple[Callable[[], object], ...]:
    from hearsay.knowledge.actors import load_actor_tables
    from hearsay.knowledge.codings import load_codings
    from hearsay.knowledge.gazetteer import load_cities, load_places
    from hearsay.knowledge.ontology import load_ontology
    from hearsay.resolve.time_words import check_time_words

    return (load_ontology, load_codings, load_actor_tables, load_places, load_cities, check_time_words)
