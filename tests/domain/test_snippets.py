"""What is quoted of a text, and which of its words are marked."""

from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from app.domain.folding import fold
from app.domain.searching import TIERS, Question, Tier
from app.domain.segments import Tag
from app.domain.snippets import AFTER, BEFORE, WIDTH, excerpt, folded_places

EN, KK, RU, UZ = Tag("en"), Tag("kk"), Tag("ru"), Tag("uz")
LOOSELY = Tier(loose=True)


def quoted(text: str, asked: str, locale: Tag = EN, tier: Tier = LOOSELY) -> tuple[str, str]:
    """Title and snippet, found words in brackets."""
    title, snippet = excerpt(text, folded_places(text, locale), Question.of(asked, locale).sought(tier))
    return tuple("".join(f"[{one.text}]" if one.found else one.text for one in part) for part in (title, snippet))  # type: ignore[return-value]  # two parts


def test_a_short_text_is_quoted_whole_with_its_found_words_marked_in_title_and_text() -> None:
    text = "Officers train\nThe officer’s dog was trained near Almaty."
    assert quoted(text, "officers training") == ("[Officers] [train]", "The [officer’s] dog was [trained] near Almaty.")


def test_a_word_is_marked_in_the_spelling_and_alphabet_of_the_text() -> None:
    assert quoted("Қазақ тілі\nҚазақстанда", "казак", KK) == ("[Қазақ] тілі", "[Қазақстанда]")
    assert quoted("Oʻzbekiston\nU Oʻzbekistonda boʻldi.", "Ўзбекистон", UZ) == (
        "[Oʻzbekiston]", "U [Oʻzbekistonda] boʻldi.",
    )  # fmt: skip


def test_parts_of_a_word_with_hyphens_are_marked_for_who_writes_it_in_one_and_the_other_way_round() -> None:
    assert quoted("X\nA co-operation of police", "cooperation")[1] == "A [co]-[operation] of police"
    assert quoted("X\nA cooperation of police", "co-operation")[1] == "A [cooperation] of police"


def test_a_word_inside_another_is_not_marked() -> None:
    assert quoted("X\nThe drug and the druggist", "drug")[1] == "The [drug] and the druggist"


def test_of_a_long_text_the_place_where_most_of_the_words_stand_together_is_quoted() -> None:
    filling = "and so it goes on without any end in sight. " * 20
    text = f"Title\nA dog. {filling}A dog and its handler train. {filling}A handler. {filling}"
    snippet = quoted(text, "dog handler")[1]
    assert "A [dog] and its [handler] train." in snippet
    assert snippet.startswith(BEFORE.text)
    assert snippet.endswith(AFTER.text)
    assert len(snippet) < WIDTH + 20


def test_a_snippet_begins_and_ends_with_whole_words() -> None:
    filling = "whole words everywhere " * 60
    snippet = quoted(f"Title\n{filling} needle {filling}", "needle")[1]
    inner = snippet.removeprefix(BEFORE.text).removesuffix(AFTER.text).replace("[", "").replace("]", "")
    assert set(inner.split()) == {"whole", "words", "everywhere", "needle"}


def test_a_text_that_was_found_by_its_title_or_date_alone_shows_its_beginning() -> None:
    assert quoted("Dogs\nA beginning. " + "More of it. " * 50, "dog")[1].startswith("A beginning. More of it.")


def test_a_text_without_a_body_has_no_snippet() -> None:
    assert quoted("Dogs", "dog") == ("[Dogs]", "")
    assert quoted("Dogs\n", "dog") == ("[Dogs]", "")


def test_lines_are_quoted_as_one() -> None:
    assert quoted("X\nA caption ·\nAnother one.\nThe end", "caption")[1] == "A [caption] · Another one. The end"


def test_no_dot_between_lines_stands_where_a_snippet_is_cut() -> None:
    lines = "one line of it ·\n" * 60
    for more in range(20):
        snippet = quoted(f"X\nneedle {'x' * more}\n{lines}", "needle")[1]
        assert snippet.endswith(tuple(f" {word}{AFTER.text}" for word in ("one", "line", "of", "it")))


def test_a_text_of_one_endless_word_is_cut_all_the_same() -> None:
    snippet = quoted("X\n" + "a" * 5000, "a")[1]
    assert len(snippet) < WIDTH + 10


TEXTS = st.text(st.sampled_from("кказзақqo'ʻ \n<&\"*-.") | st.characters(exclude_categories=["Cs"]), max_size=400)


@given(title=TEXTS, body=TEXTS, asked=TEXTS, locale=st.sampled_from([EN, KK, RU, UZ]), tier=st.sampled_from(TIERS))
def test_a_snippet_is_a_part_of_the_text_and_nothing_else(
    title: str, body: str, asked: str, locale: Tag, tier: Tier
) -> None:
    text = normalize("NFC", f"{title.replace(chr(10), ' ')}\n{body}")
    question = Question.of(asked, locale)
    first, rest = excerpt(text, folded_places(text, locale), question.sought(tier))
    assert "".join(one.text for one in first) == text.partition("\n")[0]
    inner = [one for one in rest if one not in (BEFORE, AFTER)]
    plain = "".join(one.text for one in inner)
    assert plain in text.replace("\n", " ")
    assert len(plain) <= WIDTH + 10
    for one in (*first, *rest):
        if one.found:
            assert fold(one.text, locale) is not None
