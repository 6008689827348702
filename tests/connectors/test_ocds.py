"""A contracting process is told as its releases tell it in the end. All names are invented."""

import gzip
import json

import pytest

from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import copies_of, read
from standsbehind.errors import SourceError

OCID = "ocds-x00000-1"
BUYER = {
    "id": "B",
    "name": "City of Example",
    "roles": ["buyer", "procuringEntity"],
    "identifier": {"scheme": "XX-LOC", "id": "77"},
    "contactPoint": {"name": "Jo Clerk", "email": "jo@city.example"},
}
FIRM = {
    "id": "S",
    "name": "Example Cameras",
    "roles": ["supplier", "tenderer"],
    "identifier": {"scheme": "XX-REG", "id": "123", "legalName": "Example Cameras SA"},
    "additionalIdentifiers": [{"scheme": "XI-LEI", "id": "5493001KJTIIGC8Y1R12"}],
    "address": {"streetAddress": "1 Lens Road", "countryName": "France"},
}
AWARD = {
    "id": "a1",
    "title": "Cameras for the square",
    "status": "active",
    "date": "2024-03-01T10:00:00+02:00",
    "value": {"amount": 950.5, "currency": "EUR"},
    "suppliers": [{"id": "S", "name": "Example Cameras"}],
    "contractPeriod": {"startDate": "2024-04-01T00:00:00Z"},
    "items": [
        {
            "id": "1",
            "description": "Dome cameras",
            "classification": {
                "scheme": "CPV",
                "id": "35125300",
                "description": "Security cameras",
            },
        }
    ],
}


def release(number=1, **fields):
    told = {
        "ocid": OCID,
        "id": f"r{number}",
        "date": f"2024-03-0{number}T00:00:00Z",
        "tag": ["award"],
        "parties": [BUYER, FIRM],
        "buyer": {"id": "B", "name": "City of Example"},
        "tender": {"id": "t", "title": "Cameras"},
        "awards": [AWARD],
    }
    return {key: value for key, value in (told | fields).items() if value is not ...}


def package(*releases, **fields):
    return {"version": "1.1", "publisher": {"name": "Example Portal"}} | (
        fields or {"releases": list(releases)}
    )


def award(**fields):
    return {key: value for key, value in (AWARD | fields).items() if value is not ...}


@pytest.fixture
def reading(tmp_path):
    """Return a function that reads documents, or bytes, as files of one pull."""

    def _reading(*documents, name="package.json"):
        paths = []
        for number, document in enumerate(documents):
            path = tmp_path / f"{number}-{name}"
            is_bytes = isinstance(document, bytes)
            path.write_bytes(document if is_bytes else json.dumps(document).encode())
            paths.append(path)
        dataset = load_dataset("ocds")
        return read(dataset, copies_of(dataset, paths, "2026-11-24"))

    return _reading


def values(harvest, schema, prop):
    return [
        c.statement.value
        for c in harvest.claims
        if (c.statement.schema, c.statement.prop) == (schema, prop)
    ]


def cited(harvest, prop):
    return [
        citation.record.rpartition(", ")[2]
        for claim in harvest.claims
        for citation in claim.citations
        if claim.statement.prop == prop
    ]


def reasons(harvest):
    return [one.reason for one in harvest.quarantined]


def test_an_award_links_the_supplier_to_what_the_buyer_bought(reading):
    found = reading(package(release()))
    (contract,) = values(found, "Contract", "id")
    assert values(found, "ContractAward", "contract") == [contract]
    assert values(found, "UnknownLink", "object") == [contract]
    assert values(found, "UnknownLink", "role") == ["bought, as contracting authority"]
    assert values(found, "ContractAward", "amount") == ["950.5"]
    assert values(found, "ContractAward", "date") == ["2024-03-01"]
    assert values(found, "ContractAward", "cpvCode") == ["35125300"]
    assert values(found, "Contract", "classification") == [
        "CPV:35125300 Security cameras"
    ]
    assert (found.quarantined, found.unread) == ((), ())


