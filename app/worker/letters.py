"""What a letter looks like: plain and HTML, in the person's language, with headers that nobody's words can break."""

from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from secrets import token_hex
from typing import Final

from markupsafe import Markup, escape

from app.domain import weekly_words
from app.domain.dates import long_date
from app.domain.locales import called, language
from app.domain.notices import place_of, sentence, tongue_of
from app.domain.people import Person
from app.domain.segments import Tag
from app.domain.site import Site
from app.domain.weekly import WeeklyReport
from app.queries.words import LetterWords
from app.services import links
from app.services.letters import Post
from app.services.link_letters import LinkLetter, Why
from app.services.stopping import token
from app.storage.notices import DbNotice
from app.worker import reasons

_LONGEST_LINE = 200

_Said = list[tuple[str, str, str]]
_Ends = tuple[tuple[str, str], ...]
_END = "\r\n"


class _Letters(EmailPolicy):
    """Writes words in other letters as RFC 2047 has them; Python by itself may lose a space where it begins a line."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return a header's lines."""
        if name == "Subject" and not value.isascii():
            return f"{name}: {_encoded(value, len(name) + 2)}{_END}".encode("ascii")
        if isinstance(addresses := getattr(value, "addresses", None), tuple) and len(addresses) == 1:
            (one,) = addresses
            if not one.display_name.isascii() and one.addr_spec.isascii():
                said = _encoded(one.display_name, len(name) + 2)
                return f"{name}: {said}{_END} <{one.addr_spec}>{_END}".encode("ascii")
        return super().fold_binary(name, value)


POLICY: Final = _Letters(linesep=_END)
"""How letters are written."""


