"""Headings: the words that people write above a column, and what stands below them."""

import re
import unicodedata
from collections.abc import Iterable
from types import MappingProxyType
from typing import Literal, get_args

__all__ = ["KINDS", "Kind", "kind_of", "normalise", "rank_of_name"]

Kind = Literal[
    "name",
    "alias",
    "country",
    "lei",
    "usc",
    "registration",
    "ticker",
    "tax",
    "product",
    "schema",
]
"""What a column can be taken as; the keys of `--column`."""

KINDS: tuple[Kind, ...] = get_args(Kind)

_LONGEST = 100
"""Characters of a heading; a longer one is a sentence, or worse."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_IN_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_NOT_WORD = re.compile(r"[\W_]+")


def normalise(heading: str) -> str:
    """Write a heading in one form: lower case, no accents, words apart by one space.

    >>> normalise(" VendorName* ")
    'vendor name'
    """
    text = _CAMEL.sub(" ", unicodedata.normalize("NFKC", heading)).casefold()
    letters = unicodedata.normalize("NFKD", text)
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return _NOT_WORD.sub(" ", plain).strip()


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word.strip() for line in lines for word in line.split(","))


_ENGLISH_ROLES = _words(
    "vendor, supplier, company, firm, organisation, organization, business, contractor",
    "subcontractor, manufacturer, maker, brand, entity, customer, client, counterparty",
    "partner, distributor, reseller, bidder, tenderer, exporter, importer, consignee",
    "creditor, debtor, awardee, recipient, provider, seller, party",
)
_GERMAN_ROLES = _words(
    "lieferant, kreditor, debitor, firma, unternehmen, gesellschaft, hersteller, kunde",
    "auftragnehmer, geschaftspartner, geschaeftspartner, anbieter, marke",
)
_FRENCH_ROLES = _words(
    "fournisseur, societe, entreprise, fabricant, client, prestataire, titulaire, marque",
)
_SPANISH_ROLES = _words(
    "proveedor, empresa, sociedad, fabricante, cliente, contratista, adjudicatario, marca",
)
_CHINESE_ROLES = _words(
    "供应商, 公司, 企业, 单位, 厂商, 制造商, 生产商, 机构, 客户, 品牌",
    "供應商, 企業, 單位, 廠商, 製造商, 機構, 客戶",
)


def _forms(roles: Iterable[str], *patterns: str) -> frozenset[str]:
    return frozenset(pattern.format(role) for role in roles for pattern in patterns)


_FULL_NAMES = (
    _forms(_ENGLISH_ROLES, "{} name", "{} names", "{} legal name", "name of {}")
    | _forms(_ENGLISH_ROLES, "name of the {}", "{} s name")
    | _forms(_GERMAN_ROLES, "{} name", "{}name", "{}nname", "{}nbezeichnung")
    | _forms(_FRENCH_ROLES, "nom {}", "nom du {}", "nom de la {}", "nom de l {}")
    | _forms(_SPANISH_ROLES, "nombre {}", "nombre del {}", "nombre de la {}")
    | _forms(_CHINESE_ROLES, "{}名称", "{}名稱", "{}全称")
    | _words(
        "legal name, registered name, official name, entity legal name, full name",
        "full legal name, name 1, name1, account name, firmenname",
        "firmenbezeichnung, name der firma, name des lieferanten, name des unternehmens",
        "raison sociale, denomination sociale, razon social, denominacion social",
    )
)
_PLAIN_NAMES = (
    _forms(_ENGLISH_ROLES, "{}", "{}s")
    | _words("name, names, companies, parties, nom, nombre, denomination")
    | _GERMAN_ROLES
    | _words("lieferanten, firmen, bezeichnung")
    | _forms(_FRENCH_ROLES | _SPANISH_ROLES, "{}", "{}s")
    | _words("proveedores, 名称, 名稱, 全称")
    | _CHINESE_ROLES
)
_NAMES_IN_ONE_LANGUAGE = _words(
    "english name, name english, name in english, name en, chinese name, name chinese",
    "name in chinese, name zh, name cn, local name, native name, name local",
    "英文名称, 中文名称, 英文名, 中文名, 公司英文名称, 公司中文名称",
)

_OTHERS: MappingProxyType[Kind, frozenset[str]] = MappingProxyType(
    {
        "alias": _words(
            "alias, aliases, aka, a k a, also known as, dba, d b a, doing business as",
            "trading name, trade name, trading as, former name, former names, short name",
            "previous name, previous names, other name, other names, alternative name",
            "alternative names, alternate name, alt name, alt names, abbreviation",
            "handelsname, kurzname",
            "fruherer name, frueherer name, nom commercial, ancien nom, sigle",
            "nombre comercial, nombre anterior, 别名, 曾用名, 简称, 別名, 簡稱",
        ),
        "country": _words(
            "country, countries, country name, country code, country iso, iso country",
            "country of incorporation, country of registration, country of domicile",
            "country region, country or region, nation, jurisdiction, country territory",
            "jurisdiction of incorporation, registered country, hq country, home country",
            "headquarters country, address country, land, landercode, laendercode",
            "landerschlussel, laenderschluessel, landeskennzeichen, sitzland, lkz, staat",
            "pays, code pays, pays d immatriculation, pays du siege, pais, codigo pais",
            "codigo de pais, 国家, 国别, 国家地区, 国家 地区, 注册国家, 国家代码",
            "國家, 國別",
        )
        | _forms(_ENGLISH_ROLES, "{} country", "{} country code"),
        "lei": _words("lei, lei code, lei number, legal entity identifier"),
        "usc": _words(
            "usc, uscc, usc code, unified social credit code, social credit code",
            "unified social credit identifier, unified social credit number",
            "统一社会信用代码, 社会信用代码, 统一信用代码, 統一社會信用代碼",
        ),
        "registration": _words(
            "registration, registration number, registration no, reg no, reg number",
            "company number, company no, company registration number, registered number",
            "company registration no, company reg no, register number, registry number",
            "business registration number, commercial register number, crn, hrb",
            "handelsregisternummer, registernummer, hr nummer, siren, siret",
            "numero siren, numero siret, rcs, numero d immatriculation",
            "numero de registro, registro mercantil, 注册号, 工商注册号, 登记号",
        ),
        "ticker": _words(
            "ticker, ticker symbol, stock symbol, stock code, stock ticker, symbol",
            "trading symbol, borsenkurzel, boersenkuerzel, 股票代码, 证券代码, 股票代碼",
        ),
        "tax": _words(
            "tax, tax id, tax number, tax no, tax code, taxpayer id, tin, ein, inn, vat",
            "vat number, vat no, vat id, vat registration number, tax registration number",
            "tax identification number, taxpayer identification number, steuernummer",
            "ust id, ustid, ust idnr, ust id nr, umsatzsteuer id, numero tva",
            "numero de tva, n tva, tva intracommunautaire, numero fiscal, nif, cif, rfc",
            "nif cif, cif nif, identificacion fiscal, 税号, 纳税人识别号, 稅號",
            "numero de identificacion fiscal",
        ),
        "product": _words(
            "product, products, product name, product model, model, model name",
            "model number, model no, device, device name, device model, equipment",
            "produkt, produktname, produkte, modell, gerat, geraet, produit, modele",
            "appareil, producto, modelo, dispositivo, equipo, 产品, 产品名称, 型号",
            "产品型号, 设备, 设备名称, 设备型号, 產品, 型號, 設備",
        ),
        "schema": _words("schema, entity schema, ftm schema"),
    }
)

_NAME_RANKS = (_FULL_NAMES, _PLAIN_NAMES, _NAMES_IN_ONE_LANGUAGE)


def _kinds_by_word() -> dict[str, Kind]:
    kinds: dict[str, Kind] = dict.fromkeys(frozenset().union(*_NAME_RANKS), "name")
    for kind, words in _OTHERS.items():
        kinds |= dict.fromkeys(words, kind)
    return kinds


_KIND_OF = MappingProxyType(_kinds_by_word())


def kind_of(heading: str) -> Kind | None:
    """Tell what a column holds by its heading, if need be without what is in brackets."""
    return None if len(heading) > _LONGEST else _KIND_OF.get(_known_form(heading))


def rank_of_name(heading: str) -> int:
    """Rank how surely a heading of kind `name` heads the name; 0 is the surest.

    0 says so in full (`vendor name`), 1 in a word (`vendor`), 2 names one language.
    """
    word = _known_form(heading)
    return next(i for i, words in enumerate(_NAME_RANKS) if word in words)


def _known_form(heading: str) -> str:
    """Bracketed words are tried first as they are: `name (english)` differs from `name`."""
    whole = normalise(heading)
    return whole if whole in _KIND_OF else normalise(_IN_BRACKETS.sub(" ", heading))
