"""The columns of a download of contracts: which are read, and which are left aside by name."""

import re
from functools import cache
from importlib import resources

__all__ = ["NEEDED", "TAKEN", "is_known"]

NEEDED = ("contract_award_unique_key", "recipient_name")
TAKEN = frozenset(
    {
        *NEEDED,
        "action_date",
        "action_type",
        "action_type_code",
        "award_base_action_date",
        "award_description",
        "award_id_piid",
        "award_latest_action_date",
        "award_type",
        "cage_code",
        "country_of_product_or_service_origin",
        "country_of_product_or_service_origin_code",
        "federal_action_obligation",
        "idv_type",
        "last_modified_date",
        "modification_number",
        "naics_code",
        "naics_description",
        "organizational_type",
        "parent_award_id_piid",
        "period_of_performance_current_end_date",
        "period_of_performance_start_date",
        "prime_award_base_transaction_description",
        "product_or_service_code",
        "product_or_service_code_description",
        "recipient_address_line_1",
        "recipient_address_line_2",
        "recipient_city_name",
        "recipient_country_code",
        "recipient_country_name",
        "recipient_doing_business_as_name",
        "recipient_parent_name",
        "recipient_parent_uei",
        "recipient_state_code",
        "recipient_uei",
        "recipient_zip_4_code",
        "sole_proprietorship",
        "total_dollars_obligated",
        "total_obligated_amount",
        "transaction_description",
        "usaspending_permalink",
        *(
            f"{doing}_{body}_{what}"
            for doing in ("awarding", "funding")
            for body in ("agency", "sub_agency", "office")
            for what in ("code", "name")
        ),
    }
)
_FAMILIES = re.compile(
    r"prime_award_(summary|transaction)_.+|(obligated|outlayed)_amount_.+"
    r"|.+_duns|.+_name_raw|disaster_emergency_fund_codes.*"
)
"""Columns of one kind: districts and counties, money by source, numbers retired in 2022."""


def is_known(column: str) -> bool:
    """Whether a column is read, or left aside on purpose."""
    return (
        column in TAKEN
        or column in _left_aside()
        or _FAMILIES.fullmatch(column) is not None
    )


@cache
def _left_aside() -> frozenset[str]:
    text = resources.files(__package__).joinpath("left_aside.txt").read_text("utf-8")
    lines = (line.strip() for line in text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))
