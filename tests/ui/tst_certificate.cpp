// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
// The certificate of a migration in the console: shown when it is genuine, saved as proof and as a page, refused otherwise.
#include "tests/fakes/signedmove.h"
#include "tests/ui/stage.h"
#include "ui/dialogs/certificatedialog.h"
#include "ui/mainwindow.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QLabel>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace portulan;
using namespace portulan::test;

class TestCertificate : public QObject {
    Q_OBJECT

    std::unique_ptr<Stage> m_stage;
    world::SignedMove m_signed = world::signedMove();

    FakeLink &lyon() { return m_stage->world().link("lyon"); }
    CertificateDialog &open()
    {
        const auto moving = world::instance("dublin", "triage-1", "triage", Classification::HealthFr);
        auto moved = world::migration("op-9", moving, "lyon");
        moved.id.site = "lyon";
        moved.state = OperationState::Done;
        lyon().tell({moved});
        m_stage->world().settle();
        m_stage->window().goTo(MainWindow::Operations);
        auto &table = m_stage->the<QTableView>("operations-table");
        auto &button = m_stage->the<QAbstractButton>("operation-certificate");
        for (int row = 0; row < table.model()->rowCount() && !button.isEnabled(); ++row) {
            table.selectionModel()->setCurrentIndex(table.model()->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        }
        button.click();
        return m_stage->the<CertificateDialog>("certificate");
    }

private Q_SLOTS:
    void init()
    {
        m_stage = std::make_unique<Stage>();
        m_stage->world().federation.setAuthorities(m_signed.authorityPem);
        lyon().certificate = QByteArray::fromStdString(m_signed.text);
        m_stage->present(QStringLiteral("en"), Theme::Appearance::Light);
    }
    void cleanup() { m_stage.reset(); }

    void itShowsWhatBothSitesSigned();
    void itIsSavedAsProofAndAsAPageInBothLanguages();
    void onceErasedItSaysSoOnScreenAndOnPaper();
    void oneChangedByteIsNotShown();
    void aSiteThatHasNoneYetSaysSo();
};

void TestCertificate::itShowsWhatBothSitesSigned()
{
    auto &dialog = open();
    QTRY_VERIFY(dialog.isChecked());
    auto &lines = *dialog.findChild<QTableWidget *>(QStringLiteral("certificate-lines"));
    QStringList shown;
    for (int row = 0; row < lines.rowCount(); ++row) {
        shown += lines.item(row, 0)->text() + u": " + lines.item(row, 1)->text();
    }
    QVERIFY2(shown.contains(QStringLiteral("Verdict before: Non-compliant (PTL-CRT-002)")), qPrintable(shown.join(u'\n')));
    QVERIFY2(shown.contains(QStringLiteral("Ordered by: user/marie")), qPrintable(shown.join(u'\n')));
    lines.setFocus();
    lines.setCurrentCell(0, 0);
    QTest::keyClick(&lines, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromStdString(m_signed.certificate.name));
}

void TestCertificate::itIsSavedAsProofAndAsAPageInBothLanguages()
{
    auto &dialog = open();
    QTRY_VERIFY(dialog.isChecked());
    const QTemporaryDir folder;
    const auto proof = folder.filePath(QStringLiteral("c.json"));
    QVERIFY(dialog.saveTo(proof));
    QFile file(proof);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(checkCertificate(file.readAll().toStdString(), m_signed.authorityPem));
    const auto page = folder.filePath(QStringLiteral("c.pdf"));
    QVERIFY(dialog.saveTo(page));
    QFile paper(page);
    QVERIFY(paper.open(QIODevice::ReadOnly));
    const auto bytes = paper.readAll();
    QVERIFY(bytes.startsWith("%PDF"));
    QCOMPARE(bytes.count("/Type /Page\n"), 2); // French, English
    QCOMPARE(QLocale().language(), QLocale::English);
    QCOMPARE(dialog.findChild<QAbstractButton *>(QStringLiteral("certificate-save"))->text(), QStringLiteral("&Save…"));
    QVERIFY(!dialog.saveTo(folder.filePath(QStringLiteral("no/such/folder.pdf"))));
    QVERIFY(!dialog.saveTo(folder.filePath(QStringLiteral("no/such/folder.json"))));
}

void TestCertificate::onceErasedItSaysSoOnScreenAndOnPaper()
{
    const auto both = proofText(m_signed.text, m_signed.erasure);
    lyon().certificate = QByteArray::fromStdString(both);
    auto &dialog = open();
    QTRY_VERIFY(dialog.isChecked());
    const auto said = dialog.findChild<QLabel *>(QStringLiteral("certificate-state"))->text();
    QVERIFY2(said.contains(QStringLiteral("The copy at the source was erased at 2026-11-29T")), qPrintable(said));
    auto &lines = *dialog.findChild<QTableWidget *>(QStringLiteral("certificate-lines"));
    QVERIFY(!lines.findItems(QStringLiteral("Found erased"), Qt::MatchExactly).isEmpty());
    const QTemporaryDir folder;
    QVERIFY(dialog.saveTo(folder.filePath(QStringLiteral("c.json"))));
    QFile file(folder.filePath(QStringLiteral("c.json")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto proof = checkProof(file.readAll().toStdString(), m_signed.authorityPem);
    QVERIFY(proof && proof->certificate && proof->erasure);
    QVERIFY(dialog.saveTo(folder.filePath(QStringLiteral("c.pdf"))));
}

void TestCertificate::oneChangedByteIsNotShown()
{
    auto payload = QByteArray::fromStdString(m_signed.text);
    payload[payload.size() / 2] = payload[payload.size() / 2] == 'A' ? 'B' : 'A';
    lyon().certificate = payload;
    auto &dialog = open();
    auto &state = *dialog.findChild<QLabel *>(QStringLiteral("certificate-state"));
    QTRY_VERIFY(state.property("problem").toBool());
    QVERIFY(!dialog.isChecked());
    QVERIFY(!dialog.findChild<QAbstractButton *>(QStringLiteral("certificate-save"))->isEnabled());
    QCOMPARE(dialog.findChild<QTableWidget *>(QStringLiteral("certificate-lines"))->rowCount(), 0);
}

void TestCertificate::aSiteThatHasNoneYetSaysSo()
{
    lyon().certificate = refuse(Reason::NotReady);
    auto &dialog = open();
    QTRY_VERIFY(dialog.findChild<QLabel *>(QStringLiteral("certificate-state"))->property("problem").toBool());
    QVERIFY(!dialog.saveTo(QStringLiteral("nowhere.json")));
}

QTEST_MAIN(TestCertificate)
#include "tst_certificate.moc"