def test_a_supplier_is_known_by_its_register_number_and_its_lei(reading):
    found = reading(package(release()))
    assert values(found, "Organization", "registrationNumber") == ["77", "123"]
    assert values(found, "Organization", "leiCode") == ["5493001KJTIIGC8Y1R12"]
    assert values(found, "Organization", "alias") == ["Example Cameras SA"]
    assert values(found, "Organization", "country") == ["fr"]


def test_the_publisher_of_the_package_is_cited_and_its_prefix_is_the_origin(reading):
    citation = reading(package(release())).drafts[0].citation
    assert (citation.publisher, citation.origin_group) == (
        "Example Portal",
        "ocds-x00000",
    )
    assert citation.published == "2024-03-01"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        pytest.param("pending", "that is pending", id="not yet made"),
        pytest.param("cancelled", "that is cancelled", id="cancelled"),
        pytest.param("unsuccessful", "that was unsuccessful", id="never made"),
        pytest.param(..., "whose status is not stated", id="no status"),
    ],
)
def test_an_award_that_was_not_made_never_looks_like_one(reading, status, words):
    found = reading(package(release(awards=[award(status=status)])))
    assert values(found, "ContractAward", "id") == []
    assert values(found, "UnknownLink", "role") == [
        f"is named as supplier in an award {words}",
        "is the buyer of a process that states no award in force",
    ]
    assert values(found, "UnknownLink", "amount") == []
    assert values(found, "UnknownLink", "startDate") == []
    assert "950.5 EUR" in values(found, "UnknownLink", "statusNote")[0]


@pytest.mark.parametrize("amount", ["nan", "1,000", "inf", True, "1" * 40])
def test_an_amount_that_is_no_number_is_reported(reading, amount):
    found = reading(package(release(awards=[award(value={"amount": amount})])))
    assert values(found, "ContractAward", "amount") == []
    assert "amount" in found.unread[0].what


def test_a_signed_contract_shows_that_an_award_without_status_was_made(reading):
    contract = {"id": "c1", "awardID": "a1", "status": "active", "dateSigned": None}
    found = reading(package(release(awards=[award(status=...)], contracts=[contract])))
    assert values(found, "ContractAward", "documentNumber") == ["c1"]


def test_an_award_whose_contract_is_cancelled_says_so(reading):
    contract = {"id": "c1", "awardID": "a1", "status": "cancelled"}
    found = reading(package(release(contracts=[contract])))
    assert values(found, "ContractAward", "id") == []
    assert "whose contract is cancelled" in values(found, "UnknownLink", "role")[0]
    assert "contract c1: cancelled" in values(found, "UnknownLink", "statusNote")


def test_a_status_that_is_not_known_sets_the_award_aside(reading):
    found = reading(package(release(awards=[award(status="adjudicado")])))
    assert reasons(found) == ["status 'adjudicado' is not known"]


def test_an_amended_award_stands_once_with_its_latest_values(reading):
    amended = {"id": "a1", "value": {"amount": 1000}}
    later = release(2, awards=[amended], parties=..., tender=...)
    found = reading(package(later, release()))
    assert values(found, "ContractAward", "amount") == ["1000"]
    assert values(found, "ContractAward", "currency") == ["EUR"]
    assert cited(found, "amount") == [f"release r2 of {OCID}"]
    assert cited(found, "currency") == [f"release r1 of {OCID}"]
    assert found.rows == 2


def test_a_value_that_is_set_to_null_is_gone(reading):
    later = release(2, awards=[{"id": "a1", "value": None}])
    found = reading(package(release()), package(later))
    assert values(found, "ContractAward", "amount") == []


def test_a_cancelled_award_takes_the_place_of_the_one_in_force(reading):
    before = reading(package(release()))
    after = reading(package(release(2, awards=[award(status="cancelled")])))
    (made,) = values(before, "ContractAward", "id")
    assert made in values(after, "UnknownLink", "id")


