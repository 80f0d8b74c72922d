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
    VERDICT = "indicator-verdict"
    TREND = "indicator-trend"
    PARTS = "indicator-parts"
    CONTRIBUTIONS = "indicator-contributions"
    REGIONS = "indicator-regions"
    SOURCE = "indicator-source"
    FOLLOW = "indicator-follow"


class Comparison(StrEnum):
    """The page that compares."""

    GROUP = "comparison-groep"
    CHAPTER = "comparison-hoofdstuk"
    INDICATOR = "comparison-cijfer"
    PERIOD = "comparison-jaar"
    BREAKDOWN = "comparison-uitsplitsing"
    FIRST = "comparison-naast1"
    SECOND = "comparison-naast2"
    THIRD = "comparison-naast3"
    WEIGHTS = "comparison-gewichten"
    WEIGHT = "comparison-gewicht"
    LOOKS = "comparison-looks"
    SAID = "comparison-said"
    CONTENT = "comparison-content"


class Maps(StrEnum):
    """The maps of an indicator."""

    OUTLINES = "maps-outlines"


class Connection(StrEnum):
    """What national figures and people say, by theme."""

    ROUND = "connection-ronde"
    THEME = "connection-thema"
    CONTENT = "connection-content"
