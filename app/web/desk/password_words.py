"""Why a password is not taken, said to people."""

from flask_babel import gettext

from app.domain.passwords import SHORTEST, Weakness


def said_of(weakness: Weakness) -> str:
    """Return the sentence."""
    sentences: dict[Weakness, str] = {
        Weakness.SHORT: gettext(
            "A password has at least %(count)s characters. Four words by chance are good.", count=SHORTEST
        ),
        Weakness.LONG: gettext("This password is too long."),
        Weakness.PLAIN: gettext("This password is one of the first that others would try."),
        Weakness.PERSONAL: gettext("This password is made from your name, your address or what this site is called."),
    }
    return sentences[weakness]
