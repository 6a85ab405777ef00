# SPDX-License-Identifier: GPL-2.0-or-later
"""validate.py SCHEMA FILE: 0 valid, 1 not, 77 no validator here."""
import json
import sys

try:
    import jsonschema
except ImportError:
    sys.exit(77)

with open(sys.argv[1]) as schema, open(sys.argv[2]) as document:
    schema, document = json.load(schema), json.load(document)
validator = jsonschema.validators.validator_for(schema)
validator.check_schema(schema)
errors = list(validator(schema).iter_errors(document))
for error in errors[:5]:
    print("/".join(map(str, error.absolute_path)), error.message[:200])
sys.exit(1 if errors else 0)
