"""Section 154 of the NDAA for FY2024: batteries."""
