from pathlib import Path

import pytest

from app.formats.po_check import check
from app.services.catalogs import update_catalogs
from app.services.extraction import extract, refresh_template
from tests.catalogues import messages
from tests.formats import gnu

PYTHON = """
from flask_babel import gettext, lazy_pgettext, ngettext

# Translators: heading above the list
title = gettext("News")
menu = lazy_pgettext("menu", "News")
views = ngettext("%(num)d view", "%(num)d views", 3)
"""
TEMPLATE = """
{# Translators: a person's name #}
{{ gettext("By %(name)s", name=name) }}
<p>{% trans count=3 %}
   One line
   and another.
   {% pluralize %}
   {{ count }} lines
{% endtrans %}</p> {{ gettext("News") }}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app" / "templates").mkdir(parents=True)
    (tmp_path / "app" / "view.py").write_text(PYTHON, "utf-8")
    (tmp_path / "app" / "templates" / "a.html").write_text(TEMPLATE, "utf-8")
    (tmp_path / "elsewhere.py").write_text('gettext("not ours")', "utf-8")
    (tmp_path / "babel.cfg").write_bytes(Path("babel.cfg").read_bytes())
    return tmp_path


def test_python_and_templates_are_drawn_from_with_contexts_plurals_and_comments(project: Path) -> None:
    found = messages(extract(project), path="messages.pot")
    assert [(one.context, one.msgid, one.plural) for one in found] == [
        (None, "%(num)d view", "%(num)d views"),
        (None, "By %(name)s", None),
        (None, "News", None),
        ("menu", "News", None),
        (None, "One line and another.", "%(count)s lines"),
    ]
    assert found[1].comments("#.") == ("a person's name",)
    assert found[2].comments("#.") == ("heading above the list",)
    assert " ".join(found[2].comments("#:")).split() == ["app/templates/a.html", "app/view.py"]
    assert found[1].flags == ("python-format",)


def test_lines_added_above_and_files_touched_change_no_byte(project: Path) -> None:
    before = extract(project)
    (project / "app" / "view.py").write_text("\n\n\n" + PYTHON, "utf-8")
    assert extract(project) == before


def test_the_template_is_whole_and_right(project: Path, tmp_path: Path) -> None:
    text = extract(project)
    assert check(text, path="messages.pot").refused == ()
    assert text.endswith('"\n')
    file = tmp_path / "messages.po"
    file.write_text(text.replace("nplurals=INTEGER; plural=EXPRESSION;", "nplurals=2; plural=n != 1;"), "utf-8")
    assert gnu.accepts(file)


def test_catalogues_follow_the_code_and_a_second_run_changes_nothing(project: Path) -> None:
    folder = project / "translations"
    catalog = folder / "ru" / "LC_MESSAGES" / "messages.po"
    catalog.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=KOI8-R\\nPlural-Forms: nplurals=3; plural=n%3;\\n"\n'
    catalog.write_bytes(f'{head}\nmsgid "News"\nmsgstr "Новости"\n'.encode("koi8-r"))
    assert refresh_template(project)
    assert list(update_catalogs(folder, "messages")) == [catalog]
    text = catalog.read_bytes().decode("koi8-r")
    assert {one.key: one.msgstrs for one in messages(text, path="ru.po") if any(one.msgstrs)} == {"News": ("Новости",)}
    assert len(messages(text, path="ru.po")) == 5
    assert not refresh_template(project)
    assert list(update_catalogs(folder, "messages")) == []
    assert sorted(file.name for file in folder.rglob("*") if file.is_file()) == ["messages.po", "messages.pot"]
