"""Whose a commit is: one for each person's work at a document, in their order, the rest as the site's own."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Self
from urllib.parse import urlsplit

from app.domain.site import Site
from app.services.repository.steps import Step
from app.storage.commits import Commit, Fresh, Signature
from app.storage.repository import Entry, Repository

_MOST_LINES = 60  # of a message; a first commit has thousands of files


@dataclass(frozen=True, slots=True, kw_only=True)
class Authors:
    """Who commits. `name` is the site's, `host` ends the addresses of its people; `people` are names by account."""

    name: str
    host: str
    people: Mapping[str, str]

    @classmethod
    def of(cls, site: Site, people: Mapping[str, str]) -> Self:
        """Return the authors of a site; if it does not say where it is on the web their addresses lead nowhere."""
        return cls(name=site.name, host=urlsplit(site.url).hostname or "tilmash.invalid", people=people)

    def site(self) -> Signature:
        """Return who commits, and who is the author of what no person with an account has written."""
        return Signature(name=self.name, address=f"tilmash@noreply.{self.host}", at=datetime.now(UTC))

    def person(self, account: str, at: datetime | None) -> Signature:
        """Return a person as an author. Mail addresses are private: this one takes no mail, and is always the same."""
        known = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "-" for sign in account)
        address = f"{known}@users.noreply.{self.host}"
        return Signature(name=self.people.get(account) or account, address=address, at=at or datetime.now(UTC))

    def commits(self, steps: Iterable[Step], repository: Repository, known: Mapping[str, Entry]) -> Iterator[Commit]:
        """Yield the commits that steps make, over what is `known` to stand there, by its path in the tree."""
        for (author, _), found in groupby(steps, key=lambda step: (step.author, step.document if step.author else "")):
            done = list(found)
            files = {repository.own(step.path): _file(step, known.get(step.path)) for step in done}
            signature = self.person(author, done[-1].at) if author else self.site()
            yield Commit(author=signature, message=_message(done).encode(), files=files)


def _file(step: Step, known: Entry | None) -> Fresh | None:
    if step.raw is None:
        return None
    return Fresh(mode=known.mode if known is not None and known.is_file else "100644", raw=step.raw)


def _message(steps: list[Step]) -> str:
    lines = list(dict.fromkeys(step.sentence for step in steps))
    if len(lines) == 1:
        return f"{lines[0]}\n"
    documents = {step.document for step in steps}
    subject = f"{documents.pop() if len(documents) == 1 else 'The tree'}: {len(lines)} files"
    more = [f"… and {len(lines) - _MOST_LINES} more"] if len(lines) > _MOST_LINES else []
    return "\n".join([subject, "", *lines[:_MOST_LINES], *more, ""])
