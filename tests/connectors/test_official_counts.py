"""Every official file in the shared folder is read whole: counts as in its manifest."""

import pytest

from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import copies_of, read

pytestmark = pytest.mark.shared

SETS = {
    "fcc 2026-07-24": ("us_fcc_covered_list", ["us-fcc-covered/fcc-coveredlist_2026-07-24.html"], 102, 0),
    "fcc 2026-06-19": ("us_fcc_covered_list", ["us-fcc-covered/fcc-coveredlist_2026-06-19.html"], 80, 0),
    "uflpa 2026-07-24": ("us_dhs_uflpa", ["us-uflpa/dhs-uflpa_2026-07-24.html"], 160, 0),
    "uflpa 2026-07-09": ("us_dhs_uflpa", ["us-uflpa/source-uflpa-2026-07-09.html"], 160, 0),
    "uflpa 2026-06-21": ("us_dhs_uflpa", ["us-uflpa/dhs-uflpa_2026-06-21.html"], 160, 0),
    "denied persons csv": ("us_bis_denied", ["us-bis-dpl/dpl_04142026.csv"], 564, 0),
    "denied persons tsv": ("us_bis_denied", ["us-bis-dpl/dpl.txt"], 581, 0),
    "csl 2023": ("us_trade_csl", ["us-csl/csl_2023-11.csv"], 4226, 1),
    "csl 2025 sample": ("us_trade_csl", ["us-csl/consolidated_2025_sample.csv"], 13, 0),
    "ofac cons": ("us_ofac_cons", [f"us-ofac-cons/cons_{p}.csv" for p in ("prim", "alt", "add", "comments")], 442, 0),
    "ofac sdn": ("us_ofac_sdn", [f"us-ofac-sdn/2021-07_{p}.csv" for p in ("sdn", "alt", "add", "sdn_comments")], 8976, 0),
    "un": ("un_sc_sanctions", ["un-sc/UN_consolidated.xml"], 1003, 0),
}  # fmt: skip
"""Dataset, files, records, records set aside (each explained in the dataset's notes)."""


def harvest_of(shared, name):
    dataset_id, files, _, _ = SETS[name]
    dataset = load_dataset(dataset_id)
    paths = [shared / "data" / file for file in files]
    return read(dataset, copies_of(dataset, paths, "2026-11-23"))


@pytest.mark.parametrize("name", SETS)
def test_every_record_is_read_or_set_aside_with_a_reason(shared, name):
    harvest = harvest_of(shared, name)
    _, _, rows, quarantined = SETS[name]
    assert harvest.rows == rows
    assert len(harvest.quarantined) == quarantined
    assert not harvest.unread
    assert not quarantined or harvest.dataset.notes


def values(harvest, prop):
    return [c.statement.value for c in harvest.claims if c.statement.prop == prop]


def test_uflpa_has_150_printed_names_on_three_grounds(shared):
    harvest = harvest_of(shared, "uflpa 2026-07-24")
    assert len(set(values(harvest, "listedName"))) == 150
    assert len(set(values(harvest, "provisions"))) == 3


def test_68_firms_are_on_the_cmic_list_and_dahua_is_not(shared):
    harvest = harvest_of(shared, "ofac cons")
    listed = [
        {c.statement.prop: c.statement.value for c in draft.claims}
        for draft in harvest.drafts
        if draft.schema == "Sanction"
    ]
    names = [s["listedName"] for s in listed if s["programId"] == "us-ns-cmic"]
    assert len(names) == 68
    assert not [name for name in names if "DAHUA" in name.upper()]
    for seed in ("HIKVISION", "SENSETIME", "MEGVII", "YITU", "CLOUDWALK"):
        assert [name for name in names if seed in name.upper()], seed


def test_no_exempted_product_is_covered(shared):
    harvest = harvest_of(shared, "fcc 2026-07-24")
    by_entity = {}
    for draft in harvest.drafts:
        if draft.schema == "Sanction":
            told = {c.statement.prop: c.statement.value for c in draft.claims}
            by_entity.setdefault(told["entity"], set()).add(told["status"])
    schema = {d.id: d.schema for d in harvest.drafts}
    covered = [e for e, statuses in by_entity.items() if "listed" in statuses]
    assert {schema[e] for e in covered} == {"Company"}
    assert len(covered) == 13
    assert all(len(statuses) == 1 for statuses in by_entity.values())
