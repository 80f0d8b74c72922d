"""Files in `survey/definitions` to questionnaires, refused with file and line when something is wrong.

`<id>-<version>.toml` is a questionnaire, `kern-<n>.toml` what several share, `schalen-<n>.toml` the scales.
docs/questionnaires.md says what may stand in them.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from survey.blocks import Block, DefinitionError, check_keys, pairs, read_block
from survey.checks import check_questionnaire, check_versions
from survey.definition import Audience, Questionnaire, Section, SumCheck, Texts
from survey.parsing import Context, read_texts
from survey.shared_parts import (
    LISTS,
    Core,
    Part,
    Scales,
    named,
    read_core,
    read_languages,
    read_lists,
    read_parts,
    read_scales,
    read_themes,
)

FOLDER = Path(__file__).parent / "definitions"

Questionnaires = Mapping[tuple[str, int], Questionnaire]
"""(id, version) → questionnaire."""

_OPENING = "opening"
"""The section of the core before which the region is shown."""

_NEEDED = (
    "id", "version", "audience", "minutes", "languages", "scales", "title", "group", "intro", "section",
)  # fmt: skip
_ALLOWED: dict[str, type] = {
    **LISTS, "id": str, "version": int, "audience": str, "minutes": int, "scales": str, "core": str,
    "title": dict, "group": dict, "intro": dict, "check": list,
}  # fmt: skip


@cache
def load_questionnaires() -> Questionnaires:
    """Every version of every questionnaire that comes with this release."""
    files = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*-*.toml"))}
    return MappingProxyType(read_questionnaires(files))


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
    scales: dict[str, Scales] = {}
    cores: dict[str, Core] = {}
    for stem, block in blocks.items():
        if stem.startswith("schalen-"):
            scales[stem] = read_scales(documents[stem], block)
    for stem, block in blocks.items():
        if stem.startswith("kern-"):
            cores[stem] = read_core(documents[stem], block, scales)
    found: dict[tuple[str, int], Questionnaire] = {}
    places: dict[tuple[str, int], dict[str, Block]] = {}
    for stem in blocks.keys() - scales.keys() - cores.keys():
        questionnaire, placed = _questionnaire(documents[stem], blocks[stem], scales, cores)
        found[questionnaire.id, questionnaire.version] = questionnaire
        places[questionnaire.id, questionnaire.version] = placed
    found = dict(sorted(found.items()))
    check_versions(found, places)
    return found


def _document(block: Block) -> dict[str, Any]:
    try:
        return tomllib.loads("\n".join(block.lines))
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"{block.file}: not valid TOML: {error}.") from error


def _questionnaire(
    document: Mapping[str, Any], block: Block, scales: Mapping[str, Scales], cores: Mapping[str, Core]
) -> tuple[Questionnaire, dict[str, Block]]:
    _check_head(document, block)
    languages = read_languages(document, block)
    core = named(cores, document, "core", block) if "core" in document else Core()
    named_scales = named(scales, document, "scales", block)
    lists = {**core.lists, **read_lists(document, block, languages)}
    parts = list(read_parts(document, block, Context(languages, lists, named_scales), core))
    own_themes, own_fixed = read_themes(document, block, languages)
    themes = _used({**core.themes, **own_themes}, parts)
    questionnaire = Questionnaire(
        id=document["id"],
        version=document["version"],
        audience=Audience(document["audience"]),
        titles=read_texts(document["title"], "title", block, languages),
        intro=read_texts(document["intro"], "intro", block, languages),
        minutes=document["minutes"],
        languages=languages,
        themes=themes,
        sections=tuple(Section(part.key, part.titles, part.screens, part.intro) for part in parts),
        checks=tuple(_checks(document, block, languages)),
        group_names=read_texts(document["group"], "group", block, languages),
        scales=named_scales,
        fixed_themes=(core.fixed_themes | own_fixed) & set(themes),
        region_label=core.region_label if any(part.key == _OPENING for part in parts) else {},
    )
    placed = [(each.question.key, each.block) for part in parts for each in part.placed]
    check_questionnaire(questionnaire, placed, block)
    return questionnaire, dict(placed)


def _check_head(document: Mapping[str, Any], block: Block) -> None:
    check_keys(document, _ALLOWED, block, needed=_NEEDED)
    if block.file != f"{document['id']}-{document['version']}.toml":
        raise block.refusal("the file is not called after 'id' and 'version'.", "id")
    if document["audience"] not in set(Audience):
        raise block.refusal(f"'audience' is one of {[each.value for each in Audience]}.", "audience")


def _used(themes: Mapping[str, Texts], parts: list[Part]) -> dict[str, Texts]:
    """The themes that are asked about, in the order of asking."""
    used = dict.fromkeys(each.question.theme for part in parts for each in part.placed)
    return {theme: themes[theme] for theme in used if theme in themes}


def _checks(document: Mapping[str, Any], block: Block, languages: tuple[str, ...]) -> Iterator[SumCheck]:
    for entry, place in pairs(document.get("check", []), "[[check]]", block):
        check_keys(entry, {"parts": list, "whole": str, "text": dict}, place, ("parts", "whole", "text"))
        texts = read_texts(entry["text"], "text", place, languages)
        yield SumCheck(tuple(entry["parts"]), entry["whole"], texts)
