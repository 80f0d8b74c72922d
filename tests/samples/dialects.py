"""Small files in every dialect that the publishers use, with invented numbers, written out in code."""

import io
import json
import zipfile
from typing import Any

from loaders.files import Bundle
from loaders.files.sheets import column_letters

GEMEENTEN_2020 = ("Duinstad", "Veendorp", "Nieuwzand", "Hoog Eloo")
CODES_2020 = ("GM9001", "GM9002", "GM9004", "GM9006")


def text(name: str, *lines: str, encoding: str = "utf-8") -> Bundle:
    """A text file of these lines."""
    return Bundle(name, {name: "\r\n".join([*lines, ""]).encode(encoding)})


def records(name: str, rows: list[dict[str, Any]]) -> Bundle:
    """An OData v3 answer kept as JSON."""
    return Bundle(name, {name: json.dumps({"odata.metadata": "verzonnen", "value": rows}).encode()})


def folder(name: str, **lists: list[dict[str, Any]]) -> Bundle:
    """An OData v4 folder in JSON; keys are file names with `_` for `-`."""
    members = {f"{key.replace('_', '-')}.json": rows for key, rows in lists.items()}
    return Bundle(name, {file: json.dumps({"value": rows}).encode() for file, rows in members.items()})


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    """An xlsx of plain cells; a text that starts with `=` becomes a formula, None no cell at all."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    numbers = range(1, len(sheets) + 1)
    titles = "".join(
        f'<sheet name="{title}" sheetId="{n}" r:id="rId{n}"/>'
        for n, (title, _) in zip(numbers, sheets, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}">'
            f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{titles}</sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}">{links}</Relationships>'
        )
        for n, (_, rows) in zip(numbers, sheets, strict=True):
            body = "".join(_row(number, cells) for number, cells in enumerate(rows, 1))
            xml = f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>'
            archive.writestr(f"xl/worksheets/sheet{n}.xml", xml)
    return buffer.getvalue()


def _row(number: int, cells: list[object]) -> str:
    found = "".join(_cell(f"{column_letters(place)}{number}", cell) for place, cell in enumerate(cells, 1))
    return f'<row r="{number}">{found}</row>'


def _cell(place: str, cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return f'<c r="{place}"><v>{cell}</v></c>'
    if str(cell).startswith("="):
        return f'<c r="{place}"><f>{str(cell)[1:]}</f><v>1</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{cell}</t></is></c>'


def _observations(rows: list[tuple[str, str, float | None]], **fixed: str) -> list[dict[str, Any]]:
    return [
        {
            "Id": number,
            "Measure": measure,
            "ValueAttribute": "None",
            "Value": value,
            "RegioS": region,
            "Perioden": "2020JJ00",
            **fixed,
        }
        for number, (measure, region, value) in enumerate(rows, 1)
    ]


_PERIODS = [{"Identifier": "2020JJ00", "Status": "NaderVoorlopig"}]
_CARE = "VormenVanJeugdzorg,RegioS,Perioden,JongerenMetJeugdzorg_4"
_FORM = "indicator;regio;periode;uitsplitsing;teller;noemer;waarde;status;toelichting"

SAMPLES: dict[str, Bundle] = {
    "cbs-kerncijfers": text(
        "kerncijfers.csv",
        '"Perioden";"Regio\'s";"Bevolking/Samenstelling op 1 januari/Totale bevolking (aantal)";'
        '"Bevolking/Druk/Groene druk (%)";"Milieu/Totale oppervlakte (km²)"',
        '"2020*";"Duinstad";"   40000";"   36.5";"   10.25"',
        '"2020*";"Veendorp";"   16000";"   40.0";"   20.5"',
        '"2020*";"Oud Zand";"";"";""',
        '"2020*";"Nieuwzand";"    8000";"   33.1";"    5.5"',
        '"2020*";"Hoog Eloo (gemeente)";"    4000";"";"    7.5"',
        encoding="utf-8-sig",
    ),
    "cbs-jeugdzorg-vorm": records(
        "jeugdzorg-vorm.json",
        [
            {
                "ID": number,
                "VormenVanJeugdzorg": form,
                "RegioS": "GM9001    ",
                "Perioden": "2020JJ00",
                "JongerenMetJeugdzorg_84": count,
            }
            for number, (form, count) in enumerate(
                [("A045561", "     250"), ("A045560", "     200"), ("A042503", "     190"), ("A017916", 50)],
                1,
            )
        ],
    ),
    "cbs-jeugdzorg-kerncijfers-v3": text(
        "TypedDataSet.csv",
        '"ID";"RegioS";"Perioden";"JongerenMetJeugdhulpInNatura_1";"JongerenMetJeugdreclassering_5"',
        '"0";"NL01      ";"2020JJ00";"12.5";"0.4"',
        '"1";"GM9001    ";"2020JJ00";"13.0";"x"',
        '"2";"GM9003    ";"2020JJ00";"       .";"       ."',
    ),
    "cbs-jeugdzorg-kerncijfers-v4": folder(
        "85098NED",
        observations_page_1=_observations(
            [("M1", "NL01", 12.5), ("M1", "GM9001", 13), ("M2", "GM9001", 0.5)]
        ),
        measure_codes=[
            {"Identifier": "M1", "Title": "Jongeren met jeugdhulp in natura"},
            {"Identifier": "M2", "Title": "Jongeren met jeugdreclassering"},
        ],
        codes_Perioden=_PERIODS,
    ),
    "cbs-kerncijfers-v4": folder(
        "70072ned",
        observations_page_1=_observations([("M1", code, 1000) for code in CODES_2020]),
        observations_page_2=_observations([("M1", "NL01", 4000), ("M2", "GM9001", 36.5)]),
        measure_codes=[
            {"Identifier": "M1", "Title": "Totale bevolking"},
            {"Identifier": "M2", "Title": "Groene druk"},
        ],
        codes_Perioden=_PERIODS,
    ),
    "cbs-kerncijfers-v3": records(
        "70072ned.json",
        [
            {
                "ID": number,
                "RegioS": code,
                "Perioden": "2020JJ00",
                "TotaleBevolking_1": 1000,
                "GroeneDruk_9": 35.5,
            }
            for number, code in enumerate(("NL01  ", *CODES_2020), 1)
        ],
    ),
    "cbs-eenouder": text(
        "71487ned.csv",
        '"Regio\'s";"Perioden";"Totaal huishoudens met kinderen (aantal)";'
        '"Totaal eenouderhuishoudens met kinderen (aantal)"',
        '"Nederland";"2020";7000;1500',
        *(f'"{name}";"2020";{1000};{200}' for name in GEMEENTEN_2020),
        '"Noord-Nederland (LD)";"2020";7000;1500',
        '"Hoogland (PV)";"2020";7000;1500',
    ),
    "cbs-vsv": text(
        "84780NED.csv",
        '"Regio\'s";"Perioden";"Leerlingen (aantal)";"Voortijdig schoolverlaters (aantal)";'
        '"Voortijdig schoolverlaters (percentage) (%)"',
        '"Nederland";"2019/\'20*";10000;250;2,5',
        '"Duinstad";"2019/\'20*";4000;80;2',
    ),
    "cbs-laag-inkomen-regio-v4": Bundle(
        "85678NED",
        {
            "Observations.csv": (
                b"Id;Measure;KenmerkenVanHuishoudens;InkomensgrensHuishouden;DuurInkomenspositie;RegioS;Perioden;"
                b"Value;StringValue;ValueAttribute\n"
                b"0;1016445_2;1050010;1050290;A028721;GM9001;2020JJ00;6,5;;None\n"
                b"1;1016445_2;1050010;1050290;A028724;GM9001;2020JJ00;2,5;;None\n"
                b"2;1016445_1;1050010;1050290;A028721;GM9001;2020JJ00;0,7;;None\n"
            ),
            "PeriodenCodes.csv": b"Identifier;Title;Status\n2020JJ00;2020;Definitief\n",
        },
    ),
    **{
        f"duo-pogemeente-{kind}": text(
            f"gemeente_{kind}.csv",
            f'"GEMEENTENUMMER","TYPE_PO","PEILJAAR",{extra}"AANTAL_LEERLINGEN"',
            *(
                f'"{code[2:]}","{sort}","2020",{group}"{count}"'
                for code in CODES_2020
                for sort, count in (("BO", 400), ("SBO", 10))
                for group in groups
            ),
            '"9999","BO","2020",' + groups[0] + '"7"',
        )
        for kind, extra, groups in (
            ("totaal", "", ("",)),
            ("geslacht", '"GESLACHT",', ('"M",', '"V",')),
            ("leeftijd", '"LEEFTIJD",', ('"4",', '"5",', '"6",')),
        )
    },
    "duo-poswv-totaal": text(
        "swv_totaal.csv",
        '"SAMENWERKINGSVERBANDNUMMER","TYPE_PO","PEILJAAR","AANTAL_LEERLINGEN"',
        '"PO-90-01","BO","2020","9800"',
        '"PO-90-01","SBO","2020","200"',
        '"PO-90-02","BO","2020","500"',
        '"PO-90-02","SBO","2020","<5"',
    ),
    "duo-poswv-geslacht": text(
        "swv_geslacht.csv",
        '"SAMENWERKINGSVERBANDNUMMER","TYPE_PO","PEILJAAR","GESLACHT","AANTAL_LEERLINGEN"',
        '"PO-90-01","BO","2020","M","5000"',
        '"PO-90-01","BO","2020","V","4800"',
        '"PO-90-01","SBO","2020","M","*"',
        '"PO-90-01","SBO","2020","V","120"',
    ),
    "eigen-formulier": text(
        "formulier.csv",
        "# Formulier (verzonnen)",
        _FORM,
        "tlv-so-1000;PO9001;2023/24;totaal;12;4000;;voorlopig;",
        "tlv-so-1000;PO-90-02;2023/24;;;;;verborgen;te klein",
        "tlv-so-1000;;;totaal;;;;;",
    ),
    "cbs-achterstandsscores": Bundle(
        "scores.xlsx",
        {
            "scores.xlsx": workbook(
                ("Voorblad", [["Achterstandsscores (verzonnen)"]]),
                (
                    "Tabel 1",
                    [
                        ["Tabel 1"],
                        ["Achterstandsscore per basisschoolvestiging, 1 oktober 2019"],
                        [None],
                        [
                            "School (BRIN vestiging)",
                            "Aantal bekostigde leerlingen",
                            "Achterstandsscore",
                            None,
                        ],
                        [None],
                        ["90AA00", 100, 33.5, None],
                        ["90AE00", 40, 0, "a"],
                        ["99ZZ00", 60, 10.25, None],
                        [None],
                        ["Bron: CBS"],
                        ["a Deze score is onzeker."],
                    ],
                ),
            )
        },
    ),
    "regioatlas": text(
        "jeugdregios.csv",
        '"Gemeente";"CBS";"Jeugdzorgregio\'s";"Inwoneraantal van regio"',
        '"Duinstad";"9001";"Drenthe";"1"',
        '"Veendorp";"9002";"Twente ";"1"',
        '"Veendorp";"9002";"Twente";"1"',
        encoding="utf-8-sig",
    ),
    "cbs-gemeentenlijst": text(
        "gemeenten.csv",
        "Gemeentecode,GemeentecodeGM,Gemeentenaam,Provinciecode,ProvinciecodePV,Provincienaam",
        *(
            f"{code[2:]},{code},{name},20,PV20,Hoogland"
            for code, name in zip(CODES_2020, GEMEENTEN_2020, strict=True)
        ),
    ),
    "gemeente-omtrekken": Bundle(
        "omtrekken.geojson",
        {
            "omtrekken.geojson": json.dumps(
                {
                    "type": "FeatureCollection",
                    "features": [
                        {
                            "type": "Feature",
                            "properties": {"gemeenteCode": code, "gemeenteNaam": name},
                            "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]},
                        }
                        for code, name, ring in (
                            ("GM9001", "Duinstad", [[5, 52], [6, 52], [6, 53], [5, 53], [5, 52]]),
                            ("GM9002", "Veendorp", [[5, 52], [6, 53], [6, 52], [5, 53], [5, 52]]),
                        )
                    ],
                }
            ).encode()
        },
    ),
}
