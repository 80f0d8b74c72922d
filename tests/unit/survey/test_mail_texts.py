"""Texts of mails and the message on the wire: nothing can be added to a header."""

from datetime import UTC, datetime

import pytest

from app.errors import SelectionRefused
from survey.mail.kinds import NAMES, NEEDED, PLACEHOLDERS, Kind
from survey.mail.message import is_address, make_message, make_message_id
from survey.mail.standard import load_standard
from survey.mail.texts import MailText, check_text, filled

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_standard_text_is_one_that_may_be_kept(kind: Kind) -> None:
    text = load_standard()[kind]

    assert check_text(kind, *text) == text
    assert kind in NAMES


def test_the_standard_texts_promise_what_the_law_asks() -> None:
    texts = load_standard()

    assert "binnen de regio te zien wie wat antwoordde" in texts[Kind.FUNCTIONARY].body
    assert "jonger dan 16 jaar" in texts[Kind.YOUNG].body
    assert "verandert niets aan de hulp" in texts[Kind.PARENTS].body
    assert "anoniem" not in " ".join(text.body for text in texts.values())


def test_placeholders_are_filled_in_and_values_are_never_read_as_placeholders() -> None:
    text = MailText("Voor {naam}", "{link} en {naam} en {onbekend}")

    result = filled(text, {"naam": "{link}\r\nBcc: x@y.nl", "link": "https://x"})

    assert result.subject == "Voor {link} Bcc: x@y.nl"
    assert result.body == "https://x en {link}\r\nBcc: x@y.nl en {onbekend}"


@pytest.mark.parametrize(
    ("subject", "body", "field"),
    [
        ("", "{link}", "onderwerp"),
        ("x" * 151, "{link}", "onderwerp"),
        ("{link}", "{link}", "onderwerp"),
        ("Hallo", "", "tekst"),
        ("Hallo", "zonder", "tekst"),
        ("Hallo", "{link} {wachtwoord}", "tekst"),
        ("Hallo", "{link}" + "x" * 5000, "tekst"),
        ("Hallo", "{link} \x00", "tekst"),
        ("Hallo \x1b[0m", "{link}", "onderwerp"),
    ],
)
def test_a_text_that_cannot_be_used_is_refused_at_its_field(subject: str, body: str, field: str) -> None:
    with pytest.raises(SelectionRefused) as refused:
        check_text(Kind.PROFESSIONAL, subject, body)

    assert list(refused.value.problems) == [field]


def test_every_needed_placeholder_exists() -> None:
    assert set(NEEDED.values()) <= set(PLACEHOLDERS)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("anna@example.org", True),
        ("anna.de-vries+x@school.example.org", True),
        ("o'neill@example.org", True),
        ("", False),
        ("anna", False),
        ("anna@localhost", False),
        ("anna@example.org\r\nBcc: x@y.nl", False),
        ("anna@example.org\n", False),
        ("anna@example.org, bram@example.org", False),
        ("<anna@example.org>", False),
        ('"a b"@example.org', False),
        ("a..b@example.org", False),
        (".a@example.org", False),
        ("anná@example.org", False),
        ("a" * 65 + "@example.org", False),
        ("a@" + "b" * 250 + ".nl", False),
    ],
)
def test_only_plain_addresses_are_sent_to(text: str, is_one: bool) -> None:  # noqa: FBT001
    assert is_address(text) is is_one


@pytest.mark.parametrize(
    "name",
    [
        "Zoë Çelik-O’Brien",
        "x\r\nBcc: dief@example.com",
        "\u202eanna",
        '"; <dief@example.com>',
        "\x00",
        "名前",
    ],
)
def test_a_name_or_subject_adds_no_header(name: str) -> None:
    message = make_message(
        MailText(f"Hoe gaat het, {name}?", f"Beste {name}"),
        sender="dashboard@example.org",
        sender_name=name,
        address="anna@example.org",
        name=name,
        message_id="<1@example.org>",
        now=NOW,
    )

    assert sorted(message.keys()) == [
        "Auto-Submitted",
        "Content-Language",
        "Content-Transfer-Encoding",
        "Content-Type",
        "Date",
        "From",
        "MIME-Version",
        "Message-ID",
        "Subject",
        "To",
    ]
    (recipient,) = message["To"].addresses
    assert recipient.addr_spec == "anna@example.org"
    assert message.as_bytes().isascii()


@pytest.mark.parametrize("address", ["anna@example.org\nBcc: x@y.nl", "niemand", ""])
def test_no_message_is_made_to_what_is_no_address(address: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        make_message(
            MailText("a", "b"),
            sender="dashboard@example.org",
            sender_name="",
            address=address,
            name="",
            message_id="<1@example.org>",
            now=NOW,
        )


def test_a_message_id_is_the_same_for_each_attempt_and_opens_nothing() -> None:
    first = make_message_id(b"k" * 32, "abc", "bedankt", "https://dash.example.org")

    assert first == make_message_id(b"k" * 32, "abc", "bedankt", "https://dash.example.org")
    assert first != make_message_id(b"k" * 32, "abd", "bedankt", "https://dash.example.org")
    assert first.endswith("@dash.example.org>")
