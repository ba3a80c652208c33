"""A catalogue out as a file and back at the desk: what its messages say, and what they say of each other."""

import re

from tests.desk import TestDesk
from tests.web.desk.pages import Page
from tests.web.desk.test_files_out_and_back import RU, SITE, back, counts, office, out  # noqa: F401  # the same office


def test_one_broken_message_is_a_suggestion_with_its_reason_and_the_others_come_in(desk: TestDesk) -> None:
    rustam = desk.signed_in("rustam")
    raw = out(rustam, "po", RU).decode().replace("%(num)s отдела", "%(n)s отдела").replace("Центр", "Наш центр")
    led = back(rustam, raw.encode(), "site.po", RU)
    shown = Page(rustam.get(led.location))
    assert counts(shown)[:3] == [1, 0, 1]
    assert shown.html.count('class="quiet msgid"') == 2, "each message says what it renders"
    assert rustam.post(led.location, data={"wish": "translated"}).status_code == 303
    text = desk.place.stand("ru", SITE)[1] or ""
    assert "Наш центр" in text
    assert "%(n)s" not in text
    assert desk.place.stand("ru", SITE)[0] == "in review"
    page = Page(rustam.get("/desk/catalogue/site/ru/")).html
    assert "It cannot stand in the text as it is:" in page
    assert "he placeholder n is not in the msgid" in page


def test_a_catalogue_with_other_plural_forms_is_refused_as_a_whole_and_what_can_be_used_is_offered(
    desk: TestDesk,
) -> None:
    rustam = desk.signed_in("rustam")
    raw = out(rustam, "po", RU).decode()
    raw = re.sub(r'"Plural-Forms: [^\n]+', '"Plural-Forms: nplurals=2; plural=(n != 1);\\\\n"', raw)
    raw = raw.replace('msgstr[2] "%(num)s отделов"\n', "").replace("Центр", "Наш центр").replace("s отдела", "s отделы")
    led = back(rustam, raw.encode(), "site.po", RU)
    shown = Page(rustam.get(led.location))
    assert "counts in 2 plural forms, and the language here in 3" in shown.html
    assert counts(shown)[:3] == [1, 0, 1]
    rustam.post(led.location, data={"wish": "draft"})
    text = desk.place.stand("ru", SITE)[1] or ""
    assert "Наш центр" in text
    assert "nplurals=3" in text
    assert "отделов" in text


def test_a_catalogue_with_fewer_messages_takes_none_away_and_one_with_more_brings_none(desk: TestDesk) -> None:
    rustam = desk.signed_in("rustam")
    few = out(rustam, "po", RU).decode().partition("#, python-format")[0].replace("Центр", "Наш центр")
    few += '\nmsgid "Centre"\nmsgstr "Ещё центр"\n\nmsgid "Unknown"\nmsgstr "Неизвестно"\n'
    led = back(rustam, few.encode(), "few.po", RU)
    shown = Page(rustam.get(led.location))
    assert counts(shown)[:3] == [1, 0, 2]
    assert "Неизвестно" in shown.html
    assert rustam.post(led.location, data={"wish": "draft"}).status_code == 303
    text = desk.place.stand("ru", SITE)[1] or ""
    assert "Наш центр" in text
    assert "отделов" in text
    assert '\nmsgid "Unknown"' not in text, "it is kept behind the others, obsolete"
    assert text.count('msgid "Centre"') == 1
    assert desk.place.suggestions() == ["Ещё центр"]


def test_a_catalogue_that_counts_by_another_rule_is_refused_and_what_has_no_plural_is_offered(desk: TestDesk) -> None:
    rustam = desk.signed_in("rustam")
    raw = out(rustam, "po", RU).decode().replace("n%10==1 && n%100!=11 ? 0", "n%10==1 && n%100!=11 ? 2")
    shown = Page(rustam.get(back(rustam, raw.replace('"Центр"', '"Наш центр"').encode(), at=RU).location))
    assert "by another rule" in shown.html
    assert counts(shown)[:3] == [1, 0, 0]


def test_what_a_catalogue_has_empty_or_twice_takes_no_word_and_no_comment_away(desk: TestDesk) -> None:
    rustam = desk.signed_in("rustam")
    raw = out(rustam, "po", RU).decode()
    assert counts(Page(rustam.get(back(rustam, raw.replace('"Центр"', '""').encode(), at=RU).location)))[:3] == [0] * 3
    twice = raw.replace('msgid "Centre"', '# ask Anna\nmsgid "Centre"') + '\nmsgid "Centre"\nmsgstr "Середина"\n'
    led = back(rustam, twice.encode(), "twice.po", at=RU).location
    rustam.post(led, data={"wish": "draft"})
    text = desk.place.stand("ru", SITE)[1] or ""
    assert ("# ask Anna" in text, text.count('msgid "Centre"')) == (True, 1)


def test_a_msgid_that_a_tool_put_into_its_msgstr_takes_no_translations_place(desk: TestDesk) -> None:
    rustam = desk.signed_in("rustam")
    led = back(rustam, out(rustam, "po", RU).replace('"Центр"'.encode(), b'"Centre"'), at=RU).location
    assert counts(Page(rustam.get(led)))[:3] == [0, 0, 1]
    rustam.post(led, data={"wish": "draft"})
    assert 'msgstr "Центр"' in (desk.place.stand("ru", SITE)[1] or "")


def test_a_note_in_a_catalogue_is_a_comment_though_others_saved_meanwhile_and_though_no_word_changed(
    desk: TestDesk,
) -> None:
    rustam, carim = desk.signed_in("rustam"), desk.signed_in("carim")
    raw = out(rustam, "po", RU).decode()
    noted = raw.replace('msgid "Centre"', '# not the shopping centre\nmsgid "Centre"')
    meanwhile = back(carim, raw.replace("%(num)s отделов", "%(num)s бюро").encode(), at=RU).location
    carim.post(meanwhile, data={"wish": "draft"})
    led = back(rustam, noted.encode(), at=RU).location
    assert "Keep the comments" in Page(rustam.get(led)).html
    rustam.post(led, data={"wish": "draft"})
    assert "not the shopping centre" in rustam.get("/desk/catalogue/site/ru/translate?at=Centre").text
    assert "бюро" in (desk.place.stand("ru", SITE)[1] or "")
