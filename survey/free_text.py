"""What should not stand in a free text: signs of a person that a program can recognise. Pure."""

import re

from survey.words import DUTCH, Words

_MAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>.]{1,63}\.[^\s@<>]{1,63}")
_DIGITS = re.compile(r"(?<![\d.,])\d(?:[ .-]?\d){8}(?![\d]|[.,]\d)", re.ASCII)
_PHONE = re.compile(
    r"(?<!\d)(?:(?:\+|00) ?31[ -]?(?:\(0\))?[ -]?[1-9]|0[ -]?[1-9])(?:[ -]{0,2}\d){8}(?!\d)", re.ASCII
)
_MONTH = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "january|february|march|may|june|july|august|october"
)
_BIRTH = re.compile(
    rf"(?<!\d)\d{{1,2}}(?:[-/. ]\d{{1,2}}[-/. ](?:19|20)?\d{{2}}| (?:{_MONTH}) (?:19|20)\d{{2}})(?!\d)",
    re.ASCII | re.IGNORECASE,
)
_TITLE = (
    r"juf|meester|meneer|mevrouw|mevr\.|mw\.|dhr\.|dr\.|drs\.|(?:mijn|onze) (?:zoon|dochter|kind)|"
    r"heet|heten|genaamd|broer|zus|vriend|vriendin|"
    r"mr\.?|mrs\.?|ms\.?|miss|(?:my|our) (?:son|daughter|child)|is called|named|brother|sister|friend|teacher"
)
_CALLED = re.compile(rf"\b(?:(?i:{_TITLE}))\s{{1,3}}([A-Z][\w'’-]{{1,30}})")
_TWO_NAMES = re.compile(
    r"(?<=[a-z,;:] )([A-Z][a-z]{1,20} (?:(?:van|de|den|der|ten|ter) ){0,3}[A-Z][a-z]{1,25})\b"
)

_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def must_go(text: str, words: Words = DUTCH) -> list[str]:
    """What has to be taken out before the text is sent: a mail address, phone number or BSN."""
    found = []
    if _MAIL.search(text):
        found.append(words("text_mail"))
    if has_bsn(text):
        found.append(words("text_bsn"))
    if _PHONE.search(text):
        found.append(words("text_phone"))
    return found


def warnings_of(text: str, words: Words = DUTCH) -> list[str]:
    """What whoever writes should look at once more: what must go, dates and names."""
    found = must_go(text, words)
    if _BIRTH.search(text):
        found.append(words("text_date"))
    if name := _CALLED.search(text) or _TWO_NAMES.search(text):
        found.append(words("text_name", name=name[1]))
    return found


def has_bsn(text: str) -> bool:
    """Whether nine digits, also with spaces, dots or hyphens between, pass the test of a BSN.

    111222333: 1·9 + 1·8 + 1·7 + 2·6 + 2·5 + 2·4 + 3·3 + 3·2 − 3 = 66, a multiple of 11.
    """
    for match in _DIGITS.finditer(text):
        digits = [int(each) for each in match[0] if each.isdigit()]
        total = sum(digit * weight for digit, weight in zip(digits, _BSN_WEIGHTS, strict=True))
        if any(digits) and total % 11 == 0:
            return True
    return False
