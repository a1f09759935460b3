"""Print the commands of README's quick start, one a line, so that README cannot say what does not run."""

import re
import sys
from pathlib import Path

readme = Path(__file__).parent.parent / "README.md"
match = re.search(r"^## Quick start\n(.*?)(?=^## |\Z)", readme.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
blocks = re.findall(r"^```sh\n(.*?)^```$", match[1] if match else "", re.MULTILINE | re.DOTALL)
commands = [block.strip() for block in blocks]
if len(commands) != 2 or any("\n" in command for command in commands):
    sys.exit(f"{readme}: the section Quick start must hold two sh blocks of one line each, not {commands}")
print("\n".join(commands))
