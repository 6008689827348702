"""Tracing: how one entity stands behind another."""
