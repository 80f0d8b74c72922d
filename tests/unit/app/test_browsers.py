"""Browsers in words that their owner recognises."""

import pytest

from app.auth.browsers import describe_browser

WINDOWS_FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
MAC_SAFARI = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15"
)
ANDROID_CHROME = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36"
WINDOWS_EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (WINDOWS_FIREFOX, "Firefox op Windows"),
        (MAC_SAFARI, "Safari op macOS"),
        (ANDROID_CHROME, "Chrome op Android"),
        (WINDOWS_EDGE, "Edge op Windows"),
        ("curl/8.0", "Onbekende browser"),
        ("", "Onbekende browser"),
    ],
)
def test_a_browser_is_told_without_its_version(user_agent: str, words: str) -> None:
    assert describe_browser(user_agent) == words
