"""Building blocks of every page, as plain dictionaries.

A table of `html.*` objects costs 25 times as much, and one object among dictionaries makes Dash walk through
the whole answer before writing it as JSON.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import dash_bootstrap_components as dbc
import orjson

from app.benchmarks import Bounds
from app.sentences import STATE_SENTENCES, State
from app.wording import INVENTED
from layouts.formatting import Badge

Node = dict[str, Any]
Content = str | Node | Sequence[str | Node] | None

PRODUCT = "Dashboard passend onderwijs"
"""What an image of a chart says it comes from."""

GRAPH_CONFIG: Any = {"displayModeBar": False, "showSendToCloud": False, "responsive": True}


class Cell(NamedTuple):
    """One cell of a table: what is in it, and its class."""

    content: Any
    style: str = ""


class Column(NamedTuple):
    """The heading of a column; `r` as class puts numbers to the right."""

    label: str
    style: str = ""


def tag(element: str, content: Any = None, /, **props: Any) -> Node:
    """An html element as Dash sends it; `element` is the type in dash.html, such as `Div`."""
    if content is not None:
        props["children"] = content
    return {"type": element, "namespace": "dash_html_components", "props": props}


def still(content: Node) -> Node:
    """Elements without controls, charts or ids of callbacks, as one component that our own script draws.

    Dash wraps every component in machinery of its own: a table of 342 gemeenten takes it eight seconds in the
    browser, and this one a tenth of a second. The elements are the same.
    """
    return {"type": "Still", "namespace": "dashboard", "props": {"content": content}}


def packed(content: Node) -> orjson.Fragment:
    """Components as the JSON they leave as: a tenth of the size, for what is kept and sent again."""
    return orjson.Fragment(orjson.dumps(content))


def control(element: str, /, **props: Any) -> Node:
    """A form control of dash-bootstrap-components: `Select` or `Input`."""
    return {"type": element, "namespace": dbc.__name__, "props": props}


def link(content: Content, href: str, **props: Any) -> Node:
    """A link. `href` is always an address that the server side made."""
    return tag("A", content, href=href, **props)


def badge(item: Badge) -> Node:
    """A small label; its words carry the meaning, its colour only repeats it."""
    return tag("Span", item.words, className=f"pill {item.style}".strip())


def pills(items: Iterable[Badge]) -> Node:
    """Badges as a list."""
    return tag("Ul", [tag("Li", badge(item)) for item in items], className="pills")


def notices(sentences: Iterable[str]) -> Node | None:
    """Warnings below one another; None without any."""
    rows = [tag("Li", sentence, className="notice warn") for sentence in sentences]
    return tag("Ul", rows, className="notices") if rows else None


def invented(*, is_demo: bool) -> Node | None:
    """The line on every page that shows something of a demo round; None for a real one."""
    if not is_demo:
        return None
    words = [tag("Strong", INVENTED), " Ze zeggen niets over een echte regio."]
    return tag("P", words, className="notice warn invented")


def state(kind: State, sentence: str = "") -> Node:
    """What stands where figures would stand: each state with words of its own."""
    role = "alert" if kind in (State.REFUSED, State.FAILED) else None
    props = {"role": role} if role else {}
    return tag("P", sentence or STATE_SENTENCES[kind], className=f"state {kind}", **props)


def card(*content: Any, style: str = "", **props: Any) -> Node:
    """A white card; a `section` with `aria-labelledby` when given."""
    return tag("Section", present(content), className=f"card {style}".strip(), **props)


def present(content: Iterable[Any]) -> list[Any]:
    """The content without what is empty."""
    return [part for part in content if part not in (None, "", [])]


def table(
    caption: str, columns: Sequence[Column], rows: Iterable[Node], *, name: str, style: str = ""
) -> Node:
    """A table in a box of its own, which scrolls and can be reached with the keyboard.

    Args:
        name: what a screen reader calls the box.
    """
    heading = tag("Tr", [tag("Th", label, scope="col", className=style or None) for label, style in columns])
    inner = tag(
        "Table",
        [tag("Caption", caption), tag("Thead", heading), tag("Tbody", list(rows))],
        className="table",
    )
    box = {"role": "region", "aria-label": name, "tabIndex": 0}
    return still(tag("Div", inner, className=f"scroll {style}".strip(), **box))


def row(head: Any, cells: Iterable[Cell], *, style: str = "") -> Node:
    """A table row whose first cell names it."""
    first = tag("Th", head, scope="row")
    return tag(
        "Tr",
        [first, *(_cell(cell) for cell in cells)],
        **({"className": style} if style else {}),
    )


def _cell(cell: Cell) -> Node:
    return tag("Td", cell.content, className=cell.style) if cell.style else tag("Td", cell.content)


def group_row(label: str, columns: int) -> Node:
    """A row that names the rows below it."""
    return tag("Tr", tag("Th", label, scope="colgroup", colSpan=columns))


def details(summary: str, content: Any) -> Node:
    """What is shown on request."""
    inside = content if isinstance(content, list) else [content]
    return tag("Details", [tag("Summary", summary), *present(inside)])


def chart(figure: Mapping[str, Any], *, name: str, style: str = "", id: str = "") -> Any:  # noqa: A002
    """A Plotly chart without its mode bar, and without the button that sends data to an outside service."""
    props = {"figure": figure, "config": GRAPH_CONFIG} | ({"id": id} if id else {})
    graph: Node = {"type": "Graph", "namespace": "dash_core_components", "props": props}
    height = figure["layout"].get("height")  # a chart of rows is as high as it is long
    size = {"style": {"height": f"{height}px"}} if height else {}
    return tag("Div", graph, role="img", className=f"chart {style}".strip(), **{"aria-label": name}, **size)


class ImageText(NamedTuple):
    """What is burnt into the image of a chart, beside the title and the summary of its card.

    `source` says where the figures come from, of which period and version; `counted` is n in words (`76
    samenwerkingsverbanden`). Outside the page nobody knows which region is `uw regio`: `region` tells, and
    `title` replaces a title that speaks of it. `name` is that of the file, `date` the day or period in it;
    left out, they are the title and today.
    """

    source: str
    counted: str = ""
    date: str = ""
    region: str = ""
    name: str = ""
    title: str = ""


def figure_card(
    title: str, summary: str, *content: Any, note: Any = None, image: ImageText | None = None
) -> Node:
    """A chart in its `figure`: the title says what it shows, the summary follows the filters.

    Args:
        image: with it the chart can be saved as an image that tells where its figures come from.
    """
    inside = [tag("Figcaption", title), tag("P", summary, className="sum"), *content, note]
    if image is None:
        return tag("Section", tag("Figure", present(inside)), className="card")
    figure = tag("Figure", present([*inside, _image_buttons()]), **_image_data(title, summary, image))
    return tag("Section", figure, className="card")


def _image_data(title: str, summary: str, image: ImageText) -> dict[str, str]:
    """What `assets/70-images.js` writes around the chart."""
    told = image._asdict() | {"title": image.title or title, "summary": summary, "product": PRODUCT}
    return {f"data-image-{name}": words for name, words in told.items()}


def _image_buttons() -> Node:
    kinds = [("png", "Afbeelding (png)"), ("svg", "Afbeelding (svg)")]
    buttons = [
        tag("Button", words, type="button", className="btn", **{"data-save-image": kind})
        for kind, words in kinds
    ]
    return still(tag("Div", [*buttons, _said()], className="buttons"))


def _said() -> Node:
    """Where a script says what it did; it stands there before there is anything to say."""
    return tag("Span", "", role="status", className="said")


def copyable(text: str, *, label: str = "Kopieer deze zin", source: str = "", style: str = "say") -> Node:
    """A sentence with a button that copies it, with its source and date behind it in brackets."""
    copied = f"{text} ({source})" if source else text
    button = tag("Button", label, type="button", className="btn", **{"data-copy": copied})
    inside = [tag("P", text, className=style), tag("Div", [button, _said()], className="buttons")]
    return tag("Div", inside, className="copyable")


def downloads(csv_href: str, *, label: str = "Download deze tabel") -> Node | None:
    """Links to a table as csv and as workbook, which stand at the same address but for the ending."""
    if not csv_href:
        return None
    path, _, query = csv_href.partition("?")
    xlsx_href = path.removesuffix(".csv") + ".xlsx" + (f"?{query}" if query else "")
    links = [
        link(words, href, className="btn", **{"aria-label": f"{label}: {words}"})
        for words, href in (("csv", csv_href), ("Excel", xlsx_href))
    ]
    return tag("P", [tag("Span", f"{label}:"), *links], className="buttons downloads")


def bars(*pairs: tuple[Bounds | None, str], top: float | None) -> Node:
    """Bars in a table cell, each as a part of `top`; bounds float, hatched. Numbers stand beside them."""
    drawn = [_bar(pair, style, top) for pair, style in pairs if pair is not None and top]
    return tag("Span", drawn, className="bars")


def _bar(pair: Bounds, style: str, top: float | None) -> Node:
    low, high = (100 * min(1.0, value / (top or 1)) for value in pair)
    if low == high:
        return tag("Span", className=f"bar {style}".strip(), style={"width": f"{high:.1f}%"})
    place = {"marginLeft": f"{low:.1f}%", "width": f"{max(1.0, high - low):.1f}%"}
    return tag("Span", className=f"bar {style} range", style=place)


def select(id: str, label: str, options: Sequence[tuple[str, str]], value: str) -> Node:  # noqa: A002
    """A native select with its label; options are (value, words)."""
    choices = [{"value": key, "label": words} for key, words in options]
    field = control("Select", id=id, options=choices, value=value)
    return tag("Div", [tag("Label", label, htmlFor=id), field], className="field")


def search(id: str, label: str, value: str) -> Node:  # noqa: A002
    """A text field that reports what was typed when one stops typing."""
    field = control(
        "Input", id=id, type="search", value=value, debounce=400, maxlength=80, autocomplete="off"
    )
    return tag("Div", [tag("Label", label, htmlFor=id), field], className="field")


def image(svg: str, text: str) -> Node:
    """An svg drawing as an image; `text` stands for it, '' where words beside it say the same."""
    for sign, code in _ESCAPES:
        svg = svg.replace(sign, code)
    return tag("Img", src=f"data:image/svg+xml,{svg}", alt=text)


_ESCAPES = tuple((sign, f"%{ord(sign):02X}") for sign in '%#<>"&?')
"""What an address may not hold as it is, `%` first; `urllib`'s quoting is ten times slower."""
