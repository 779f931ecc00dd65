"""Kill, repeat, reorder, lose: what must survive is read from outside, by code that imports nothing of the product."""
