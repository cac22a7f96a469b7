"""What people write for themselves: PyYAML's C loader and jsonschema, file by file. Run by peers.py."""

import json
import sys
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

validator = Draft202012Validator(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
wrong = 0
for path in sorted(Path(sys.argv[2]).glob("*.yaml")):
    try:
        value = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        wrong += not validator.is_valid(value)
    except (yaml.YAMLError, ValueError):
        wrong += 1
print(wrong, "wrong")
