r"""What the first of two marked mentions does to the second: `python -m eval.relate`, and by folds on PLV.

Without arguments the shipped pack relates the 320 pairs of eval/data/pairs, which were written for this measure and from which nothing
is learned. `python -m eval.relate --folds PACK0 PACK1 PACK2 PACK3 PACK4` cross-validates on PLV's training pairs: pack K is one
whose training left their Kth fifth out from the start on, and it relates that fifth. How such packs are made, in three hours:

    python -m training.train_encoder --out build/trees --minutes 45
    python -m training.train_events --start build/trees --out build/start --no-plv --base 0.4 --events 0.6 --rate 1.2e-4 \
        --minutes 40 --steps 100000
    python -m training.train_events --start build/start --out build/fold0 --fold 0 --base 0.15 --events 0.25 --minutes 15 --steps 100000
    python -m training.export build/fold0 build/pack0 fold-0

CONCEDE and RETREAT count as one class, YIELD, as PLV has it. The folds are skipped with a message where the shared data is not there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from eval.shared import read_lines, shared_folder
from hearsay.core.span import Span
from hearsay.extract.relations import Relator
from hearsay.knowledge.markup import strip_marks
from hearsay.neural.decode import Analyser
from hearsay.neural.pack import open_pack

OWN = Path(__file__).parent / "data" / "pairs"
FOLDS = 5


class Pair(NamedTuple):
    """A text with two mentions (None for one that is only implied), its class in PLV's terms, and what must not be parted in folds."""

    text: str
    source: Span | None
    target: Span | None
    kind: str
    key: str = ""


def merged(kind: str) -> str:
    """A type as PLV's class."""
    return "YIELD" if kind in {"CONCEDE", "RETREAT"} else kind


def held_out(keys: Iterable[str], fold: int) -> set[str]:
    """The keys of a fold: every fifth of the sorted ids of PLV's source sentences, so that pairs of one sentence stay together."""
    return set(sorted(set(keys))[fold::FOLDS])


def read_plv(folder: Path) -> list[Pair]:
    """The 1,050 pairs of PLV's training part."""
    out = []
    for row in read_lines(folder / "bench" / "events" / "plv_train.jsonl"):
        source, target = (Span(*row[k]) if row[k] else None for k in ("source_span", "target_span"))
        out.append(Pair(row["text"], source, target, row["root"], row["source_sentence_id"]))
    return out


def read_own(path: Path) -> Iterator[Pair]:
    """Pairs of a file of `TYPE | sentence with {s source} and {t target}`."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, _, marked = line.partition(" | ")
            text, marks = strip_marks(marked)
            spans = {label: Span(start, end) for start, end, label in marks}
            yield Pair(text, spans["s"], spans["t"], merged(kind))


def ask(relator: Relator, pairs: Iterable[Pair]) -> list[str]:
    """What `hearsay relate` says of each pair."""
    return [merged(relator.relate(p.text, p.source, p.target).type) for p in pairs]


def f1_of(kind: str, gold: Sequence[str], said: Sequence[str]) -> float:
    """F1 of one class, in percent."""
    hit = sum(g == s == kind for g, s in zip(gold, said, strict=True))
    return 200 * hit / max(1, gold.count(kind) + said.count(kind))


def score(gold: Sequence[str], said: Sequence[str]) -> tuple[float, float]:
    """Mean F1 over the classes of the gold, and the share that is right, in percent."""
    macro = sum(f1_of(kind, gold, said) for kind in set(gold)) / len(set(gold))
    return macro, 100 * sum(g == s for g, s in zip(gold, said, strict=True)) / len(gold)


def figures(name: str, pairs: Sequence[Pair], said: Sequence[str]) -> str:
    """A line: number of pairs, and their score."""
    macro, right = score([p.kind for p in pairs], said)
    return f"{name:10s}  pairs {len(pairs):4d}  macro F1 {macro:5.1f}  accuracy {right:5.1f}"


def measure(parts: Iterable[tuple[str, Sequence[Pair], Relator]], errors: bool) -> None:
    """Print a line for each part (its name, pairs and relator), one for each class and one for all pairs together."""
    pairs: list[Pair] = []
    said: list[str] = []
    for name, part, relator in parts:
        answers = ask(relator, part)
        print(figures(name, part, answers), flush=True)
        pairs, said = [*pairs, *part], [*said, *answers]
    gold = [p.kind for p in pairs]
    for kind in sorted(set(gold)):
        print(f"{kind:10s}  pairs {gold.count(kind):4d}  F1 {f1_of(kind, gold, said):5.1f}")
    print(figures("all", pairs, said))
    for pair, kind in zip(pairs, said, strict=True):
        if errors and kind != pair.kind:
            ends = [span.of(pair.text) if span else "(implied)" for span in (pair.source, pair.target)]
            print(f"{pair.kind} as {kind}: {ends[0]} -> {ends[1]}\n    {pair.text}")


def folds(pairs: Sequence[Pair], packs: Sequence[Path]) -> Iterator[tuple[str, list[Pair], Relator]]:
    """Each fold's pairs and the relator that has not learned from them."""
    for fold, path in enumerate(packs):
        held = held_out((p.key for p in pairs), fold)
        yield f"fold {fold}", [p for p in pairs if p.key in held], Relator(Analyser(open_pack(path)))


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=Path, nargs="+", metavar="PACK", help="up to five packs, in the order of their folds")
    parser.add_argument("--errors", action="store_true", help="show every pair that is not right")
    args = parser.parse_args()
    if args.folds is None:
        relator = Relator()
        measure(((path.stem, list(read_own(path)), relator) for path in sorted(OWN.glob("*.txt"))), args.errors)
        return 0
    folder = shared_folder()
    if folder is not None:
        measure(folds(read_plv(folder), args.folds[:FOLDS]), args.errors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
