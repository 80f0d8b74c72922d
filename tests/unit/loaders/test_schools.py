"""A site counts for its postcode's SWV, else for its gemeente's, else for a share of each."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from app.errors import LoadRefused
from loaders.schools import GEMEENTE, POSTCODE, SHARE, place_sites
from tests.samples.world import REFERENCE

Link = tuple[str, float, str]


def _links(brin6: str, kind: str, gemeente: str | None) -> list[Link]:
    sites = pd.DataFrame({"brin6": [brin6], "kind": [kind], "gemeente": [gemeente]})
    links = place_sites(sites, REFERENCE).links
    return list(zip(links["region"], links["weight"], links["route"], strict=True))


@pytest.mark.parametrize(
    ("brin6", "kind", "gemeente", "swvs"),
    [
        ("90AC00", "BO", "GM9001", [("PO9002", 1.0, POSTCODE)]),
        ("90ZZ00", "BO", "GM9004", [("PO9002", 1.0, GEMEENTE)]),
        ("90ZZ00", "BO", "GM9002", [("PO9001", 0.75, SHARE), ("PO9002", 0.25, SHARE)]),
        ("90ZZ00", "VSO", "GM9002", [("VO9001", 1.0, GEMEENTE)]),
        ("90SA00", "SO/VSO", "GM9002", [("PO9001", 1.0, POSTCODE), ("VO9001", 1.0, POSTCODE)]),
    ],
)
def test_a_site_counts_for_country_gemeente_and_the_swvs_of_its_route(
    brin6: str, kind: str, gemeente: str, swvs: list[Link]
) -> None:
    assert _links(brin6, kind, gemeente) == [("NL01", 1.0, POSTCODE), (gemeente, 1.0, POSTCODE), *swvs]


def test_a_site_in_an_unknown_gemeente_counts_for_the_country_only() -> None:
    assert _links("90AA00", "BO", None) == [("NL01", 1.0, POSTCODE)]


def test_a_postcode_without_an_swv_leads_to_the_gemeente() -> None:
    reference = replace(REFERENCE, postcode_of_site={"90EU00": "9010"})
    sites = pd.DataFrame({"brin6": ["90EU00"], "kind": ["BO"], "gemeente": ["GM9004"]})

    links = place_sites(sites, reference).links

    assert list(links["route"]) == [POSTCODE, POSTCODE, GEMEENTE]


def test_a_gemeente_of_which_no_share_is_known_stops_the_load() -> None:
    sites = pd.DataFrame({"brin6": ["90AA00"], "kind": ["BO"], "gemeente": ["GM9003"]})
    placement = place_sites(sites, REFERENCE)

    with pytest.raises(LoadRefused, match="niet bekend in welk samenwerkingsverband"):
        placement.totals(np.array([[1.0]]), np.array([[1.0]]), "BO", ["2025"])


def test_a_gemeente_with_shares_in_one_sector_only_is_named_for_the_other() -> None:
    only_po = tuple(each for each in REFERENCE.shares if (each.gemeente, each.swv[:2]) != ("GM9004", "VO"))
    sites = pd.DataFrame({"brin6": ["90ZZ00"], "kind": ["SO/VSO"], "gemeente": ["GM9004"]})

    placement = place_sites(sites, replace(REFERENCE, shares=only_po))

    assert list(placement.links["region"]) == ["NL01", "GM9004", "PO9002"]
    sentences = [problem.sentence for problem in placement.problems("x.csv")]
    assert any(
        "1 vestigingen in GM9004 liggen in geen samenwerkingsverband voortgezet" in each for each in sentences
    )


def test_bounds_are_added_up_apart() -> None:
    sites = pd.DataFrame(
        {"brin6": ["90AA00", "90ZZ00"], "kind": ["BO", "BO"], "gemeente": ["GM9001", "GM9002"]}
    )
    placement = place_sites(sites, REFERENCE)

    totals = placement.totals(np.array([[10.0], [1.0]]), np.array([[10.0], [4.0]]), "BO", ["2025"])

    found = totals.set_index("region").loc["PO9001"]
    assert (found["numerator_low"], found["numerator_high"]) == (10.75, 13.0)
    assert found["estimated"] == pytest.approx(0.75 / 10.75)
