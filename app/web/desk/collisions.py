"""What became of words that met others': merged into the text, or kept beside it for somebody to decide."""

from collections.abc import Iterator

from flask import flash
from flask_babel import gettext, ngettext

from app.queries.people import full_names
from app.services.revisions import Saved
from app.web.desk.desk import Desk


def tell(desk: Desk, *all_saved: Saved) -> None:
    """Say which revision a save made, if it made one, and what became of what somebody had saved meanwhile."""
    text = all_saved[0]
    if text.head.number >= text.incoming.number:
        flash(gettext("Saved as revision %(number)s.", number=text.head.number), "done")
    if any(one.took_back for one in all_saved):
        words = gettext("The text was in review. By this save it is a draft again: hand it in when you are done.")
        flash(words, "warning")
    tell_met(desk, *all_saved)


def tell_met(desk: Desk, *all_saved: Saved) -> None:
    """Say who had saved meanwhile, oneself in another tab included, and whether all words went into the text."""
    if not any(one.merged for one in all_saved):
        return
    suggestions = sum(one.suggestions for one in all_saved)
    for sentence in _who(desk, {one.met for one in all_saved if one.met}):
        flash(sentence, "warning")
    if suggestions:
        words = ngettext(
            "In %(num)s place your words did not go into the text: they are kept beside it, to be decided on.",
            "In %(num)s places your words did not go into the text: they are kept beside it, to be decided on.",
            suggestions,
        )
    else:
        words = gettext("Both changes are in it now.")
    flash(words, "warning")


def _who(desk: Desk, met: set[str]) -> Iterator[str]:
    with desk.reading() as session:
        names = full_names(session, met)
    for one in sorted(met):
        if one == desk.person().name:
            yield gettext("You had saved this text meanwhile yourself, in another tab or window.")
        else:
            yield gettext("%(who)s had saved this text meanwhile.", who=names.get(one, one))
