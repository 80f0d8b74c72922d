"""The addresses of questionnaires for `tests/routes.py`."""

PARTS = {
    "": {"GET"},
    "/geopend": {"POST"},
    "/beginnen": {"POST"},
    "/verder": {"GET"},
    "/<section>/<int:number>": {"GET", "POST"},
    "/opslaan": {"POST"},
    "/controle": {"GET"},
    "/versturen": {"POST"},
}
"""End of an address of one questionnaire → methods; the same behind a link and behind an account."""

BY_LINK = {
    "/invullen": {"GET", "POST"},
    **{f"/invullen/<token>{end}": methods for end, methods in PARTS.items()},
    "/invullen/<token>/niet-meedoen": {"GET", "POST"},
    "/invullen/<token>/toch-meedoen": {"POST"},
    "/ontvangst": {"GET", "POST"},  # whoever has the code of a receipt may look it up
    "/ontvangst/intrekken": {"POST"},
}
"""They answer a stranger: a link or code is all that a respondent has."""

BY_ACCOUNT = {
    f"/regio/<region>/vragenlijsten/invullen/<int:list_id>{end}": methods for end, methods in PARTS.items()
}
