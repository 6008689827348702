"""Section 889 of the NDAA for FY2019: firms whose equipment the US government may not buy."""
