"""Files offered in the browser: kept whole or not at all, read once, and ended in words."""

import errno
import io
from collections.abc import Callable
from typing import Any

import pytest
from dash import Dash
from sqlalchemy import func, select, update

from app import uploads
from app.config import Settings
from app.db import Database
from app.jobs import MOST_PER_HOUR, State
from app.models import AuditEvent, DataJob, DataVersion
from app.tasks import Worker
from tests.integration.loads import HISTORY, load_regions
from tests.integration.offers import PAGE, jobs_of, kept_files, offer, sample
from tests.integration.visitor import HTML, Visitor
from tests.samples import hostile

LogIn = Callable[[str], Visitor]


@pytest.fixture
def worker(db: Database, settings: Settings) -> Worker:
    """The background worker, at work only when a test says so."""
    return Worker(settings, db)


@pytest.fixture
def admin(invented_regions: None, log_in: LogIn) -> Visitor:
    """A data administrator, over a database that also knows the invented regions."""
    return log_in("data")


def test_a_file_is_read_into_a_version_that_nobody_sees_yet(
    admin: Visitor, db: Database, worker: Worker, settings: Settings
) -> None:
    answer = offer(admin, sample())
    assert answer.status_code == 303
    assert "Wacht op de verwerker" in admin.get(answer.location).text

    worker.pick_up()

    (job,) = jobs_of(db)
    assert (job.state, job.created_by, job.name) == (State.DONE, "data", HISTORY)
    page = admin.get(answer.location).text
    assert f"Staat klaar als versie {job.version_id}." in page
    assert "Wat de controle vond" in page
    assert kept_files(settings) == []
    with db.session() as session:
        assert session.get_one(DataVersion, job.version_id).state == "staged"
        actions = session.scalars(select(AuditEvent.action).where(AuditEvent.actor == "data")).all()
    assert {"upload", "load"} <= set(actions)


def test_a_refused_file_is_kept_with_its_report_by_row_and_column(
    admin: Visitor, db: Database, worker: Worker, settings: Settings
) -> None:
    name, content = sample()
    place = offer(admin, (name, content.replace(b";999;280;300;310", b";999;280;300;veel"))).location

    worker.pick_up()

    (job,) = jobs_of(db)
    page, table = admin.get(place).text, admin.get(f"{place}/rapport.csv")
    assert job.state == State.REFUSED
    assert "Houdt het laden tegen (1)" in page
    assert "kolom LEERLINGEN_2025" in page
    assert "Lees opnieuw" in page
    assert [path.read_bytes() for path in kept_files(settings)] != [content]
    assert len(kept_files(settings)) == 1
    assert table.headers["Content-Disposition"] == f'attachment; filename="rapport-{job.report_id}.csv"'
    assert "LEERLINGEN_2025" in table.text


def test_what_was_refused_for_want_of_regions_can_be_read_again(
    app: Dash, db: Database, log_in: LogIn, worker: Worker
) -> None:
    person = log_in("beheer")
    place = offer(person, sample()).location
    worker.pick_up()
    assert "Laad eerst de regeling" in person.get(place).text
    load_regions(db)

    again = person.send(f"{place}/opnieuw", {"soort": ""}, form=place)
    worker.pick_up()

    assert again.status_code == 303
    assert "Staat klaar als versie" in person.get(again.location).text


def test_a_chosen_kind_of_file_that_does_not_fit_is_refused_in_words(admin: Visitor, worker: Worker) -> None:
    place = offer(admin, ("brief.csv", b"a;b\n1;2\n")).location
    worker.pick_up()

    again = admin.send(f"{place}/opnieuw", {"soort": "duo-historie-po"}, form=place)
    worker.pick_up()
    unknown = admin.send(f"{place}/opnieuw", {"soort": "../x"}, form=place)

    assert "geen bestand van de soort" in admin.get(again.location).text
    assert unknown.status_code == 400


def test_the_same_file_twice_at_once_is_read_once(admin: Visitor, db: Database, worker: Worker) -> None:
    offer(admin, sample(), ("kopie.csv", sample()[1]))

    worker.pick_up()

    first, second = jobs_of(db)
    assert {first.state, second.state} == {State.DONE}
    assert first.version_id == second.version_id
    assert sorted("al eerder gelezen" in job.message for job in (first, second)) == [False, True]


def test_several_files_are_all_kept_or_none(
    admin: Visitor, db: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, seen = uploads._keep, []

    def full(*arguments: Any) -> Any:
        seen.append(arguments)
        if len(seen) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        return keep(*arguments)

    monkeypatch.setattr(uploads, "_keep", full)

    answer = offer(admin, sample(), ("tweede.csv", b"x"))

    assert answer.status_code == 507
    assert "geen ruimte meer" in answer.text
    assert jobs_of(db) == []
    assert kept_files(settings) == []


def test_files_are_not_left_behind_when_writing_down_fails(
    admin: Visitor, db: Database, settings: Settings
) -> None:
    with db.transaction() as session:
        offered = MOST_PER_HOUR
        now = session.scalar(select(func.max(AuditEvent.at)))
        for number in range(offered):
            session.add(
                DataJob(
                    id=f"oud{number}",
                    kind="bestand",
                    name="x",
                    created_by="data",
                    created_at=now,
                    state=State.DONE,
                    finished_at=now,
                )
            )

    answer = offer(admin, sample())

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert kept_files(settings) == []
    assert len(jobs_of(db)) == offered


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "U heeft geen bestand gekozen"),
        ([(f"{number}.csv", b"x") for number in range(11)], "U koos 11 bestanden"),
    ],
)
def test_no_file_or_too_many_is_said_at_the_field(
    admin: Visitor, db: Database, files: list[tuple[str, bytes]], words: str
) -> None:
    answer = offer(admin, *files)

    assert answer.status_code == 422
    assert words in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert jobs_of(db) == []


