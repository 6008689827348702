"""Who stands behind a camera, a vendor, a purchase: cited answers, hop by hop."""

__version__ = "0.1.0"
