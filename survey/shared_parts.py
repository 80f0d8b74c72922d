"""What questionnaires share, and the parts of their files: scales, lists, themes, sections. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from survey.blocks import Block, check_keys, pairs
from survey.definition import Option, Question, Scale, Texts
from survey.parsing import (
    LABELLED,
    LANGUAGE,
    Context,
    Placed,
    read_options,
    read_question,
    read_texts,
)

_T = TypeVar("_T")

Scales = Mapping[Scale, tuple[Option, ...]]
"""The labels of each scale that has the same everywhere."""

LISTS: dict[str, type] = {"languages": list, "theme": list, "list": list, "section": list}
"""What a core and a questionnaire both hold."""

_SECTION: dict[str, type] = {
    "key": str, "title": dict, "intro": dict, "question": list, "shared": list, "without": list,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it stands in a file."""

    key: str
    titles: Texts
    intro: Texts
    placed: tuple[Placed, ...]
    block: Block

    @property
    def screens(self) -> tuple[tuple[Question, ...], ...]:
        """The questions, by the screen that they stand on."""
        screens: list[list[Question]] = []
        for each in self.placed:
            if each.is_together and screens:
                screens[-1].append(each.question)
            else:
                screens.append([each.question])
        return tuple(tuple(screen) for screen in screens)


@dataclass(frozen=True, slots=True)
class Core:
    """What questionnaires share: `kern-<n>.toml`. One without a core has an empty one."""

    themes: Mapping[str, Texts] = field(default_factory=dict)
    fixed_themes: frozenset[str] = frozenset()
    lists: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    parts: Mapping[str, Part] = field(default_factory=dict)
    region_label: Texts = field(default_factory=dict)


def read_languages(document: Mapping[str, Any], block: Block) -> tuple[str, ...]:
    """The languages of a file, Dutch first."""
    languages = document.get("languages")
    if not isinstance(languages, list) or not all(
        isinstance(each, str) and LANGUAGE.fullmatch(each) for each in languages
    ):
        raise block.refusal('\'languages\' is a list like ["nl", "en"].', "languages")
    if languages[:1] != ["nl"]:
        raise block.refusal("'languages' starts with 'nl'.", "languages")
    return tuple(languages)


def read_scales(document: Mapping[str, Any], block: Block) -> Scales:
    """The labels out of `schalen-<n>.toml`."""
    check_keys(document, {"languages": list, "scale": list}, block, needed=("languages", "scale"))
    context = Context(read_languages(document, block))
    found: dict[Scale, tuple[Option, ...]] = {}
    for entry, place in pairs(document["scale"], "[[scale]]", block):
        check_keys(entry, {"key": str, "options": list}, place, needed=("key", "options"))
        if entry["key"] not in LABELLED:
            raise place.refusal(f"{entry['key']!r} is no scale with labels.", "key")
        found[Scale(entry["key"])] = read_options(entry["options"], place, context)[0]
    if missing := sorted(LABELLED - set(found)):
        raise block.refusal(f"the scales {missing} are missing.")
    return found


def read_core(document: Mapping[str, Any], block: Block, scales: Mapping[str, Scales]) -> Core:
    """`kern-<n>.toml`."""
    allowed = {**LISTS, "scales": str, "region": dict}
    check_keys(document, allowed, block, needed=("languages", "scales", "section"))
    languages = read_languages(document, block)
    lists = read_lists(document, block, languages)
    context = Context(languages, lists, named(scales, document, "scales", block))
    themes, fixed = read_themes(document, block, languages)
    return Core(
        themes,
        fixed,
        lists,
        {part.key: part for part in read_parts(document, block, context, Core())},
        read_texts(document["region"], "region", block, languages) if "region" in document else {},
    )


def named(found: Mapping[str, _T], document: Mapping[str, Any], key: str, block: Block) -> _T:
    """What another file holds, that this one names."""
    if document[key] not in found:
        raise block.refusal(f"there is no file {document[key]}.toml.", key)
    return found[document[key]]


def read_lists(
    document: Mapping[str, Any], block: Block, languages: tuple[str, ...]
) -> dict[str, tuple[Option, ...]]:
    """Options that several questions have."""
    found: dict[str, tuple[Option, ...]] = {}
    for entry, place in pairs(document.get("list", []), "[[list]]", block):
        check_keys(entry, {"key": str, "options": list}, place, needed=("key", "options"))
        if entry["key"] in found:
            raise place.refusal(f"the list {entry['key']!r} stands there twice.", "key")
        found[entry["key"]] = read_options(entry["options"], place, Context(languages))[0]
    return found


def read_themes(
    document: Mapping[str, Any], block: Block, languages: tuple[str, ...]
) -> tuple[dict[str, Texts], frozenset[str]]:
    """The titles of the themes, and those that no region drops."""
    themes: dict[str, Texts] = {}
    fixed = set()
    for entry, place in pairs(document.get("theme", []), "[[theme]]", block):
        check_keys(entry, {"key": str, "title": dict, "fixed": bool}, place, needed=("key", "title"))
        if entry["key"] in themes:
            raise place.refusal(f"the theme {entry['key']!r} stands there twice.", "key")
        themes[entry["key"]] = read_texts(entry["title"], "title", place, languages)
        if entry.get("fixed"):
            fixed.add(entry["key"])
    return themes, frozenset(fixed)


def read_parts(document: Mapping[str, Any], block: Block, context: Context, core: Core) -> Iterator[Part]:
    """The sections of a file, with those that it takes from the core in their place."""
    for entry, place in pairs(document["section"], "[[section]]", block):
        check_keys(entry, _SECTION, place)
        if "shared" in entry:
            yield from _shared(entry, place, core)
            continue
        check_keys(entry, _SECTION, place, needed=("key", "title", "question"))
        yield Part(
            entry["key"],
            read_texts(entry["title"], "title", place, context.languages),
            read_texts(entry["intro"], "intro", place, context.languages) if "intro" in entry else {},
            tuple(
                read_question(each, where, context)
                for each, where in pairs(entry["question"], "[[section.question]]", place)
            ),
            place,
        )


def _shared(entry: Mapping[str, Any], block: Block, core: Core) -> Iterator[Part]:
    without = set(entry.get("without", []))
    for key in entry["shared"]:
        if key not in core.parts:
            raise block.refusal(f"the core has no section {key!r}; there are {sorted(core.parts)}.", str(key))
        part = core.parts[key]
        yield replace(part, placed=tuple(each for each in part.placed if each.question.key not in without))
        without -= {each.question.key for each in part.placed}
    if without:
        raise block.refusal(f"'without' names {sorted(without)}, which is not in the core.", "without")
