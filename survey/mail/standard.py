"""Reads the standard texts that come with the application."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from survey.mail.kinds import Kind
from survey.mail.texts import MailText

PATH = Path(__file__).with_name("standard.toml")


@cache
def load_standard() -> Mapping[Kind, MailText]:
    """The text of every kind of mail, as it is until a coordinator changes it."""
    tables = tomllib.loads(PATH.read_text(encoding="utf-8"))
    return {kind: MailText(tables[kind]["subject"], tables[kind]["body"].strip()) for kind in Kind}
