"""Signing in at a real OpenID Connect provider, in a real browser, on a real server of the dashboards.
What is believed of a token is tested claim by claim in test_door."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from oidc_provider_mock import run_server_in_thread
from playwright.sync_api import Browser, Page, expect

from dashboards.access import audit
from tests.dashboards.served import free_port, server

LONG = 60_000  # milliseconds: a busy machine
SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "of the test, and of nothing else"
client_id = "gallery"
client_secret = "known to the provider"
server_metadata_url = "http://127.0.0.1:{provider}/.well-known/openid-configuration"
issuer = "{issuer}"
"""
Serve = Callable[..., AbstractContextManager[str]]


@pytest.fixture
def serve(house: Path, tmp_path: Path) -> Serve:
    """`with serve(timedelta(hours=1)) as address:` dashboards whose readers sign in at a provider of the test's own."""

    @contextmanager
    def served(lasting: timedelta, issuer: str = "") -> Iterator[str]:
        with run_server_in_thread(access_token_max_age=lasting) as provider:
            port, at = free_port(), provider.server_port
            secrets = tmp_path / "secrets.toml"
            said = {"port": port, "provider": at, "issuer": issuer or f"http://127.0.0.1:{at}"}
            secrets.write_text(SECRETS.format(**said), encoding="utf-8")
            options = {"secrets.files": str(secrets)}
            with server(tmp_path / "log", {"ENFORCEMENT_LOGIN": "oidc"}, port, **options) as address:
                yield address

    return served


def _sign_in(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/about?lang=en&court=T13&scope=own&indicator=QX02")
    page.get_by_role("button", name="Sign in").click(timeout=LONG)
    page.locator("input[name=sub]").fill(name, timeout=LONG)
    page.get_by_role("button", name="Authorize").click()


def test_a_court_signs_in_and_sees_its_own_jurisdiction(serve: Serve, browser: Browser) -> None:
    with serve(timedelta(hours=1)) as address:
        page = browser.new_page()
        page.goto(f"{address}/?lang=en")
        expect(page.get_by_text("Please sign in")).to_be_visible(timeout=LONG)
        expect(page.locator(".g-brand")).to_have_count(0)
        _sign_in(page, address, "court")
        expect(page.get_by_text(re.compile("court · (court|法院)"))).to_be_visible(timeout=LONG)
        page.goto(f"{address}/about?lang=en&court=T13&scope=own&indicator=QX02")
        expect(page.get_by_text("therefore not compared")).to_be_visible(timeout=LONG)
        page.goto(f"{address}/about?lang=en&court=T21&scope=own&indicator=QX02")
        expect(page.locator(".g-check.g-met").first).to_be_visible(timeout=LONG)
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url(lambda url: not url.startswith(address), timeout=LONG)  # the provider ends its session too
        page.goto(f"{address}/?lang=en")
        expect(page.get_by_text("Please sign in")).to_be_visible(timeout=LONG)
        page.close()
    found = [(d.reader, d.role, d.deed) for d in audit.deeds(audit.months()[0], size=1000)[0]]
    assert {("court", "court", "sign_in"), ("court", "court", "cases")} <= set(found)


def test_a_token_that_ends_while_one_reads_is_asked_for_again(serve: Serve, browser: Browser) -> None:
    with serve(timedelta(seconds=25)) as address:
        page = browser.new_page()
        _sign_in(page, address, "bureau")
        expect(page.get_by_text(re.compile("bureau · (enforcement bureau|执行局)"))).to_be_visible(timeout=20_000)
        page.wait_for_timeout(26_000)
        page.goto(f"{address}/about?lang=en")
        expect(page.get_by_text("Your sign-in has expired")).to_be_visible(timeout=LONG)
        expect(page.locator(".g-brand")).to_have_count(0)
        page.close()


@pytest.mark.parametrize("name, issuer", [("bureau", "https://elsewhere.example"), ("stranger", "")])
def test_a_foreign_issuer_and_a_stranger_see_nothing(serve: Serve, browser: Browser, name: str, issuer: str) -> None:
    with serve(timedelta(hours=1), issuer) as address:
        page = browser.new_page()
        _sign_in(page, address, name)
        said = "Your identity could not be confirmed" if issuer else "You have no access"
        # The provider sends the reader back to the front page, in the language it begins with.
        said_in_chinese = "身份无法确认" if issuer else "您没有访问权限"
        expect(page.get_by_text(said).or_(page.get_by_text(said_in_chinese))).to_be_visible(timeout=LONG)
        expect(page.locator(".g-brand")).to_have_count(0)
        page.close()
    assert [d.what for d in audit.deeds(audit.months()[0])[0]] == ["foreign" if issuer else "unknown"]
