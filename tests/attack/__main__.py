"""`make attack`: a thousand random rounds, and what came of it in docs/attack.md."""

import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from time import monotonic

from tests.attack.narrowings import Attack, attack
from tests.attack.options import attack_options
from tests.attack.worlds import random_round

ROUNDS = 1000
QUESTIONS = 5
"""With options, beside each round."""

REPORT = Path(__file__).parents[2] / "docs" / "attack.md"
WORDS = """# The attacker test

`make attack` invents {rounds} random rounds (2 to 12 gemeenten, 0 to 40 respondents in each, answers that are
skipped, one or two lists, every fifth round held again with shared gemeenten), discloses them by
`app.disclosure`, and attacks what is shown with linear programmes (tests/attack/attacker.py). The attacker
knows every shown value, margins too, the number of respondents of each list, the class and size of each
gemeente, and which hidden cells have at most four answers. Beside each round stand {asked} questions with
options, of one choice, several or a ranking (tests/attack/options.py): the attacker knows the number of
answers, how many options one may choose, and every share.

| | |
|---|---|
| rounds | {rounds} |
| lists | {lists} |
| cells shown | {shown} |
| cells attacked | {hidden} |
| numbers narrowed (0–4 of a small cell, 5 wide of another) | {numbers} |
| means narrowed below one point | {means} |
| options attacked, of {questions} questions with options | {options} |
| options narrowed (0–4 of few people, 5 wide of others) | {narrowed} |
| minutes on {workers} process(es) | {minutes:.0f} |

Two things are no narrowing by these rules, and are counted as such: the number of answers to a question that
is not shown per gemeente, of a gemeente whose number of answers stands at other questions; and the mean of
five or more answers, where the values of all together leave a cell of its size less than a point (39 of 48
people are most of them). The mean of at most four always keeps its point. Of a question that is not broken
down, the four smallest gemeenten are attacked.

Distributions are among what the attacker knows of the gemeenten. How many people gave each answer within a
part of one is not attacked: a part holds five people or more, of whom mean and margin tell together what the
methods allow of five. That somebody who knows how the classes of options are made learns no more
than the classes either, is shown by enumeration in tests/unit/app/test_disclosure_choices.py.
"""


def main() -> int:
    """Attack; 1 if anything was narrowed."""
    rounds = int(os.environ.get("ROUNDS", ROUNDS))
    workers = int(os.environ.get("WORKERS", os.cpu_count() or 1))
    start = monotonic()
    with ProcessPoolExecutor(workers) as pool:
        attacks = [each for found in pool.map(attack_round, range(rounds), chunksize=5) for each in found]
        options = list(pool.map(attack_options, range(rounds), repeat(QUESTIONS), chunksize=5))
    kinds = Counter(each.what for one in attacks for each in one.narrowings)
    narrowed = [each for one in options for each in one.narrowed]
    for each in [*(each for one in attacks for each in one.narrowings), *narrowed]:
        sys.stdout.write(f"{each}\n")
    words = WORDS.format(
        rounds=rounds,
        lists=len(attacks),
        shown=sum(each.shown for each in attacks),
        hidden=sum(each.hidden for each in attacks),
        numbers=kinds["aantal"],
        means=kinds["gemiddelde"],
        asked=QUESTIONS,
        questions=rounds * QUESTIONS,
        options=sum(each.options for each in options),
        narrowed=len(narrowed),
        workers=workers,
        minutes=(monotonic() - start) / 60,
    )
    REPORT.write_text(words, encoding="utf-8")
    sys.stdout.write(words)
    return 1 if kinds or narrowed else 0


def attack_round(seed: int) -> list[Attack]:
    """Attack every list of one round."""
    return [attack(world) for world in random_round(seed)]


if __name__ == "__main__":
    sys.exit(main())
