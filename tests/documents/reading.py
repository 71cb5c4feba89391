"""What was printed, read back by another program than the one that wrote it."""

import unicodedata

import pypdfium2


def read_pages(pdf: bytes) -> list[str]:
    """The text of each page, folded: no marks of direction, no presentation forms, single spaces."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [folded(_text(document, n)) for n in range(len(document))]
    finally:
        document.close()


def _text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    text = page.get_textpage()
    try:
        return text.get_text_bounded()
    finally:
        text.close()
        page.close()


def folded(text: str) -> str:
    kept = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return " ".join(kept.replace("\ufffe", "").split())
