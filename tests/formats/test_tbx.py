"""A glossary as TBX: what goes out comes in the same, and other tools have the same terms."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from translate.storage import tbx as toolkit

from app.domain.errors import BadText
from app.domain.glossary import Term
from app.domain.segments import Tag
from app.domain.terms import folded, problems, tidy
from app.formats import term_files
from app.formats.tbx import read, write
from app.formats.term_files import TermFile

EN, KY = Tag("en"), Tag("ky")
WORDS = st.text(st.sampled_from("aбʻ=+-@'\" ;,|<>&]\t\n\x00\x0b\ud800"), max_size=12)


def term(words: str, translation: str = "", **said: object) -> Term:
    return Term(source=EN, target=KY, term=words, translation=translation, **said)  # type: ignore[arg-type]  # some fields, by their names


TERMS = (
    term("customs", "бажы", note="an office\nof a state", forbidden=("таможня", "бажыкана")),
    term("CARICC", keep=True, forbidden=("КАРИКЦ",)),
    term("nobody knows", note="how it is called"),
    term("R&D", "ИИ <жана> И"),
    term("Almaty", "Almaty"),
)


def entry(*languages: str, more: str = "") -> bytes:
    body = f"<termEntry>{more}{''.join(languages)}</termEntry>"
    head = '<?xml version="1.0"?>\n<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">\n'
    return f'{head}<martif type="TBX"><text><body>{body}</body></text></martif>'.encode()


def language(tag: str, *terms: tuple[str, str]) -> str:
    groups = "".join(
        f'<tig><term>{word}</term><termNote type="administrativeStatus">{status}</termNote></tig>'
        for word, status in terms
    )
    return f'<langSet xml:lang="{tag}">{groups}</langSet>'


def came(raw: bytes) -> tuple[Term, ...]:
    return read(BytesIO(raw), EN, KY, path="t.tbx")


def test_forbidden_forms_notes_and_what_is_not_translated_survive_the_round_trip() -> None:
    assert came(write(TERMS, EN, KY)) == TERMS


@given(st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS, st.booleans()), min_size=1, max_size=4))
@settings(max_examples=60)
def test_what_goes_out_comes_in_the_same(rows: list[tuple[str, str, str, str, bool]]) -> None:
    made = [
        tidy(term(words, "" if keep else to, note=note, forbidden=(bad,), keep=keep))
        for words, to, note, bad, keep in rows
    ]
    sound = {folded(one.term): one for one in made if not list(problems(one))}
    for form in TermFile if sound else ():
        of_form = [one for one in sound.values() if form is TermFile.TBX or "|" not in "".join(one.forbidden)]
        if of_form:
            out = term_files.write(form, of_form, EN, KY)
            assert term_files.read(out, EN, KY, path="") == tuple(of_form)


def test_a_file_is_the_same_whenever_it_is_written() -> None:
    assert write(TERMS, EN, KY) == write(TERMS, EN, KY)


def test_translate_toolkit_has_the_same_terms_and_knows_which_are_not_to_be_written() -> None:
    theirs = toolkit.tbxfile(BytesIO(write(TERMS, EN, KY)), "en", "ky").units
    assert (theirs[0].source, theirs[0].get_target_terms()[0].text) == ("customs", "бажы")
    assert [[word.text for word in one.get_target_terms() if word.deprecated] for one in theirs[:2]] == [
        ["таможня", "бажыкана"], ["КАРИКЦ"],
    ]  # fmt: skip
    assert [one.istranslatable() for one in theirs] == [True, False, True, True, True]
    assert (theirs[1].source, theirs[1].target) == ("CARICC", "CARICC")


def test_we_read_what_translate_toolkit_writes() -> None:
    theirs = toolkit.tbxfile(sourcelanguage="en", targetlanguage="ky")
    unit = theirs.addsourceunit("customs")  # type: ignore[no-untyped-call]  # the toolkit has no types
    unit.target = "бажы"
    assert came(bytes(theirs)) == (term("customs", "бажы"),)


@pytest.mark.parametrize("style", ["dca", "dct"])
def test_the_dialect_of_2019_is_read_in_both_of_its_styles(style: str) -> None:
    status = {
        "dca": '<termNote type="administrativeStatus">{}</termNote>',
        "dct": '<min:administrativeStatus xmlns:min="http://www.tbxinfo.net/ns/min">{}</min:administrativeStatus>',
    }[style]
    terms = "".join(
        f"<termSec><term>{word}</term>{status.format(standing)}</termSec>"
        for word, standing in (("таможня", "deprecatedTerm-admn-sts"), ("бажы", "preferredTerm-admn-sts"))
    )
    raw = (
        f'<tbx xmlns="urn:iso:std:iso:30042:ed-2" style="{style}" type="TBX-Basic" xml:lang="en"><text><body>'
        "<conceptEntry><note>an office</note>"
        "<langSec xml:lang='en-US'><termSec><term>customs</term></termSec></langSec>"
        f"<langSec xml:lang='ky-KG'>{terms}</langSec></conceptEntry></body></text></tbx>"
    )
    assert came(raw.encode()) == (term("customs", "бажы", note="an office", forbidden=("таможня",)),)


def test_synonyms_and_homonyms_lose_no_word() -> None:
    good = ("admittedTerm-admn-sts", "preferredTerm-admn-sts")
    one = language("en", ("duty", ""), ("tax", ""), ("toll", "deprecatedTerm-admn-sts"))
    both = came(entry(one, language("ky", ("төлөм", good[0]), ("салык", good[1])), more="<note>money</note>"))
    assert both == (term("duty", "салык", note="money\n= төлөм"), term("tax", "салык", note="money\n= төлөм"))
    homonym = "<termEntry>" + language("en", ("Duty", "")) + language("ky", ("милдет", "")) + "</termEntry></body>"
    raw = entry(one, language("ky", ("салык", ""))).replace(b"</body>", homonym.encode())
    assert came(raw) == (term("duty", "салык", note="= милдет"), term("tax", "салык"))


def test_a_definition_is_a_note_and_so_is_what_stands_with_a_term() -> None:
    more = '<descripGrp><descrip type="definition">A tax.</descrip></descripGrp><descrip type="x">y</descrip>'
    target = language("ky", ("салык", "")).replace("</tig>", "<note>rarely</note></tig>")
    assert came(entry(language("en", ("tax", "")), target, more=more)) == (term("tax", "салык", note="A tax.\nrarely"),)


def test_concepts_of_other_languages_are_passed_over_and_a_file_without_ours_is_refused() -> None:
    german = language("de", ("Zoll", ""))
    with pytest.raises(BadText, match=r"^t.tbx:0: no concept has terms in both languages: en, ky$"):
        came(entry(language("en", ("tax", "")), german))


def test_what_no_glossary_holds_is_told_with_its_line() -> None:
    with pytest.raises(BadText) as refused:
        came(entry("\n" + language("en", ("t" * 201, "")), language("ky", ("салык", ""))))
    assert str(refused.value) == "t.tbx:3: the term has 201 letters, and 200 are the most"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
def test_either_kind_is_told_by_its_bytes(charset: str) -> None:
    raw = write(TERMS, EN, KY).decode().replace("'UTF-8'", f"'{charset.removesuffix('-sig')}'").encode(charset)
    assert term_files.read(raw, EN, KY, path="") == TERMS
    table = term_files.write(TermFile.CSV, TERMS, EN, KY)
    assert term_files.read(table, EN, KY, path="") == TERMS
