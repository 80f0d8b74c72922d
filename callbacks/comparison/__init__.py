"""The comparison page: its choices, its views, and their downloads."""

from callbacks.comparison.desk import Desk
from callbacks.comparison.register import page, register

__all__ = ["Desk", "page", "register"]
