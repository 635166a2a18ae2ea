"""A person at the pages, without a browser: logs in, posts forms, tries again when the server dies under him."""

from __future__ import annotations

from html.parser import HTMLParser

import httpx

PASSWORD = "zhixing-demo"
PIN = "246810"


class Visitor:
    """One logged-in person."""

    def __init__(self, url: str, username: str) -> None:
        """Log in."""
        self.client = httpx.Client(base_url=url, timeout=30, trust_env=False, headers={"Referer": url})
        answer = self.post("/login/", username=username, password=PASSWORD)
        assert answer.status_code == httpx.codes.FOUND, f"login of {username}: {answer.status_code}"

    def page(self, path: str) -> str:
        """The text of a page."""
        answer = self.client.get(path, follow_redirects=True)
        assert answer.is_success, f"{path}: {answer.status_code}"
        return answer.text

    def form(self, path: str, **values: object) -> dict[str, object]:
        """The page's form filled in: what it holds hidden, and what the person enters."""
        hidden = _Hidden()
        hidden.feed(self.page(path))
        assert "csrfmiddlewaretoken" in hidden.values, f"no form on {path}"
        return hidden.values | values

    def post(self, path: str, **values: object) -> httpx.Response:
        """Fill in the form of a page and send it."""
        return self.send(path, self.form(path, **values))

    def send(self, path: str, form: dict[str, object]) -> httpx.Response:
        """Send a form, for the first time or again."""
        return self.client.post(path, data=form)

    def send_into_crash(self, path: str, form: dict[str, object]) -> None:
        """Send a form whose answer never comes."""
        try:
            answer = self.send(path, form)
        except httpx.TransportError:
            return
        raise AssertionError(f"{path} was answered with {answer.status_code}; the server should have died")


class _Hidden(HTMLParser):
    """Hidden fields of a page, the last of a name."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, object] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a hidden input."""
        found = dict(attrs)
        if tag == "input" and found.get("type") == "hidden" and found.get("name"):
            self.values[str(found["name"])] = found.get("value") or ""
