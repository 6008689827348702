"""Builders of statements in the forms of the Beneficial Ownership Data Standard."""

import json

from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import copies_of, read

DAY = "2026-11-24"
PUBLISHER = {"name": "Example Register", "url": "http://register.example"}


def statement(kind, record, details, **more):
    return {
        "statementId": f"s-{record}-0000000000000000000000000000",
        "declarationSubject": record,
        "statementDate": "2020-01-01",
        "publicationDetails": {
            "publicationDate": "2020-02-01",
            "bodsVersion": "0.4",
            "publisher": PUBLISHER,
        },
        "source": {"type": ["officialRegister"]},
        "recordId": record,
        "recordType": kind,
        "recordStatus": "new",
        "recordDetails": {"isComponent": False, **details},
    } | more


def entity(record, name="Lens Works Ltd", of="registeredEntity", **details):
    return statement(
        "entity", record, {"entityType": {"type": of}, "name": name, **details}
    )


def person(record, name="Ada Example", of="knownPerson", **details):
    names = [{"type": "legal", "fullName": name}] if name else []
    return statement("person", record, {"personType": of, "names": names, **details})


def relation(record, subject, party, *interests, **details):
    told = {"subject": subject, "interestedParty": party, "interests": [*interests]}
    return statement("relationship", record, told | details)


def held(kind="shareholding", share=None, **more):
    given = {"share": share} if share is not None else {}
    return {"type": kind, "directOrIndirect": "direct", **given, **more}


def later(told, day, state="updated", **details):
    """Tell a record again on a later day."""
    return told | {
        "statementId": f"{told['statementId']}-{day}",
        "statementDate": day,
        "recordStatus": state,
        "recordDetails": told["recordDetails"] | details,
    }


OLD_KINDS = {
    "entity": "entityStatement",
    "person": "personStatement",
    "link": "ownershipOrControlStatement",
}


def old(kind, number, version="0.2", **fields):
    """Make a statement of 0.1 to 0.3, which stands under its own number."""
    told = {
        "statementID": number,
        "statementType": OLD_KINDS[kind],
        "statementDate": "2019-01-01",
        **fields,
    }
    if version == "0.1":
        return told
    return told | {
        "isComponent": False,
        "publicationDetails": {
            "publicationDate": "2019-02-01",
            "bodsVersion": version,
            "publisher": PUBLISHER,
        },
    }


def reading(folder, *statements, name="statements.json"):
    path = folder / name
    path.write_text(json.dumps(statements))
    return reading_of(path)


def reading_of(*paths):
    dataset = load_dataset("bods")
    return read(dataset, copies_of(dataset, paths, DAY))


def values(harvest, prop, schema=None):
    return [
        claim.statement.value
        for claim in harvest.claims
        if claim.statement.prop == prop and schema in (None, claim.statement.schema)
    ]


def links(harvest):
    """Say each link as schema, role, percentage, and its two ends by name."""
    names = {
        c.statement.entity_id: c.statement.value
        for c in harvest.claims
        if c.statement.prop == "name"
    }
    found = []
    for draft in harvest.drafts:
        said = {c.statement.prop: c.statement.value for c in draft.claims}
        ends = [names[v] for p, v in said.items() if v in names and p != "id"]
        if "role" in said:
            found.append((draft.schema, said["role"], said.get("percentage"), *ends))
    return sorted(found, key=str)


def reasons(harvest):
    return [one.reason for one in harvest.quarantined]
