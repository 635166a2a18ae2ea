"""A person at the pages, without a browser: logs in, posts forms, tries again when the server dies under him."""

from __future__ import annotations

import re
import time

import httpx

PASSWORD = "zhixing-demo"
PIN = "246810"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Visitor:
    """One logged-in person."""

    def __init__(self, url: str, username: str) -> None:
        """Log in."""
        self.client = httpx.Client(base_url=url, timeout=30, trust_env=False, headers={"Referer": url})
        answer = self.post("/login/", page="/login/", username=username, password=PASSWORD)
        assert answer.status_code == httpx.codes.FOUND, f"login of {username}: {answer.status_code}"

    def page(self, path: str) -> str:
        """The text of a page."""
        answer = self.client.get(path, follow_redirects=True)
        assert answer.is_success, f"{path}: {answer.status_code}"
        return answer.text

    def post(self, path: str, *, page: str, **values: object) -> httpx.Response:
        """Fill in the form of a page and send it."""
        found = _TOKEN.search(self.page(page))
        assert found is not None, f"no form on {page}"
        return self.client.post(path, data={"csrfmiddlewaretoken": found[1], **values})

    def post_into_crash(self, path: str, *, page: str, **values: object) -> None:
        """Send a form whose answer never comes."""
        try:
            answer = self.post(path, page=page, **values)
        except httpx.TransportError:
            return
        raise AssertionError(f"{path} was answered with {answer.status_code}; the server should have died")

    def page_again(self, path: str, *, within: float = 60.0) -> str:
        """Reload until the server is back."""
        deadline = time.monotonic() + within
        while True:
            try:
                return self.page(path)
            except (httpx.TransportError, AssertionError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
