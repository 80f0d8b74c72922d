"""Texts of mails and the message on the wire: nothing can be added to a header."""

from datetime import UTC, datetime

import pytest

from app.errors import SelectionRefused
from survey.mail.copying import copy_of
from survey.mail.kinds import MEETING_DATES, NAMES, NEEDED, PLACEHOLDERS, Kind
from survey.mail.message import is_address, make_message, make_message_id
from survey.mail.standard import load_standard
from survey.mail.texts import MailText, check_text, filled, placeholders_of

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
    ("kind", "name"),
    [
        (Kind.PARTNERS, "link"),
        (Kind.PARTNERS, "respons"),
        (Kind.MEETING_1, "naam"),
        (Kind.MEETING_2, "uitkomst"),
        (Kind.THANKS, "link"),
    ],
)
def test_a_placeholder_that_nothing_stands_for_in_this_mail_is_refused(kind: Kind, name: str) -> None:
    needed = f"{{{NEEDED[kind]}}}" if kind in NEEDED else ""

    with pytest.raises(SelectionRefused) as refused:
        check_text(kind, "Hallo", f"{needed} {{{name}}}")

    assert f"Dit kennen wij in deze mail niet: {{{name}}}." in refused.value.problems["tekst"]


def test_both_meetings_say_day_aim_agenda_and_what_to_read_first() -> None:
    for kind, name in MEETING_DATES.items():
        text = load_standard()[kind]
        assert f"{{{name}}}" in text.subject
        assert [word for word in ("Doel:", "Op de agenda:", "Lees vooraf") if word not in text.body] == []


FACTS = {"regio": "Oost", "minuten": "10", "datum_bijeenkomst_2": "3 mei 2027"}


def test_a_copy_has_the_facts_and_brackets_for_what_only_its_reader_knows() -> None:
    text = MailText("{minuten} minuten in {regio}", "Beste {naam}, {link} tot {datum_bijeenkomst_2}")

    found = copy_of(text, Kind.PROFESSIONAL, FACTS)

    assert found.text.subject == "10 minuten in Oost"
    assert found.text.body == "Beste [naam], [persoonlijke link] tot 3 mei 2027"
    assert list(found.missing) == ["[naam]", "[persoonlijke link]"]


def test_a_copy_for_parents_names_the_open_link_and_one_for_partners_greets_a_colleague() -> None:
    assert copy_of(MailText("x", "{link}"), Kind.PARENTS, FACTS).text.body == "[open link]"
    assert copy_of(MailText("x", "Beste {aanhef}"), Kind.PARTNERS, FACTS).text.body == "Beste collega"


def test_nothing_in_a_copy_of_a_standard_text_stays_between_braces() -> None:
    copies = [copy_of(text, kind, {}) for kind, text in load_standard().items()]
    filled_in = {"regio", "afzender", "doelgroepen", "datum_uitzetten", "sluitdatum", "dagen", "min_n"}
    left = {name for copy in copies for name in placeholders_of(copy.text)}

    assert left <= filled_in | {"kanaal", "contact"}  # what a round always knows


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
