"""What every method asks of its input, with the value in the message: pure."""

from math import isfinite

ROUNDING = 1e-9
"""Sums of shares may miss a whole by this part of it: 0.1 + 0.2 is more than 0.3."""


def require_finite(**values: float) -> None:
    """Refuse NaN and infinity."""
    for name, value in values.items():
        if not isfinite(value):
            raise ValueError(f"{name} is {value}; give a finite number.")


def require_positive(**values: float) -> None:
    """Refuse what is not finite and above 0."""
    require_finite(**values)
    for name, value in values.items():
        if value <= 0:
            raise ValueError(f"{name} is {value}; give a number above 0.")


def require_count(**values: float) -> None:
    """Refuse what is not finite and 0 or more; fractions are welcome."""
    require_finite(**values)
    for name, value in values.items():
        if value < 0:
            raise ValueError(f"{name} is {value}; give 0 or more.")


def require_order(low: float, value: float, high: float) -> None:
    """Refuse limits that do not have the value between them."""
    require_finite(low=low, value=value, high=high)
    room = ROUNDING * max(abs(low), abs(value), abs(high))
    if value < low - room or value > high + room:
        raise ValueError(f"The value {value} lies outside its limits, {low} to {high}.")


def share(events: float, total: float) -> float:
    """events / total after refusing what is no part of a whole: 7 of 45 → 0.1556."""
    require_count(events=events)
    require_positive(total=total)
    if events > total * (1 + ROUNDING):
        raise ValueError(f"{events} events of a total of {total}; there can be no more than the total.")
    return min(1.0, events / total)
