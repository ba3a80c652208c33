"""Paragraphs of a translation that came alone: each at one place or none, in order, by what they are and say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import placing
from app.domain.placing import HEADING, ITEM, Asked, Given, placed

SOURCE = ["центр", "открыл", "граница", "дорога", "поезд", "неделя", "рынок", "школа", "зима", "письмо", "море", "год"]
TARGET = ["борбор", "ачылды", "чек", "жолдор", "поезду", "апта", "базары", "мектеп", "кыш", "каттар", "деңиз", "жыл"]
KINDS = ["paragraph", "paragraph", "heading-2", "bullet", "quote"]


@st.composite
def articles(draw: st.DrawFn) -> tuple[list[Asked], list[Given]]:
    """Draw segments, some of them translated already, and a translation of each in order."""
    asked, given = [], []
    for number in range(draw(st.integers(1, 9))):
        words = draw(st.lists(st.integers(0, len(SOURCE) - 1), min_size=2, max_size=30))
        figure = f" {draw(st.integers(1, 999))}" if draw(st.booleans()) else ""
        target = " ".join(TARGET[word] for word in words) + figure
        kind = draw(st.sampled_from(KINDS)) if number else "title"
        said = {"title": HEADING, "heading-2": HEADING, "bullet": ITEM}.get(kind, "") if draw(st.booleans()) else ""
        stands = draw(st.sampled_from(["", target, f"{target} деле"]))
        asked.append(Asked(kind=kind, source=" ".join(SOURCE[word] for word in words) + figure, stands=stands))
        given.append(Given(words=target, kind=said))
    return asked, given


INSERTED = st.sampled_from(["Кат жазыңыз: a@example.org", "2030-жылы", "Бул жерге эч ким келген эмес, " * 9, "х"])


@settings(max_examples=150)
@given(articles(), st.data())
def test_whatever_was_taken_out_or_put_in_no_paragraph_is_at_two_places_and_the_order_stays(
    article: tuple[list[Asked], list[Given]], data: st.DataObject
) -> None:
    asked, given = article
    assert placed(asked, given) == dict(enumerate(range(len(asked)))), "with nothing gone each is at its place"
    gone = data.draw(st.sets(st.integers(0, len(given) - 1)))
    left = [one for number, one in enumerate(given) if number not in gone]
    for words in data.draw(st.lists(INSERTED, max_size=3)):
        left.insert(data.draw(st.integers(0, len(left))), Given(words=words))
    found = placed(asked, left)
    columns, rows = sorted(found), [found[column] for column in sorted(found)]
    assert set(columns) <= set(range(len(left)))
    assert set(rows) <= set(range(len(asked)))
    assert rows == sorted(set(rows))


def segments(*sources: str, kind: str = "paragraph") -> list[Asked]:
    return [Asked(kind=kind, source=one) for one in sources]


def paragraphs(*words: str) -> list[Given]:
    return [Given(words=one) for one in words]


def test_numbers_names_and_length_tell_where_a_paragraph_is_missing() -> None:
    asked = segments(
        "The centre opened on 12 March 2026.", "All are invited.",
        "Interpol and UNODC sent 14 experts, who stayed for the whole of the first week of work.", "Call 102.",
    )  # fmt: skip
    given = paragraphs(
        "Борбор 2026-жылдын 12-мартында ачылды.",
        "Interpol менен UNODC 14 эксперт жөнөттү, алар биринчи жума бою калышты жана иштешти.", "102ге чалыңыз.",
    )  # fmt: skip
    assert placed(asked, given) == {0: 0, 1: 2, 2: 3}


def test_what_stands_there_tells_where_a_paragraph_belongs_though_one_was_removed_and_one_inserted() -> None:
    stands = ["Борбор бүгүн ачылды", "Баары чакырылган эле", "Кийинки жума башталат"]
    asked = [Asked(kind="paragraph", source=f"Source words no {one}", stands=one) for one in stands]
    given = paragraphs("Баары чакырылган", "Кийинки жума эрте башталат", "Менин жаңы сөзүм бар")
    assert placed(asked, given) == {0: 1, 1: 2}


def test_a_heading_and_an_item_of_a_list_are_told_by_their_styles() -> None:
    asked = [Asked(kind=kind, source="Ten letters and more") for kind in ("paragraph", "heading-2", "bullet")]
    given = [Given(words="Он тамга жана дагы", kind=HEADING), Given(words="Он тамга жана дагы", kind=ITEM)]
    assert placed(asked, given) == {0: 1, 1: 2}


def test_what_could_as_well_be_elsewhere_is_nowhere() -> None:
    asked = segments(*["Words of the same length"] * 3)
    assert placed(asked, paragraphs(*["Ушундай эле узун сөз"] * 2)) == {}


@pytest.mark.parametrize("most", [0, 40_000])
def test_a_text_too_long_to_walk_through_is_held_by_what_stands_there(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("app.domain.beads.MOST", most)
    asked = [Asked(kind="paragraph", source=f"Paragraph no {n}", stands=f"{n}-абзац турат") for n in range(12)]
    words = [f"{n}-абзац турат" for n in range(12) if n != 4]
    found = placed(asked, paragraphs(*words))
    assert found == {column: column + (column > 3) for column in range(11)}
    assert placing.placed(asked, paragraphs(*words[:4], "Жаңы", *words[4:])) == dict(enumerate(range(12)))