def test_s28_another_kind_of_file_is_refused_before_it_is_kept(
    admin: Visitor, db: Database, settings: Settings
) -> None:
    answer = offer(admin, sample(), ("virus.exe", b"MZ"), ("foto.png", b"x"))

    assert answer.status_code == 422
    assert "virus.exe en foto.png kan dit dashboard niet lezen" in answer.text
    assert jobs_of(db) == []
    assert kept_files(settings) == []


def test_s28_too_large_a_body_is_refused_before_it_is_read(admin: Visitor, db: Database) -> None:
    answer = admin.client.post(
        PAGE,
        data=b"x",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(300 * uploads.MEGABYTE)},
    )

    assert answer.status_code == 413
    assert jobs_of(db) == []


@pytest.mark.parametrize("login", ["swv", "gemeente", "lezer", "coordinator", "zonder"])
def test_s28_others_are_refused_before_a_byte_is_read(app: Dash, log_in: LogIn, login: str) -> None:
    person, body = log_in(login), io.BytesIO(b"x" * 100)

    answer = person.client.post(
        PAGE, input_stream=body, content_type="multipart/form-data; boundary=x", headers=HTML
    )

    assert answer.status_code == 403
    assert body.tell() == 0


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd.csv",
        "C:\\map\\cijfers.csv",
        "<script>alert(1)</script>.csv",
        "=cmd|' /C calc'!A0.csv",
        "a\u202efdp.csv",
        "." * 300 + ".csv",
        "é" * 300 + ".csv",
        "\x00.csv",
    ],
)
def test_a_name_is_for_people_and_never_for_a_path(
    admin: Visitor, db: Database, settings: Settings, name: str
) -> None:
    answer = offer(admin, (name, b"x"))

    (job,) = jobs_of(db)
    (path,) = kept_files(settings)
    assert path.parent.parent == settings.data_dir / uploads.FOLDER
    assert path.name.isascii()
    assert not path.name.startswith((".", "-"))
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(job.name) <= uploads.LONGEST_NAME
    assert not {"/", "\\", "\u202e", "\x00"} & set(job.name)
    page = admin.get(answer.location).text
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("bom.zip", lambda: hostile.zipped({"a.csv": bytes(20 * 1024 * 1024)}), "meer dan 100 keer zo groot"),
        ("ver.xlsx", hostile.far_corner_xlsx, "XFD1048576"),
        ("slot.xlsx", hostile.locked_workbook, "wachtwoord"),
        ("cijfers.xlsx", lambda: b"a;b\n1;2\n", "geen gave werkmap"),
        ("cijfers.csv", lambda: hostile.zipped({"a.csv": b"a;b\n"}), "De naam eindigt op .csv"),
    ],
)
def test_s29_a_hostile_file_is_refused_in_words(
    admin: Visitor, db: Database, worker: Worker, name: str, make: Callable[[], bytes], words: str
) -> None:
    place = offer(admin, (name, make())).location

    worker.pick_up()

    assert jobs_of(db)[0].state == State.REFUSED
    assert words in admin.get(place).text


def test_a_file_that_waits_can_be_taken_back_and_one_that_runs_cannot(
    admin: Visitor, db: Database, worker: Worker
) -> None:
    place = offer(admin, sample()).location

    assert admin.send(f"{place}/terugtrekken", form=place).status_code == 303
    worker.pick_up()
    (job,) = jobs_of(db)
    assert (job.state, job.version_id) == (State.STOPPED, None)
    assert admin.send(f"{place}/terugtrekken", form=place).status_code == 400


def test_a_fault_of_ours_ends_in_words_with_a_reference(
    admin: Visitor, db: Database, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: Any, **_options: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("app.tasks.load_file", broken)
    place = offer(admin, sample()).location

    worker.pick_up()

    (job,) = jobs_of(db)
    assert job.state == State.FAILED
    assert "noem kenmerk" in admin.get(place).text


def test_states_are_told_to_the_script_that_follows_them(admin: Visitor, db: Database) -> None:
    offer(admin, sample())
    (job,) = jobs_of(db)

    told = admin.get(f"{PAGE}/stand?taken={job.id},bestaat-niet,").get_json()

    assert told == {job.id: {"stand": "wacht", "stap": ""}}


def test_a_worker_that_is_silent_is_told(admin: Visitor, db: Database, worker: Worker) -> None:
    assert "De verwerker van bestanden reageert niet" in admin.get(PAGE).text

    worker.make_queue()
    offer(admin, sample("vsv.csv"))
    worker.pick_up()

    assert "De verwerker van bestanden reageert niet" not in admin.get(PAGE).text


@pytest.mark.parametrize("path", ["", "/rapport.csv"])
def test_an_unknown_file_is_not_found(admin: Visitor, path: str) -> None:
    assert admin.get(f"{PAGE}/bestaat-niet{path}").status_code == 404


def test_r11_a_job_that_breaks_off_three_times_ends_in_words(
    admin: Visitor, db: Database, worker: Worker
) -> None:
    place = offer(admin, sample()).location
    with db.transaction() as session:
        session.execute(update(DataJob).values(state=State.RUNNING, attempts=3))

    worker.pick_up()

    assert jobs_of(db)[0].state == State.FAILED
    assert "3 keer afgebroken. Er is niets gewijzigd." in admin.get(place).text
