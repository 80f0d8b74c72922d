"""What CBS is asked: only the codes and measures that the source wants."""

from loaders.fetch.odata import v3_filter, v4_filter
from loaders.sources import Kind, Source


def _source(**keep: tuple[str, ...]) -> Source:
    return Source("x", "X", "CBS", Kind.CBS_ODATA, table="85098NED", keep=keep)


def test_a_code_a_prefix_and_a_first_code_each_have_their_term() -> None:
    source = _source(Geslacht=("T001038",), RegioS=("NL01", "GM*"), Perioden=(">=2019JJ00",))

    assert v4_filter(source) == (
        "Geslacht eq 'T001038' and (RegioS eq 'NL01' or startswith(RegioS,'GM')) and Perioden ge '2019JJ00'"
    )


def test_v3_pads_its_codes_so_they_begin_with_what_is_asked() -> None:
    source = _source(Geslacht=("T001038",), RegioS=("GM*",), Perioden=(">=2019JJ00",))

    assert v3_filter(source) == (
        "startswith(Geslacht,'T001038') and startswith(RegioS,'GM') and Perioden ge '2019JJ00'"
    )


def test_a_last_code_is_included_padded_or_not() -> None:
    source = _source(Leeftijd=("<=12200",))

    assert v4_filter(source) == "Leeftijd le '12200'"
    assert v3_filter(source) == "Leeftijd le '12200zz'"


def test_measures_are_one_more_condition() -> None:
    assert v4_filter(_source(), ["M1", "M2_3"]) == "(Measure eq 'M1' or Measure eq 'M2_3')"


def test_without_wishes_everything_is_asked() -> None:
    assert v4_filter(_source()) == ""
