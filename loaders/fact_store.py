"""Region facts into the database, whatever kind of file they came from."""

from sqlalchemy.orm import Session

from loaders import region_store
from loaders.facts import Facts
from loaders.files import Problem
from loaders.listing_store import store_listing


def store_facts(session: Session, profile: str, facts: Facts) -> list[Problem]:
    """Put the rows into the database, divide gemeenten over SWVs anew, and tell what a person should know.

    Raises:
        LoadRefused: the rows do not fit the regions that the database has.
    """
    problems = list(facts.problems)
    if facts.areas:
        region_store.store_areas(session, facts.areas, facts.successions)
    if facts.postcodes:
        region_store.store_postcodes(session, list(facts.postcodes))
    if facts.sites:
        problems += region_store.store_sites(session, profile, list(facts.sites))
    if facts.listing is not None:
        problems += store_listing(session, facts.listing)
    else:
        region_store.rebuild_shares(session)
    return problems
