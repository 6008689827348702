"""Exports: a snapshot written whole in other tools' forms, piece by piece and uncapped."""
