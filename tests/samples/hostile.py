"""Files that somebody made to do harm, or that broke on their way: made anew for each test, small on disk."""

import io
import zipfile
from collections.abc import Mapping

MEGABYTE = 1024 * 1024
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip with these members, packed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def text_cell(place: str, text: str = "x") -> str:
    """A cell of an xlsx that holds its text itself."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def xlsx(
    rows: str, *, title: str = "Blad1", doctype: str = "", extra: Mapping[str, str] | None = None
) -> bytes:
    """A workbook of one sheet with these `<row>` elements."""
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return zipped(
        {
            "[Content_Types].xml": '<?xml version="1.0"?>'
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/></Types>',
            "_rels/.rels": _links(f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" '
                                  'Target="xl/workbook.xml"/>'),
            "xl/_rels/workbook.xml.rels": _links(
                f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
                f'<Relationship Id="rId2" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
            ),
            "xl/workbook.xml": f'<?xml version="1.0"?>{doctype}<workbook xmlns="{_SPREADSHEET}" '
            f'xmlns:r="{_RELATIONS}"><sheets><sheet name="{title}" sheetId="1" r:id="rId1"/></sheets>'
            "</workbook>",
            "xl/sharedStrings.xml": f'<sst xmlns="{_SPREADSHEET}"><si><t>x</t></si></sst>',
            "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?><worksheet xmlns="{_SPREADSHEET}"><sheetData>'
            f"{rows}</sheetData></worksheet>",
            **(extra or {}),
        }
    )  # fmt: skip


def _links(relations: str) -> str:
    kind = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0"?><Relationships xmlns="{kind}">{relations}</Relationships>'


def far_corner_xlsx(title: str = "Blad1") -> bytes:
    """A workbook of 2 kB with a cell in the first place and one in the very last."""
    first = f'<row r="1">{text_cell("A1")}</row>'
    return xlsx(f'{first}<row r="1048576">{text_cell("XFD1048576")}</row>', title=title)


def repeated_string_xlsx(size: int, cells: int) -> bytes:
    """A workbook with one long text, which each of its cells refers to."""
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, cells + 1))
    long = f'<sst xmlns="{_SPREADSHEET}"><si><t>{_noise(size)}</t></si></sst>'
    return xlsx(rows, extra={"xl/sharedStrings.xml": long})


def _noise(size: int) -> str:
    """Text that does not pack too well, so that it passes for figures."""
    return "".join(f"{number * 2654435761 % 2**32:x}" for number in range(size // 8))


def ods(table: str, *, doctype: str = "", extra: Mapping[str, str] | None = None) -> bytes:
    """An OpenDocument workbook with this content in its one table."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f'<?xml version="1.0"?>{doctype}<office:document-content '
            f'xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
            f'xmlns:text="{names}:text:1.0">'
            '<office:body><office:spreadsheet><table:table table:name="Tabel">'
            f"{table}</table:table></office:spreadsheet></office:body></office:document-content>",
            **(extra or {}),
        }
    )


def far_corner_ods() -> bytes:
    """One text that is repeated over the whole sheet."""
    cell = (
        '<table:table-cell office:value-type="string" table:number-columns-repeated="16384">'
        "<text:p>x</text:p></table:table-cell>"
    )
    return ods(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')


def locked_workbook() -> bytes:
    """The start of what Excel makes of a workbook with a password."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(100)
    )


def locked_zip() -> bytes:
    """A zip that says of its member that it has a password."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.csv", "a;b\n1;2\n")
        archive.filelist[0].flag_bits |= 1
    return buffer.getvalue()


def overlapping_zip() -> bytes:
    """A zip whose directory names the same packed bytes twenty times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("0.csv", "a;b\n" * 1000)
        first = archive.filelist[0]
        for number in range(1, 20):
            again = zipfile.ZipInfo(f"{number}.csv")
            again.CRC, again.header_offset = first.CRC, first.header_offset
            again.file_size = again.compress_size = first.file_size
            archive.filelist.append(again)
    return buffer.getvalue()
