"""The way to the mail server. Its own words are never kept: they may repeat a link."""

import ipaddress
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 20
_PORTS = {"smtp": 587, "smtps": 465}


class NotSent(Exception):
    """The mail was not accepted, and may be offered again later."""


class NeverSent(Exception):
    """The server refuses this mail for good."""


class MaybeSent(Exception):
    """The connection ended between the mail and the server's answer: nobody knows."""


class ServerAway(Exception):
    """There is no server to talk to, or it does not let us in."""


class MailServer:
    """A connection that sends mails one by one."""

    def __init__(self, smtp: smtplib.SMTP) -> None:
        self._smtp = smtp

    def send(self, message: EmailMessage, sender: str, address: str) -> None:
        """Hand one mail over to the server; it has it when this returns.

        Raises:
            NotSent, NeverSent, MaybeSent: it has not, or perhaps.
            ServerAway: the connection was gone before the mail.
            ValueError: the mail cannot be written as one; the server heard nothing of it.
        """
        content = _dotted(message.as_bytes())
        try:
            self._smtp.rset()
            self._check(*self._smtp.mail(sender))
            self._check(*self._smtp.rcpt(address))
            self._check(*self._smtp.docmd("DATA"), good=354)
        except (smtplib.SMTPException, OSError) as error:
            raise ServerAway(_words(error)) from None
        self._hand_over(content)

    def _hand_over(self, content: bytes) -> None:
        try:
            self._smtp.send(content)
            answer = self._smtp.getreply()
        except (smtplib.SMTPException, OSError):
            raise MaybeSent("De verbinding brak af voordat de mailserver antwoordde.") from None
        self._check(*answer)

    @staticmethod
    def _check(code: int, _words: bytes, *, good: int = 250) -> None:
        if code == good or (good == 250 and code == 251):
            return
        if 500 <= code < 600:
            raise NeverSent(f"De mailserver weigert deze mail (code {code}).")
        raise NotSent(f"De mailserver neemt deze mail nu niet aan (code {code}).")


@contextmanager
def open_server(url: str) -> Iterator[MailServer]:
    """A connection to the server of an address such as `smtp://naam:wachtwoord@host:587`.

    Raises:
        ServerAway: there is none, or it does not let us in.
    """
    smtp = _connect(url)
    try:
        yield MailServer(smtp)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()
        smtp.close()


def _connect(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    context = ssl.create_default_context()
    smtp: smtplib.SMTP | None = None
    try:
        if parts.scheme == "smtps":
            smtp = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
        else:
            smtp = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
            _secure(smtp, host, context)
        smtp.ehlo_or_helo_if_needed()
        if parts.username:
            smtp.login(unquote(parts.username), unquote(parts.password or ""))
    except (smtplib.SMTPException, OSError) as error:
        if smtp is not None:
            smtp.close()
        raise ServerAway(_words(error)) from None
    return smtp


def _secure(smtp: smtplib.SMTP, host: str, context: ssl.SSLContext) -> None:
    """Over the network links travel encrypted or not at all; on this machine the server may do without."""
    smtp.ehlo_or_helo_if_needed()
    if smtp.has_extn("starttls"):
        smtp.starttls(context=context)
        smtp.ehlo()
    elif not _is_here(host):
        raise smtplib.SMTPNotSupportedError("no STARTTLS")


def _is_here(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def _dotted(content: bytes) -> bytes:
    """A mail as it follows DATA: dots at the start of lines doubled, and a line with one dot as its end."""
    body = re.sub(rb"(?m)^\.", b"..", re.sub(rb"\r?\n", b"\r\n", content))
    return body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _words(error: Exception) -> str:
    """What went wrong, without the server's words."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "De mailserver weigert de naam of het wachtwoord uit de instellingen."
    if isinstance(error, ssl.SSLError):
        return "De beveiligde verbinding met de mailserver komt niet tot stand."
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "De mailserver biedt geen beveiligde verbinding of geen aanmelding."
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "De mailserver antwoordt niet op tijd."
    return "De mailserver is niet bereikbaar."
