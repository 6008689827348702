"""Section 5949 of the NDAA for FY2023: firms whose semiconductors the US government may not buy."""
