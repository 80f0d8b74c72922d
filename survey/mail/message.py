"""One mail as it goes over the wire: plain text, one recipient, headers that nobody can add to. Pure."""

import hmac
import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from app.names import clean
from survey.mail.texts import MailText

MAX_ADDRESS = 254
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def is_address(text: str) -> bool:
    """Whether a text is an address that we send to: plain letters, one at sign, a domain with a dot."""
    local = text.partition("@")[0]
    return (
        len(text) <= MAX_ADDRESS
        and _ADDRESS.fullmatch(text) is not None
        and not local.startswith(".")
        and not local.endswith(".")
        and ".." not in text
    )


def make_message(
    text: MailText, *, sender: str, sender_name: str, address: str, name: str, message_id: str, now: datetime
) -> EmailMessage:
    """The mail of a filled text to one person.

    Raises:
        ValueError: an address is none.
    """
    for each in (sender, address):
        if not is_address(each):
            raise ValueError("not an address")
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(_printable(sender_name), addr_spec=sender)
    message["To"] = Address(_printable(name), addr_spec=address)
    message["Subject"] = _printable(text.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text.body + "\n", cte="quoted-printable")
    message["Content-Language"] = "nl"
    return message


def make_message_id(key: bytes, addressee_id: str, kind: str, base_url: str) -> str:
    """The same for every attempt at one mail, so that a receiver can tell a second copy; it opens nothing."""
    digest = hmac.digest(key, f"mail:{addressee_id}:{kind}".encode(), "sha256").hex()[:32]
    return f"<{digest}@{urlsplit(base_url).hostname or 'localhost'}>"


def _printable(text: str) -> str:
    """A text as one line of a header, without control or invisible characters."""
    return clean("".join(letter if letter.isprintable() else " " for letter in text))
