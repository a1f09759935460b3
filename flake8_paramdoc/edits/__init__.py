"""What is found → edits of the text that it stands in: every byte outside of them stays."""
