// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "models/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

static void loadCatalogues()
{
    Q_INIT_RESOURCE(portulan_i18n); // they live in a static library, which the linker would leave out
}

namespace portulan {

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

bool Language::load(const QString &code)
{
    loadCatalogues();
    drop();
    m_code = codes().contains(code) ? code : QStringLiteral("en");
    const bool french = m_code == u"fr";
    QLocale::setDefault(french ? QLocale(QLocale::French, QLocale::France) : QLocale(QLocale::English, QLocale::UnitedKingdom));
    m_sentences = std::make_unique<QTranslator>();
    const bool loaded = m_sentences->load(QStringLiteral(":/i18n/portulan_%1.qm").arg(m_code));
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
