"""Writing why a file is refused: without the modules that only reading a file needs."""

import json
from typing import IO

from app.errors import LoadRefused
from loaders.files import Problem, Severity
from loaders.sandbox.plain import to_plain

MAX_PROBLEMS = 10_000


def write_refusal(file: IO[bytes], refused: LoadRefused) -> None:
    """Write why the file is refused, in place of anything written before."""
    file.flush()
    file.seek(0)
    file.truncate()
    problems = tuple(problem for problem in refused.problems if isinstance(problem, Problem))
    header = {"refused": str(refused), "problems": to_plain(first_problems(problems))}
    file.write(json.dumps(header).encode() + b"\n")


def first_problems(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """As many as a person can bear, and then how many more there are."""
    if len(problems) <= MAX_PROBLEMS:
        return problems
    left = problems[MAX_PROBLEMS:]
    severest = max((problem.severity for problem in left), key=list(Severity).index)
    return (*problems[:MAX_PROBLEMS], Problem(f"En nog {len(left)} andere meldingen.", severest))
