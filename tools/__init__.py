"""What maintains the project, and is in no wheel."""