def _encoded(text: str, before: int) -> str:
    return Header(str(text), "utf-8", continuation_ws=" ").encode(linesep=_END, maxlinelen=75 - before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """From whom letters are, and what signs the addresses in them."""

    address: Address
    secret: str


def compose(
    post: Post, *, site: Site, words: LetterWords, sender: Sender, report: WeeklyReport | None = None
) -> EmailMessage:  # fmt: skip
    """Return the letter, or that with a report. The same post has the same Message-ID and date, however often."""
    locale, name = post.person.language, words.name(site.name)
    letter = _begun(post.person, name, sender, written=post.written)
    said = (
        _reported(report, words, locale, site)
        if report is not None
        else [
            (_said(notice, post, words, locale), _address(notice, site), _told(notice, words, locale))
            for notice in post.notices
        ]
    )
    letter["Subject"] = _line(_subject(said, report, words, locale, name))
    letter["Message-ID"] = f"<{post.name}@{sender.address.domain}>"
    stop = f"{site.url}/desk/notices/stop/{token(sender.secret, post.account)}"
    letter["List-Unsubscribe"] = f"<{stop}>"
    letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    why = words.gettext("You get this because you work at the desk of %(site)s.", site=name)
    ends = (
        # Translators: before an address, at the end of a letter
        (words.gettext("Choose what comes by mail, and when:"), f"{site.url}/desk/account/mail"),
        # Translators: before an address, at the end of a letter
        (words.gettext("No more mail:"), stop),
    )
    return _filled(letter, said, why, ends, locale)


def _reported(report: WeeklyReport, words: LetterWords, locale: Tag, site: Site) -> _Said:
    letter = weekly_words.Letter(words=words, locale=locale, zone=site.zone, site=site.url)
    return [(_line(over), address, text) for over, address, text in weekly_words.told(report, letter)]


def _subject(said: _Said, report: WeeklyReport | None, words: LetterWords, locale: Tag, site: str) -> str:
    if report is not None:
        return f"{site}: {weekly_words.title_of(report.week, words, locale)}"
    if len(said) == 1:
        return said[0][0]
    # Translators: the subject of a letter that tells of several things; site is the name of the site
    return words.ngettext("%(site)s: %(num)s notice", "%(site)s: %(num)s notices", len(said), site=site)


def compose_link(asked: LinkLetter, *, site: Site, words: LetterWords, sender: Sender, now: datetime) -> EmailMessage:
    """Return the letter with a link by which somebody chooses a password. It is no notice, and nobody stops it."""
    locale, name = asked.person.language, words.name(site.name)
    letter = _begun(asked.person, name, sender, written=now)
    if asked.why is Why.INVITED:
        # Translators: the subject of a letter to somebody who was invited, and the words of its link
        choose = words.gettext("%(site)s: you have an account, choose a password", site=name)
        why = words.gettext(
            "An administrator of %(site)s invited you. The link works once, for seven days. You sign in as %(name)s.",
            site=name,
            name=asked.person.name,
        )
    else:
        # Translators: the subject of a letter, and the words of its link; site is the name of the site
        choose = words.gettext("%(site)s: choose a new password", site=name)
        why = words.gettext(
            "Somebody asked for this link, which counts for two hours. If it was not you, nothing has to be done."
        )
    letter["Subject"] = _line(choose)
    letter["Message-ID"] = f"<{token_hex(16)}@{sender.address.domain}>"
    return _filled(letter, [(_line(choose), links.address(site.url, asked.secret), "")], why, (), locale)


def _begun(person: Person, name: str, sender: Sender, *, written: datetime) -> EmailMessage:
    letter = EmailMessage(policy=POLICY)
    letter["From"] = Address(_line(sender.address.display_name or name), addr_spec=sender.address.addr_spec)
    user, _, domain = person.email.rpartition("@")
    letter["To"] = Address(_line(person.full_name), username=user, domain=domain)
    letter["Date"] = format_datetime(written)
    letter["Auto-Submitted"] = "auto-generated"
    return letter


def _filled(letter: EmailMessage, said: _Said, why: str, ends: _Ends, locale: Tag) -> EmailMessage:
    letter.set_content(_plain(said, why, ends), cte="quoted-printable")
    letter.add_alternative(_html(said, why, ends, locale, letter["Subject"]), subtype="html", cte="quoted-printable")
    letter["Content-Language"] = locale
    return letter


def _said(notice: DbNotice, post: Post, words: LetterWords, locale: Tag) -> str:
    who = post.names.get(notice.by, notice.by)
    tongue = called(tongue_of(notice.locale), locale)
    into = called(notice.for_locale, locale) if notice.for_locale else ""
    days = (long_date(notice.days[0], locale), long_date(notice.days[1], locale)) if notice.days else ("", "")
    said = sentence(notice.kind, words, who=who, title=notice.title, language=tongue, into=into, days=days)
    return _line(said)


def _told(notice: DbNotice, words: LetterWords, locale: Tag) -> str:
    """Return what is quoted below: why something was refused, or what somebody wrote."""
    refused = [reasons.told(reason, words, locale) for reason in notice.reasons]
    return "\n".join(refused) if refused or notice.days else notice.text


def _address(notice: DbNotice, site: Site) -> str:
    return site.url + place_of(notice.document, notice.locale, notice.key)


def _line(text: str) -> str:
    """Return a text as one line of letters that can be seen: no header ends within it, and none begins.

    `=?` begins what RFC 2047 encodes: Python would read it, line ends and all, and write what it says.
    """
    seen = "".join(letter if letter.isprintable() else " " for letter in text)
    line = " ".join(seen.replace("=?", "= ?").split())
    return line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 1]}…"


def _plain(said: _Said, why: str, ends: _Ends) -> str:
    parts = []
    for what, address, text in said:
        quoted = "".join(f"> {line}\n" for line in text.splitlines())
        parts.append(f"{what}\n{quoted}{address}\n")
    return "\n".join([*parts, "-- ", why, *(f"{words} {address}" for words, address in ends)]) + "\n"


def _html(said: _Said, why: str, ends: _Ends, locale: Tag, subject: str) -> str:
    body = Markup("")
    for what, address, text in said:
        body += Markup('<p><a href="{}">{}</a></p>\n').format(address, what)
        if text:
            lines = Markup("<br>\n").join(escape(line) for line in text.splitlines())
            body += Markup("<blockquote>{}</blockquote>\n").format(lines)
    body += Markup("<hr>\n<p>{}</p>\n").format(why)
    for before, address in ends:
        body += Markup('<p>{} <a href="{}">{}</a></p>\n').format(before, address, address)
    frame = Markup(
        '<!doctype html>\n<html lang="{}" dir="{}">\n<head><meta charset="utf-8"><title>{}</title></head>\n'
        "<body>\n{}</body>\n</html>\n"
    )
    return frame.format(locale, language(locale).direction, subject, body)
