"""Hand-made sets of OFAC's four files, with invented names, and how to look into them."""

from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import copies_of, read

TODAY = "2026-11-23"
NULL = "-0- "


def row(*cells):
    """Print one line as OFAC does: text in quotes, numbers and null marks without."""
    plain = (cell if cell.isdigit() or cell == NULL else f'"{cell}"' for cell in cells)
    return ",".join(plain) + "\r\n"


def primary(number, name, kind=NULL, programs="SDGT", remarks=NULL, **columns):
    names = ("Title", "Call_Sign", "Vess_type", "Tonnage", "GRT", "Flag", "Owner")
    middle = (columns.get(column, NULL) for column in names)
    return row(number, name, kind, programs, *middle, remarks)


def harvest_of(dataset_id, folder, **files):
    """Read files of one set; what is given as text is written as it stands."""
    for role, text in files.items():
        folder.joinpath(f"{role}.csv").write_bytes(text.encode())
    dataset = load_dataset(dataset_id)
    paths = sorted(folder.glob("*.csv"))
    return read(dataset, copies_of(dataset, paths, TODAY))


def subjects(harvest):
    return [d for d in harvest.drafts if d.schema not in {"Sanction", "UnknownLink"}]


def drafts(harvest, schema):
    return [draft for draft in harvest.drafts if draft.schema == schema]


def values(draft, prop):
    return [c.statement.value for c in draft.claims if c.statement.prop == prop]


def originals(draft, prop):
    return [
        c.statement.original_value for c in draft.claims if c.statement.prop == prop
    ]


def listings(harvest):
    """Return program, tag and start of every listing."""
    return [
        tuple("".join(values(d, p)) for p in ("programId", "program", "startDate"))
        for d in drafts(harvest, "Sanction")
    ]


def official(shared, dataset_id, *names):
    dataset = load_dataset(dataset_id)
    folder = shared / "data" / dataset_id.replace("_", "-")
    return read(dataset, copies_of(dataset, [folder / name for name in names], TODAY))
