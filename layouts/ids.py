"""Every id on every page: `<page>-<thing>`. A filter's id ends in its name in the address."""

from enum import StrEnum


class Shell(StrEnum):
    """What stands around a page."""

    LOCATION = "shell-location"
    HEADER = "shell-header"
    HEAD = "shell-head"
    MAIN = "shell-main"
    BODY = "shell-body"
    TITLE = "shell-title"
    EDITION = "shell-edition"
    SWITCH = "shell-switch"
    SWITCH_FORM = "shell-switch-form"


class Overview(StrEnum):
    """The tiles of a region."""

    CONTENT = "overview-content"
    SINCE = "overview-since"


class Views(StrEnum):
    """Keeping a page under a name."""

    NAME = "views-name"


class Indicators(StrEnum):
    """The table of all indicators."""

    THEME = "indicators-thema"
    TEXT = "indicators-zoek"
    YEAR = "indicators-jaar"
    LEVEL = "indicators-niveau"
    BREAKDOWN = "indicators-uitsplitsing"
    FIGURES = "indicators-cijfers"
    COUNT = "indicators-count"
    TABLE = "indicators-table"


class IndicatorPage(StrEnum):
    """One indicator on its own page."""

    YEAR = "indicator-jaar"
    BREAKDOWN = "indicator-uitsplitsing"
    LEVEL = "indicator-niveau"
    DIVISION = "indicator-indeling"
    SUMMARY = "indicator-summary"
    POSITION = "indicator-position"
    TREND = "indicator-trend"
    PARTS = "indicator-parts"
    CONTRIBUTIONS = "indicator-contributions"
    REGIONS = "indicator-regions"
    SOURCE = "indicator-source"
    FOLLOW = "indicator-follow"
