"""What the extension costs, measured side by side with its peers in one run; `README.md` says how."""
