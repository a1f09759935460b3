"""Several models in one table, in the forms that people and programs read; each form is a file."""
