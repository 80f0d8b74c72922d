"""The catalogue on screen: everything about every indicator, found by word or theme, without JavaScript."""

import re
from html import unescape

import pytest

from loaders.catalogue import load_catalogue
from tests.integration.test_open_pages import Outline
from tests.integration.visitor import Visitor

PAGE = "/over/indicatoren"
CATALOGUE = load_catalogue()


def _found(visitor: Visitor, query: str) -> list[str | None]:
    """The ids of the indicators that a search leaves, in their order."""
    return [article["id"] for article in Outline(visitor.get(f"{PAGE}?{query}").text).all("article")]


def _article(page: str, indicator: str) -> str:
    """The text of one indicator's part of the page, on one line."""
    part = page[page.index(f'id="{indicator}"') :]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", part[: part.index("</article>")])).split())


def test_every_indicator_stands_there_and_says_who_reviewed_it(visitor: Visitor) -> None:
    page = visitor.get(PAGE).text

    assert [article["id"] for article in Outline(page).all("article")] == list(CATALOGUE.indicators)
    assert page.count("nog niet beoordeeld") == len(CATALOGUE.indicators)


def test_an_indicator_tells_all_its_metadata(visitor: Visitor) -> None:
    indicator = CATALOGUE.indicators["verz-abs-1000"]

    words = _article(visitor.get(PAGE).text, "verz-abs-1000")

    for text in (indicator.label, indicator.definition, indicator.numerator, indicator.denominator):
        assert text in words
    for text in (indicator.source_table, indicator.note, indicator.hiding_rule, indicator.fill, indicator.id):
        assert text in words
    assert "per 1.000 leerplichtige kinderen, 1 cijfer achter de komma" in words
    assert "Beter is lager" in words
    assert "samenwerkingsverbanden worden nooit opgeteld" in words
    assert "schooljaar, vanaf 2009" in words
    assert "een regio kan dit cijfer zelf opgeven met ons sjabloon" in words


def test_what_has_figures_says_of_which_periods(visitor: Visitor) -> None:
    words = _article(visitor.get(PAGE).text, "ll-bao")

    assert "Er zijn cijfers van" in words
    assert "Nog geen gegevens" not in words


def test_what_has_no_figures_says_which_file_would_fill_it(visitor: Visitor) -> None:
    words = _article(visitor.get(PAGE).text, "tlv-so-1000")

    assert "Nog geen gegevens. Dit vult het cijfer: eigen opgave van de regio met ons sjabloon" in words
    assert "Er zijn cijfers" not in words


def test_every_indicator_says_one_of_the_two(visitor: Visitor) -> None:
    page = visitor.get(PAGE).text

    assert page.count("Nog geen gegevens.") + page.count("Er zijn cijfers") == len(CATALOGUE.indicators)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("zoek=pleegzorg", ["pleegzorg-10000"]),
        ("zoek=PLEEGZORG", ["pleegzorg-10000"]),
        ("zoek=85101NED", ["jh-pgb-pct"]),
        ("zoek=tlv-so-1000", ["tlv-so-1000"]),
        ("zoek=doorlooptijd+tlv", ["doorloop-tlv"]),
        ("zoek=pleegzorg+tlv", []),
        ("zoek=pleegzorg&thema=Participatie", []),
    ],
)
def test_a_search_finds_every_word_in_any_part_of_the_definition(
    visitor: Visitor, query: str, found: list[str]
) -> None:
    assert _found(visitor, query) == found


def test_a_theme_leaves_its_own_indicators(visitor: Visitor) -> None:
    found = _found(visitor, "thema=Participatie")

    assert found == [each.id for each in CATALOGUE if each.theme == "Participatie"]
    assert len(found) == 5


def test_the_form_keeps_what_was_asked(visitor: Visitor) -> None:
    page = visitor.get(f"{PAGE}?zoek=jongeren&thema=Participatie").text
    form = Outline(page).all("form")[-1]

    assert form["method"] == "get"
    assert form["action"] == PAGE
    assert 'value="jongeren"' in page
    assert '<option value="Participatie" selected>' in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", f"{len(CATALOGUE.indicators)} indicatoren; van "),
        ("zoek=pleegzorg", f"1 van de {len(CATALOGUE.indicators)} indicatoren; van 0 zijn er cijfers."),
        ("zoek=zeldzaamwoord", f"Niets gevonden in {len(CATALOGUE.indicators)} indicatoren."),
    ],
)
def test_a_search_says_how_many_it_found(visitor: Visitor, query: str, words: str) -> None:
    assert words in visitor.get(f"{PAGE}?{query}").text


def test_a_search_without_result_says_what_to_do(visitor: Visitor) -> None:
    page = visitor.get(f"{PAGE}?zoek=zeldzaamwoord").text

    assert "Probeer een ander woord" in page
    assert f'<a href="{PAGE}">toon alle indicatoren</a>' in page
    assert not Outline(page).all("article")


def test_an_unknown_theme_is_left_out_and_said(visitor: Visitor) -> None:
    page = visitor.get(f"{PAGE}?thema=Vissen").text

    assert "“Vissen” is geen thema; die keuze is overgeslagen." in page
    assert len(Outline(page).all("article")) == len(CATALOGUE.indicators)


def test_what_was_typed_comes_back_as_text(visitor: Visitor) -> None:
    page = visitor.get(f'{PAGE}?zoek="><script>alert(1)</script>&thema=<b>').text

    assert "<script>alert" not in page
    assert "<b>”" not in page


def test_the_old_address_leads_to_the_new_one(visitor: Visitor) -> None:
    answer = visitor.get("/over/definities")

    assert (answer.status_code, answer.headers["Location"]) == (301, PAGE)
