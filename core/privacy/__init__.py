"""Requests of people about their data, and what is done with the data for them."""
