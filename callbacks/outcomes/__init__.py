"""The outcomes of rounds: inside a region, and for everybody once two people approved."""

from callbacks.outcomes.register import register

__all__ = ["register"]
