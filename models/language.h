// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <QLocale>
#include <QStringList>
#include <QTranslator>
#include <memory>

namespace portulan {

/// The language of the moment: its sentences, Qt's own, and how numbers and dates are written. Texts already shown do not change; who
/// shows them shows them again.
class Language {
public:
    Language() = default;
    ~Language();
    Language(const Language &) = delete;
    Language &operator=(const Language &) = delete;

    /// "fr" or "en"; anything else reads as "en". False if the sentences could not be loaded.
    bool load(const QString &code);
    QString code() const { return m_code; }

    static QStringList codes() { return {QStringLiteral("fr"), QStringLiteral("en")}; }
    /// Of the desktop: "fr" if any of the user's languages is French and none before it is ours.
    static QString preferred();
    /// "français", "English": each in itself.
    static QString nameOf(const QString &code);

    /// For a document in another language than the window's: while one lives, sentences, numbers and dates are in that language. Main thread only.
    class Interlude {
    public:
        explicit Interlude(const QString &code);
        ~Interlude();
        Interlude(const Interlude &) = delete;
        Interlude &operator=(const Interlude &) = delete;

    private:
        QLocale m_before;
        std::unique_ptr<QTranslator> m_sentences;
    };

private:
    static QLocale localeOf(const QString &code);
    void drop();
    QString m_code;
    std::unique_ptr<QTranslator> m_sentences;
    std::unique_ptr<QTranslator> m_qtSentences;
};

}
