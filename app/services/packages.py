"""Texts that go out as files, several at once: each in the form that is asked for, or as it is kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.errors import NotFound
from app.domain.said import saying
from app.domain.segments import Tag
from app.formats.files import Form
from app.formats.packages import Packed
from app.services import exchange
from app.services.texts import require_document
from app.storage.texts import DbDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    """A text that goes out: the file, and the number of the revision that it was made from."""

    document: DocumentName
    locale: Tag
    revision: int
    file: Packed


def forms_of(document: DbDocument, locale: Tag) -> tuple[Form, ...]:
    """Return the forms in which a text goes out, that which most people know first."""
    if document.kind is Kind.CATALOGUE:
        return (Form.PO, Form.XLIFF12, Form.XLIFF20)
    if document.source == locale:
        return (Form.MD,)
    known = (Form.DOCX, Form.PO, Form.XLIFF12, Form.XLIFF20)
    text = document.text_in(locale)
    return (*known, Form.MD) if text is not None and (text.head_id or text.live_id) else known


def going_out(session: Session, texts: Iterable[tuple[DocumentName, Tag]], form: Form | None) -> Iterator[Out]:
    """Yield texts as files, by folders of their documents, in this form (None: each as it is kept).

    One that has no such form goes out as it is kept; one of which nothing can be given out, in no form, does not.
    """
    for name, locale in texts:
        try:
            yield out(session, name, locale, form_for(require_document(session, name), locale, form))
        except NotFound:
            continue


def form_for(document: DbDocument, locale: Tag, form: Form | None) -> Form:
    """Return the form in which a text goes out where this one is asked for (None: as it is kept).

    NotFound where nothing of it can be given out.
    """
    if form is not None and form in forms_of(document, locale):
        return form
    text = document.text_in(locale)
    if text is None or not (text.head_id or text.live_id):
        raise NotFound(
            saying("%(document)s has no text in %(language)s", document=str(document.full_name), language=locale)
        )
    return Form.PO if document.kind is Kind.CATALOGUE else Form.MD


def out(session: Session, name: DocumentName, locale: Tag, form: Form) -> Out:
    """Return a text as a file. Refusals as `exchange.give_out`."""
    given = exchange.give_out(session, name, locale, form)
    file = Packed(name=f"{name}/{locale}{form.ending}", raw=given.raw)
    return Out(document=name, locale=locale, revision=given.number, file=file)
