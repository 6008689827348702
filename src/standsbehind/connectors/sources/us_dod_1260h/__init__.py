"""The list of Chinese military companies under section 1260H of the NDAA for FY2021."""
