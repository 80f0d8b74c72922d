"""Pieces of a long load, joined again by indicator."""

import pandas as pd

from loaders.held import Held


def _piece(indicator: str, region: str, value: float) -> pd.DataFrame:
    texts = {"indicator": [indicator], "region": [region]}
    return pd.DataFrame({name: pd.Categorical(text) for name, text in texts.items()} | {"value": [value]})


def test_pieces_with_categories_of_their_own_become_one_with_all_texts() -> None:
    held = Held()
    passed = [*held.add(_piece("a", "GM2", 1.0)), *held.add(_piece("a", "GM1", 2.0))]

    (joined,) = held.add(_piece("b", "GM1", 3.0))

    assert passed == []
    assert list(joined.itertuples(index=False, name=None)) == [("a", "GM2", 1.0), ("a", "GM1", 2.0)]
    assert isinstance(joined["region"].dtype, pd.CategoricalDtype)


def test_pieces_of_plain_texts_are_joined_too() -> None:
    held = Held()
    list(held.add(_piece("a", "GM2", 1.0)))
    list(held.add(_piece("a", "GM1", 2.0).astype({"indicator": object, "region": object})))

    (joined,) = held.finish()

    assert joined["region"].tolist() == ["GM2", "GM1"]


def test_an_indicator_that_comes_back_is_named() -> None:
    held = Held()
    for indicator in ("a", "b", "a"):
        list(held.add(_piece(indicator, "GM1", 1.0)))

    assert held.returned == {"a"}
