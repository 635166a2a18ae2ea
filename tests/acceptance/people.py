"""Persons before a browser. Each has a window of his own, sees what a person sees and presses what it offers."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Dialog, Locator, Page, Response

PASSWORD = "zhixing-demo"
PIN = "246810"
PATIENCE_MS = 30_000


class Person:
    """One logged-in person in one window."""

    def __init__(self, browser: Browser, url: str, username: str, **window: Any) -> None:
        """Open a window and log in."""
        self.url, self.username = url, username
        self.faults: list[str] = []
        self.context = browser.new_context(
            base_url=url, locale="zh-CN", timezone_id="Asia/Shanghai", **window
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self._listen(self.page)
        login(self.page, username)

    def _listen(self, page: Page) -> None:
        """Note what nobody should ever see: script errors, blocked content, failing addresses."""
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        # A form that comes back with warnings (422) is an answer; the browser logs it as an error all the same.
        page.on(
            "console",
            lambda said: (
                said.type == "error"
                and "status of 422" not in said.text
                and self.faults.append(f"{page.url}: {said.text}")
            ),
        )
        page.on("response", self._look)
        page.on("dialog", _accept)

    def _look(self, answer: Response) -> None:
        if answer.status >= 500 or (answer.status == 404 and answer.url.startswith(self.url)):
            self.faults.append(f"{answer.url}: {answer.status}")

    def go(self, path: str) -> Page:
        """Open an address as if it had been clicked."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.ok, f"{self.username} {path}: {answer.status} {self.text()[:300]}"
        return self.page

    def text(self) -> str:
        """All words on the page."""
        return self.page.locator("body").inner_text()

    def follow(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Click a link and wait for its page."""
        (within or self.page).get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()

    def press(self, button: Locator | str) -> None:
        """Press a button, confirm when asked, and wait until the answer's page is there."""
        target = self.page.get_by_role("button", name=button).first if isinstance(button, str) else button
        mark = "window.zxLeaving = true"
        self.page.evaluate(mark)
        target.click()
        asked = self.page.locator("#confirm-ask[open]")
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while time.monotonic() < deadline:
            try:
                if asked.count():
                    asked.get_by_role("button", name="确认办理").click()
                if not self.page.evaluate("window.zxLeaving === true"):
                    break
            except Exception:  # the page is just being left
                time.sleep(0.05)
            time.sleep(0.05)
        self.page.wait_for_load_state()

    def did(self, button: Locator | str, said: str) -> None:
        """Press, and expect to read this on the next page."""
        self.press(button)
        words = self.text()
        assert said in words, (
            f"{self.username} pressed {button}, expected “{said}” on {self.page.url}:\n{words[:3000]}"
        )

    def fill(self, **fields: str) -> None:
        """Type into fields by their names."""
        for name, value in fields.items():
            self.page.locator(f"main [name='{name}']").first.fill(value)

    def pick(self, name: str, label: str) -> None:
        """Choose from a list."""
        self.page.locator(f"main select[name='{name}']").select_option(label=label)

    def until(self, path: str, claim: Callable[[Page], Any], *, within: float = 60.0) -> None:
        """Reload a page until it shows what is claimed."""
        deadline = time.monotonic() + within
        while not claim(self.go(path)):
            assert time.monotonic() < deadline, f"{self.username} waits at {path}:\n{self.text()[:3000]}"
            time.sleep(0.5)


def login(page: Page, username: str) -> None:
    """From the login page to the person's own first page."""
    page.goto("/login/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/login/" not in url)


def _accept(dialog: Dialog) -> None:
    dialog.accept()
