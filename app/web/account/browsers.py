"""What a browser is called by people, from what it calls itself (`User-Agent`, RFC 9110 section 10.1.5)."""

from __future__ import annotations

PROGRAMS = {
    "Edg/": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
"""In this order: most browsers also claim to be those further down."""
SYSTEMS = {
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Mac OS X": "a Mac",
    "Linux": "Linux",
}


def in_words(agent: str | None) -> str:
    """
    >>> in_words("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox on Linux'
    >>> in_words("curl/8.5.0")
    'curl/8.5.0'
    >>> in_words(None)
    'An unknown browser'
    """
    if not agent:
        return "An unknown browser"
    program = next((name for mark, name in PROGRAMS.items() if mark in agent), None)
    system = next((name for mark, name in SYSTEMS.items() if mark in agent), None)
    if program is None:
        return agent
    return f"{program} on {system}" if system else program