def test_an_amended_supplier_takes_the_place_of_the_former(reading):
    other = FIRM | {"id": "T", "name": "Other Lens", "identifier": {}}
    given = award(suppliers=[{"id": "T", "name": "Other Lens"}])
    before = reading(package(release()))
    after = reading(package(release(2, parties=[BUYER, other], awards=[given])))
    ids = [values(one, "ContractAward", "id") for one in (before, after)]
    assert ids[0] == ids[1]


def test_an_award_to_several_is_a_link_for_each(reading):
    other = {"id": "T", "name": "Other Lens", "roles": ["supplier"]}
    both = award(suppliers=[{"id": "S"}, {"id": "T"}])
    found = reading(package(release(parties=[BUYER, FIRM, other], awards=[both])))
    assert len(set(values(found, "ContractAward", "supplier"))) == 2


def test_who_only_tendered_is_not_read(reading):
    loser = {"id": "L", "name": "Losing Lens", "roles": ["tenderer"]}
    found = reading(package(release(parties=[BUYER, FIRM, loser])))
    assert "Losing Lens" not in values(found, "Organization", "name")


def test_contact_points_are_not_read(reading):
    found = reading(package(release()))
    assert not any("jo" in c.statement.value.lower().split() for c in found.claims)
    assert not any("@" in c.statement.value for c in found.claims)


@pytest.mark.parametrize(
    "mark",
    [
        pytest.param({"details": {"scale": "selfEmployed"}}, id="scale"),
        pytest.param({"details": {"legalType": "Persona Física"}}, id="words"),
        pytest.param({"details": {"isNaturalPerson": True}}, id="flag"),
        pytest.param({"identifier": {"scheme": "UA-IPN", "id": "9"}}, id="register"),
    ],
)
def test_a_natural_person_is_set_aside(reading, mark):
    found = reading(package(release(parties=[BUYER, FIRM | mark])))
    assert values(found, "Organization", "name") == ["City of Example"]
    assert values(found, "ContractAward", "id") == []
    assert any("natural person" in reason for reason in reasons(found))
    assert not any(c.statement.value == "9" for c in found.claims)


def test_the_number_of_a_natural_person_is_not_told(reading):
    person = FIRM | {"id": "UA-IPN-99", "identifier": {"scheme": "UA-IPN", "id": "99"}}
    given = award(suppliers=[{"id": "UA-IPN-99", "name": "Jo Testman"}])
    found = reading(package(release(parties=[BUYER, person], awards=[given])))
    told = [f"{one.locator} {one.reason}" for one in found.quarantined]
    assert told
    assert not any("99" in one or "Jo" in one for one in told)


def test_the_parties_of_ocds_1_0_stand_where_they_act(reading):
    buyer = {key: BUYER[key] for key in ("name", "identifier", "contactPoint")}
    firm = {key: FIRM[key] for key in ("name", "identifier", "address")}
    old = release(parties=..., buyer=buyer, awards=[award(suppliers=[firm])])
    found, new = reading({"releases": [old]}), reading(package(release()))
    assert set(values(found, "Organization", "id")) == set(
        values(new, "Organization", "id")
    )


def test_a_number_that_two_firms_share_tells_neither_apart(reading):
    other = FIRM | {"id": "T", "name": "Other Lens"}
    both = award(suppliers=[{"id": "S"}, {"id": "T"}])
    found = reading(package(release(parties=[BUYER, FIRM, other], awards=[both])))
    assert len(set(values(found, "ContractAward", "supplier"))) == 2


def test_a_number_without_a_scheme_holds_within_its_process_alone(reading):
    firm = FIRM | {"identifier": {"id": "123"}}
    one = release(parties=[BUYER, firm])
    other = one | {"ocid": "ocds-x00000-2"}
    found = reading(package(one, other))
    assert len(set(values(found, "ContractAward", "supplier"))) == 2


