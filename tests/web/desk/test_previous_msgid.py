"""A fuzzy message shows what changed in it since it was translated, as an article's segments do."""

import re

from app.domain.documents import DocumentName
from tests.databases import on_both
from tests.desk import TestDesk
from tests.web.desk.pages import Page

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n{}\n'
POT = HEAD.format("") + 'msgid "%(n)s new \\"view\\""\nmsgid_plural "%(n)s new views"\nmsgstr[0] ""\nmsgstr[1] ""\n'
PO = (
    HEAD.format('"Plural-Forms: nplurals=1; plural=0;\\n"\n')
    + '#, fuzzy\n#| msgid ""\n#| "%(n)s old "\n#| "\\"view\\""\n#| msgid_plural "%(n)s views"\n'
    + 'msgid "%(n)s new \\"view\\""\nmsgid_plural "%(n)s new views"\nmsgstr[0] "%(n)s ko‘rish"\n'
)
SITE = DocumentName.parse("catalogue/site")
AT = "/desk/catalogue/site/ru/translate"


@on_both
def test_what_changed_in_a_message_is_shown_until_somebody_confirms_its_translation(desk: TestDesk) -> None:
    desk.place.write("translations/site.pot", POT)
    desk.place.write("translations/ru/LC_MESSAGES/site.po", PO)
    desk.place.sync()
    rustam = desk.signed_in("rustam")
    html = Page(rustam.get(AT)).html
    source = html.partition('class="source words"')[2].partition("</div>")[0]
    assert re.findall(r"<del>(.*?)</del>", source) == ["old"]
    assert [one.strip() for one in re.findall(r"<ins>(.*?)</ins>", source)] == ["new", "new"]
    bases = {name: re.findall(rf'name="{name}" value="([^"]*)"', html)[0] for name in ("base", "source_revision")}
    rustam.post(AT, data={**bases, "s0.0": "%(n)s ko‘rish"})
    assert "#|" not in (desk.place.stand("ru", SITE)[1] or "")
    assert "<del>" not in Page(rustam.get(AT)).html.partition('class="source words"')[2].partition("</div>")[0]
