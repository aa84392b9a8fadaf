"""Listings from elsewhere: one module per feed format, one way in (`run.import_feed`).

A format turns a stream into records, `source` opens paths and addresses, `row` joins
what a record states with what is read from its text, `run` writes and reports.
"""
