"""Listings in words and drawings: what cards and pages say, worked out in Python.

Everything here takes facts and answers plain data; templates only place it.
"""
