"""The interface's own words: the template, drawn from the code by `babel.cfg`, and the catalogues that follow it."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import write_po

from app.domain.errors import Problem
from app.formats.charset import decode
from app.formats.po_check import check
from app.services.rewriting import rewrite

TEMPLATE = Path("translations/messages.pot")

_LAZY = ("gettext", "ngettext", "pgettext", "npgettext")
_KEYWORDS = DEFAULT_KEYWORDS | {f"lazy_{name}": DEFAULT_KEYWORDS[name] for name in _LAZY} | {"saying": None}

_HEADER = """\
# The interface's own words. Made from the code by `make extract`; edit the code, not this file.
msgid ""
msgstr ""
"Project-Id-Version: Tilmash\\n"
"Language: \\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"

"""


def extract(root: Path) -> str:
    """Return the template (POT) of what is marked for translation below `root`, where `babel.cfg` stands.

    The same code gives the same bytes: messages are sorted, files are named without line numbers, nothing is dated.
    Comments that begin with `Translators:` go with the message that they stand before. Raises what Babel or Jinja
    raise for a file that cannot be read.
    """
    with (root / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]  # Babel gives it no types
    found = extract_from_dir(root, methods, options, _KEYWORDS, comment_tags=["Translators:"], strip_comment_tags=True)
    catalog = Catalog(project="Tilmash", fuzzy=False)
    for name, line, msgid, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        catalog.add(msgid, locations=[(name, line)], auto_comments=comments, context=context)
    written = BytesIO()
    write_po(written, catalog, omit_header=True, sort_output=True, include_lineno=False)
    return _HEADER + written.getvalue().decode("utf-8").strip("\n") + "\n"


def refresh_template(root: Path) -> bool:
    """Write the template below `root` anew, as a whole; return whether it changed. Raises as `extract`."""
    template, text = root / TEMPLATE, extract(root)
    return rewrite(template.parent, template, lambda _there: text.encode())


def unlisted(root: Path, *, path: str) -> tuple[Problem, ...]:
    """Return what the code below `root` says and its template, told as `path`, lacks; BadText where that is broken.

    Nothing where there is no code of ours: no `babel.cfg`.
    """
    if not (root / "babel.cfg").is_file():
        return ()
    listed = {one.original for one in check(decode((root / TEMPLATE).read_bytes(), path=path), path=path).messages}
    said = check(extract(root), path=path).messages
    return tuple(
        Problem(
            path=path, line=0, reason=f"“{one.msgid[:60]}” is in {' '.join(one.comments('#:'))} and not in the template"
        )
        for one in said
        if one.original not in listed
    )
