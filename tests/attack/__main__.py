"""`make attack`: a thousand random rounds, and what came of it in docs/attack.md."""

import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import monotonic

from tests.attack.narrowings import Attack, attack
from tests.attack.worlds import random_round

ROUNDS = 1000
REPORT = Path(__file__).parents[2] / "docs" / "attack.md"
WORDS = """# The attacker test

`make attack` invents {rounds} random rounds (2 to 12 gemeenten, 0 to 40 respondents in each, answers that are
skipped, one or two lists, every fifth round held again with shared gemeenten), discloses them by
`app.disclosure`, and attacks what is shown with linear programmes (tests/attack/attacker.py). The attacker
knows the rules, every shown value, the number of respondents of each list, the class and size of each
gemeente, and which hidden cells have at most four answers.

| | |
|---|---|
| rounds | {rounds} |
| lists | {lists} |
| cells shown | {shown} |
| cells attacked | {hidden} |
| numbers narrowed (0–4 of a small cell, 5 wide of another) | {numbers} |
| means narrowed below one point | {means} |
| minutes on {workers} process(es) | {minutes:.0f} |

Two things are no narrowing by these rules, and are counted as such: the number of answers to a question that
is not shown per gemeente, of a gemeente whose number of answers stands at other questions; and the mean of
five or more answers, where the values of all together leave a cell of its size less than a point (39 of 48
people are most of them). The mean of at most four always keeps its point.
"""


def main() -> int:
    """Attack; 1 if anything was narrowed."""
    rounds = int(os.environ.get("ROUNDS", ROUNDS))
    workers = int(os.environ.get("WORKERS", os.cpu_count() or 1))
    start = monotonic()
    with ProcessPoolExecutor(workers) as pool:
        attacks = [each for found in pool.map(attack_round, range(rounds), chunksize=5) for each in found]
    kinds = Counter(each.what for one in attacks for each in one.narrowings)
    for one in attacks:
        for each in one.narrowings:
            sys.stdout.write(f"{each}\n")
    words = WORDS.format(
        rounds=rounds,
        lists=len(attacks),
        shown=sum(each.shown for each in attacks),
        hidden=sum(each.hidden for each in attacks),
        numbers=kinds["aantal"],
        means=kinds["gemiddelde"],
        workers=workers,
        minutes=(monotonic() - start) / 60,
    )
    REPORT.write_text(words, encoding="utf-8")
    sys.stdout.write(words)
    return 1 if kinds else 0


def attack_round(seed: int) -> list[Attack]:
    """Attack every list of one round."""
    return [attack(world) for world in random_round(seed)]


if __name__ == "__main__":
    sys.exit(main())
