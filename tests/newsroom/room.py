"""A newsroom: the site as people run it, and the browsers of those who work there and of those who read."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.site import AGENT, Complaints, Site

PASSWORD = "four words by chance, {name}"  # noqa: S105  # of accounts that tests make


def without_a_second_factor(root: Path) -> None:
    """Let everybody come in with a password; what more a site may want has tests of its own."""
    settings = root / "content/site.toml"
    settings.write_text(settings.read_text() + "\n[desk]\nsecond-factor = false\n")


class Newsroom:
    """People by their short names, each in a browser of their own; what a browser complains of fails the test."""

    def __init__(self, site: Site, browser: Browser) -> None:
        self.site, self._browser = site, browser
        self._contexts: list[tuple[BrowserContext, Complaints]] = []
        self.pages: dict[str, Page] = {}

    def browser(self, **options: object) -> Page:
        """Give somebody a browser."""
        chosen = {
            "base_url": self.site.address,
            "user_agent": AGENT,
            "viewport": {"width": 1280, "height": 900},
        } | options
        context = self._browser.new_context(**chosen)  # type: ignore[arg-type]  # Playwright's own names and values
        context.set_default_timeout(60_000)
        self._contexts.append((context, Complaints(context)))
        return context.new_page()

    def first_link(self) -> str:
        """Return the link that the first start printed for the administrator."""
        found: list[str] = []

        def printed() -> bool:
            found.extend(re.findall(r"http\S+/desk/link/\S+", self.site.log.read_text()))
            return bool(found)

        self.site.eventually(printed, "no link for the administrator was printed")
        return found[0]

    def come_in(self, name: str, link: str, **fields: str) -> Page:
        """Follow a one-time link, choose a password, and sign in."""
        page = self.pages[name] = self.browser()
        page.goto(link)
        for label, value in fields.items():
            page.locator(f"input[name={label}]").fill(value)
        page.locator("input[name=password]").fill(PASSWORD.format(name=name))
        page.locator("input[name=again]").fill(PASSWORD.format(name=name))
        page.locator("main button.first").click()
        page.locator("input[name=email]").fill(name)
        page.locator("input[name=password]").fill(PASSWORD.format(name=name))
        page.locator("main button.first").click()
        expect(page.locator("header .leave")).to_be_visible()
        return page

    def invite(self, name: str, full_name: str, *roles: str, language: str = "en") -> Page:
        """Have the administrator invite somebody, who comes in; whoever is here already stays."""
        if name in self.pages:
            return self.pages[name]
        page = self.pages["administrator"]
        page.goto("/desk/people/invite")
        page.get_by_label("Full name").fill(full_name)
        page.get_by_label("E-mail address").fill(f"{name}@example.org")
        page.get_by_label("Short name").fill(name)
        page.get_by_label("Language of the desk").select_option(language)
        for role in roles:
            page.locator(f"input[value='{role}']").check()
        page.get_by_role("button", name="Make the account and show the link").click()
        return self.come_in(name, page.locator(".secret").inner_text().strip())

    def complaints(self) -> list[Complaints]:
        """What the browsers have complained of so far."""
        return [complaints for _, complaints in self._contexts]

    def close(self) -> None:
        for context, _ in self._contexts:
            context.close()
        heard = [complaints.heard for _, complaints in self._contexts if complaints.heard]
        assert not heard, heard


Staffed = Callable[..., Newsroom]
