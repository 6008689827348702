"""Reports: an answer as a page, a table, a workbook or a document; they render, never decide."""
