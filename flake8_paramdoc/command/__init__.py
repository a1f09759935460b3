"""The command ``keras-modernize``: files, settings, what is reported and in which form."""
