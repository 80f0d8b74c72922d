"""Pages that are open to everybody, and the first page of whoever logged in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from flask import Blueprint, Flask, Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from app.access import Tab
from app.auth import current_viewer
from app.changes import changes
from app.indicators import Indicator
from app.processing import Subject, load_register
from app.services import current_services
from app.wording import number, year_label
from loaders.observations import get_published_version, load_all_periods

SECURITY_TXT_DAYS = 300
MAX_SEARCH = 100


def register(server: Flask) -> None:
    """Add the routes."""
    blueprint = Blueprint("pages", __name__)
    routes: dict[str, Callable[[], ResponseReturnValue]] = {
        "/": home,
        "/over": about,
        "/over/definities": definitions,
        "/over/indicatoren": indicators,
        "/over/methoden": methods,
        "/over/privacy": privacy,
        "/over/toegankelijkheid": accessibility,
        "/over/wijzigingen": changes,
        "/over/contact": contact,
        "/.well-known/security.txt": security_txt,
        "/healthz": health,
    }
    for path, view in routes.items():
        blueprint.add_url_rule(path, view_func=view, methods=["GET"])
    server.register_blueprint(blueprint)


def home() -> BaseResponse:
    """To the viewer's region; words for who has none."""
    viewer = current_viewer()
    if viewer.home is None:
        return make_response(render_template("geen_regio.html"))
    return redirect(f"/regio/{viewer.home}/{Tab.OVERVIEW}")


def about() -> str:
    """What this is."""
    return render_template("over/index.html")


def definitions() -> BaseResponse:
    """The address under which the catalogue stood before; a link to one indicator keeps its place."""
    return redirect("/over/indicatoren", 301)


class Search(NamedTuple):
    """What is asked of the catalogue; `unknown_theme` is a theme in the address that does not exist."""

    text: str
    theme: str
    unknown_theme: str = ""


class Entry(NamedTuple):
    """An indicator, and of which periods there are figures: `2011 tot en met 2025`, '' for none."""

    indicator: Indicator
    periods: str


class Theme(NamedTuple):
    """The entries of one theme that were found."""

    theme: str
    chapter: str
    entries: Sequence[Entry]


def indicators() -> str:
    """The catalogue: what was searched for, by theme, with all metadata and whether there are figures."""
    catalogue = list(current_services().catalogue)
    themes = list(dict.fromkeys(each.theme for each in catalogue))
    asked = request.args.get("thema", "")[:MAX_SEARCH]
    theme = asked if asked in themes else ""
    search = Search(request.args.get("zoek", "").strip()[:MAX_SEARCH], theme, "" if theme else asked)
    found = [each for each in catalogue if _fits(each, search)]
    groups = _groups(found, _periods())
    count = _count_words(groups, len(catalogue))
    return render_template("over/indicatoren.html", search=search, themes=themes, groups=groups, count=count)


def _fits(indicator: Indicator, search: Search) -> bool:
    """Whether an indicator is of the theme and has every word, whichever part of its definition says it."""
    texts = (
        *(indicator.id, indicator.label, indicator.short_label, indicator.theme, indicator.definition),
        *(indicator.numerator, indicator.denominator, indicator.source, indicator.source_table),
        *(indicator.source_columns, indicator.note, indicator.fill),
    )
    said = " ".join(texts).casefold()
    is_of_theme = search.theme in ("", indicator.theme)
    return is_of_theme and all(word in said for word in search.text.casefold().split())


def _periods() -> Mapping[str, Sequence[str]]:
    with current_services().db.session() as session:
        return load_all_periods(session, get_published_version(session) or 0)


def _groups(found: Iterable[Indicator], periods: Mapping[str, Sequence[str]]) -> list[Theme]:
    themes: dict[tuple[str, str], list[Entry]] = {}
    for each in found:
        entry = Entry(each, _period_words(periods.get(each.id, ()), each))
        themes.setdefault((each.theme, each.chapter), []).append(entry)
    return [Theme(theme, chapter, entries) for (theme, chapter), entries in themes.items()]


def _period_words(periods: Sequence[str], indicator: Indicator) -> str:
    """`2011 tot en met 2025`, oldest first; the one period there is, or '' without any."""
    if not periods:
        return ""
    first, last = (year_label(period, indicator.period_kind) for period in (periods[0], periods[-1]))
    return first if first == last else f"{first} tot en met {last}"


def _count_words(groups: Sequence[Theme], total: int) -> str:
    """`128 indicatoren; van 22 zijn er cijfers.`, or `3 van de 128 indicatoren; …` after a search."""
    entries = [entry for group in groups for entry in group.entries]
    if not entries:
        return f"Niets gevonden in {number(total)} indicatoren."
    filled = sum(bool(entry.periods) for entry in entries)
    found = number(total) if len(entries) == total else f"{number(len(entries))} van de {number(total)}"
    return f"{found} indicatoren; van {number(filled)} {'is' if filled == 1 else 'zijn'} er cijfers."


def methods() -> str:
    """How the figures are made."""
    return render_template("over/methoden.html")


def privacy() -> str:
    """Which personal data are kept, why and how long: the personal part of the processing register."""
    settings = current_services().settings
    people = (Subject.ACCOUNT, Subject.INVITEE, Subject.RESPONDENT)
    register = load_register()
    parts = {str(subject): register.personal(subject) for subject in people}
    return render_template("over/privacy.html", register=register, parts=parts, email=settings.contact_email)


def accessibility() -> str:
    """The accessibility statement, a draft."""
    return render_template("over/toegankelijkheid.html")


def contact() -> str:
    """Whom to ask."""
    settings = current_services().settings
    return render_template("over/contact.html", name=settings.contact_name, email=settings.contact_email)


def security_txt() -> Response:
    """RFC 9116: where to report a weakness."""
    settings = current_services().settings
    expires = (datetime.now(UTC) + timedelta(days=SECURITY_TXT_DAYS)).replace(
        microsecond=0, second=0, minute=0
    )
    reach = (
        f"mailto:{settings.contact_email}" if settings.contact_email else f"{settings.base_url}/over/contact"
    )
    lines = [
        f"Contact: {reach}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.base_url}/.well-known/security.txt",
    ]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def health() -> Response:
    """That the process answers; nothing about anything else."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")
