"""What is kept of a list when its round closed: shown values, as JSON and as typed values. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from app.disclosure import Count, Measure, Share, Shown
from survey.definition import Answers

FORMAT = 1

NO_GEMEENTE = "zonder gemeente"
"""What the people of groups that belong to no gemeente are called."""


@dataclass(frozen=True, slots=True)
class Scaled:
    """A question on a scale, or a theme: together, and per gemeente where that may be shown.

    `version` of a theme is the sum of those of its questions: a change of any of them is another theme.
    """

    measure: Measure
    version: int
    whole: Shown | None
    parts: Mapping[str, Shown] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    is_hard: bool = False
    """Whether too few can judge it, all together; then there is no `whole`."""
    hard_parts: tuple[str, ...] = ()
    """The gemeenten of which the same holds, in place of a part."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A question with options or a number: the share of each; nothing below eight answers."""

    version: int
    n: Count | None
    shares: Mapping[str, Share] = field(default_factory=dict)
    is_hard: bool = False
    """Whether too few can judge it; then there is nothing else."""


@dataclass(frozen=True, slots=True)
class Named:
    """The answers of one organisation, which is not anonymous: shown inside the region only."""

    organisation: str
    code: str
    answers: Answers
    themes: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that may ever be shown of a list. `gemeenten` are those in which it was held; '' is none."""

    respondents: Count
    size: int | None = None
    gemeenten: tuple[str, ...] = ()
    scaled: Mapping[str, Scaled] = field(default_factory=dict)
    chosen: Mapping[str, Chosen] = field(default_factory=dict)
    themes: Mapping[str, Scaled] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    """The open questions of which texts may be shown, after review."""
    named: Sequence[Named] = ()


def to_json(snapshot: Snapshot) -> str:
    """The snapshot as it is kept."""
    return json.dumps({"format": FORMAT, **asdict(snapshot)}, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Snapshot:
    """The snapshot as it was."""
    found: dict[str, Any] = json.loads(text)
    return Snapshot(
        respondents=Count(*found["respondents"]),
        size=found["size"],
        gemeenten=tuple(found["gemeenten"]),
        scaled={key: _scaled(each) for key, each in found["scaled"].items()},
        chosen={key: _chosen(each) for key, each in found["chosen"].items()},
        themes={key: _scaled(each) for key, each in found["themes"].items()},
        texts=tuple(found["texts"]),
        named=tuple(Named(**each) for each in found["named"]),
    )


def _scaled(found: Mapping[str, Any]) -> Scaled:
    return Scaled(
        Measure(found["measure"]),
        found["version"],
        _shown(found["whole"]) if found["whole"] else None,
        {part: _shown(each) for part, each in found["parts"].items()},
        tuple(found["items"]),
        found.get("is_hard", False),
        tuple(found.get("hard_parts", ())),
    )


def _chosen(found: Mapping[str, Any]) -> Chosen:
    shares = {key: Share(*each) for key, each in found["shares"].items()}
    n = Count(*found["n"]) if found["n"] else None
    return Chosen(found["version"], n, shares, found.get("is_hard", False))


def _shown(found: Mapping[str, Any]) -> Shown:
    pairs = {name: tuple(found[name]) if found[name] else None for name in ("mean_margin", "good_margin")}
    return Shown(
        **{
            **found,
            **pairs,
            "n": Count(*found["n"]),
            "good": Share(*found["good"]),
            "distribution": {key: Share(*each) for key, each in found["distribution"].items()},
        }
    )
