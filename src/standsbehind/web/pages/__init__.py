"""Pages: one module each, which says what its template is told."""
