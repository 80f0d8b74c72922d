"""TLS and a log-in at the mail server, with certificates of an authority of our own."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from app.config import Settings
from app.db import Database
from survey.mail.kinds import State
from tests.integration.round_world import Mailbox, World, invited_round, read_mail
from tests.servers import free_port

NAME, PASSWORD = "dashboard@example.org", "eend: vijf/zes@zeven"
IN_THE_URL = "dashboard%40example.org:eend%3A%20vijf%2Fzes%40zeven"
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
"""TLS from the first byte is not seen by the server's own conversation."""

NO_TLS = "De beveiligde verbinding met de mailserver komt niet tot stand."


@pytest.fixture
def round_(db: Database, settings: Settings) -> World:
    return invited_round(db, settings)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process trusts the authority, as an installation trusts that of its organisation."""
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(file)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_mails_travel_encrypted_after_a_log_in(
    round_: World, box: Mailbox, authority: trustme.CA, scheme: str
) -> None:
    with _secure_server(box, _context(authority), scheme) as place:
        round_.look(f"{scheme}://{IN_THE_URL}@{place}")

    assert round_.states() == [State.SENT, State.SENT]
    assert [address for address, _ in box.received] == ["anna@example.org", "bram@example.org"]
    assert "/invullen/" in read_mail(box.received[0][1]).get_content()


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_wrong_password_sends_nothing_and_shows(
    round_: World, box: Mailbox, authority: trustme.CA, scheme: str
) -> None:
    with _secure_server(box, _context(authority), scheme) as place:
        round_.look(f"{scheme}://dashboard%40example.org:fout@{place}")

    assert (round_.states(), box.received) == ([State.WAITING, State.WAITING], [])
    refusal = "De mailserver weigert de naam of het wachtwoord uit de instellingen."
    assert [mail.error for mail in round_.mails()] == [refusal] * 2


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_server_that_nobody_vouches_for_hears_neither_the_password_nor_the_mail(
    round_: World, box: Mailbox, authority: trustme.CA, scheme: str
) -> None:
    with _secure_server(box, _context(authority), scheme) as place:
        round_.look(f"{scheme}://{IN_THE_URL}@{place}")

    assert (round_.states(), box.received) == ([State.WAITING, State.WAITING], [])
    assert [mail.error for mail in round_.mails()] == [NO_TLS] * 2


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_of_another_server_is_refused(
    round_: World, box: Mailbox, authority: trustme.CA, scheme: str
) -> None:
    with _secure_server(box, _context(authority, "mail.example.org"), scheme) as place:
        round_.look(f"{scheme}://{IN_THE_URL}@{place}")

    assert (round_.states(), box.received) == ([State.WAITING, State.WAITING], [])
    assert [mail.error for mail in round_.mails()] == [NO_TLS] * 2


def _context(authority: trustme.CA, host: str = "127.0.0.1") -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(host).configure_cert(context)
    return context


@contextmanager
def _secure_server(box: Mailbox, context: ssl.SSLContext, scheme: str) -> Iterator[str]:
    """Host and port of a server that asks for TLS, from the first byte or by STARTTLS, and for a log-in."""
    options: dict[str, Any] = (
        {"ssl_context": context, "auth_require_tls": False}
        if scheme == "smtps"
        else {"tls_context": context, "require_starttls": True}
    )
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=free_port(),
        auth_required=True,
        authenticator=_let_in,
        ready_timeout=60,
        **options,
    )
    controller.start()
    try:
        yield f"127.0.0.1:{controller.port}"
    finally:
        controller.stop()


def _let_in(_server: object, _session: object, _envelope: object, _way: str, given: object) -> AuthResult:
    is_known = isinstance(given, LoginPassword) and given == LoginPassword(NAME.encode(), PASSWORD.encode())
    return AuthResult(success=is_known, handled=False)
