"""Which new passwords a site refuses."""

import pytest

from app.domain.passwords import Weakness
from app.services.passwords import refused
from tests.web.fakes import SITE

ANA = ("ana", "Ana Ivanova")


@pytest.mark.parametrize("password", ["correct horse battery staple", "дом река облако весна", "k9#Lm2$vQ8!z"])
def test_a_password_that_nobody_published_is_taken(password: str) -> None:
    assert refused(password, about=ANA, site=SITE) is None


@pytest.mark.parametrize(
    "password", ["mailcreated5240", "MailCreated5240", "motherfucker", "gfhjkmgfhjkm", "superfriends"]
)
def test_one_that_was_stolen_from_others_is_refused_in_small_letters_and_large(password: str) -> None:
    assert refused(password, about=ANA, site=SITE) is Weakness.PLAIN


@pytest.mark.parametrize("password", ["Tilmash-2026", "caricc-almaty", "Almaty-Tilmash-1"])
def test_the_names_of_the_site_and_of_the_product_are_no_password(password: str) -> None:
    assert refused(password, about=ANA, site=SITE) is Weakness.PERSONAL
