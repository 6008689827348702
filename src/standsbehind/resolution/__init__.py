"""Resolution: which records are one entity, as people judged it."""
