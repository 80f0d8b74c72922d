"""Every address of the application, on one of three written lists, with what its parts are in tests."""

import re

from tests.integration.joint_round import JOINT_ROUTES
from tests.integration.outcome_world import OUTCOME_ROUTES, PUBLIC_ROUTES
from tests.integration.own_files import OWN_ROUTES
from tests.integration.review_world import REVIEW_ROUTES
from tests.integration.survey_routes import BY_ACCOUNT, BY_LINK
from tests.round_routes import ROUND_PARTS, ROUND_ROUTES

OPEN = (
    {
        "/inloggen": {"GET", "POST"},
        "/uitloggen": {"POST"},
        "/wachtwoord/<token>": {"GET", "POST"},
        "/over": {"GET"},
        "/over/definities": {"GET"},  # the old address of the next
        "/over/indicatoren": {"GET"},
        "/over/methoden": {"GET"},
        "/over/privacy": {"GET"},
        "/over/toegankelijkheid": {"GET"},
        "/over/wijzigingen": {"GET"},  # the public log of publications
        "/over/contact": {"GET"},
        "/.well-known/security.txt": {"GET"},
        "/healthz": {"GET"},
        "/assets/<path:filename>": {"GET"},
        "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": {"GET"},
    }
    | PUBLIC_ROUTES
    | BY_LINK
)
"""Every address that answers a stranger. A new one needs a line here, and a reason."""

CLOSED = (
    {
        "/": {"GET"},
        "/account": {"GET"},
        "/account/gegevens.json": {"GET"},
        "/account/wachtwoord": {"POST"},
        "/account/sessies": {"POST"},
        "/regio/<region>/overzicht": {"GET"},
        "/regio/<region>/indicatoren": {"GET"},
        "/regio/<region>/indicatoren/<indicator>": {"GET"},
        "/regio/<region>/indicatoren.csv": {"GET"},
        "/regio/<region>/indicatoren.xlsx": {"GET"},
        "/regio/<region>/indicatoren/<indicator>.csv": {"GET"},
        "/regio/<region>/indicatoren/<indicator>.xlsx": {"GET"},
        "/regio/<region>/vergelijken": {"GET"},
        "/regio/<region>/vergelijken/<look>": {"GET"},
        "/regio/<region>/vergelijken/<look>.csv": {"GET"},
        "/regio/<region>/vergelijken/<look>.xlsx": {"GET"},
        "/kaart/<year>.json": {"GET"},  # outlines for the map, the same for everybody
        "/regio/<region>/vergelijken/groepen": {"GET"},
        "/regio/<region>/vergelijken/groepen/nieuw": {"GET", "POST"},
        "/regio/<region>/vergelijken/groepen/wijzigen": {"GET", "POST"},
        "/regio/<region>/vergelijken/groepen/verwijderen": {"POST"},
        "/bewaarde-weergaven": {"GET", "POST"},
        "/bewaarde-weergaven/verwijderen": {"POST"},
        "/_dash-layout": {"GET"},
        "/_dash-dependencies": {"GET"},
        "/_dash-update-component": {"POST"},
    }
    | OWN_ROUTES
    | REVIEW_ROUTES
    | OUTCOME_ROUTES
    | JOINT_ROUTES
    | BY_ACCOUNT
    | ROUND_ROUTES
)
"""Every address for people with an account."""

WITHOUT_ROUND = {rule for rule in CLOSED if re.search(r"<(int:)?(round|list)_id>", rule)}
"""Addresses of a round, of which the small world of the tests has none: refused in the same words for all."""

LACKING = {"/kaart/<year>.json"}
"""Addresses of what the small world of the tests does not have: a 404 for who may ask."""

BY_PERMISSION = {
    "/regio/<region>/vragenlijsten/rondes/nieuw",  # coordinators
    "/regio/<region>/vragenlijsten/nakijken",  # who may read free texts first
}
"""Pages for one role in the region: a 403 for everybody else."""

OF_THE_REGION = {"connection-content.children"}
"""What callbacks tell of a region to who has a role in it: a 403 for the national roles."""

ADMIN = {
    "/beheer/gegevens": {"GET", "POST"},
    "/beheer/gegevens/stand": {"GET"},
    "/beheer/gegevens/<job>": {"GET"},
    "/beheer/gegevens/<job>/rapport.csv": {"GET"},
    "/beheer/gegevens/<job>/opnieuw": {"POST"},
    "/beheer/gegevens/<job>/terugtrekken": {"POST"},
    "/beheer/versies/<version>/voorbeeld": {"POST"},
    "/beheer/voorbeeld/stoppen": {"POST"},
    "/beheer/bronnen": {"GET"},
    "/beheer/bronnen/<source>": {"POST"},
    "/beheer/versies": {"GET"},
    "/beheer/versies/<version>": {"GET"},
    "/beheer/versies/<version>/waarschuwingen": {"POST"},
    "/beheer/versies/<version>/publiceren": {"POST"},
    "/beheer/versies/<version>/verwijderen": {"POST"},
}
"""Every address for administrators, of the data or of all."""

ARGUMENTS = {
    "region": "PO2707",
    "round_id": "1",
    "other": "GM0363",
    "indicator": "ll-bao",
    "look": "profiel",
    "job": "x",
    "source": "x",
    "token": "x",
    "section": "x",
    "number": "1",
    "list_id": "1",
    "version": "1",
    "year": "2025",
    "filename": "x.css",
    "package_name": "dash",
    "fingerprinted_path": "x.js",
} | ROUND_PARTS
