r"""The type between two marked mentions, cross-validated on PLV: `python -m eval.relate PACK0 PACK1 PACK2 PACK3 PACK4 [--errors]`.

PACK K is a pack whose training left the Kth fifth of PLV's training pairs out, from the start on; it relates that fifth (its fp32
checkpoint becomes a pack by `python -m training.export`). How the five are made, about an hour each on two cores:

    python -m training.train_encoder --out build/trees --minutes 45
    python -m training.train_events --start build/trees --out build/start --no-plv --base 0.4 --events 0.6 --rate 1.2e-4 \
        --minutes 40 --steps 100000
    python -m training.train_events --start build/start --out build/fold0 --fold 0 --base 0.15 --events 0.25 --minutes 12 --steps 100000
    python -m training.export build/fold0 build/pack0 fold-0

CONCEDE and RETREAT count as one class, YIELD, as PLV has it. Skipped with a message where the shared data is not there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from eval.shared import read_lines, shared_folder
from hearsay.core.span import Span
from hearsay.extract.relations import Relator
from hearsay.neural.decode import Analyser
from hearsay.neural.pack import open_pack

Record = dict[str, Any]
FOLDS = 5


def held_out(keys: Iterable[str], fold: int) -> set[str]:
    """The keys of a fold: every fifth of the sorted ids of PLV's source sentences, so that pairs of one sentence stay together."""
    return set(sorted(set(keys))[fold::FOLDS])


def read_pairs(folder: Path) -> list[Record]:
    """The 1,050 pairs of PLV's training part."""
    return read_lines(folder / "bench" / "events" / "plv_train.jsonl")


def relate_rows(rows: Sequence[Record], relator: Relator) -> list[str]:
    """What `hearsay relate` says of each pair, in PLV's classes."""
    said = []
    for row in rows:
        source, target = (Span(*row[k]) if row[k] else None for k in ("source_span", "target_span"))
        kind = relator.relate(row["text"], source, target).type
        said.append("YIELD" if kind in {"CONCEDE", "RETREAT"} else kind)
    return said


def macro_f1(gold: Sequence[str], said: Sequence[str]) -> float:
    """Mean F1 over the classes of the gold, in percent."""
    return sum(f1_of(kind, gold, said) for kind in set(gold)) / len(set(gold))


def f1_of(kind: str, gold: Sequence[str], said: Sequence[str]) -> float:
    """F1 of one class, in percent."""
    hit = sum(g == s == kind for g, s in zip(gold, said, strict=True))
    return 200 * hit / max(1, gold.count(kind) + said.count(kind))


def accuracy(gold: Sequence[str], said: Sequence[str]) -> float:
    """Share that is right, in percent."""
    return 100 * sum(g == s for g, s in zip(gold, said, strict=True)) / len(gold)


def cross_validate(rows: Sequence[Record], packs: Sequence[Path], tell: Callable[[str], None]) -> dict[str, str]:
    """Pair id -> class, each said by the pack that has not learned from the pair; a line a fold goes to `tell`."""
    said: dict[str, str] = {}
    for fold, path in enumerate(packs):
        held = held_out((r["source_sentence_id"] for r in rows), fold)
        part = [r for r in rows if r["source_sentence_id"] in held]
        found = relate_rows(part, Relator(Analyser(open_pack(path))))
        gold = [r["root"] for r in part]
        tell(f"fold {fold}  pairs {len(part)}  macro F1 {macro_f1(gold, found):.1f}  accuracy {accuracy(gold, found):.1f}")
        said |= {r["id"]: kind for r, kind in zip(part, found, strict=True)}
    return said


def main() -> int:
    """Print a line a fold, a line a class and the figures over all pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packs", type=Path, nargs="+", help="five packs, in the order of their folds; fewer measure the first folds")
    parser.add_argument("--errors", action="store_true", help="show every pair that is not right")
    args = parser.parse_args()
    folder = shared_folder()
    if folder is None:
        return 0
    rows = read_pairs(folder)
    answers = cross_validate(rows, args.packs[:FOLDS], print)
    rows = [r for r in rows if r["id"] in answers]
    gold, said = [r["root"] for r in rows], [answers[r["id"]] for r in rows]
    for kind in sorted(set(gold)):
        print(f"{kind:10s}  pairs {gold.count(kind):3d}  F1 {f1_of(kind, gold, said):5.1f}")
    print(f"all  pairs {len(rows)}  root macro F1 {macro_f1(gold, said):.1f}  accuracy {accuracy(gold, said):.1f}")
    if args.errors:
        for row, kind in zip(rows, said, strict=True):
            if row["root"] != kind:
                print(f"{row['id']}  {row['root']} as {kind}: {row['source']} -> {row['target']}\n    {row['text']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