def test_a_record_is_read_by_its_compiled_release(reading):
    record = {"ocid": OCID, "releases": [], "compiledRelease": release()}
    found = reading(package(records=[record]))
    assert values(found, "ContractAward", "amount") == ["950.5"]
    assert found.rows == 1


def test_a_record_of_whole_releases_is_merged(reading):
    later = release(2, awards=[award(status="cancelled")])
    record = {"ocid": OCID, "releases": [later, release()]}
    assert values(reading(package(records=[record])), "ContractAward", "id") == []


def test_a_record_of_addresses_alone_is_set_aside(reading):
    linked = {
        "ocid": OCID,
        "releases": [{"url": "https://x.example", "tag": ["award"]}],
    }
    found = reading(package(records=[linked]), package(release()))
    assert "by address alone" in reasons(found)[0]


def versions(*told):
    return [
        {"releaseID": f"r{n}", "releaseDate": f"2024-03-0{n}T00:00:00Z", "value": value}
        for n, value in told
    ]


def test_a_versioned_release_is_read_by_its_latest_values(reading):
    status = versions((2, "active"), (1, "pending"))
    suppliers = versions((1, [{"name": "Example Cameras"}]))
    told = {"id": "a1", "status": status, "suppliers": suppliers}
    found = reading({"ocid": OCID, "awards": [told]})
    assert values(found, "ContractAward", "status") == ["active"]
    assert values(found, "Organization", "name") == ["Example Cameras"]


def test_lines_of_json_are_read_one_by_one_and_a_cut_line_is_set_aside(reading):
    lines = "\n".join(json.dumps(one) for one in (release(), release(2)))
    found = reading((lines + '\n{"ocid": "x').encode())
    assert found.rows == 2
    assert "cut off" in reasons(found)[0]


def test_a_packed_file_is_read_and_a_damaged_one_refused(reading):
    content = gzip.compress(json.dumps(release()).encode())
    assert reading(content, name="full.jsonl.gz").rows == 1
    with pytest.raises(SourceError, match="damaged"):
        reading(content[:-20], name="full.jsonl.gz")


def test_a_field_that_the_standard_lacks_is_reported_once(reading):
    odd = [award(id=key, multiYear=True) for key in ("a1", "a2")]
    found = reading(package(release(awards=odd, wrongs=1)))
    assert [one.what for one in found.unread] == [
        "field 'wrongs'",
        "field 'awards/multiYear'",
    ]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        pytest.param({"ocid": ...}, "no ocid", id="no ocid"),
        pytest.param({"ocid": 5}, "no ocid", id="ocid a number"),
        pytest.param({"date": "soon"}, "no date", id="no order"),
        pytest.param({"awards": [award(), award(title="x")]}, "second one", id="twice"),
        pytest.param({"awards": [award(id=...)]}, "without id", id="no id"),
        pytest.param({"awards": [None, award()]}, "not an object", id="null"),
        pytest.param(
            {"awards": [award(suppliers=[{"id": "Z"}])]}, "not named", id="nobody"
        ),
        pytest.param({"awards": [award(suppliers=...)]}, "no supplier", id="no winner"),
        pytest.param(
            {"contracts": [{"id": "c", "awardID": "zz"}]}, "'zz'", id="no such award"
        ),
    ],
)
def test_what_cannot_be_read_without_guessing_is_set_aside(reading, fields, reason):
    whole = release(2, awards=...)
    found = reading(package(whole, release(3, **fields)))
    assert any(reason in one for one in reasons(found))


