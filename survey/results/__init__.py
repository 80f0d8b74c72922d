"""What a round found: counted and kept once (`making`), read (`loading`), compared (`comparing`)."""

from survey.results.making import make_missing, make_results

__all__ = ["make_missing", "make_results"]
