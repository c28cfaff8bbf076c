// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>

static void loadCatalogues()
{
    Q_INIT_RESOURCE(portulan_i18n); // they live in a static library, which the linker would leave out
}

namespace portulan {

namespace {
QString catalogueOf(const QString &code)
{
    return QStringLiteral(":/i18n/portulan_%1.qm").arg(code);
}

/// Asks no other catalogue: what it lacks stays as the sources have it.
class Only : public QTranslator {
public:
    using QTranslator::QTranslator;
    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *source, const char *disambiguation, int n) const override
    {
        const QString found = QTranslator::translate(context, source, disambiguation, n);
        return found.isEmpty() ? QString::fromUtf8(source) : found;
    }
};
}

Language::~Language()
{
    drop();
}

void Language::drop()
{
    if (QCoreApplication::instance() != nullptr) {
        QCoreApplication::removeTranslator(m_sentences.get());
        QCoreApplication::removeTranslator(m_qtSentences.get());
    }
    m_sentences.reset();
    m_qtSentences.reset();
}

QLocale Language::localeOf(const QString &code)
{
    return code == u"fr" ? QLocale(QLocale::French, QLocale::France) : QLocale(QLocale::English, QLocale::UnitedKingdom);
}

Language::Interlude::Interlude(const QString &code)
    : m_sentences(std::make_unique<Only>())
{
    loadCatalogues();
    QLocale::setDefault(localeOf(code));
    (void)m_sentences->load(catalogueOf(code)); // without it the sources' own words are shown, as anywhere
    QCoreApplication::installTranslator(m_sentences.get());
}

Language::Interlude::~Interlude()
{
    QCoreApplication::removeTranslator(m_sentences.get());
    QLocale::setDefault(m_before);
}

bool Language::load(const QString &code)
{
    loadCatalogues();
    drop();
    m_code = codes().contains(code) ? code : QStringLiteral("en");
    QLocale::setDefault(localeOf(m_code));
    m_sentences = std::make_unique<QTranslator>();
    const bool loaded = m_sentences->load(catalogueOf(m_code));
    QCoreApplication::installTranslator(m_sentences.get());
    m_qtSentences = std::make_unique<QTranslator>();
    if (m_qtSentences->load(QStringLiteral("qtbase_%1").arg(m_code), QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(m_qtSentences.get());
    }
    return loaded;
}

QString Language::preferred()
{
    for (const auto &wanted : QLocale::system().uiLanguages()) {
        const auto code = wanted.section(u'-', 0, 0).section(u'_', 0, 0);
        if (codes().contains(code)) {
            return code;
        }
    }
    return QStringLiteral("en");
}

QString Language::nameOf(const QString &code)
{
    return code == u"fr" ? QStringLiteral("français") : QStringLiteral("English");
}

}
