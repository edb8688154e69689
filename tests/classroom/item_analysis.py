"""Item analysis from points alone, with Python's own statistics and exact fractions where they help.

Reads {"rows": [[scenario, row]...], "attempts": [[{scenario, row, points: [owner, control], control, millis}...]...]}
from standard input and writes one object for each row. Written from Moodle's description of its statistics, not from ours.
"""

import json
import math
import statistics
import sys
from fractions import Fraction

given = json.load(sys.stdin)
rows = [tuple(row) for row in given["rows"]]
attempts = [{(a["scenario"], a["row"]): a for a in attempt} for attempt in given["attempts"]]
CONTROLS = 4


def points(attempt, row, part):
    answer = attempt.get(row)
    if answer is None:
        return 0
    owner, control = answer["points"]
    return {"owner": owner, "control": control, "both": owner + control}[part]


totals = [sum(points(attempt, row, "both") for row in rows) for attempt in attempts]
whole = 2 * len(rows)


def cov(x, y):
    n = len(x)
    mx, my = Fraction(sum(x), n), Fraction(sum(y), n)
    return sum((a - mx) * (b - my) for a, b in zip(x, y)) / (n - 1)


def item(row, part):
    most = 2 if part == "both" else 1
    x = [points(attempt, row, part) for attempt in attempts]
    y = [total - mark for total, mark in zip(totals, x)]
    out = {
        "facility": 100 * statistics.fmean(x) / most,
        "deviation": 100 * statistics.stdev(x) / most,
        "discrimination": None,
        "efficiency": None,
    }
    var_x, var_y = cov(x, x), cov(y, y)
    if len(attempts) >= 10 and var_x and var_y:
        out["discrimination"] = 100 * float(cov(x, y)) / math.sqrt(float(var_x * var_y))
        out["efficiency"] = float(100 * cov(x, y) / cov(sorted(x), sorted(y)))
    return out


def halves(row):
    rests = [total - points(attempt, row, "both") for total, attempt in zip(totals, attempts)]
    middle = statistics.median(rests)
    return [(rest > middle) - (rest < middle) for rest in rests]


def uptake(row):
    sides = halves(row)
    chosen = [attempt[row]["control"] if row in attempt else None for attempt in attempts]
    count = lambda control, keep: sum(c == control and keep(s) for c, s in zip(chosen, sides))
    keeps = [lambda s: True, lambda s: s > 0, lambda s: s < 0]
    return [[count(control, keep) for control in range(CONTROLS)] for keep in keeps]


def leanings(row):
    """How choosing each control goes with the rest of the attempt."""
    rests = [total - points(attempt, row, "both") for total, attempt in zip(totals, attempts)]
    out = []
    for control in range(CONTROLS):
        x = [int(row in attempt and attempt[row]["control"] == control) for attempt in attempts]
        constant = len(set(x)) < 2 or len(set(rests)) < 2 or len(x) < 10
        out.append(None if constant else 100 * statistics.correlation(x, rests))
    return out


out = []
for row in rows:
    answers = [attempt[row] for attempt in attempts if row in attempt]
    out.append(
        {
            "scenario": row[0],
            "row": row[1],
            "owner": item(row, "owner"),
            "control": item(row, "control"),
            "both": item(row, "both"),
            "median": statistics.median(a["millis"] for a in answers) / 1000 if answers else None,
            "counts": [len(attempts), len(attempts) - len(answers)],
            "uptake": uptake(row),
            "leanings": leanings(row),
        }
    )
json.dump(out, sys.stdout)
