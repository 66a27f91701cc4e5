"""Which addresses can be registered, and which requests match them."""

from __future__ import annotations

import pytest

from oauth.redirects import check_redirect_uri, matches_registered


@pytest.mark.parametrize(
    "uri",
    [
        "https://app.example.com/cb",
        "https://app.example.com:8443/cb?tenant=1",
        "https://app.example.com",
        "http://localhost/cb",
        "http://localhost:3000/cb",
        "http://127.0.0.1/cb",
        "http://127.0.0.1:8080/cb",
        "http://[::1]/cb",
        "com.example.app:/cb",
        "com.example.app://cb",
    ],
)
def test_can_be_registered(uri):
    check_redirect_uri(uri)


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "/cb",
        "app.example.com/cb",
        "//app.example.com/cb",
        "http://app.example.com/cb",
        "http://127.0.0.1.evil.com/cb",
        "http://localhost.evil.com/cb",
        "http://localhost@evil.com/cb",
        "https://user:password@app.example.com/cb",
        "https://*.example.com/cb",
        "https://app.example.com/*",
        "https://app.example.com/cb#part",
        "https://app.example.com/cb#",
        "https://app.example.com\\@evil.com",
        "https:///cb",
        "https://",
        "https://[::1/cb",
        "https://app.example.com:99999/cb",
        "https://app.example.com:port/cb",
        "https://éxample.com/cb",
        "https://app.example.com/a b",
        "https://app.example.com/\0",
        "https://app.example.com/\r\n",
        "https://app.example.com/" + "a" * 2_000,
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "myapp:/cb",
        ".app:/cb",
    ],
)
def test_cannot_be_registered(uri):
    with pytest.raises(ValueError):
        check_redirect_uri(uri)


@pytest.mark.parametrize(
    ("registered", "uri", "expected"),
    [
        ("https://a.example/cb", "https://a.example/cb", True),
        ("https://a.example/cb", "https://a.example/CB", False),
        ("https://a.example/cb", "https://A.example/cb", False),
        ("https://a.example/cb", "https://a.example:443/cb", False),
        ("http://127.0.0.1/cb", "http://127.0.0.1:51234/cb", True),
        ("http://[::1]/cb", "http://[::1]:51234/cb", True),
        ("http://127.0.0.1", "http://127.0.0.1:51234", True),
        ("http://127.0.0.1/cb", "http://127.0.0.1:51234/other", False),
        ("http://127.0.0.1/cb", "http://127.0.0.1:/cb", False),
        ("http://127.0.0.1/cb", "http://127.0.0.1:1@evil.com/cb", False),
        ("http://127.0.0.1/cb", "http://127.0.0.1.evil.com:80/cb", False),
        ("http://127.0.0.1:80/cb", "http://127.0.0.1:81/cb", False),
        ("http://localhost/cb", "http://localhost:3000/cb", False),
        ("http://127.0.0.1/cb", "https://127.0.0.1:1/cb", False),
    ],
)
def test_matching(registered, uri, expected):
    assert matches_registered([registered], uri) is expected
