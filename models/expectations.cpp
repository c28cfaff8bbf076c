// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// What problems say was expected, in the reader's language. Words of files and command lines (site, --to, cold…) are no language's: they stay.
#include "models/phrases.h"

#include <QRegularExpression>
#include <algorithm>
#include <array>

namespace portulan {

namespace {

constexpr auto sentences = std::to_array<const char *>({
    QT_TRANSLATE_NOOP("portulan::Phrases", "a list"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a project"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "an image"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a disk image"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a migration certificate"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "payload and signatures"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "payload, signatures and nothing else"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "the very bytes that were issued, layout included"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "an object"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a name"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a value"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "no value"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a known option (--help)"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a path"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "paths of PEM files"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "an id not used before"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a file that can be read"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a site"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "another site"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a site of the federation"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "at least one site"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "at least one {\"name\"}"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a text"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "texts"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a list of texts"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a list of words"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "true or false"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "lists of objects"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a whole number, or a size such as \"10G\""),
    QT_TRANSLATE_NOOP("portulan::Phrases", "{\"key\", \"file\" or \"text\"}"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "the fields the template has"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "1 to 63 of a-z, 0-9, -"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "1 to 63 of a-z, 0-9 and -"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "an id"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "host name"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "IP address"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "no control characters"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "UTF-8 without NUL"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "no characters that turn the direction of writing"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "64 lower-case hex digits"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "64 lower-case hexadecimal digits"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a UUID"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a UUID in lower case"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a moment of the years 1 to 9999"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "years 1 to 9999"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "keys of 1 to 63 bytes"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a word of this version"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "ISO 3166-1 alpha-2"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "1 to 255 bytes, or an id"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "truth, number, text or words"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "names of 1 to 128 of a-z, 0-9, _ and ."),
    QT_TRANSLATE_NOOP("portulan::Phrases", "an instance, a volume, an image or a data set"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "none for this list"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "the next_page_token of the same question"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "another page token"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "one identity"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "open first"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "mode 0600"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "X.509 certificate, PEM"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "certificate of an authority, PEM"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "private key without a password, PEM"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a certificate and its key, PEM"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a migration step"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a snapshot before changes"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "the end of the snapshot before changes"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "one epoch in a snapshot"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "revisions that rise, of one epoch"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a phase of the watch stream"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a place not before its own changes"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a range within the disk"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a range within the object"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "an offset within the image"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a disk of 512 bytes to 8 TiB"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a VMDK of one file, with its description"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "data that unpacks"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "an image begun by this program"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "UTF-8, 1 to 63 bytes, values up to 255"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "one instance, volume, image or data set"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a version"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a live move is of a machine that goes on"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a project id"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "SITE/KIND/ID of an instance, a volume, an image or a data set"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "at most 64 of SITE/KIND/ID"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "each object once"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a known key"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a list of 1 to 10000 moves"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "an evacuation"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "objects on the command line, or a file, not both"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a site, --operator ID or --retry OPERATION"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a plan of this site"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "YYYY-MM-DD HH:MM, or RFC 3339"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "none, with retry_of"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "each id once"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a title in en and in fr"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a source with its name"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "an object under policy_defaults"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "an object of one operator and the list of its operands"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "a certificate scheme and a level"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "an object with version, sets, cert_orders and rules"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "an object with an id of 1 to 64 characters"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "severity: blocker, major, minor or info"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "on_false: fail or review"),
    QT_TRANSLATE_NOOP("portulan::Phrases", "JSON"),
});

struct Pattern {
    const char *text; ///< with the parts that vary
    const char *sentence;
};
constexpr auto patterns = std::to_array<Pattern>({
    {"^at most (\\d+)$", QT_TRANSLATE_NOOP("portulan::Phrases", "at most %1")},
    {"^at most (\\d+) levels$", QT_TRANSLATE_NOOP("portulan::Phrases", "at most %1 levels")},
    {"^at most (\\d+) parts$", QT_TRANSLATE_NOOP("portulan::Phrases", "at most %1 parts")},
    {"^at most (\\d+) terms$", QT_TRANSLATE_NOOP("portulan::Phrases", "at most %1 terms")},
    {"^at most (\\d+) bytes$", QT_TRANSLATE_NOOP("portulan::Phrases", "at most %1 bytes")},
    {"^(\\d+) to (\\d+) bytes$", QT_TRANSLATE_NOOP("portulan::Phrases", "%1 to %2 bytes")},
    {"^(\\d+) to (\\d+) rules$", QT_TRANSLATE_NOOP("portulan::Phrases", "%1 to %2 rules")},
    {"^(\\d+) bytes$", QT_TRANSLATE_NOOP("portulan::Phrases", "%1 bytes")},
    {"^(-?\\d+) to (-?\\d+)$", QT_TRANSLATE_NOOP("portulan::Phrases", "%1 to %2")},
    {"^after (\\S+)$", QT_TRANSLATE_NOOP("portulan::Phrases", "after %1")},
    {"^a revision above (\\d+)$", QT_TRANSLATE_NOOP("portulan::Phrases", "a revision above %1")},
    {"^things of (\\S+)$", QT_TRANSLATE_NOOP("portulan::Phrases", "things of %1")},
    {"^a volume of project (\\S+)$", QT_TRANSLATE_NOOP("portulan::Phrases", "a volume of project %1")},
    {"^no such key as \"(.*)\"$", QT_TRANSLATE_NOOP("portulan::Phrases", "no such key as “%1”")},
    {"^a known operator instead of \"(.*)\"$", QT_TRANSLATE_NOOP("portulan::Phrases", "a known operator instead of “%1”")},
});

}

QString Phrases::expectation(const QString &english)
{
    const auto known = std::ranges::find_if(sentences, [&](const char *sentence) { return english == QLatin1String(sentence); });
    if (known != sentences.end()) {
        return tr(*known);
    }
    for (const auto &pattern : patterns) {
        const auto match = QRegularExpression(QString::fromLatin1(pattern.text)).match(english);
        if (match.hasMatch()) {
            const auto sentence = tr(pattern.sentence);
            return match.lastCapturedIndex() > 1 ? sentence.arg(match.captured(1), match.captured(2)) : sentence.arg(match.captured(1));
        }
    }
    const auto colon = english.indexOf(u": "); // a field, and what it should hold
    return colon > 0 ? tr("%1: %2").arg(english.left(colon), expectation(english.mid(colon + 2))) : english;
}

}
