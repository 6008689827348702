"""Tests of what evidence, law and arithmetic say of one entity together."""
