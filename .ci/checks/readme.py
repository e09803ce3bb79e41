"""The commands that the README tells its readers to type."""

import re

from checks.project import ROOT


def commands(heading: str) -> list[str]:
    """The lines of the first sh block under that heading, without their comments."""
    section = (ROOT / "README.md").read_text().split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    block = section.split("```sh\n", 1)[1].split("```", 1)[0].replace("\\\n", " ")
    return [re.sub(r" +#.*", "", line).strip() for line in block.splitlines() if line.strip()]


def command(heading: str, start: str) -> str:
    """The one of them that starts like that."""
    (found,) = [line for line in commands(heading) if line.startswith(start)]
    return found
