"""OData answers of several pages: all of them, or none."""

import json

import pytest

from app.errors import LoadRefused
from loaders.files import Bundle
from loaders.profiles import find_profile
from tests.samples.world import REFERENCE, SAMPLES, read


def _paged(has_next: tuple[bool, ...]) -> Bundle:
    """The population sample cut into pages, of which some say that another one follows."""
    folder = SAMPLES / "bevolking-v4"
    members = {path.name: path.read_bytes() for path in folder.iterdir()}
    rows = json.loads(members.pop("observations-page-1.json"))["value"]
    for place, is_followed in enumerate(has_next):
        page = {"value": rows[place :: len(has_next)]} | ({"@odata.nextLink": "…"} if is_followed else {})
        members[f"observations-page-{place + 1}.json"] = json.dumps(page).encode()
    return Bundle("bevolking-v4", members)


def test_pages_that_end_are_one_table() -> None:
    whole, cut = (read("cbs-bevolking-v4", _paged(pages)).observations for pages in ((False,), (True, False)))

    keys = ["indicator", "period", "region"]
    assert (
        cut.sort_values(keys)[keys].to_numpy().tolist() == whole.sort_values(keys)[keys].to_numpy().tolist()
    )


@pytest.mark.parametrize("pages", [(True,), (True, True)])
def test_pages_of_which_the_last_is_absent_are_refused(pages: tuple[bool, ...]) -> None:
    bundle = _paged(pages)
    profile = find_profile(bundle)
    assert profile.read is not None

    with pytest.raises(LoadRefused, match="niet compleet"):
        profile.read(bundle, REFERENCE)
