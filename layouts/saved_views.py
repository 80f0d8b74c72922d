"""Keeping the page one looks at under a name, and the way back to what was kept."""

from collections.abc import Sequence

from app.names import MAX_NAME
from app.saved_views import SavedView
from layouts import ids
from layouts.components import Node, link, still, tag

PLACE = "/bewaarde-weergaven"
HINT = "Wij onthouden de regio, de pagina en wat u hier koos. De cijfers zijn later die van dat moment."


def save_form(csrf_token: str) -> Node:
    """A name for the page as it stands; the script fills in its address when the form is sent."""
    name = ids.Views.NAME
    field = [
        tag("Label", "Naam van de weergave", htmlFor=name),
        tag("P", HINT, className="hint", id=f"{name}-uitleg"),
        tag(
            "Input",
            id=name,
            name="naam",
            type="text",
            className="form-control",
            maxLength=MAX_NAME,
            required=True,
            autoComplete="off",
            **{"aria-describedby": f"{name}-uitleg"},
        ),
    ]
    parts = [
        tag("Input", type="hidden", name="csrf_token", value=csrf_token),
        tag("Input", type="hidden", name="adres", defaultValue=""),
        tag("Div", field, className="field"),
        tag("Button", "Bewaar", className="btn", type="submit"),
    ]
    form = tag("Form", parts, action=PLACE, method="post", className="save-view")
    return still(tag("Details", [tag("Summary", "Bewaar deze weergave"), form], className="keep"))


def menu(views: Sequence[SavedView]) -> Node:
    """The kept views as links, and where they can be removed."""
    rows = [tag("Li", link(view.name, view.address)) for view in views]
    content = tag("Ul", rows, className="links") if rows else tag("P", "U heeft nog niets bewaard.")
    manage = tag("P", link("Bekijk en verwijder weergaven", PLACE)) if rows else None
    parts = [tag("Summary", "Bewaarde weergaven"), content, *([manage] if manage else [])]
    return still(tag("Details", parts, className="keep"))
