"""Section 1286 of the NDAA for FY2019: institutions."""
