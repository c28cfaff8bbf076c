# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
"""Reads and drives the console through the desktop's accessibility bus: screenreader.py PROCESS. Ends with 1 at the first thing amiss."""
import sys
import time
import warnings

warnings.simplefilter("ignore")
import pyatspi

PATIENCE = 40  # seconds
CONTROLS = {"push button", "check box", "radio button", "text", "combo box", "table", "tree", "slider", "spin button", "menu item", "page tab",
            "toggle button", "menu", "list", "image"}
CLOSED = {"table", "tree table", "tree", "list"}  # cells are named by what they show


def until(what, sentence):
    """What it answers as soon as that is true; the test ends where it does not become so."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            found = what()
            if found:
                return found
        except Exception:  # objects come and go while they are read
            pass
        time.sleep(0.1)
    print("screenreader: not so:", sentence)
    sys.exit(1)


def showing(node):
    return node.getState().contains(pyatspi.STATE_SHOWING)


def walk(node):
    """Every accessible object that shows, with its path."""
    stack = [(node, "")]
    while stack:
        at, path = stack.pop()
        if at is None:
            continue
        path = f"{path}/{at.getRoleName()}:{at.name}"
        yield at, path
        if at.getRoleName() in CLOSED:
            continue
        stack += [(at.getChildAtIndex(i), path) for i in reversed(range(min(at.childCount, 300)))]


def find(root, role=None, name=None):
    for node, _ in walk(root):
        if (role is None or node.getRoleName() == role) and (name is None or name in (node.name or "")) and showing(node):
            return node
    return None


def press(node, names=("Press", "Click", "Toggle")):
    actions = node.queryAction()
    offered = [actions.getName(i) for i in range(actions.nActions)]
    for name in names:
        if name in offered:
            actions.doAction(offered.index(name))
            return
    print("screenreader: cannot press", node.name, offered)
    sys.exit(1)


def application(process):
    for candidate in pyatspi.Registry.getDesktop(0):
        if candidate is not None and candidate.get_process_id() == process and candidate.childCount:
            return candidate
    return None


def rail(root, page):
    """The button of a page; a count may follow its name."""
    pages = find(root, name="Pages")
    return find(pages, name=page) if pages is not None else None


def speaks(node):
    """It has a name; or it is a picture in something that says what the picture shows."""
    decorates = node.getRoleName() == "image" and node.parent is not None and (node.parent.name or "").strip()
    return bool((node.name or "").strip() or decorates)


def unnamed(root):
    return [path for node, path in walk(root) if node.getRoleName() in CONTROLS and showing(node) and not speaks(node)]


def main():
    process = int(sys.argv[1])
    console = until(lambda: application(process), "the console is on the accessibility bus")
    chart = until(lambda: find(console, "image", "Carte de la fédération"), "the map is an image with a name")
    sites = until(lambda: [node for node in (chart.getChildAtIndex(i) for i in range(chart.childCount))
                           if node.getRoleName() == "push button" and "En direct" in (node.description or "")], "live sites are buttons of the map")
    assert 1 <= len(sites) <= 3, [site.name for site in sites]
    for site in sites:
        assert site.name

    nameless = unnamed(console)
    assert not nameless, "\n".join(nameless)

    for page in ("Synthèse", "Inventaire", "Sites", "Opérations", "Alertes", "Audit", "Carte"):
        button = until(lambda: rail(console, page), "the rail has " + page)
        press(button)
        until(lambda: button.getState().contains(pyatspi.STATE_CHECKED), page + " is the page shown")
        nameless = unnamed(console)
        assert not nameless, page + ":\n" + "\n".join(nameless)

    name = sites[-1].name
    press(sites[-1])
    until(lambda: find(console, "label", name), "the panel of " + name + " is open")
    until(lambda: find(console, "push button", "Provisionner ici"), "the panel offers to provision there")
    print("screenreader: done;", len(sites), "sites on the map")


main()
