"""Files in `survey/definitions` to questionnaires; refused with file and line when something hangs in the air.

`<id>-<version>.toml` is a questionnaire, `kern-<n>.toml` what several share, `schalen-<n>.toml` the scales.
docs/questionnaires.md says what may stand in them.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from survey.blocks import Block, DefinitionError, check_keys, pairs, read_block
from survey.checks import check_questionnaire, check_versions
from survey.definition import Audience, Option, Question, Questionnaire, Scale, Section, SumCheck, Texts
from survey.parsing import (
    LABELLED,
    LANGUAGE,
    Context,
    Placed,
    read_options,
    read_question,
    read_texts,
)

FOLDER = Path(__file__).parent / "definitions"

Questionnaires = Mapping[tuple[str, int], Questionnaire]
"""(id, version) → questionnaire."""

_LISTS: dict[str, type] = {"languages": list, "theme": list, "list": list, "section": list}
_QUESTIONNAIRE: dict[str, type] = {
    **_LISTS, "id": str, "version": int, "audience": str, "minutes": int, "scales": str, "core": str,
    "title": dict, "group": dict, "intro": dict, "check": list,
}  # fmt: skip
_SECTION: dict[str, type] = {
    "key": str, "title": dict, "intro": dict, "question": list, "shared": list, "without": list,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Part:
    """A section as it stands in a file."""

    key: str
    titles: Texts
    intro: Texts
    placed: tuple[Placed, ...]
    block: Block


@dataclass(frozen=True, slots=True)
class _Core:
    """What questionnaires share."""

    languages: tuple[str, ...]
    themes: Mapping[str, Texts]
    fixed_themes: frozenset[str]
    lists: Mapping[str, tuple[Option, ...]]
    parts: Mapping[str, _Part]
    region_label: Texts


_NOTHING = _Core((), {}, frozenset(), {}, {}, {})


@cache
def load_questionnaires() -> Questionnaires:
    """Every version of every questionnaire that comes with this release."""
    return MappingProxyType(
        read_questionnaires(
            {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*-*.toml"))}
        )
    )


def latest(questionnaires: Questionnaires, questionnaire_id: str) -> Questionnaire:
    """The last version of a questionnaire.

    Raises:
        KeyError: there is no questionnaire of that name.
    """
    versions = [version for each, version in questionnaires if each == questionnaire_id]
    if not versions:
        raise KeyError(questionnaire_id)
    return questionnaires[questionnaire_id, max(versions)]


def read_questionnaires(files: Mapping[str, str]) -> dict[tuple[str, int], Questionnaire]:
    """The questionnaires out of the texts of files, by file name.

    Raises:
        DefinitionError: an unknown key, a route or condition that hangs in the air, a missing text.
    """
    blocks = {name.removesuffix(".toml"): read_block(name, text) for name, text in files.items()}
    documents = {stem: _document(block) for stem, block in blocks.items()}
    scales = {stem: _scales(documents[stem], blocks[stem]) for stem in blocks if stem.startswith("schalen-")}
    cores = {
        stem: _core(documents[stem], blocks[stem], scales) for stem in blocks if stem.startswith("kern-")
    }
    found: dict[tuple[str, int], Questionnaire] = {}
    places: dict[tuple[str, int], dict[str, Block]] = {}
    for stem in blocks:
        if stem not in scales and stem not in cores:
            questionnaire, placed = _questionnaire(documents[stem], blocks[stem], scales, cores)
            found[questionnaire.id, questionnaire.version] = questionnaire
            places[questionnaire.id, questionnaire.version] = placed
    check_versions(found, places)
    return found


def _document(block: Block) -> dict[str, Any]:
    try:
        return tomllib.loads("\n".join(block.lines))
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"{block.file}: not valid TOML: {error}.") from error


def _languages(document: Mapping[str, Any], block: Block) -> tuple[str, ...]:
    languages = document.get("languages")
    if not isinstance(languages, list) or not all(
        isinstance(each, str) and LANGUAGE.fullmatch(each) for each in languages
    ):
        raise block.refusal('\'languages\' is a list like ["nl", "en"].', "languages")
    if languages[:1] != ["nl"]:
        raise block.refusal("'languages' starts with 'nl'.", "languages")
    return tuple(languages)


def _scales(document: Mapping[str, Any], block: Block) -> dict[Scale, tuple[Option, ...]]:
    check_keys(document, {"languages": list, "scale": list}, block, needed=("languages", "scale"))
    context = Context(_languages(document, block))
    found: dict[Scale, tuple[Option, ...]] = {}
    for entry, place in pairs(document["scale"], "[[scale]]", block):
        check_keys(entry, {"key": str, "options": list}, place, needed=("key", "options"))
        if entry["key"] not in LABELLED:
            raise place.refusal(f"{entry['key']!r} is no scale with labels.", "key")
        found[Scale(entry["key"])] = read_options(entry["options"], place, context)[0]
    if missing := sorted(LABELLED - set(found)):
        raise block.refusal(f"the scales {missing} are missing.")
    return found


def _core(
    document: Mapping[str, Any], block: Block, scales: Mapping[str, Mapping[Scale, tuple[Option, ...]]]
) -> _Core:
    allowed = {**_LISTS, "scales": str, "region": dict}
    check_keys(document, allowed, block, needed=("languages", "scales", "section"))
    languages = _languages(document, block)
    lists = _lists(document, block, Context(languages))
    context = Context(languages, lists, _named(scales, document, "scales", block))
    themes, fixed = _themes(document, block, languages)
    parts = {part.key: part for part in _parts(document, block, context, _NOTHING)}
    label = read_texts(document["region"], "region", block, languages) if "region" in document else {}
    return _Core(languages, themes, fixed, lists, parts, label)


def _named(found: Mapping[str, Any], document: Mapping[str, Any], key: str, block: Block) -> Any:
    if document[key] not in found:
        raise block.refusal(f"there is no file {document[key]}.toml.", key)
    return found[document[key]]


def _lists(document: Mapping[str, Any], block: Block, context: Context) -> dict[str, tuple[Option, ...]]:
    found: dict[str, tuple[Option, ...]] = {}
    for entry, place in pairs(document.get("list", []), "[[list]]", block):
        check_keys(entry, {"key": str, "options": list}, place, needed=("key", "options"))
        found[entry["key"]] = read_options(entry["options"], place, context)[0]
    return found


def _themes(
    document: Mapping[str, Any], block: Block, languages: tuple[str, ...]
) -> tuple[dict[str, Texts], frozenset[str]]:
    themes: dict[str, Texts] = {}
    fixed = set()
    for entry, place in pairs(document.get("theme", []), "[[theme]]", block):
        check_keys(entry, {"key": str, "title": dict, "fixed": bool}, place, needed=("key", "title"))
        themes[entry["key"]] = read_texts(entry["title"], "title", place, languages)
        if entry.get("fixed"):
            fixed.add(entry["key"])
    return themes, frozenset(fixed)


def _parts(document: Mapping[str, Any], block: Block, context: Context, core: _Core) -> Iterable[_Part]:
    for entry, place in pairs(document["section"], "[[section]]", block):
        check_keys(entry, _SECTION, place)
        if "shared" in entry:
            yield from _shared(entry, place, core)
            continue
        check_keys(entry, _SECTION, place, needed=("key", "title", "question"))
        yield _Part(
            entry["key"],
            read_texts(entry["title"], "title", place, context.languages),
            read_texts(entry["intro"], "intro", place, context.languages) if "intro" in entry else {},
            tuple(
                read_question(each, where, context)
                for each, where in pairs(entry["question"], "[[section.question]]", place)
            ),
            place,
        )


def _shared(entry: Mapping[str, Any], block: Block, core: _Core) -> Iterable[_Part]:
    without = set(entry.get("without", []))
    for key in entry["shared"]:
        if key not in core.parts:
            raise block.refusal(f"the core has no section {key!r}; there are {sorted(core.parts)}.", key)
        part = core.parts[key]
        yield replace(part, placed=tuple(each for each in part.placed if each.question.key not in without))
        without -= {each.question.key for each in part.placed}
    if without:
        raise block.refusal(f"'without' names {sorted(without)}, which is not in the core.", "without")


def _questionnaire(
    document: Mapping[str, Any],
    block: Block,
    scales: Mapping[str, Mapping[Scale, tuple[Option, ...]]],
    cores: Mapping[str, _Core],
) -> tuple[Questionnaire, dict[str, Block]]:
    needed = (
        "id",
        "version",
        "audience",
        "minutes",
        "languages",
        "scales",
        "title",
        "group",
        "intro",
        "section",
    )
    check_keys(document, _QUESTIONNAIRE, block, needed=needed)
    if block.file != f"{document['id']}-{document['version']}.toml":
        raise block.refusal("the file is not called after 'id' and 'version'.", "id")
    if document["audience"] not in set(Audience):
        raise block.refusal(f"'audience' is one of {[each.value for each in Audience]}.", "audience")
    languages = _languages(document, block)
    core = _named(cores, document, "core", block) if "core" in document else _NOTHING
    named_scales = _named(scales, document, "scales", block)
    lists = {**core.lists, **_lists(document, block, Context(languages))}
    parts = list(_parts(document, block, Context(languages, lists, named_scales), core))
    themes, fixed = _themes(document, block, languages)
    used = {each.question.theme for part in parts for each in part.placed}
    has_opening = any(part.block.file != block.file and part.key == "opening" for part in parts)
    questionnaire = Questionnaire(
        id=document["id"],
        version=document["version"],
        audience=Audience(document["audience"]),
        titles=read_texts(document["title"], "title", block, languages),
        intro=read_texts(document["intro"], "intro", block, languages),
        minutes=document["minutes"],
        languages=languages,
        themes={key: texts for key, texts in {**core.themes, **themes}.items() if key in used},
        sections=tuple(Section(part.key, part.titles, _screens(part), part.intro) for part in parts),
        checks=tuple(_checks(document, block, languages)),
        group_names=read_texts(document["group"], "group", block, languages),
        scales=named_scales,
        fixed_themes=(core.fixed_themes | fixed) & used,
        region_label=core.region_label if has_opening else {},
    )
    placed = [(each.question.key, each.block) for part in parts for each in part.placed]
    check_questionnaire(questionnaire, placed, block)
    return questionnaire, dict(placed)


def _screens(part: _Part) -> tuple[tuple[Question, ...], ...]:
    screens: list[list[Question]] = []
    for each in part.placed:
        if each.is_together and screens:
            screens[-1].append(each.question)
        else:
            screens.append([each.question])
    return tuple(tuple(screen) for screen in screens)


def _checks(document: Mapping[str, Any], block: Block, languages: tuple[str, ...]) -> Iterable[SumCheck]:
    for entry, place in pairs(document.get("check", []), "[[check]]", block):
        check_keys(entry, {"parts": list, "whole": str, "text": dict}, place, ("parts", "whole", "text"))
        yield SumCheck(
            tuple(entry["parts"]), entry["whole"], read_texts(entry["text"], "text", place, languages)
        )