WRONG = [None, True, 7, 1e300, "text", [], [1], [[]], [None], {}, {"a": {}}, [{}]]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
@pytest.mark.parametrize(
    "place",
    [
        *("parties", "buyer", "tender", "awards", "contracts", "date", "id", "tag"),
        *("awards.suppliers", "awards.value", "awards.status", "awards.items"),
        *("awards.date", "awards.contractPeriod", "awards.id", "awards.title"),
        *("awards.value.amount", "awards.items.classification", "awards.relatedLots"),
        *("parties.identifier", "parties.address", "parties.roles", "parties.name"),
        *("parties.additionalIdentifiers", "parties.details", "parties.id"),
    ],
)
def test_a_wrong_type_anywhere_is_no_traceback(reading, place, wrong):
    told = json.loads(json.dumps(release()))
    *way, last = place.split(".")
    inside = told
    for step in way:
        inside = inside[step]
        inside = inside[0] if isinstance(inside, list) else inside
    inside[last] = wrong
    other = release(2) | {"ocid": "ocds-x00000-2"}
    assert reading(package(told, other)).rows


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"<!DOCTYPE html><html>", "web page", id="web page"),
        pytest.param(b'{"releases": [{"ocid', "not whole JSON", id="cut off"),
        pytest.param('{"a": "é"}'.encode("latin-1"), "UTF-8", id="encoding"),
        pytest.param(b"[" * 100_000, "not whole JSON", id="deep"),
        pytest.param(b'{"statements": []}', "statements", id="another standard"),
        pytest.param(b'{"version": "2.0"}', "version '2.0'", id="another version"),
        pytest.param(b'{"version": [1]}', "version", id="no version"),
        pytest.param(b"7", "an object", id="a number"),
        pytest.param(b'{"releases": []}', "no record", id="nothing in it"),
    ],
)
def test_what_is_no_ocds_is_refused_by_name(reading, content, message):
    with pytest.raises(SourceError, match=message):
        reading(content)


def test_a_release_that_is_nested_too_deep_is_refused(reading):
    deep = {"x": 1}
    for _ in range(100):
        deep = {"x": deep}
    with pytest.raises(SourceError, match="deep"):
        reading(package(release(parties=[BUYER | {"details": deep}])))


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "rows", "awards", "unread"),
    [
        ("ocds-1.1/ocds-213czf-000-00001-01-planning.json", 1, 0, 0),
        ("ocds-1.1/ocds-213czf-000-00001-02-tender.json", 1, 0, 0),
        ("ocds-1.1/ocds-213czf-000-00001-03-tenderAmendment.json", 1, 0, 0),
        ("ocds-1.1/ocds-213czf-000-00001-04-award.json", 1, 0, 0),
        ("ocds-1.1/ocds-213czf-000-00001-05-contract.json", 1, 1, 0),
        ("ocds-1.1/ocds-213czf-000-00001-06-implementation.json", 1, 1, 0),
        ("ocds-1.1/ocds-213czf-000-00001.json", 6, 1, 0),
        ("ocds-1.1/record_ocds-213czf-000-00001-withversions.json", 1, 1, 0),
        ("ocds-1.1/record_ocds-213czf-000-00001.json", 1, 1, 0),
        ("ocds-real/record-package_package.json", 2, 2, 8),
        ("ocds-real/record-package_versioned.json", 2, 2, 8),
        ("ocds-real/release-package-1-2.json", 4, 2, 8),
        ("ocds-real/release-package-1.json", 2, 1, 8),
        ("ocds-real/release-package_encoding-utf-8.json", 3, 0, 6),
        ("ocds-real/versioned-release-1.json", 1, 1, 8),
    ],
)
def test_the_published_files_are_read_whole(shared, name, rows, awards, unread):
    dataset = load_dataset("ocds")
    found = read(dataset, copies_of(dataset, [shared / "data" / name], "2026-11-24"))
    assert (found.rows, found.quarantined, len(found.unread)) == (rows, (), unread)
    assert len(values(found, "ContractAward", "supplier")) == awards


@pytest.mark.shared
def test_releases_and_their_record_say_the_same(shared):
    dataset = load_dataset("ocds")
    names = ("ocds-213czf-000-00001.json", "record_ocds-213czf-000-00001.json")
    told = []
    for name in names:
        path = shared / "data" / "ocds-1.1" / name
        found = read(dataset, copies_of(dataset, [path], "2026-11-24"))
        told.append({(c.statement.id, c.statement.schema) for c in found.claims})
    assert told[0] == told[1]
