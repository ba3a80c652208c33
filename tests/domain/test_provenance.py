"""What readers and translators are told about texts that are older than their source."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.provenance import (
    Chained,
    Differences,
    Draft,
    SourceVersion,
    based_on,
    changed_segments,
    only_base,
    outdated,
    standing,
)
from app.domain.segments import BasedOn, Key, Rendering, SegmentMap, State, Tag, digest_of

START = datetime(2026, 3, 18, 14, 25, tzinfo=UTC)
EN, RU, KY = Tag("en"), Tag("ru"), Tag("ky")
A, B, C, SLUG = Key("a"), Key("b"), Key("c"), Key("slug")


def version(number: int, texts: Mapping[str, str], *, minor: bool = False) -> SourceVersion:
    return SourceVersion(
        digest=digest_of(*(f"{key}={text}" for key, text in sorted(texts.items()))),
        texts={Key(key): text for key, text in texts.items()},
        minor=minor,
        at=START + timedelta(days=number),
    )


def history(*texts: Mapping[str, str], minor: Sequence[int] = ()) -> tuple[SourceVersion, ...]:
    return tuple(version(number, one, minor=number in minor) for number, one in enumerate(texts))


def made_from(origin: SourceVersion, locale: Tag = EN) -> SegmentMap:
    """Return the map of a translation that renders each segment of a version by one of its own, `t` before its key."""
    rows = (
        Rendering(key=Key(f"t{key}"), sources=(key,), source_digest=digest_of(text))
        for key, text in origin.texts.items()
    )
    return SegmentMap(rows=tuple(rows), based_on=BasedOn(locale=locale, digest=origin.digest))


TEXTS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["one", "two", "three"]), min_size=1)
HISTORIES = st.lists(TEXTS, min_size=1, max_size=6)


def test_a_paragraph_of_which_nobody_knows_what_it_renders_may_be_older_than_what_nothing_else_renders() -> None:
    versions = history({"a": "one", "b": "two"}, {"a": "one", "b": "three"})
    unsure = Rendering(key=Key("x"), state=State.NEEDS_WORK)
    known = made_from(versions[0])
    rows = tuple(row for row in known.rows if row.sources == (A,))
    left_out = changed_segments(replace(known, rows=rows), versions)
    assert not left_out, "what a translation leaves out on purpose makes it no older"
    found = changed_segments(replace(known, rows=(*rows, unsure)), versions)
    assert (found.added, found.certain) == (frozenset({B}), False)
    assert not changed_segments(replace(known, rows=(*rows, unsure)), history(*[{"a": "one", "b": "two"}] * 2))
    minor = history({"a": "one", "b": "two"}, {"a": "one", "b": "three"}, minor=[1])
    assert not changed_segments(replace(known, rows=(*rows, unsure)), minor)


@given(HISTORIES, st.data())
def test_a_translation_is_current_while_all_later_edits_are_minor(
    texts: list[dict[str, str]], data: st.DataObject
) -> None:
    base = data.draw(st.integers(0, len(texts) - 1))
    versions = history(*texts, minor=range(base + 1, len(texts)))
    assert not changed_segments(made_from(versions[base]), versions)
    assert based_on(made_from(versions[base]), versions) == versions[-1].digest


@given(HISTORIES, st.sets(st.integers(0, 5)), TEXTS)
def test_a_first_translation_that_names_no_base_is_certain_while_only_one_can_have_been_it(
    texts: list[dict[str, str]], minor: set[int], later: dict[str, str]
) -> None:
    versions = history(*texts, minor=tuple(minor))
    found = only_base([(one.digest, one.minor) for one in versions], [one.digest for one in versions])
    assert only_base([(one.digest, one.minor) for one in versions], ["a draft"]) is None, "or else from the draft"
    material = {one.digest for place, one in enumerate(versions) if place == 0 or not one.minor}
    assert (found is not None) == (len(material) == 1)
    if found is not None:
        translation = made_from(versions[-1])
        assert not changed_segments(translation, versions), "nothing to warn of"
        differences = changed_segments(translation, (*versions, version(9, later)))
        said = {str(key): text for key, text in versions[-1].texts.items()}
        assert differences.changed == {Key(f"t{key}") for key, text in said.items() if later.get(key) != text}
        assert differences.added == later.keys() - said.keys()
        assert not differences.unknown, "and what changes later is certain"


@given(st.lists(st.sampled_from(["one", "two"]), max_size=4))
def test_while_nothing_is_published_a_source_that_only_ever_read_one_way_is_the_base(saved: list[str]) -> None:
    assert only_base([], saved) == (saved[0] if len(set(saved)) == 1 else None)


@given(TEXTS, TEXTS)
def test_a_material_edit_is_seen_in_just_the_segments_it_touched(old: dict[str, str], new: dict[str, str]) -> None:
    versions = history(old, new)
    differences = changed_segments(made_from(versions[0]), versions)
    assert differences.changed == {Key(f"t{key}") for key in old if new.get(key) != old[key]}
    assert differences.added == set(new) - set(old)


@given(HISTORIES, TEXTS)
def test_a_text_equal_to_the_newest_is_current_whatever_stood_between(
    texts: list[dict[str, str]], first: dict[str, str]
) -> None:
    versions = history(first, *texts, first)
    assert not changed_segments(made_from(versions[0]), versions)
    assert based_on(made_from(versions[0]), versions) == versions[-1].digest


@given(HISTORIES, st.data())
def test_saving_an_equal_text_once_more_changes_nothing(texts: list[dict[str, str]], data: st.DataObject) -> None:
    versions = history(*texts)
    translation = made_from(versions[data.draw(st.integers(0, len(texts) - 1))])
    again = (*versions, replace(versions[-1], at=START + timedelta(days=9)))
    assert changed_segments(translation, again) == changed_segments(translation, versions)


@given(HISTORIES)
def test_an_unknown_base_counts_as_different(texts: list[dict[str, str]]) -> None:
    versions = history(*texts)
    known = made_from(versions[-1])
    unknown = SegmentMap(rows=tuple(replace(row, source_digest=None) for row in known.rows))
    assert changed_segments(unknown, versions).changed == {row.key for row in unknown.rows}
    assert based_on(unknown, versions) is None


@given(HISTORIES)
def test_a_base_that_is_not_in_the_history_counts_as_different(texts: list[dict[str, str]]) -> None:
    elsewhere = made_from(version(0, {"a": "never published"}))
    assert changed_segments(elsewhere, history(*texts)).changed == {"ta"}


def test_a_material_edit_between_minor_ones_is_not_forgotten() -> None:
    versions = history({"a": "1"}, {"a": "2"}, {"a": "3"}, {"a": "4"}, minor=[1, 3])
    assert changed_segments(made_from(versions[0]), versions).changed == {"ta"}
    assert not changed_segments(made_from(versions[2]), versions)


def test_a_minor_edit_of_one_segment_does_not_excuse_a_material_edit_of_another() -> None:
    versions = history({"a": "1", "b": "1"}, {"a": "1", "b": "2"}, {"a": "2", "b": "2"}, minor=[2])
    assert changed_segments(made_from(versions[0]), versions).changed == {"tb"}


def test_a_new_source_segment_counts_until_it_is_rendered_and_then_the_base_moves() -> None:
    versions = history({"a": "1"}, {"a": "1", "b": "new"})
    translation = made_from(versions[0])
    assert changed_segments(translation, versions) == Differences(added=frozenset({B}))
    assert based_on(translation, versions) == versions[0].digest
    more = Rendering(key=Key("tb"), sources=(B,), source_digest=digest_of("new"))
    assert based_on(replace(translation, rows=(*translation.rows, more)), versions) == versions[1].digest


def test_a_segment_that_the_translation_left_out_of_its_base_is_not_news() -> None:
    versions = history({"a": "1", "b": "left out"}, {"a": "2", "b": "left out"}, minor=[1])
    translation = made_from(versions[0])
    shorter = replace(translation, rows=translation.rows[:1])
    assert not changed_segments(shorter, versions)
    assert changed_segments(replace(shorter, based_on=None), versions).added == {B}


def test_a_base_may_be_named_by_its_first_eight_digits() -> None:
    versions = history({"a": "1", "b": "left out"}, {"a": "1", "b": "left out"})
    translation = made_from(versions[0])
    short = SegmentMap(rows=translation.rows[:1], based_on=BasedOn(locale=EN, digest=versions[0].digest[:8]))
    assert not changed_segments(short, versions)


def test_a_slug_is_each_languages_own() -> None:
    versions = history({"a": "1", "slug": "old"}, {"a": "1", "slug": "new"})
    assert not changed_segments(made_from(versions[0]), versions)
    assert not changed_segments(made_from(version(0, {"a": "1"})), versions)


def test_a_joined_paragraph_is_out_of_date_when_either_source_changed() -> None:
    versions = history({"a": "1", "b": "1"}, {"a": "1", "b": "2"})
    joined = SegmentMap(
        rows=(Rendering(key=C, sources=(A, B), source_digest=digest_of("1", "1")),),
        based_on=BasedOn(locale=EN, digest=versions[0].digest),
    )
    assert changed_segments(joined, versions).changed == {C}
    assert not changed_segments(joined, versions[:1])


def test_a_source_segment_that_was_deleted_leaves_its_translation_out_of_date() -> None:
    versions = history({"a": "1", "b": "1"}, {"a": "1"})
    assert changed_segments(made_from(versions[0]), versions).changed == {"tb"}
    assert not changed_segments(made_from(versions[0]), (versions[0], replace(versions[1], minor=True)))


def test_a_segment_without_source_is_never_out_of_date() -> None:
    rows = (Rendering(key=A, state=State.NEEDS_WORK),)
    assert changed_segments(SegmentMap(rows=rows), history({"slug": "x"})) == Differences()


def test_without_versions_nothing_is_out_of_date() -> None:
    assert not changed_segments(made_from(version(0, {"a": "1"})), ())
    assert based_on(made_from(version(0, {"a": "1"})), ()) is None


def chain(
    english: Sequence[SourceVersion], russian: SegmentMap, kyrgyz: SegmentMap, own: Sequence[SourceVersion]
) -> dict[Tag, Chained]:
    return {
        EN: Chained(map=SegmentMap(rows=()), versions=english),
        RU: Chained(map=russian, versions=own),
        KY: Chained(map=kyrgyz, versions=own[:1]),
    }


ENGLISH = history({"a": "one"}, {"a": "two"})
RUSSIAN = history({"ta": "один"}, {"ta": "два"})


def test_a_change_of_the_english_reaches_the_kyrgyz_through_the_russian() -> None:
    texts = chain(ENGLISH, made_from(ENGLISH[0]), made_from(RUSSIAN[0], RU), RUSSIAN[:1])
    lag = outdated(KY, texts, source=EN)
    assert lag is not None
    assert (lag.newer, lag.via, lag.since) == (EN, (RU,), ENGLISH[1].at)
    assert lag.differences.changed == {"ta"}
    direct = outdated(RU, texts, source=EN)
    assert direct is not None
    assert (direct.newer, direct.via) == (EN, ())


def test_the_nearest_newer_text_is_named_first() -> None:
    texts = chain(ENGLISH, made_from(ENGLISH[1]), made_from(RUSSIAN[0], RU), RUSSIAN)
    lag = outdated(KY, texts, source=EN)
    assert lag is not None
    assert (lag.newer, lag.via, lag.since) == (RU, (), RUSSIAN[1].at)
    assert lag.differences.changed == {"tta"}


def test_a_chain_in_which_all_are_current_is_current() -> None:
    texts = chain(ENGLISH[:1], made_from(ENGLISH[0]), made_from(RUSSIAN[0], RU), RUSSIAN[:1])
    assert [outdated(tag, texts, source=EN) for tag in (EN, RU, KY)] == [None, None, None]


def test_a_minor_edit_anywhere_in_the_chain_keeps_all_current() -> None:
    english, russian = (tuple(replace(one, minor=True) for one in versions) for versions in (ENGLISH, RUSSIAN))
    texts = chain(english, made_from(english[0]), made_from(russian[0], RU), russian)
    assert [outdated(tag, texts, source=EN) for tag in (EN, RU, KY)] == [None, None, None]


def test_a_text_with_an_unknown_base_is_held_against_the_source() -> None:
    russian = made_from(ENGLISH[0])
    unknown = SegmentMap(rows=tuple(replace(row, source_digest=None) for row in russian.rows))
    lag = outdated(RU, chain(ENGLISH[:1], unknown, russian, RUSSIAN), source=EN)
    assert lag is not None
    assert (lag.newer, lag.differences.changed) == (EN, frozenset({Key("ta")}))


@pytest.mark.parametrize("missing", [EN, RU, KY])
def test_a_withdrawn_text_makes_nothing_out_of_date(missing: Tag) -> None:
    texts = chain(ENGLISH, made_from(ENGLISH[1]), made_from(RUSSIAN[1], RU), RUSSIAN)
    del texts[missing]
    assert [outdated(tag, texts, source=EN) for tag in (EN, RU, KY)] == [None, None, None]


def test_texts_that_name_each_other_are_followed_once_round() -> None:
    texts = chain(ENGLISH, made_from(RUSSIAN[0], KY), made_from(RUSSIAN[0], RU), RUSSIAN[:1])
    assert outdated(KY, texts, source=EN) is None
    assert outdated(RU, texts, source=EN) is None


@given(st.dictionaries(st.sampled_from([EN, RU, KY]), st.tuples(st.sampled_from([EN, RU, KY, None]), TEXTS, TEXTS)))
def test_any_circle_ends(links: dict[Tag, tuple[Tag | None, dict[str, str], dict[str, str]]]) -> None:
    texts = {
        tag: Chained(
            map=replace(
                made_from(version(0, old)),
                based_on=None if pivot is None else BasedOn(locale=pivot, digest=version(0, old).digest),
            ),
            versions=history(old, new),
        )
        for tag, (pivot, old, new) in links.items()
    }
    for tag in texts:
        lag = outdated(tag, texts, source=EN)
        assert lag is None or (lag.differences and lag.newer in texts)


def draft(after: int, texts: Mapping[str, str]) -> Draft:
    saved = version(0, texts)
    return Draft(digest=saved.digest, texts=saved.texts, after=after)


def made_from_draft(one: Draft, locale: Tag = EN) -> SegmentMap:
    return made_from(SourceVersion(digest=one.digest, texts=one.texts, minor=False, at=START), locale)


@given(HISTORIES, TEXTS)
def test_a_translation_of_a_draft_that_came_after_what_is_live_is_ahead_and_not_out_of_date(
    texts: list[dict[str, str]], later: dict[str, str]
) -> None:
    versions = history(*texts)
    newer = draft(len(texts) - 1, later)
    assume(newer.digest not in {one.digest for one in versions})  # a name that two texts share means the live one
    translation = made_from_draft(newer)
    assert not changed_segments(translation, versions, [newer])
    chained = {EN: Chained(map=made_from(versions[0]), versions=versions)}
    russian = Chained(map=translation, versions=history({"ta": "x"}), drafts=[newer])
    assert outdated(RU, chained | {RU: russian}, source=EN) is None


@given(HISTORIES, TEXTS, TEXTS)
def test_once_something_newer_than_the_draft_is_live_just_that_is_out_of_date(
    texts: list[dict[str, str]], drafted: dict[str, str], newest: dict[str, str]
) -> None:
    versions = history(*texts, newest)
    old = draft(len(texts) - 1, drafted)
    assume(old.digest not in {one.digest for one in versions})
    differences = changed_segments(made_from_draft(old), versions, [old])
    touched = {key for key in drafted if newest.get(key) not in {drafted[key], texts[-1].get(key)}}
    assert {Key(f"t{key}") for key in touched} <= differences.changed
    unchanged = {key for key in drafted if texts[-1].get(key) == newest.get(key)}
    assert differences.changed.isdisjoint({Key(f"t{key}") for key in unchanged})
    assert differences.added <= set(newest) - set(texts[-1])


def test_words_that_were_live_once_are_behind_though_a_later_draft_takes_them_up_again() -> None:
    versions = history({"a": "old", "b": "1"}, {"a": "new", "b": "1"})
    again = draft(1, {"a": "old", "b": "2"})
    assert changed_segments(made_from(versions[0]), versions, [again]).changed == {"ta"}
    assert not changed_segments(made_from_draft(again), versions, [again]), "unless that draft is what it says it is of"


def test_a_segment_that_a_draft_took_out_is_not_missed_in_its_translation() -> None:
    versions = history({"a": "1", "b": "1"})
    shorter = draft(0, {"a": "1"})
    assert not changed_segments(made_from_draft(shorter), versions, [shorter])
    later = history({"a": "1", "b": "1"}, {"a": "1", "b": "1", "c": "1"})
    assert changed_segments(made_from_draft(shorter), later, [shorter]).added == {"c"}


def test_an_unknown_base_is_not_ahead_of_anything() -> None:
    newer = draft(0, {"a": "2"})
    unknown = SegmentMap(rows=tuple(replace(row, source_digest=None) for row in made_from_draft(newer).rows))
    assert changed_segments(unknown, history({"a": "1"}), [newer]).changed == {"ta"}


@given(st.lists(st.integers(1, 4), max_size=12), st.integers(5, 9))
def test_what_was_put_back_is_as_if_it_had_never_been_live(published: list[int], other: int) -> None:
    """Whatever came before: another text for a while, and the one before again, leaves all as it was."""
    stands = [published[place] for place in standing(published)]
    assert len(set(stands)) == len(stands)
    assert stands[-1:] == published[-1:], "the newest publication is what readers see"
    if published:
        there_and_back = [*published, other, published[-1]]
        assert standing(there_and_back) == standing(published)
        assert [there_and_back[place] for place in standing([*there_and_back, other])[:-1]] == stands
