<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en">
<context>
    <name>portulan::BatchList</name>
    <message numerus="yes">
        <source>Different for %Ln object(s):</source>
        <translation>
            <numerusform>Different for %Ln object:</numerusform>
            <numerusform>Different for %Ln objects:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::BulkOrder</name>
    <message numerus="yes">
        <source>%Ln order(s) taken.</source>
        <translation>
            <numerusform>%Ln order taken.</numerusform>
            <numerusform>%Ln orders taken.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln order(s) refused.</source>
        <translation>
            <numerusform>%Ln order refused.</numerusform>
            <numerusform>%Ln orders refused.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::CertificateReport</name>
    <message numerus="yes">
        <source>%n more, covered by the digest over everything</source>
        <translation>
            <numerusform>%n more, covered by the digest over everything</numerusform>
            <numerusform>%n more, covered by the digest over everything</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n pass(es): %1</source>
        <translation>
            <numerusform>in %n pass: %1</numerusform>
            <numerusform>in %n passes: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::ConnectDialog</name>
    <message numerus="yes">
        <source>%1: %Ln site(s), as %2</source>
        <translation>
            <numerusform>%1: %Ln site, as %2</numerusform>
            <numerusform>%1: %Ln sites, as %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::EvacuateDialog</name>
    <message numerus="yes">
        <source>Leave %1: everything on its %Ln site(s) moves elsewhere</source>
        <translation>
            <numerusform>Leave %1: everything on its %Ln site moves elsewhere</numerusform>
            <numerusform>Leave %1: everything on its %Ln sites moves elsewhere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln evacuation(s) ordered.</source>
        <translation>
            <numerusform>%Ln evacuation ordered.</numerusform>
            <numerusform>%Ln evacuations ordered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln thing(s)</source>
        <translation>
            <numerusform>%Ln thing</numerusform>
            <numerusform>%Ln things</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln wave(s)</source>
        <translation>
            <numerusform>%Ln wave</numerusform>
            <numerusform>%Ln waves</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln thing(s) have no place and stay: the list says why.</source>
        <translation>
            <numerusform>%Ln thing has no place and stays: the list says why.</numerusform>
            <numerusform>%Ln things have no place and stay: the list says why.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln thing(s) are moving already and are left alone.</source>
        <translation>
            <numerusform>%Ln thing is moving already and is left alone.</numerusform>
            <numerusform>%Ln things are moving already and are left alone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln thing(s) stay because they cannot move: the list says why.</source>
        <translation>
            <numerusform>%Ln thing stays because it cannot move: the list says why.</numerusform>
            <numerusform>%Ln things stay because they cannot move: the list says why.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln machine(s) cannot move live and will be refused: the list says why. Choose another mode for them.</source>
        <translation>
            <numerusform>%Ln machine cannot move live and will be refused: the list says why. Choose another mode for it.</numerusform>
            <numerusform>%Ln machines cannot move live and will be refused: the list says why. Choose another mode for them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln machine(s) would be down past their hours: the list says how long. Move them warm, or give them longer hours or more bandwidth.</source>
        <translation>
            <numerusform>%Ln machine would be down past its hours: the list says how long. Move it warm, or give it longer hours or more bandwidth.</numerusform>
            <numerusform>%Ln machines would be down past their hours: the list says how long. Move them warm, or give them longer hours or more bandwidth.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::EvacuateException</name>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::EvacuateOptions</name>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::EvacuationPaper</name>
    <message numerus="yes">
        <source>%Ln move(s) proved</source>
        <translation>
            <numerusform>%Ln move proved</numerusform>
            <numerusform>%Ln moves proved</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::EvacuationView</name>
    <message numerus="yes">
        <source>%Ln under way</source>
        <translation>
            <numerusform>%Ln under way</numerusform>
            <numerusform>%Ln under way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not begun</source>
        <translation>
            <numerusform>%Ln not begun</numerusform>
            <numerusform>%Ln not begun</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <translation>
            <numerusform>%Ln waiting</numerusform>
            <numerusform>%Ln waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln move(s) ordered again.</source>
        <translation>
            <numerusform>%Ln move ordered again.</numerusform>
            <numerusform>%Ln moves ordered again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln certificate(s) and their page are in %1.</source>
        <translation>
            <numerusform>%Ln certificate and its page are in %1.</numerusform>
            <numerusform>%Ln certificates and their page are in %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::FederationMap</name>
    <message numerus="yes">
        <source>%n sites</source>
        <translation>
            <numerusform>%n site</numerusform>
            <numerusform>%n sites</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open alerts</source>
        <translation>
            <numerusform>%n open alert</numerusform>
            <numerusform>%n open alerts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::MainWindow</name>
    <message numerus="yes">
        <source>Found on %n site(s). Enter lists the machines.</source>
        <translation>
            <numerusform>Found on %n site. Enter lists the machines.</numerusform>
            <numerusform>Found on %n sites. Enter lists the machines.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::MapCards</name>
    <message numerus="yes">
        <source>%n sites</source>
        <translation>
            <numerusform>%n site</numerusform>
            <numerusform>%n sites</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open alerts</source>
        <translation>
            <numerusform>%n open alert</numerusform>
            <numerusform>%n open alerts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n migrations</source>
        <translation>
            <numerusform>%n migration</numerusform>
            <numerusform>%n migrations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n non-compliant</source>
        <translation>
            <numerusform>%n non-compliant</numerusform>
            <numerusform>%n non-compliant</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in conflict</source>
        <translation>
            <numerusform>%n in conflict</numerusform>
            <numerusform>%n in conflict</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not evaluated</source>
        <translation>
            <numerusform>%n not evaluated</numerusform>
            <numerusform>%n not evaluated</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to watch</source>
        <translation>
            <numerusform>%n to watch</numerusform>
            <numerusform>%n to watch</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n compliant</source>
        <translation>
            <numerusform>%n compliant</numerusform>
            <numerusform>%n compliant</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::MapFeed</name>
    <message numerus="yes">
        <source>all %n object(s) compliant</source>
        <translation>
            <numerusform>%n object, compliant</numerusform>
            <numerusform>all %n objects compliant</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln site(s)</source>
        <translation>
            <numerusform>%Ln site</numerusform>
            <numerusform>%Ln sites</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln countr(y/ies)</source>
        <translation>
            <numerusform>%Ln country</numerusform>
            <numerusform>%Ln countries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln migration(s) under way</source>
        <translation>
            <numerusform>%Ln migration under way</numerusform>
            <numerusform>%Ln migrations under way</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::MigrateDialog</name>
    <message numerus="yes">
        <source>%Ln object(s)</source>
        <translation>
            <numerusform>%Ln object</numerusform>
            <numerusform>%Ln objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln migration(s) ordered.</source>
        <translation>
            <numerusform>%Ln migration ordered.</numerusform>
            <numerusform>%Ln migrations ordered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>learned from %Ln earlier moves there</source>
        <translation>
            <numerusform>learned from %Ln earlier move there</numerusform>
            <numerusform>learned from %Ln earlier moves there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Refused and still here: %Ln object(s).</source>
        <translation>
            <numerusform>Refused and still here: %Ln object.</numerusform>
            <numerusform>Refused and still here: %Ln objects.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>One by o&amp;ne (%Ln differ)</source>
        <translation>
            <numerusform>One by o&amp;ne (%Ln differs)</numerusform>
            <numerusform>One by o&amp;ne (%Ln differ)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::MigrationMoves</name>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::OperationsPage</name>
    <message numerus="yes">
        <source>%Ln operation(s) selected.</source>
        <translation>
            <numerusform>%Ln operation selected.</numerusform>
            <numerusform>%Ln operations selected.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Order agai&amp;n (%Ln)…</source>
        <translation>
            <numerusform>Order agai&amp;n (%Ln)…</numerusform>
            <numerusform>Order agai&amp;n (%Ln)…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::OverviewPage</name>
    <message numerus="yes">
        <source>in %Ln countr(y/ies)</source>
        <translation>
            <numerusform>in %Ln country</numerusform>
            <numerusform>in %Ln countries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln done so far</source>
        <translation>
            <numerusform>%Ln done so far</numerusform>
            <numerusform>%Ln done so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>on %Ln site(s)</source>
        <translation>
            <numerusform>on %Ln site</numerusform>
            <numerusform>on %Ln sites</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::Phrases</name>
    <message numerus="yes">
        <source>%Ln sites</source>
        <translation>
            <numerusform>%Ln site</numerusform>
            <numerusform>%Ln sites</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln projects</source>
        <translation>
            <numerusform>%Ln project</numerusform>
            <numerusform>%Ln projects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln instances</source>
        <translation>
            <numerusform>%Ln instance</numerusform>
            <numerusform>%Ln instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln volumes</source>
        <translation>
            <numerusform>%Ln volume</numerusform>
            <numerusform>%Ln volumes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln snapshots</source>
        <translation>
            <numerusform>%Ln snapshot</numerusform>
            <numerusform>%Ln snapshots</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln data sets</source>
        <translation>
            <numerusform>%Ln data set</numerusform>
            <numerusform>%Ln data sets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln networks</source>
        <translation>
            <numerusform>%Ln network</numerusform>
            <numerusform>%Ln networks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln security groups</source>
        <translation>
            <numerusform>%Ln security group</numerusform>
            <numerusform>%Ln security groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln Kubernetes clusters</source>
        <translation>
            <numerusform>%Ln Kubernetes cluster</numerusform>
            <numerusform>%Ln Kubernetes clusters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln operations</source>
        <translation>
            <numerusform>%Ln operation</numerusform>
            <numerusform>%Ln operations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alerts</source>
        <translation>
            <numerusform>%Ln alert</numerusform>
            <numerusform>%Ln alerts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Waits for its turn: %1 takes in %Ln migrations at once.</source>
        <translation>
            <numerusform>Waits for its turn: %1 takes in %Ln migration at once.</numerusform>
            <numerusform>Waits for its turn: %1 takes in %Ln migrations at once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Waits for its turn: %Ln migrations at once leave this site.</source>
        <translation>
            <numerusform>Waits for its turn: %Ln migration at once leaves this site.</numerusform>
            <numerusform>Waits for its turn: %Ln migrations at once leave this site.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Waits for its turn: %Ln migrations at once go to %1.</source>
        <translation>
            <numerusform>Waits for its turn: %Ln migration at once goes to %1.</numerusform>
            <numerusform>Waits for its turn: %Ln migrations at once go to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are before it.</source>
        <translation>
            <numerusform>%Ln is before it.</numerusform>
            <numerusform>%Ln are before it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln snapshots stay behind: they do not travel, and go with the source’s copy.</source>
        <translation>
            <numerusform>%Ln snapshot stays behind: it does not travel, and goes with the source’s copy.</numerusform>
            <numerusform>%Ln snapshots stay behind: they do not travel, and go with the source’s copy.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln nodes of the cluster are not ready. Have its administrators look at them.</source>
        <translation>
            <numerusform>%Ln node of the cluster is not ready. Have its administrators look at it.</numerusform>
            <numerusform>%Ln nodes of the cluster are not ready. Have its administrators look at them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At %1 the machine gets the flavor %2: %Ln vCPUs and %3 of memory.</source>
        <translation>
            <numerusform>At %1 the machine gets the flavor %2: %Ln vCPU and %3 of memory.</numerusform>
            <numerusform>At %1 the machine gets the flavor %2: %Ln vCPUs and %3 of memory.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::SitePanel</name>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>%n day left</numerusform>
            <numerusform>%n days left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::StatusStrip</name>
    <message numerus="yes">
        <source>%n site(s), all live</source>
        <translation>
            <numerusform>%n site, live</numerusform>
            <numerusform>%n sites, all live</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n site(s) live</source>
        <translation>
            <numerusform>%1 of %n site live</numerusform>
            <numerusform>%1 of %n sites live</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n operation(s) under way</source>
        <translation>
            <numerusform>%n operation under way</numerusform>
            <numerusform>%n operations under way</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::TrailPage</name>
    <message numerus="yes">
        <source>The chain is intact: %Ln entr(y/ies) recomputed. Head: %1</source>
        <translation>
            <numerusform>The chain is intact: %Ln entry recomputed. Head: %1</numerusform>
            <numerusform>The chain is intact: %Ln entries recomputed. Head: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::WavePlanModel</name>
    <message numerus="yes">
        <source>Wave %1 · %Ln thing(s)</source>
        <translation>
            <numerusform>Wave %1 · %Ln thing</numerusform>
            <numerusform>Wave %1 · %Ln things</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No place · %Ln thing(s)</source>
        <translation>
            <numerusform>No place · %Ln thing</numerusform>
            <numerusform>No place · %Ln things</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Left here · %Ln thing(s)</source>
        <translation>
            <numerusform>Left here · %Ln thing</numerusform>
            <numerusform>Left here · %Ln things</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cannot move · %Ln thing(s)</source>
        <translation>
            <numerusform>Cannot move · %Ln thing</numerusform>
            <numerusform>Cannot move · %Ln things</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::ctl::ApplyCommands</name>
    <message numerus="yes">
        <source>%Ln things created or updated.</source>
        <translation>
            <numerusform>%Ln thing created or updated.</numerusform>
            <numerusform>%Ln things created or updated.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were there already.</source>
        <translation>
            <numerusform>%Ln was there already.</numerusform>
            <numerusform>%Ln were there already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed.</source>
        <translation>
            <numerusform>%Ln failed.</numerusform>
            <numerusform>%Ln failed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::ctl::EvacuateCommands</name>
    <message numerus="yes">
        <source>%Ln things are moving already and are left alone.</source>
        <translation>
            <numerusform>%Ln thing is moving already and is left alone.</numerusform>
            <numerusform>%Ln things are moving already and are left alone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waves: %1 to carry, about %2 (give or take %3).</source>
        <translation>
            <numerusform>%Ln wave: %1 to carry, about %2 (give or take %3).</numerusform>
            <numerusform>%Ln waves: %1 to carry, about %2 (give or take %3).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln moves, as the plan has them; nothing was begun.</source>
        <translation>
            <numerusform>%Ln move, as the plan has it; nothing was begun.</numerusform>
            <numerusform>%Ln moves, as the plan has them; nothing was begun.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln things stay because they cannot move.</source>
        <translation>
            <numerusform>%Ln thing stays because it cannot move.</numerusform>
            <numerusform>%Ln things stay because they cannot move.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln machines cannot move live and will be refused: choose another --mode, or give each its own in a --plan.</source>
        <translation>
            <numerusform>%Ln machine cannot move live and will be refused: choose another --mode, or give it its own in a --plan.</numerusform>
            <numerusform>%Ln machines cannot move live and will be refused: choose another --mode, or give each its own in a --plan.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln machines would be down past their hours: move them warm, or give them longer hours or more bandwidth.</source>
        <translation>
            <numerusform>%Ln machine would be down past its hours: move it warm, or give it longer hours or more bandwidth.</numerusform>
            <numerusform>%Ln machines would be down past their hours: move them warm, or give them longer hours or more bandwidth.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::ctl::FederationCommands</name>
    <message numerus="yes">
        <source>%Ln sites laid out in %1. Start each with portulan-site --config.</source>
        <translation>
            <numerusform>%Ln site laid out in %1. Start each with portulan-site --config.</numerusform>
            <numerusform>%Ln sites laid out in %1. Start each with portulan-site --config.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::ctl::MigrateCommands</name>
    <message numerus="yes">
        <source>%Ln moves failed and are in %1: migrate --from-file orders them again.</source>
        <translation>
            <numerusform>%Ln move failed and is in %1: migrate --from-file orders it again.</numerusform>
            <numerusform>%Ln moves failed and are in %1: migrate --from-file orders them again.</numerusform>
        </translation>
    </message>
</context>
</TS>
