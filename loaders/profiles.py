"""Which loader reads which file, recognised from its content."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from app.errors import LoadRefused
from loaders import cbs, duo, region_store, regions
from loaders.files import Bundle, Problem, bare_title
from loaders.reference import Reference
from loaders.tidy import Tidy

CBS, DUO, CC_BY, CC0 = "CBS", "DUO", "CC BY 4.0", "CC0"


class Need(StrEnum):
    """Region facts that a profile cannot do without; the value tells an admin what to load first."""

    AREAS = "de codelijst van gemeenten (CBS 03759ned, codes-RegioS.json)"
    POSTCODES = "de regeling met de postcodes van samenwerkingsverbanden"
    SITES = "een adressenbestand van scholen"
    WEIGHTS = "het bestand met alle scholen als punten, met leerlingaantallen"


@dataclass(frozen=True)
class Profile:
    """One kind of file. `read` makes figures; `store` writes region facts instead. Exactly one is set."""

    name: str
    publisher: str
    title: str
    licence: str
    recognise: Callable[[Bundle], bool]
    needs: tuple[Need, ...] = ()
    read: Callable[[Bundle, Reference], Tidy] | None = None
    store: Callable[[Session, Bundle], list[Problem]] | None = None


def find_profile(bundle: Bundle) -> Profile:
    """The one profile that fits the bundle.

    Raises:
        LoadRefused: none fits, or more than one; the message says what was found.
    """
    fitting = [profile for profile in PROFILES if profile.recognise(bundle)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = ", ".join(profile.title for profile in fitting)
        raise LoadRefused(f"{bundle.name} kan meer dan één soort bestand zijn: {names}.")
    found = ", ".join(bundle.header[:8]) or ", ".join(sorted(bundle.members)[:8])
    raise LoadRefused(
        f"{bundle.name} lijkt op geen van de bestanden die dit dashboard kent. Gevonden: {found}."
    )


def check_needs(profile: Profile, reference: Reference) -> None:
    """Nothing, if the database has the region facts that the profile needs.

    Raises:
        LoadRefused: some are missing; the message names all of them.
    """
    present = {
        Need.AREAS: bool(reference.areas),
        Need.POSTCODES: reference.has_postcodes,
        Need.SITES: reference.has_sites,
        Need.WEIGHTS: reference.has_weights,
    }
    if missing := [need for need in profile.needs if not present[need]]:
        raise LoadRefused(f"Laad eerst {'; '.join(missing)}.")


def _has_columns(*names: str) -> Callable[[Bundle], bool]:
    return lambda bundle: set(names) <= set(bundle.header)


def _has_titles(*titles: str) -> Callable[[Bundle], bool]:
    return lambda bundle: set(titles) <= {bare_title(column) for column in bundle.header}


def _has_members(*names: str) -> Callable[[Bundle], bool]:
    return lambda bundle: set(names) <= set(bundle.members)


def _is_area_codes(bundle: Bundle) -> bool:
    return len(bundle.members) == 1 and b"#RegioSCodes" in next(iter(bundle.members.values()))[:300]


def _is_regulation(bundle: Bundle) -> bool:
    start = next(iter(bundle.members.values()))[:4000] if len(bundle.members) == 1 else b""
    return b"Regeling regio-indeling samenwerkingsverbanden passend onderwijs" in start


def _is_school_points(bundle: Bundle) -> bool:
    start = next(iter(bundle.members.values()))[:4000] if len(bundle.members) == 1 else b""
    return b'"FeatureCollection"' in start and b'"vestigingscode"' in start


def _store_areas(session: Session, bundle: Bundle) -> list[Problem]:
    (content,) = bundle.members.values()
    areas, successions = regions.read_area_codes(content)
    region_store.store_areas(session, areas, successions)
    region_store.rebuild_shares(session)
    return []


def _store_regulation(session: Session, bundle: Bundle) -> list[Problem]:
    rows, problems = regions.read_regulation(bundle)
    region_store.store_postcodes(session, rows)
    region_store.rebuild_shares(session)
    return problems


def _store_sites(
    name: str, read: Callable[[Bundle], list[duo.SiteRow]]
) -> Callable[[Session, Bundle], list[Problem]]:
    def store(session: Session, bundle: Bundle) -> list[Problem]:
        problems = region_store.store_sites(session, name, read(bundle))
        region_store.rebuild_shares(session)
        return problems

    return store


PROFILES = (
    Profile(
        "cbs-regiocodes",
        CBS,
        "03759ned, codelijst van regio's",
        CC_BY,
        _is_area_codes,
        store=_store_areas,
    ),
    Profile(
        "regeling-swv",
        "OCW",
        "Regeling regio-indeling samenwerkingsverbanden passend onderwijs PO en VO",
        "wettekst",
        _is_regulation,
        needs=(Need.AREAS,),
        store=_store_regulation,
    ),
    Profile(
        "duo-adressen-po",
        DUO,
        "02. Alle schoolvestigingen basisonderwijs",
        CC0,
        _has_columns("INSTELLINGSCODE", "VESTIGINGSCODE", "POSTCODE", "GEMEENTENUMMER", "RMC-REGIO CODE"),
        needs=(Need.AREAS,),
        store=_store_sites("duo-adressen-po", lambda bundle: duo.read_po_addresses(bundle.table)),
    ),
    Profile(
        "duo-adressen-vo",
        DUO,
        "Alle vestigingen voortgezet onderwijs",
        CC0,
        _has_columns("BRIN NUMMER", "VESTIGINGSNUMMER", "POSTCODE", "ONDERWIJSSTRUCTUUR"),
        needs=(Need.AREAS,),
        store=_store_sites("duo-adressen-vo", lambda bundle: duo.read_vo_addresses(bundle.table)),
    ),
    Profile(
        "scholen-geo",
        "bewerking van DUO en BAG door derden",
        "Alle scholen als punten, met leerlingen 2023/24",
        CC_BY,
        _is_school_points,
        needs=(Need.AREAS,),
        store=_store_sites("scholen-geo", duo.read_school_points),
    ),
    Profile(
        "duo-historie-po",
        DUO,
        "06. Historisch overzicht aantal leerlingen per schoolvestiging",
        CC_BY,
        _has_columns("VESTIGINGSCODE", "SOORT_VESTIGING", "GEMEENTECODE_VESTIGING", "LEERLINGEN_2011"),
        needs=tuple(Need),
        read=lambda bundle, reference: duo.read_history(bundle.table, reference),
    ),
    Profile(
        "duo-leerlingen-vo",
        DUO,
        "01. Leerlingen vo per vestiging naar onderwijstype",
        CC0,
        _has_columns(
            "BRIN NUMMER", "ONDERWIJSTYPE VO EN LEER- OF VERBLIJFSJAAR", "LEER- OF VERBLIJFSJAAR 1 - MAN"
        ),
        needs=(Need.AREAS, Need.POSTCODES, Need.SITES),
        read=lambda bundle, reference: duo.read_vo_pupils(bundle.table, reference),
    ),
    Profile(
        "duo-vsv-swv",
        DUO,
        "Voortijdig schoolverlaters vo per samenwerkingsverband, 2015",
        CC0,
        _has_columns("SAMENWERKINGSVERBAND_NUMMER", "aantal_leerlingen", "vsv_totaal"),
        needs=(Need.AREAS, Need.POSTCODES),
        read=lambda bundle, reference: duo.read_vsv(bundle.table, reference),
    ),
    Profile(
        "cbs-jeugdzorg-kerncijfers",
        CBS,
        "85098NED Kerncijfers over jeugdzorg, gemeenten",
        CC_BY,
        _has_titles(
            "Regio's", "Perioden", "Jongeren met jeugdhulp in natura", "Jongeren met jeugdreclassering"
        ),
        needs=(Need.AREAS,),
        read=lambda bundle, reference: cbs.read_youth_care_shares(bundle.table, reference),
    ),
    Profile(
        "cbs-jeugdzorg-natura",
        CBS,
        "Jeugdzorg in natura per wijk en gemeente, 2022",
        CC_BY,
        _has_columns(
            "Wijken", "Perioden", "TotaalJongerenMetJeugdzorgInNatura_1", "TotaalTrajectenInNatura_9"
        ),
        needs=(Need.AREAS, Need.POSTCODES, Need.WEIGHTS),
        read=lambda bundle, reference: cbs.read_youth_care_counts(bundle.table, reference),
    ),
    Profile(
        "cbs-huishoudens",
        CBS,
        "71486NED Huishoudens naar samenstelling, 2020",
        CC_BY,
        _has_columns("Gemeente", "Jaar", "nHH", "nEenOuder"),
        needs=(Need.AREAS, Need.POSTCODES, Need.WEIGHTS),
        read=lambda bundle, reference: cbs.read_households(bundle.table, reference),
    ),
    Profile(
        "cbs-kerncijfers-leeftijd",
        CBS,
        "70072ned Regionale kerncijfers Nederland, 2019",
        CC_BY,
        _has_columns("Naam", "Totale bevolking", *cbs.AGE_BANDS),
        needs=(Need.AREAS, Need.POSTCODES, Need.WEIGHTS),
        read=lambda bundle, reference: cbs.read_age_bands(bundle.table, reference),
    ),
    Profile(
        "cbs-bevolking-v4",
        CBS,
        "03759ned Bevolking op 1 januari en gemiddeld",
        CC_BY,
        _has_members(
            "observations-page-1.json", "measure-codes.json", "codes-Perioden.json", "codes-RegioS.json"
        ),
        needs=(Need.AREAS, Need.POSTCODES, Need.WEIGHTS),
        read=cbs.read_inhabitants,
    ),
    Profile(
        "cbs-laag-inkomen-v4",
        CBS,
        "85678NED Laag en langdurig laag inkomen; huishoudenskenmerken",
        CC_BY,
        _has_members("Observations.csv", "PeriodenCodes.csv", "KenmerkenVanHuishoudensCodes.csv"),
        read=cbs.read_low_income,
    ),
)
