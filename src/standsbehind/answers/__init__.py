"""Answers: a question in plain values, answered from a snapshot, for every door that asks."""
