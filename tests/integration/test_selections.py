"""Groups, views and visits in both databases: one person's only, once only, and gone with the account."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import delete, func, select

from app.access import AllowedRegion
from app.db import Database
from app.errors import AccessDenied, SelectionRefused
from app.models import (
    AuditEvent,
    ComparisonGroup,
    ComparisonGroupRegion,
    Publication,
    RegionVisit,
    SavedView,
    User,
)
from app.own_groups import GroupDraft, GroupMoved, OwnComparisonGroup
from app.regions import RegionKind
from app.saved_views import NameTaken, ViewDraft
from app.selections import (
    Kept,
    count_kept,
    delete_group,
    delete_view,
    load_every_group,
    load_own_group,
    load_own_groups,
    load_views,
    record_visit,
    save_group,
    save_view,
)
from app.selections.groups import Seen
from app.visits import Visit
from loaders.changelog import load_reasons
from tests.integration import world
from tests.integration.later_version import publish_again

NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
SWVS = GroupDraft("Buren", RegionKind.SWV_PO, ("PO2401", "PO2707"), "tien gelijke")
GEMEENTEN = GroupDraft("Plaatsen", RegionKind.GEMEENTE, ("GM0034", "GM0363"))
VIEW = ViewDraft("Thuiszitters", "/regio/PO2707/indicatoren", "thema=Verzuim")
PLACE = AllowedRegion("PO2707")
TABLES = (ComparisonGroup, ComparisonGroupRegion, SavedView, RegionVisit)


@pytest.fixture
def person(filled: Database) -> int:
    """The number of a person."""
    return world.user_id(filled, "swv")


@pytest.fixture
def other(filled: Database) -> int:
    """The number of another."""
    return world.user_id(filled, "gemeente")


def keep(db: Database, user_id: int, draft: GroupDraft = SWVS, seen: Seen | None = None) -> int:
    with db.transaction() as session:
        return save_group(session, user_id, draft, by="swv", now=NOW, seen=seen)


def keep_view(db: Database, user_id: int, draft: ViewDraft = VIEW, *, may_replace: bool = False) -> int:
    with db.transaction() as session:
        return save_view(session, user_id, draft, by="swv", now=NOW, may_replace=may_replace)


def group_of(db: Database, user_id: int, number: int) -> OwnComparisonGroup | None:
    with db.session() as session:
        return load_own_group(session, user_id, number)


def acts(db: Database) -> list[str]:
    with db.session() as session:
        return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def rows(db: Database) -> int:
    with db.session() as session:
        return sum(session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES)


def test_a_kept_group_comes_back_as_it_was(filled: Database, person: int) -> None:
    number = keep(filled, person)

    assert group_of(filled, person, number) == OwnComparisonGroup(
        number, "Buren", RegionKind.SWV_PO, ("PO2401", "PO2707"), "tien gelijke", NOW
    )
    assert acts(filled) == ["own_group.add"]


def test_groups_are_listed_by_kind_and_name(filled: Database, person: int) -> None:
    for name in ("zee", "Aan", "berg"):
        keep(filled, person, GroupDraft(name, RegionKind.SWV_PO, SWVS.codes))
    keep(filled, person, GEMEENTEN)

    with filled.session() as session:
        swvs = load_own_groups(session, person, RegionKind.SWV_PO)
        every = load_every_group(session, person)

    assert [group.name for group in swvs] == ["Aan", "berg", "zee"]
    assert [group.name for group in every] == ["Aan", "berg", "Plaatsen", "zee"]


def test_s17_a_group_of_another_does_not_exist(filled: Database, person: int, other: int) -> None:
    number = keep(filled, person)

    assert group_of(filled, other, number) is None
    with filled.transaction() as session:
        assert load_every_group(session, other) == []
        assert not delete_group(session, other, number, by="gemeente")
    with pytest.raises(AccessDenied):
        keep(filled, other, SWVS, Seen(number, ""))
    assert group_of(filled, person, number) is not None


def test_two_people_may_use_the_same_name(filled: Database, person: int, other: int) -> None:
    assert keep(filled, person) != keep(filled, other)


def test_r06_the_same_form_sent_twice_keeps_one_group(filled: Database, person: int) -> None:
    assert keep(filled, person) == keep(filled, person)
    assert acts(filled) == ["own_group.add"]


def test_r06_the_same_form_sent_many_times_at_once_keeps_one_group(filled: Database, person: int) -> None:
    with ThreadPoolExecutor(6) as pool:
        numbers = list(pool.map(lambda _: keep(filled, person), range(6)))

    assert len(set(numbers)) == 1
    assert acts(filled) == ["own_group.add"]


def test_r06_names_that_differ_in_capitals_cannot_both_be_kept_at_once(filled: Database, person: int) -> None:
    drafts = [GroupDraft(name, RegionKind.SWV_PO, SWVS.codes) for name in ("buren", "BUREN", "Buren")]

    def attempt(draft: GroupDraft) -> bool:
        try:
            return bool(keep(filled, person, draft))
        except SelectionRefused:
            return False

    with ThreadPoolExecutor(3) as pool:
        kept = list(pool.map(attempt, drafts))

    assert kept.count(True) == 1


def test_the_thirty_first_group_is_refused(filled: Database, person: int) -> None:
    for number in range(30):
        keep(filled, person, GroupDraft(f"Groep {number}", RegionKind.SWV_PO, SWVS.codes))

    with pytest.raises(SelectionRefused, match="al 30 groepen"):
        keep(filled, person)


def test_r08_of_two_windows_the_later_one_is_told_and_may_then_go_on(filled: Database, person: int) -> None:
    number = keep(filled, person)
    before = group_of(filled, person, number)
    assert before is not None
    first, second = (GroupDraft(name, SWVS.kind, SWVS.codes) for name in ("Eerste", "Tweede"))

    keep(filled, person, first, Seen(number, before.stamp))
    with pytest.raises(GroupMoved):
        keep(filled, person, second, Seen(number, before.stamp))
    now = group_of(filled, person, number)
    assert now is not None
    assert now.name == "Eerste"
    keep(filled, person, second, Seen(number, now.stamp))

    assert acts(filled) == ["own_group.add", "own_group.change", "own_group.change"]


def test_r06_a_change_that_is_sent_twice_is_made_once(filled: Database, person: int) -> None:
    number = keep(filled, person)
    before = group_of(filled, person, number)
    assert before is not None
    draft = GroupDraft("Ruimer", SWVS.kind, ("PO2401", "PO2402", "PO2707"))

    keep(filled, person, draft, Seen(number, before.stamp))
    keep(filled, person, draft, Seen(number, before.stamp))

    after = group_of(filled, person, number)
    assert after is not None
    assert (after.name, after.codes, after.origin) == ("Ruimer", draft.codes, "tien gelijke")
    assert acts(filled) == ["own_group.add", "own_group.change"]


def test_a_group_cannot_become_one_of_another_kind(filled: Database, person: int) -> None:
    number = keep(filled, person)

    with pytest.raises(AccessDenied):
        keep(filled, person, GEMEENTEN, Seen(number, ""))


def test_a_removed_group_takes_its_regions_along(filled: Database, person: int) -> None:
    number = keep(filled, person)

    with filled.transaction() as session:
        assert delete_group(session, person, number, by="swv")
    with filled.transaction() as session:
        assert not delete_group(session, person, number, by="swv")

    assert rows(filled) == 0
    assert acts(filled) == ["own_group.add", "own_group.delete"]


def test_a_view_is_kept_once_and_replaced_only_on_request(filled: Database, person: int) -> None:
    number = keep_view(filled, person)
    assert keep_view(filled, person) == number
    other_place = ViewDraft("thuiszitters", "/regio/PO2707/overzicht", "")

    with pytest.raises(NameTaken):
        keep_view(filled, person, other_place)
    assert keep_view(filled, person, other_place, may_replace=True) == number

    with filled.session() as session:
        assert [(view.name, view.address) for view in load_views(session, person)] == [
            ("thuiszitters", "/regio/PO2707/overzicht")
        ]
    assert acts(filled) == ["saved_view.add", "saved_view.replace"]


def test_s17_a_view_of_another_does_not_exist(filled: Database, person: int, other: int) -> None:
    number = keep_view(filled, person)

    with filled.transaction() as session:
        assert load_views(session, other) == []
        assert not delete_view(session, other, number, by="gemeente")
        assert delete_view(session, person, number, by="swv")


def test_p19_an_account_that_goes_takes_all_of_it_along(filled: Database, person: int, other: int) -> None:
    keep(filled, person)
    keep_view(filled, person)
    _come(filled, person, NOW)
    with filled.session() as session:
        kept = (count_kept(session, person), count_kept(session, other))

    with filled.transaction() as session:
        session.execute(delete(User).where(User.id == person))

    assert kept == (Kept(1, 1, 1), Kept(0, 0, 0))
    assert rows(filled) == 0


def _come(db: Database, user_id: int, now: datetime) -> Visit:
    with db.session() as session:
        version = session.scalars(select(Publication.version_id)).one()
    return record_visit(db, user_id, PLACE, version, now)


def test_a_first_visit_has_none_before_it(filled: Database, person: int) -> None:
    assert _come(filled, person, NOW) == Visit(1, NOW)
    assert _come(filled, person, NOW + timedelta(hours=7)) == Visit(1, NOW)


def test_the_next_visit_tells_of_the_last_and_is_written_once(filled: Database, person: int) -> None:
    _come(filled, person, NOW)
    _, second = publish_again(filled, 70_000)
    later = NOW + timedelta(days=2)

    first_page = _come(filled, person, later)
    second_page = _come(filled, person, later + timedelta(hours=1))

    assert first_page == second_page == Visit(second, later, 1, NOW)


def test_before_the_first_publication_no_visit_is_written(filled: Database, person: int) -> None:
    visit = record_visit(filled, person, PLACE, 0, NOW)

    assert visit == Visit(0, NOW)
    assert rows(filled) == 0


def test_r06_a_first_visit_in_two_windows_at_once_is_written_once(
    filled: Database, person: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    barrier = Barrier(2)
    _let_both_look_first(monkeypatch, barrier)

    with ThreadPoolExecutor(2) as pool:
        visits = list(pool.map(lambda _: _come(filled, person, NOW), range(2)))

    assert visits == [Visit(1, NOW)] * 2
    assert rows(filled) == 1


def test_r06_a_new_visit_in_two_windows_at_once_shifts_once(
    filled: Database, person: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    _come(filled, person, NOW)
    later = NOW + timedelta(days=1)
    _let_both_look_first(monkeypatch, Barrier(2))

    with ThreadPoolExecutor(2) as pool:
        visits = list(pool.map(lambda _: _come(filled, person, later), range(2)))

    assert {visit.previous_at for visit in visits} == {NOW}


def _let_both_look_first(monkeypatch: pytest.MonkeyPatch, barrier: Barrier) -> None:
    """Two windows both read the last visit before either writes one."""
    from app.selections import visits

    load: Callable[..., Visit | None] = visits._load

    def look(*everything: object) -> Visit | None:
        found = load(*everything)
        barrier.wait(timeout=120)
        return found

    monkeypatch.setattr(visits, "_load", look)


def test_the_reasons_between_two_versions_are_those_of_the_publications_between_them(
    filled: Database,
) -> None:
    from loaders.publication import Turn, publish

    _, second = publish_again(filled, 70_000)
    publish(filled, 1, by="data", turn=Turn("Fout in het bestand."))
    publish(filled, second, by="data", turn=Turn("Toch goed."))

    with filled.session() as session:
        told = load_reasons(session, old=1, new=second, most=5)
        back = load_reasons(session, old=second, new=1, most=5)
        same = load_reasons(session, old=7, new=second, most=5)

    assert [(each.words, each.is_undo) for each in told] == [("Toch goed.", True)]
    assert [each.words for each in back] == ["Fout in het bestand."]
    assert same == []
