"""Reckons the grades of a practice assignment from the learners' own exports, and compares them with the gradebook.

The rules, read from docs/teaching.md: a row is worth two points; the first answer to a row counts; rows without an answer count
among the points there were; of several attempts the best counts; nothing begun is nothing.
"""

import csv
import decimal
import json
import pathlib
import sys
import tomllib



def out_of(folder):
    """Two points for each scored row of what is set, by the files of the shipped scenarios."""
    with (folder / "autumn.toml").open("rb") as file:
        set_ = next(one for one in tomllib.load(file)["assignment"] if one["id"] == "lab-1")
    shipped = pathlib.Path(__file__).parents[2] / "scenarios"
    scenarios = [tomllib.loads((shipped / f"{name}.toml").read_text()) for name in set_["scenarios"]]
    return 2 * sum(not layer.get("contested", False) for scenario in scenarios for layer in scenario["layer"])


def earned(path):
    sittings, runs = {}, {}
    for line in path.read_text().splitlines()[1:-1]:
        record = json.loads(line)
        key, entry = record["key"], record["entry"]
        kind = entry["kind"]
        if kind == "sat-down" and entry.get("assignment") == {"class": "autumn", "assignment": "lab-1"}:
            sittings[key] = {}
        elif kind == "began" and isinstance(entry["mode"], dict):
            sitting = entry["mode"].get("assigned")
            if sitting in sittings:
                runs[key] = (sitting, entry["scenario"])
        elif kind == "answered" and entry["attempt"] in runs:
            sitting, scenario = runs[entry["attempt"]]
            sittings[sitting].setdefault((scenario, entry["layer"]), entry["mark"]["points"])
    return max((sum(rows.values()) for rows in sittings.values()), default=0)


def percent(points, most):
    share = decimal.Decimal(100 * points) / most
    return share.quantize(decimal.Decimal("0.01"), rounding=decimal.ROUND_HALF_UP)


folder = pathlib.Path(sys.argv[1])
most = out_of(folder)
rows = list(csv.DictReader((folder / "grades.csv").open(encoding="utf-8-sig", newline="")))
for row in rows:
    expected = percent(earned(folder / f"{row['login']}.jsonl"), most)
    assert decimal.Decimal(row["total"]) == expected, (row, expected)
print(len(rows), "grades agree")
