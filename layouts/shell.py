"""What stands around every page: the index, the bar with the region switch, the head with its tabs."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from dash import dcc, html
from dash.development.base_component import Component

from app.access import Tab
from app.periods import SESSION_IDLE
from app.regions import RegionName
from app.sentences import State
from layouts import ids
from layouts.components import PRODUCT, Node, link, present, state, still, tag

TAB_NAMES = {
    Tab.OVERVIEW: "Overzicht",
    Tab.INDICATORS: "Indicatoren",
    Tab.COMPARE: "Vergelijken",
    Tab.CONNECTION: "Aansluiting",
    Tab.SURVEYS: "Vragenlijsten",
    Tab.OWN_FIGURES: "Eigen cijfers",
}
NATIONAL_TABS = (Tab.OVERVIEW, Tab.INDICATORS, Tab.COMPARE)
"""What everybody may open of a region: only national figures."""

INDEX = f"""<!DOCTYPE html>
<html lang="nl">
<head>
{{%metas%}}
<meta name="session-minutes" content="{SESSION_IDLE.seconds // 60}">
<title>{{%title%}}</title>
{{%favicon%}}
<link rel="stylesheet" href="/assets/vendor/bootstrap.min.css">
{{%css%}}
</head>
<body>
<a class="skip" href="#shell-main">Naar de inhoud</a>
{{%app_entry%}}
<noscript><div class="wrap main"><p class="notice warn">Dit dashboard heeft JavaScript nodig.
Zet JavaScript aan en laad de pagina opnieuw.</p></div></noscript>
<footer class="foot"><div class="wrap">
<p>Dashboard passend onderwijs</p>
<a href="/over">Over dit dashboard</a>
<a href="/over/definities">Definities</a>
<a href="/over/privacy">Privacy</a>
<a href="/over/toegankelijkheid">Toegankelijkheid</a>
<a href="/over/contact">Contact</a>
</div></footer>
{{%config%}}
{{%scripts%}}
{{%renderer%}}
</body>
</html>"""


class Group(NamedTuple):
    """Regions under one heading in the region switch."""

    label: str
    regions: Sequence[RegionName]


def layout() -> Component:
    """The empty frame, the same for everybody; callbacks fill it for the person who asks."""
    parts: list[Any] = [
        dcc.Location(id=ids.Shell.LOCATION, refresh=False),
        tag("Header", _brand_bar([]), id=ids.Shell.HEADER, className="top"),
        tag("Main", [_empty_head(), _loading_body()], id=ids.Shell.MAIN, tabIndex=-1),
        tag("Div", "", id=ids.Shell.TITLE, hidden=True),
        tag("Div", "", id=ids.Shell.EDITION, hidden=True),
    ]
    return html.Div(parts)


class Visitor(NamedTuple):
    """The person whose page it is: the name, whether `/beheer` is theirs, and which version they preview."""

    name: str
    is_admin: bool = False
    preview_version: int | None = None


def header(groups: Sequence[Group], current: str, visitor: Visitor, *, csrf_token: str) -> Node:
    """The bar: product, region switch, administration for who has it, own account, log out."""
    bar = _brand_bar([_switch(groups, current), _account(visitor, csrf_token)])
    if visitor.preview_version is None:
        return still(bar)
    return still(tag("Div", [bar, _preview(visitor.preview_version, csrf_token)]))


def _preview(version: int, csrf_token: str) -> Node:
    """The bar that says that these are not the figures that others see."""
    words = f"U bekijkt versie {version}. Die is nog niet gepubliceerd; alleen u ziet deze cijfers."
    button = tag("Button", "Stop met bekijken", className="btn", type="submit")
    back = tag("Input", type="hidden", name="naar", value="versie")
    form = tag("Form", [_token(csrf_token), back, button], action="/beheer/voorbeeld/stoppen", method="post")
    return tag(
        "Div", tag("Div", [tag("P", words), form], className="wrap"), className="preview", role="status"
    )


def _token(csrf_token: str) -> Node:
    return tag("Input", type="hidden", name="csrf_token", value=csrf_token)


def head(
    region: RegionName,
    tab: Tab,
    *,
    subtitle: str,
    is_subpage: bool = False,
    open_tabs: Sequence[Tab] = NATIONAL_TABS,
) -> Node:
    """The region's name, what it is, and the tabs; on a page below a tab that tab stays a way back."""
    title = [region.name, tag("Span", f": {TAB_NAMES[tab].lower()}", className="visually-hidden")]
    tabs = [_tab(region.code, each, tab, is_subpage=is_subpage) for each in open_tabs]
    parts = [
        tag("H1", title, tabIndex=-1),
        tag("P", subtitle),
        tag("Nav", tabs, className="tabs", **{"aria-label": "Onderdelen"}),
    ]
    return tag("Div", parts, className="wrap")


def bare_head(title: str) -> Node:
    """The head of a page that belongs to no region."""
    return tag("Div", [tag("H1", title, tabIndex=-1)], className="wrap")


def page_title(*parts: str) -> str:
    """What the browser shows as title: most particular first."""
    return " – ".join([*present(parts), PRODUCT])


def crumbs(steps: Sequence[tuple[str, str]]) -> Node:
    """Where one is: (words, address), the last one without a link."""
    items = [tag("Li", link(words, href)) for words, href in steps[:-1]]
    here = tag("Li", tag("Span", steps[-1][0], **{"aria-current": "page"}))
    return tag("Nav", tag("Ol", [*items, here]), className="crumbs", **{"aria-label": "Kruimelpad"})


def _brand_bar(content: list[Node]) -> Node:
    brand = [tag("B", PRODUCT), tag("Small", "aansluiting onderwijs en jeugdhulp")]
    return tag("Div", [link(brand, "/", className="name"), *content], className="wrap")


def _empty_head() -> Node:
    return tag("Div", bare_head(PRODUCT), id=ids.Shell.HEAD, className="head")


def _loading_body() -> Node:
    return tag("Div", state(State.LOADING), id=ids.Shell.BODY, className="wrap main")


def _switch(groups: Sequence[Group], current: str) -> Node:
    """A select with a button: a page that jumps while one is choosing cannot be used with the keyboard."""
    options = [
        tag("Optgroup", [_option(region) for region in group.regions], label=group.label)
        for group in groups
        if group.regions
    ]
    select = tag("Select", options, id=ids.Shell.SWITCH, name="regio", key=current, defaultValue=current)
    button = tag("Button", "Toon", className="btn", type="submit")
    label = tag("Label", "Regio", htmlFor=ids.Shell.SWITCH)
    return tag("Form", [label, select, button], className="switch", id=ids.Shell.SWITCH_FORM)


def _option(region: RegionName) -> Node:
    words = region.name if region.valid_to is None else f"{region.name} (opgeheven)"
    return tag("Option", words, value=region.code)


def _account(visitor: Visitor, csrf_token: str) -> Node:
    button = tag("Button", "Uitloggen", className="plain", type="submit")
    log_out = tag("Form", [_token(csrf_token), button], action="/uitloggen", method="post")
    own = link("Mijn account", "/account", title=f"Ingelogd als {visitor.name}")
    administration = link("Beheer", "/beheer/gegevens") if visitor.is_admin else None
    views = link("Bewaarde weergaven", "/bewaarde-weergaven")
    return tag("Div", present([administration, views, own, log_out]), className="me")


def _tab(region: str, tab: Tab, current: Tab, *, is_subpage: bool) -> Node:
    here = {"aria-current": "true" if is_subpage else "page"} if tab is current else {}
    return link(TAB_NAMES[tab], f"/regio/{region}/{tab}", **here)
