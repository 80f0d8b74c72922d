"""R-11 and P-07: workers die in the middle of saves and sendings; nothing that was confirmed is lost."""

from app.config import Settings
from app.db import Database
from tests.faults.filling import kill_while_filling, make_tokens, verdict
from tests.integration import world

KILLS = 20
"""On each kind of database; `make faults` kills many more."""


def test_r11_workers_killed_in_saves_and_sendings_lose_and_double_nothing(
    db: Database, settings: Settings
) -> None:
    world.fill(db)
    tokens = make_tokens(db, settings, 600)
    db.close()

    journeys = kill_while_filling(settings, tokens, kills=KILLS, clients=6)

    assert len(journeys) > 5
    assert verdict(db, settings, journeys) == {"whole": len(journeys)}
