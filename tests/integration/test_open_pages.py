"""Pages that are open to everybody: they stand without a log-in, and say what must be said."""

import html
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from dash import Dash

from app import accounts
from app.config import Settings
from app.db import Database
from app.processing import load_register
from tests.integration.standing import Standing
from tests.integration.visitor import Visitor

OVER = [
    "",
    "/indicatoren",
    "/indicatoren?zoek=x",
    "/methoden",
    "/privacy",
    "/toegankelijkheid",
    "/wijzigingen",
    "/contact",
]


class Outline(HTMLParser):
    """What a page is made of, as far as these tests care."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]

    @property
    def ids(self) -> list[str | None]:
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]


def _pages(visitor: Visitor, db: Database) -> dict[str, str]:
    """Every page of our own templates, by name."""
    with db.transaction() as session:
        link = f"/wachtwoord/{accounts.make_password_link(session, 'gemeente', by='test')}"
    pages = {path: visitor.get(path).text for path in [f"/over{path}" for path in OVER] + ["/inloggen", link]}
    pages["wrong"] = visitor.log_in("swv", "een verkeerd wachtwoord").text
    pages["problems"] = visitor.send(link, {"wachtwoord": "kort"}).text
    pages["gone"] = visitor.get("/wachtwoord/oud").text
    visitor.log_in("zonder")
    pages["none"] = visitor.get("/").text
    pages["404"] = visitor.get("/nergens").text
    pages["403"] = visitor.get("/regio/PO2707/overzicht").text
    pages["account"] = visitor.get("/account").text
    return pages


@pytest.mark.parametrize("path", OVER)
def test_the_pages_about_the_dashboard_need_no_log_in(standing: Standing, path: str) -> None:
    assert standing.stranger().get(f"/over{path}").status_code == 200


def test_every_page_has_the_parts_that_assistive_technology_needs(visitor: Visitor, db: Database) -> None:
    for name, page in _pages(visitor, db).items():
        outline = Outline(page)
        labels = {attributes.get("for") for attributes in outline.all("label")}
        fields = [
            field for field in outline.all("input") if field.get("type") != "hidden" and "hidden" not in field
        ]
        assert outline.all("html") == [{"lang": "nl"}], name
        assert len(outline.all("h1")) == 1, name
        assert len(outline.all("main")) == 1, name
        assert {"class": "skip", "href": "#inhoud"} in outline.all("a"), name
        assert len(outline.ids) == len(set(outline.ids)), name
        assert all(field["id"] in labels and field.get("autocomplete") for field in fields), name
        assert page.count("<title>") == 1, name


def test_s54_no_page_asks_anything_of_another_host_or_runs_inline_scripts(
    visitor: Visitor, db: Database
) -> None:
    for name, page in _pages(visitor, db).items():
        outline = Outline(page)
        loaded = [tag.get("src") or "" for tag in outline.all("script") + outline.all("img")]
        loaded += [tag.get("href") or "" for tag in outline.all("link")]
        assert all(address.startswith("/assets/") for address in loaded), name
        assert not [
            attribute for _, found in outline.tags for attribute in found if attribute.startswith("on")
        ], name
        assert not outline.all("style"), name


def test_every_own_link_leads_somewhere(visitor: Visitor, db: Database) -> None:
    outlines = [Outline(page) for page in _pages(visitor, db).values()]
    addresses = {tag["href"] or "" for outline in outlines for tag in outline.all("a")}
    own = {address for address in addresses if address.startswith("/")}

    answers = {address: visitor.get(address).status_code for address in own}

    assert {address: code for address, code in answers.items() if code not in {200, 302, 303}} == {}


def test_a_form_with_mistakes_takes_the_focus_and_points_at_them(visitor: Visitor, db: Database) -> None:
    page = _pages(visitor, db)["problems"]
    outline = Outline(page)
    summary = next(tag for tag in outline.all("div") if tag.get("role") == "alert")
    field = next(tag for tag in outline.all("input") if tag.get("id") == "wachtwoord")

    assert "autofocus" in summary
    assert summary["tabindex"] == "-1"
    assert {"href": "#wachtwoord"} in outline.all("a")
    assert field["aria-invalid"] == "true"
    assert set((field["aria-describedby"] or "").split()) <= set(outline.ids)
    assert page.index("<title>Fout:")


@pytest.mark.parametrize(
    "words",
    [
        "postcode",
        "deels geschat",
        "naar vestigingsplaats",
        "tussen … en …",
        "voorlopig",
        "welk deel van Nederland",
        "laagste 5 procent",
        "speciaal onderwijs",
        "volgend jaar zijn het andere kinderen",
        "<b>Waarschijnlijk hoger of lager</b>",
        "groter dan toeval alleen geeft",
        "buiten de trechter",
        "vijf perioden op rij",
        "indirecte standaardisatie",
        "zegt een kleur niet dat iets goed of slecht is",
    ],
)
def test_the_methods_are_told(standing: Standing, words: str) -> None:
    assert words in " ".join(standing.stranger().get("/over/methoden").text.split())


def test_the_accessibility_statement_is_a_draft_and_claims_no_status(standing: Standing) -> None:
    page = standing.stranger().get("/over/toegankelijkheid").text

    assert "Concept" in page
    assert "geen status" in page.replace("\n", " ")
    assert not any(
        claim in page.lower() for claim in ("voldoet volledig", "voldoet gedeeltelijk", "status a")
    )


def test_contact_comes_from_the_settings(visitor: Visitor, settings: Settings) -> None:
    page = visitor.get("/over/contact").text

    assert settings.contact_name in page
    assert f"mailto:{settings.contact_email}" in page


def test_without_a_contact_the_page_says_so(make_app: Callable[[Settings], Dash], settings: Settings) -> None:
    app = make_app(replace(settings, contact_name="", contact_email=""))

    assert "nog geen contactpersoon" in Visitor(app).get("/over/contact").text
    assert f"Contact: {settings.base_url}/over/contact" in Visitor(app).get("/.well-known/security.txt").text


def test_s59_security_txt_has_a_contact_and_expires_within_a_year(
    visitor: Visitor, settings: Settings
) -> None:
    answer = visitor.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    expires = datetime.fromisoformat(fields["Expires"])

    assert answer.mimetype == "text/plain"
    assert fields["Contact"] == f"mailto:{settings.contact_email}"
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)


def test_health_says_ok_and_nothing_else(standing: Standing) -> None:
    assert standing.stranger().get("/healthz").text == "ok\n"


def test_no_answer_shows_a_name_that_was_typed_as_html(visitor: Visitor) -> None:
    page = visitor.log_in('<script>alert("1")</script>', "x").text

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_privacy_page_says_what_is_kept_of_a_person_and_how_long(standing: Standing) -> None:
    page = standing.stranger().get("/over/privacy").text

    for kept, until in (
        ("Eigen groepen van regio’s", "tot u de groep verwijdert"),
        ("Bewaarde weergaven", "tot u de weergave verwijdert"),
        ("Uw laatste twee bezoeken", "tot uw volgende bezoek"),
    ):
        row = page.partition(f'<th scope="row" class="wide">{kept}')[2].partition("</tr>")[0]
        assert until in row


def test_p01_the_privacy_page_shows_every_personal_table_of_the_register(visitor: Visitor) -> None:
    page = html.unescape(visitor.get("/over/privacy").text)

    shown = [each for each in load_register().entries.values() if each.is_personal]
    assert len(shown) > 25
    for entry in shown:
        row = page.partition(f'class="wide">{entry.title}<')[2].partition("</tr>")[0]
        assert entry.purpose in row
        assert entry.period.words in row
        assert all(words in row for words in entry.words())
    for words in (
        "ontvangstcode",
        "90 dagen na het sluiten",
        "2 jaar na het sluiten",
        "op functie, niet anoniem",
    ):
        assert words in page
