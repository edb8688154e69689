"""Reads exports of all scenarios with other people's parsers and compares them with the scenarios' own files.

The scenarios are read with Python's own TOML reader, so nothing of respline stands between the two. Texts are compared
word by word: markup is of no matter, a lost or changed word is.
"""

import html
import re
import sys
import tomllib
import zipfile
from pathlib import Path

from lxml import etree
from pygiftparser import parser
from qti_convert import downgrade_package, upgrade_package


def words(text):
    return re.findall(r"\w+", text)


def tagless(markup):
    return html.unescape(re.sub(r"<[^>]*>", " ", markup))


def holds(text, part):
    """Whether the words of `part` stand in those of `text`, in a row."""
    return " ".join(words(part)) in " ".join(words(text))


def expected(folder):
    """(id, story, task, [(right, words, why)]) for every question."""
    for path in sorted(Path(folder).glob("*.toml"), key=lambda path: path.stem):
        scenario = tomllib.loads(path.read_text(encoding="utf-8"))
        # The language after a fence is no word of the text.
        story = re.sub(r"(?m)^(```|~~~)\w*$", "", scenario["story"])
        for layer in scenario["layer"]:
            if layer.get("contested"):
                continue
            about = f"{path.stem}.{layer['id']}"
            owners = [("customer", "The customer's"), ("provider", "The provider's")]
            sides = [(layer["owner"] == owner, text, layer["why"]) for owner, text in owners]
            yield about + ".owner", story, layer["task"], sides
            controls = [(one.get("correct", False), one["text"], one["why"]) for one in layer["control"]]
            yield about + ".control", story, layer["task"], controls


def compare(name, wanted, found):
    """`found`: id to (text, [(right, words, why)])."""
    assert len(found) == len(wanted), f"{name}: {len(found)} questions, not {len(wanted)}"
    options = 0
    for key, story, task, answers in wanted:
        text, given = found[key]
        assert holds(text, story) and holds(text, task), f"{name}: {key}: story or task"
        assert len(given) == len(answers), f"{name}: {key}: {len(given)} options"
        for (right, said, why), (is_right, is_said, is_why) in zip(answers, given):
            assert right == is_right, f"{name}: {key}: which is right"
            assert words(said) == words(is_said), f"{name}: {key}: {is_said}"
            assert holds(is_why, why), f"{name}: {key}: {is_why}"
            options += 1
    print(f"{name}: {len(found)} questions, {options} options with their explanations")


def gift(wanted):
    """By order: the parser drops comments, and with them the ids."""
    text = Path("all.gift").read_text(encoding="utf-8")
    asked = parser.parse(text).questions
    assert all(type(one.answer).__name__ == "MultipleChoiceRadio" for one in asked)
    plain = lambda text: tagless(re.sub(r"\\([\\~=#{}:])", r"\1", text))
    option = lambda one: (one.prefix == "=", plain(one.text), plain(one.feedback))
    questions = [(plain(one.text), [option(each) for each in one.answer.options]) for one in asked]
    return {key: question for (key, *_), question in zip(wanted, questions, strict=True)}


def inside(node):
    return " ".join(node.itertext())


def qti(files):
    """The items of a package in either version, found by what its manifest says."""
    files = {name: data.encode() if isinstance(data, str) else data for name, data in files.items()}
    tree = lambda name: etree.fromstring(files[name])
    local = lambda node: etree.QName(node).localname.removeprefix("qti-").replace("-", "").lower()
    every = lambda node, name: [one for one in node.iter(etree.Element) if local(one) == name]
    resources = {one.get("identifier"): one for one in every(tree("imsmanifest.xml"), "resource")}
    found = {}
    for resource in resources.values():
        if "_item_" not in resource.get("type"):
            continue
        item = tree(resource.get("href"))
        body = every(item, "itembody")[0]
        needed = [resources[one.get("identifierref")] for one in every(resource, "dependency")]
        text = " ".join(inside(tree(one.get("href"))) for one in needed) + " " + inside(body)
        right = inside(every(item, "correctresponse")[0]).strip()
        why = {one.get("identifier"): inside(one) for one in every(item, "modalfeedback")}
        choices = [(one.get("identifier"), inside(one)) for one in every(item, "simplechoice")]
        options = [(key == right, said, why[key]) for key, said in choices]
        found[item.get("identifier").removeprefix("respline.")] = (text, options)
    tests = [one for one in resources.values() if "_test_" in one.get("type")]
    held = every(tree(tests[0].get("href")), "assessmentitemref")
    assert len(tests) == 1 and len(held) == len(found), "one test of all items"
    return found


def package(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def main():
    wanted = list(expected(sys.argv[1]))
    compare("GIFT", wanted, gift(wanted))
    compare("QTI 3.0", wanted, qti(package("qti3.zip")))
    compare("QTI 3.0 as 2.1", wanted, qti(downgrade_package("qti3.zip").files))
    compare("QTI 2.1", wanted, qti(package("qti21.zip")))
    compare("QTI 2.1 as 3.0", wanted, qti(upgrade_package("qti21.zip").files))


main()
