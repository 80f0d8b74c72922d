"""The addresses of rounds of questionnaires, for the written list of all routes."""

_REGION = "/regio/<region>/vragenlijsten"
_ROUND = f"{_REGION}/rondes/<int:round_id>"

ROUND_ROUTES = {
    _REGION: {"GET"},
    f"{_REGION}/rondes/nieuw": {"GET", "POST"},
    _ROUND: {"GET"},
    f"{_ROUND}/wijzigen": {"GET", "POST"},
    f"{_ROUND}/openen": {"POST"},
    f"{_ROUND}/verlengen": {"POST"},
    f"{_ROUND}/sluiten": {"POST"},
    f"{_ROUND}/verwijderen": {"POST"},
    f"{_ROUND}/lijsten": {"GET", "POST"},
    f"{_ROUND}/lijsten/<int:list_id>": {"GET", "POST"},
    f"{_ROUND}/lijsten/<int:list_id>/test": {"POST"},
    f"{_ROUND}/groepen": {"GET", "POST"},
    f"{_ROUND}/groepen/<int:group_id>/aantal": {"POST"},
    f"{_ROUND}/groepen/<int:group_id>/verwijderen": {"POST"},
    f"{_ROUND}/codes": {"GET"},
    f"{_ROUND}/codes/mensen": {"POST"},
    f"{_ROUND}/codes/maken": {"POST"},
    f"{_ROUND}/codes/wissen": {"POST"},
    f"{_ROUND}/codes/blad/<int:group_id>": {"GET"},
    f"{_ROUND}/mails": {"GET"},
    f"{_ROUND}/mails/versturen": {"POST"},
    f"{_ROUND}/mails/opnieuw": {"POST"},
    f"{_ROUND}/mails/tekst/<kind>": {"GET", "POST"},
    f"{_ROUND}/mails/tekst/<kind>/versturen": {"POST"},
    f"{_ROUND}/respons": {"GET"},
    f"{_ROUND}/voorbeeld/<int:list_id>": {"GET"},
}
"""Address → methods."""

ROUND_PARTS = {"round_id": "1", "list_id": "1", "group_id": "1", "kind": "partners"}
"""What the parts of these addresses are in tests."""
