"""A file → what each name and object in it stands for, without importing or running anything."""
