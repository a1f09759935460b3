"""How a table is asked for: options, what a page most likely holds, the documented object, what is outdated in code."""
