<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
<context>
    <name>portulan::AboutDialog</name>
    <message>
        <source>About Portulan</source>
        <translation>À propos de Portulan</translation>
    </message>
    <message>
        <source>Portulan %1</source>
        <translation>Portulan %1</translation>
    </message>
    <message>
        <source>The chart and the helm of Europe&apos;s federated clouds: where data is, under whose law, and how to move it to where it may be.</source>
        <translation>La carte et la barre des nuages fédérés d’Europe&#x202f;: où sont les données, sous quel droit, et comment les déplacer là où elles ont le droit d’être.</translation>
    </message>
    <message>
        <source>The sources are licensed under the European Union Public Licence, version 1.2. This program is linked with Qt Charts and is therefore conveyed under the GNU General Public License, version 3 or later, as the EUPL allows. It comes without any warranty.</source>
        <translation>Les sources sont sous licence publique de l’Union européenne, version 1.2. Ce programme est lié à Qt Charts et est donc transmis sous licence publique générale GNU, version 3 ou ultérieure, comme l’EUPL le permet. Il est fourni sans aucune garantie.</translation>
    </message>
    <message>
        <source>Built on:</source>
        <translation>Construit sur&#x202f;:</translation>
    </message>
    <message>
        <source>Components and their licences</source>
        <translation>Composants et leurs licences</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>Composant</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licence</translation>
    </message>
</context>
<context>
    <name>portulan::AlertModel</name>
    <message>
        <source>Severity</source>
        <translation>Gravité</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Ce qui ne va pas</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Objet concerné</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Depuis</translation>
    </message>
</context>
<context>
    <name>portulan::AlertsPage</name>
    <message>
        <source>Show the &amp;object</source>
        <translation>Afficher l’&amp;objet</translation>
    </message>
    <message>
        <source>Show the s&amp;ite</source>
        <translation>Afficher le s&amp;ite</translation>
    </message>
    <message>
        <source>Connect a&amp;gain</source>
        <translation>&amp;Reconnecter</translation>
    </message>
    <message>
        <source>Alerts, worst first</source>
        <translation>Alertes, la plus grave d’abord</translation>
    </message>
    <message>
        <source>No federation is open, so nothing can be said to be wrong. Connect to one first.</source>
        <translation>Aucune fédération n’est ouverte, on ne peut donc rien signaler. Connectez-vous d’abord à une fédération.</translation>
    </message>
    <message>
        <source>Nothing is wrong: every site answers and none reports an alert.</source>
        <translation>Tout va bien&#x202f;: chaque site répond et aucun ne signale d’alerte.</translation>
    </message>
    <message>
        <source>Choose an alert to see all of it and to go to what it is about.</source>
        <translation>Choisissez une alerte pour la lire en entier et aller à ce qu’elle concerne.</translation>
    </message>
    <message>
        <source>since %1</source>
        <comment>a date and time</comment>
        <translation>depuis le %1</translation>
    </message>
</context>
<context>
    <name>portulan::AuditModel</name>
    <message>
        <source>No.</source>
        <translation>Nº</translation>
    </message>
    <message>
        <source>Moment</source>
        <translation>Moment</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rôle</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objet</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Issue</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Empreinte</translation>
    </message>
</context>
<context>
    <name>portulan::BarChart</name>
    <message>
        <source>The first %1 of %2; the table has them all.</source>
        <translation>Les %1 premiers sur %2&#x202f;; le tableau les a tous.</translation>
    </message>
</context>
<context>
    <name>portulan::BatchList</name>
    <message>
        <source>&amp;As all the others</source>
        <translation>Comme les a&amp;utres</translation>
    </message>
    <message>
        <source>any</source>
        <extracomment>typed where hours are asked for: at any hour</extracomment>
        <translation>toutes</translation>
    </message>
    <message>
        <source>Objects to move, and what is different for each</source>
        <translation>Objets à déplacer, et ce qui diffère pour chacun</translation>
    </message>
    <message>
        <source>&amp;To:</source>
        <translation>&amp;Vers&#x202f;:</translation>
    </message>
    <message>
        <source>Where the selected objects go</source>
        <translation>Où vont les objets sélectionnés</translation>
    </message>
    <message>
        <source>H&amp;ours:</source>
        <translation>&amp;Heures&#x202f;:</translation>
    </message>
    <message>
        <source>Hours in which the selected objects may move</source>
        <translation>Heures où les objets sélectionnés peuvent partir</translation>
    </message>
    <message>
        <source>Mo&amp;de:</source>
        <translation>&amp;Mode&#x202f;:</translation>
    </message>
    <message>
        <source>How the selected objects are moved</source>
        <translation>Comment les objets sélectionnés sont déplacés</translation>
    </message>
    <message>
        <source>&amp;Bandwidth a second:</source>
        <translation>Dé&amp;bit par seconde&#x202f;:</translation>
    </message>
    <message>
        <source>Bandwidth limit of each selected object</source>
        <translation>Limite de débit de chaque objet sélectionné</translation>
    </message>
    <message>
        <source>C&amp;ut-over:</source>
        <translation>Bas&amp;cule&#x202f;:</translation>
    </message>
    <message>
        <source>When the selected objects switch over</source>
        <translation>Quand les objets sélectionnés basculent</translation>
    </message>
    <message>
        <source>Begin not be&amp;fore:</source>
        <translation>Pas avan&amp;t&#x202f;:</translation>
    </message>
    <message>
        <source>When the selected objects may begin</source>
        <translation>Quand les objets sélectionnés peuvent commencer</translation>
    </message>
    <message>
        <source>&amp;Keep the copy:</source>
        <translation>&amp;Garder la copie&#x202f;:</translation>
    </message>
    <message>
        <source>How long the copies of the selected objects are kept</source>
        <translation>Combien de temps les copies des objets sélectionnés sont gardées</translation>
    </message>
    <message>
        <source>as all; or “%1”</source>
        <translation>comme tous&#x202f;; ou «&#x202f;%1&#x202f;»</translation>
    </message>
    <message>
        <source>as all; 0: no limit</source>
        <translation>comme tous&#x202f;; 0&#x202f;: sans limite</translation>
    </message>
    <message>
        <source>as all</source>
        <translation>comme tous</translation>
    </message>
    <message>
        <source>As all</source>
        <translation>Comme tous</translation>
    </message>
    <message>
        <source>Select what is to be moved otherwise than the others.</source>
        <translation>Sélectionnez ce qui doit être déplacé autrement que les autres.</translation>
    </message>
    <message>
        <source>Different for %1:</source>
        <translation>Différent pour %1&#x202f;:</translation>
    </message>
    <message numerus="yes">
        <source>Different for %Ln object(s):</source>
        <translation>
            <numerusform>Différent pour %Ln objet&#x202f;:</numerusform>
            <numerusform>Différent pour %Ln objets&#x202f;:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::BulkOrder</name>
    <message numerus="yes">
        <source>%Ln order(s) taken.</source>
        <translation>
            <numerusform>%Ln ordre accepté.</numerusform>
            <numerusform>%Ln ordres acceptés.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>how many orders were refused, and why the first was</comment>
        <translation>%1 %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln order(s) refused.</source>
        <translation>
            <numerusform>%Ln ordre refusé.</numerusform>
            <numerusform>%Ln ordres refusés.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::CandidateList</name>
    <message>
        <source>Sites, best first</source>
        <translation>Sites, le meilleur d’abord</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Verdict</translation>
    </message>
    <message>
        <source>Left after it</source>
        <translation>Reste après</translation>
    </message>
    <message>
        <source>not possible</source>
        <translation>impossible</translation>
    </message>
</context>
<context>
    <name>portulan::CapacityHistory</name>
    <message>
        <source>Moment</source>
        <translation>Moment</translation>
    </message>
    <message>
        <source>vCPU used</source>
        <translation>vCPU utilisés</translation>
    </message>
    <message>
        <source>Memory used</source>
        <translation>Mémoire utilisée</translation>
    </message>
    <message>
        <source>Storage used</source>
        <translation>Stockage utilisé</translation>
    </message>
</context>
<context>
    <name>portulan::CertificateDialog</name>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>As both sites signed it</source>
        <translation>Tel que les deux sites l’ont signé</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Enregistrer…</translation>
    </message>
    <message>
        <source>Fetching the certificate from %1…</source>
        <translation>Demande du certificat à %1…</translation>
    </message>
    <message>
        <source>Save the certificate</source>
        <translation>Enregistrer le certificat</translation>
    </message>
    <message>
        <source>Certificate, the proof itself (*.json);;Page to read, French and English (*.pdf)</source>
        <translation>Certificat, la preuve elle-même (*.json);;Page à lire, en français et en anglais (*.pdf)</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Écrit&#x202f;: %1</translation>
    </message>
</context>
<context>
    <name>portulan::CertificatePaper</name>
    <message>
        <source>This page is for reading. The proof is the certificate’s file, whose SHA-256 digest is below; anyone who has the federation’s authority checks it with: portulanctl certificate verify FILE</source>
        <translation>Cette page est faite pour être lue. La preuve est le fichier du certificat, dont l’empreinte SHA-256 figure ci-dessous&#x202f;; quiconque détient l’autorité de la fédération le vérifie avec&#x202f;: portulanctl certificate verify FILE</translation>
    </message>
</context>
<context>
    <name>portulan::CertificateReport</name>
    <message>
        <source>Certificate of migration</source>
        <translation>Certificat de migration</translation>
    </message>
    <message>
        <source>Genuine: both sites signed exactly this, and the federation vouches for both.</source>
        <translation>Authentique&#x202f;: les deux sites ont signé exactement ceci, et la fédération répond des deux.</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>Objet déplacé</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Vers</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projet</translation>
    </message>
    <message>
        <source>Ordered by</source>
        <translation>Ordonné par</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Bascule</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>Fin</translation>
    </message>
    <message>
        <source>Outage</source>
        <translation>Interruption</translation>
    </message>
    <message>
        <source>none: it did not run</source>
        <translation>aucune&#x202f;: elle ne tournait pas</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Données</translation>
    </message>
    <message>
        <source>%1, %2 on the wire</source>
        <translation>%1, %2 sur le réseau</translation>
    </message>
    <message>
        <source>Verdict before</source>
        <translation>Verdict avant</translation>
    </message>
    <message>
        <source>Verdict after</source>
        <translation>Verdict après</translation>
    </message>
    <message>
        <source>Source copy kept until</source>
        <translation>Copie source gardée jusqu’au</translation>
    </message>
    <message>
        <source>Digest over everything</source>
        <translation>Empreinte de l’ensemble</translation>
    </message>
    <message>
        <source>Digest of %1</source>
        <translation>Empreinte de %1</translation>
    </message>
    <message>
        <source>Not listed</source>
        <translation>Non listés</translation>
    </message>
    <message numerus="yes">
        <source>%n more, covered by the digest over everything</source>
        <translation>
            <numerusform>%n autre, couvert par l’empreinte de l’ensemble</numerusform>
            <numerusform>%n autres, couverts par l’empreinte de l’ensemble</numerusform>
        </translation>
    </message>
    <message>
        <source>Signed by the source</source>
        <translation>Signé par la source</translation>
    </message>
    <message>
        <source>Signed by the destination</source>
        <translation>Signé par la destination</translation>
    </message>
    <message>
        <source>Migration</source>
        <translation>Migration</translation>
    </message>
    <message>
        <source>Identifier at the destination</source>
        <translation>Identifiant à la destination</translation>
    </message>
    <message>
        <source>Identifier at the source</source>
        <translation>Identifiant à la source</translation>
    </message>
    <message>
        <source>Copied while it ran</source>
        <translation>Copiée en marche</translation>
    </message>
    <message>
        <source>no: stopped first</source>
        <translation>non&#x202f;: arrêtée d’abord</translation>
    </message>
    <message>
        <source>Genuine: the site that erased the copy signed exactly this, and the federation vouches for it.</source>
        <translation>Authentique&#x202f;: le site qui a effacé la copie a signé exactement ceci, et la fédération répond de lui.</translation>
    </message>
    <message>
        <source>Genuine: both sites signed the certificate, the source signed the record of erasure that belongs to it, and the federation vouches for both.</source>
        <translation>Authentique&#x202f;: les deux sites ont signé le certificat, la source a signé l’attestation d’effacement qui s’y rattache, et la fédération répond des deux.</translation>
    </message>
    <message>
        <source>The copy at the source was erased at %1.</source>
        <translation>La copie de la source a été effacée le %1.</translation>
    </message>
    <message>
        <source>The copy at the source is kept, unable to start, until %1.</source>
        <translation>La copie de la source est gardée, sans pouvoir démarrer, jusqu’au %1.</translation>
    </message>
    <message>
        <source>The copy at the source was to be kept until %1. No record of its erasure is here: ask the source for it.</source>
        <translation>La copie de la source devait être gardée jusqu’au %1. Aucune attestation de son effacement n’est ici&#x202f;: demandez-la à la source.</translation>
    </message>
    <message>
        <source>Class of data</source>
        <translation>Classe de données</translation>
    </message>
    <message numerus="yes">
        <source>in %n pass(es): %1</source>
        <translation>
            <numerusform>en %n passe&#x202f;: %1</numerusform>
            <numerusform>en %n passes&#x202f;: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>its files were removed and their blocks given back to the storage; nothing was overwritten, so that traces may stay on the medium until the blocks are written again</source>
        <translation>ses fichiers ont été supprimés et leurs blocs rendus au stockage&#x202f;; rien n’a été écrasé, de sorte que des traces peuvent rester sur le support jusqu’à ce que ces blocs soient réécrits</translation>
    </message>
    <message>
        <source>Copy erased</source>
        <translation>Copie effacée</translation>
    </message>
    <message>
        <source>Erased by</source>
        <translation>Effacée par</translation>
    </message>
    <message>
        <source>Identifier of the copy</source>
        <translation>Identifiant de la copie</translation>
    </message>
    <message>
        <source>Disks or objects</source>
        <translation>Disques ou objets</translation>
    </message>
    <message>
        <source>Retention ended</source>
        <translation>Fin de la rétention</translation>
    </message>
    <message>
        <source>Erasure began</source>
        <translation>Début de l’effacement</translation>
    </message>
    <message>
        <source>Found erased</source>
        <translation>Effacement constaté</translation>
    </message>
    <message>
        <source>How it was erased</source>
        <translation>Mode d’effacement</translation>
    </message>
    <message>
        <source>By which gateway</source>
        <translation>Par quelle passerelle</translation>
    </message>
    <message>
        <source>Digest over everything erased</source>
        <translation>Empreinte de tout ce qui est effacé</translation>
    </message>
    <message>
        <source>Digest of the certificate</source>
        <translation>Empreinte du certificat</translation>
    </message>
    <message>
        <source>Erasure signed by</source>
        <translation>Effacement signé par</translation>
    </message>
    <message>
        <source>Erasure of migration</source>
        <translation>Effacement de la migration</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>went along: it was not started anew</source>
        <translation>a suivi&#x202f;: elle n’a pas été redémarrée</translation>
    </message>
    <message>
        <source>was lost after the commit: it was started from its disks</source>
        <translation>perdue une fois le déplacement décidé&#x202f;: elle a été démarrée depuis ses disques</translation>
    </message>
    <message>
        <source>did not go along</source>
        <translation>n’a pas suivi</translation>
    </message>
</context>
<context>
    <name>portulan::ChartCard</name>
    <message>
        <source>There are no figures yet.</source>
        <translation>Il n’y a pas encore de chiffres.</translation>
    </message>
    <message>
        <source>Chart; its figures are also shown as a table.</source>
        <translation>Graphique&#x202f;; ses chiffres se lisent aussi en tableau.</translation>
    </message>
    <message>
        <source>Show as a chart</source>
        <translation>Afficher en graphique</translation>
    </message>
    <message>
        <source>Show as a table</source>
        <translation>Afficher en tableau</translation>
    </message>
</context>
<context>
    <name>portulan::ColumnChoice</name>
    <message>
        <source>Columns</source>
        <translation>Colonnes</translation>
    </message>
    <message>
        <source>As many as &amp;fit</source>
        <translation>&amp;Autant qu’il en tient</translation>
    </message>
</context>
<context>
    <name>portulan::ConfirmDialog</name>
    <message>
        <source>Type %1 to confirm:</source>
        <translation>Tapez %1 pour confirmer&#x202f;:</translation>
    </message>
</context>
<context>
    <name>portulan::ConnectDialog</name>
    <message>
        <source>Connect to a federation</source>
        <translation>Se connecter à une fédération</translation>
    </message>
    <message>
        <source>A federation is described by a file its administrator gives you. It names the sites, who vouches for them, and your certificate.</source>
        <translation>Une fédération est décrite par un fichier que son administrateur vous donne. Il nomme les sites, qui s’en porte garant, et votre certificat.</translation>
    </message>
    <message>
        <source>&amp;Federation file:</source>
        <translation>Fichier de &amp;fédération&#x202f;:</translation>
    </message>
    <message>
        <source>Site id</source>
        <translation>Identifiant du site</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>&amp;Site id:</source>
        <translation>Identifiant du &amp;site&#x202f;:</translation>
    </message>
    <message>
        <source>&amp;Address:</source>
        <translation>&amp;Adresse&#x202f;:</translation>
    </message>
    <message>
        <source>A&amp;uthority:</source>
        <translation>A&amp;utorité&#x202f;:</translation>
    </message>
    <message>
        <source>Your &amp;certificate:</source>
        <translation>Votre &amp;certificat&#x202f;:</translation>
    </message>
    <message>
        <source>Your &amp;key:</source>
        <translation>Votre c&amp;lé&#x202f;:</translation>
    </message>
    <message>
        <source>One site by &amp;hand</source>
        <translation>Un site à la &amp;main</translation>
    </message>
    <message>
        <source>&amp;Remember my key in the keychain</source>
        <translation>&amp;Retenir ma clé dans le trousseau</translation>
    </message>
    <message>
        <source>No keychain answers on this desktop: your key serves this session only and is forgotten when Portulan closes.</source>
        <translation>Aucun trousseau ne répond sur ce bureau&#x202f;: votre clé ne sert que pour cette session et est oubliée à la fermeture de Portulan.</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Choose the file: %1</source>
        <translation>Choisir le fichier&#x202f;: %1</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln site(s), as %2</source>
        <translation>
            <numerusform>%1&#x202f;: %Ln site, en tant que %2</numerusform>
            <numerusform>%1&#x202f;: %Ln sites, en tant que %2</numerusform>
        </translation>
    </message>
    <message>
        <source>How to connect</source>
        <translation>Manière de se connecter</translation>
    </message>
    <message>
        <source>&amp;By a file</source>
        <translation>&amp;Par un fichier</translation>
    </message>
</context>
<context>
    <name>portulan::DestinationList</name>
    <message>
        <source>Sites things may go to</source>
        <translation>Sites où les choses peuvent aller</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>Vers où</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>Reçoit</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>écarté</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>rien</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>%1 of %2 may go there; the plan sends %3.</source>
        <translation>%1 sur %2 peuvent y aller&#x202f;; le plan en envoie %3.</translation>
    </message>
    <message>
        <source>Room there now: %1 of storage.</source>
        <translation>Place actuelle&#x202f;: %1 de stockage.</translation>
    </message>
</context>
<context>
    <name>portulan::EvacuateDialog</name>
    <message>
        <source>What each wave carries, and where to</source>
        <translation>Ce que chaque vague emporte, et vers où</translation>
    </message>
    <message>
        <source>&amp;Stop planning</source>
        <translation>Arrê&amp;ter le calcul</translation>
    </message>
    <message>
        <source>Leave an operator</source>
        <translation>Quitter un opérateur</translation>
    </message>
    <message>
        <source>Empty a site</source>
        <translation>Vider un site</translation>
    </message>
    <message>
        <source>Mo&amp;ves</source>
        <translation>&amp;Déplacements</translation>
    </message>
    <message>
        <source>&amp;Chart</source>
        <translation>Diag&amp;ramme</translation>
    </message>
    <message>
        <source>&amp;Empty its sites</source>
        <translation>Vider ses &amp;sites</translation>
    </message>
    <message>
        <source>&amp;Empty the site</source>
        <translation>&amp;Vider le site</translation>
    </message>
    <message numerus="yes">
        <source>Leave %1: everything on its %Ln site(s) moves elsewhere</source>
        <translation>
            <numerusform>Quitter %1&#x202f;: tout ce qui est sur son %Ln site part ailleurs</numerusform>
            <numerusform>Quitter %1&#x202f;: tout ce qui est sur ses %Ln sites part ailleurs</numerusform>
        </translation>
    </message>
    <message>
        <source>Empty %1: everything that can move goes elsewhere</source>
        <translation>Vider %1&#x202f;: tout ce qui peut partir va ailleurs</translation>
    </message>
    <message>
        <source>This can be undone. It can be cancelled at any moment: what is under way then ends, nothing new begins. What has moved leaves a fenced copy here, and until that is erased it can be brought back.</source>
        <translation>C’est réversible. On peut annuler à tout moment&#x202f;: ce qui est en cours s’achève, rien de nouveau ne commence. Ce qui est parti laisse ici une copie bloquée et, tant qu’elle n’est pas effacée, peut être ramené.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln evacuation(s) ordered.</source>
        <translation>
            <numerusform>%Ln évacuation demandée.</numerusform>
            <numerusform>%Ln évacuations demandées.</numerusform>
        </translation>
    </message>
    <message>
        <source>Moves, wave by wave</source>
        <translation>Déplacements, vague par vague</translation>
    </message>
    <message>
        <source>Progress of planning</source>
        <translation>Avancement du calcul</translation>
    </message>
    <message>
        <source>Tick a site things may go to.</source>
        <translation>Cochez un site où les choses peuvent aller.</translation>
    </message>
    <message>
        <source>&amp;Plan again</source>
        <translation>Re&amp;faire le calcul</translation>
    </message>
    <message>
        <source>Planned.</source>
        <translation>Le plan est prêt.</translation>
    </message>
    <message>
        <source>There is no plan for these choices.</source>
        <translation>Il n’y a pas de plan pour ces choix.</translation>
    </message>
    <message>
        <source>Asking what belongs together: %1 of %2</source>
        <translation>Demande de ce qui va ensemble&#x202f;: %1 sur %2</translation>
    </message>
    <message>
        <source>Measuring the links: %1 of %2</source>
        <translation>Mesure des liens&#x202f;: %1 sur %2</translation>
    </message>
    <message>
        <source>The solver looks for the best plan…</source>
        <translation>Le solveur cherche le meilleur plan…</translation>
    </message>
    <message>
        <source>Wave %1</source>
        <translation>Vague %1</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>Go</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>Mo</translation>
    </message>
    <message>
        <source>There is nothing to move.</source>
        <translation>Il n’y a rien à déplacer.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln thing(s)</source>
        <translation>
            <numerusform>%Ln chose</numerusform>
            <numerusform>%Ln choses</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln wave(s)</source>
        <translation>
            <numerusform>%Ln vague</numerusform>
            <numerusform>%Ln vagues</numerusform>
        </translation>
    </message>
    <message>
        <source>about %1 (give or take %2)</source>
        <translation>environ %1 (à %2 près)</translation>
    </message>
    <message>
        <source>links busy for %1: proven, no plan is faster</source>
        <translation>liens occupés %1&#x202f;: aucun plan n’est plus rapide, c’est prouvé</translation>
    </message>
    <message>
        <source>links busy for %1; proven: no plan could do with less than %2 (gap %3)</source>
        <translation>liens occupés %1&#x202f;; il est prouvé qu’aucun plan ne ferait mieux que %2 (écart %3)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln thing(s) have no place and stay: the list says why.</source>
        <translation>
            <numerusform>%Ln chose n’a pas de place et reste&#x202f;: la liste dit pourquoi.</numerusform>
            <numerusform>%Ln choses n’ont pas de place et restent&#x202f;: la liste dit pourquoi.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln thing(s) are moving already and are left alone.</source>
        <translation>
            <numerusform>%Ln chose se déplace déjà&#x202f;: on n’y touche pas.</numerusform>
            <numerusform>%Ln choses se déplacent déjà&#x202f;: on n’y touche pas.</numerusform>
        </translation>
    </message>
    <message>
        <source>Something may not be where it is: a copy kept here stays non-compliant until its retention ends.</source>
        <translation>Quelque chose n’a pas le droit d’être ici&#x202f;: une copie gardée ici reste non conforme jusqu’à la fin de sa conservation.</translation>
    </message>
    <message>
        <source>Not measured, taken for %1: the link to %2.</source>
        <translation>Lien non mesuré, compté pour %1&#x202f;: vers %2.</translation>
    </message>
    <message>
        <source>Some things wait for each other: their order was dropped.</source>
        <translation>Certaines choses s’attendent l’une l’autre&#x202f;: leur ordre n’est pas suivi.</translation>
    </message>
    <message>
        <source>Asking what can move live: %1 of %2</source>
        <translation>Demande de ce qui peut partir sans arrêt&#x202f;: %1 sur %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln thing(s) stay because they cannot move: the list says why.</source>
        <translation>
            <numerusform>%Ln chose reste car elle ne peut pas être déplacée&#x202f;: la liste dit pourquoi.</numerusform>
            <numerusform>%Ln choses restent car elles ne peuvent pas être déplacées&#x202f;: la liste dit pourquoi.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln machine(s) cannot move live and will be refused: the list says why. Choose another mode for them.</source>
        <translation>
            <numerusform>%Ln machine ne peut pas partir sans arrêt et sera refusée&#x202f;: la liste dit pourquoi. Choisissez un autre mode pour elle.</numerusform>
            <numerusform>%Ln machines ne peuvent pas partir sans arrêt et seront refusées&#x202f;: la liste dit pourquoi. Choisissez un autre mode pour elles.</numerusform>
        </translation>
    </message>
    <message>
        <source>ends about %1</source>
        <translation>finit vers le %1</translation>
    </message>
    <message>
        <source>the last byte is there after %1; proven: no plan could have it there in less than %2 (gap %3)</source>
        <translation>le dernier octet arrive après %1&#x202f;; il est prouvé qu’aucun plan ne l’y mettrait en moins de %2 (écart %3)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln machine(s) would be down past their hours: the list says how long. Move them warm, or give them longer hours or more bandwidth.</source>
        <translation>
            <numerusform>%Ln machine serait arrêtée au-delà de ses heures&#x202f;: la liste dit combien. Déplacez-la à chaud, ou donnez-lui des heures plus longues ou plus de débit.</numerusform>
            <numerusform>%Ln machines seraient arrêtées au-delà de leurs heures&#x202f;: la liste dit combien. Déplacez-les à chaud, ou donnez-leur des heures plus longues ou plus de débit.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::EvacuateException</name>
    <message>
        <source>&amp;Leave it here</source>
        <translation>La&amp;isser ici</translation>
    </message>
    <message>
        <source>T&amp;o:</source>
        <translation>V&amp;ers&#x202f;:</translation>
    </message>
    <message>
        <source>Ho&amp;w:</source>
        <translation>&amp;Comment&#x202f;:</translation>
    </message>
    <message>
        <source>Where the chosen thing goes</source>
        <translation>Où va la chose choisie</translation>
    </message>
    <message>
        <source>How the chosen thing is moved</source>
        <translation>Comment la chose choisie est déplacée</translation>
    </message>
    <message>
        <source>As all the others</source>
        <translation>Comme les autres</translation>
    </message>
    <message>
        <source>Choose a thing in the list to decide about it alone.</source>
        <extracomment>%1 is a thing&apos;s name, %2 why it goes where it is planned to go, or has no place</extracomment>
        <translation>Choisissez une chose dans la liste pour décider d’elle seule.</translation>
    </message>
    <message>
        <source>As planned</source>
        <translation>Selon le plan</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#x202f;: %2</translation>
    </message>
    <message>
        <source>Ho&amp;urs:</source>
        <translation>H&amp;oraires&#x202f;:</translation>
    </message>
    <message>
        <source>Bandw&amp;idth:</source>
        <translation>Débit ma&amp;x&#x202f;:</translation>
    </message>
    <message>
        <source>&amp;Not before:</source>
        <translation>&amp;Pas avant&#x202f;:</translation>
    </message>
    <message>
        <source>Keep &amp;for:</source>
        <translation>Co&amp;nserver&#x202f;:</translation>
    </message>
    <message>
        <source>Hours in which the chosen thing may move</source>
        <translation>Heures où la chose choisie peut partir</translation>
    </message>
    <message>
        <source>Bandwidth limit of the chosen thing, bytes a second</source>
        <translation>Limite de débit de la chose choisie, en octets par seconde</translation>
    </message>
    <message>
        <source>When the chosen thing may begin, 2026-11-26 22:00</source>
        <translation>Quand la chose choisie peut commencer, 2026-11-26 22:00</translation>
    </message>
    <message>
        <source>How long the copy of the chosen thing is kept here</source>
        <translation>Combien de temps la copie de la chose choisie est gardée ici</translation>
    </message>
    <message>
        <source>as all</source>
        <translation>comme tout</translation>
    </message>
    <message>
        <source>As all</source>
        <translation>Comme tout</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln jour</numerusform>
            <numerusform>%Ln jours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::EvacuateOptions</name>
    <message>
        <source>Cold: stopped, then copied</source>
        <translation>À froid&#x202f;: arrêtée, puis copiée</translation>
    </message>
    <message>
        <source>Warm: copied while it runs</source>
        <translation>À chaud&#x202f;: copiée en marche</translation>
    </message>
    <message>
        <source>Warm, I say when it stops</source>
        <translation>À chaud, je dis quand l’arrêter</translation>
    </message>
    <message>
        <source>S&amp;tart there what runs here</source>
        <translation>Démarrer &amp;là-bas ce qui tourne ici</translation>
    </message>
    <message>
        <source>How machines that run are moved</source>
        <translation>Comment les machines en marche sont déplacées</translation>
    </message>
    <message>
        <source>Mo&amp;de:</source>
        <translation>&amp;Mode&#x202f;:</translation>
    </message>
    <message>
        <source>Bandwidth limit of each move, bytes a second</source>
        <translation>Limite de débit de chaque déplacement, en octets par seconde</translation>
    </message>
    <message>
        <source>no limit; say 20 MB</source>
        <translation>sans limite&#x202f;; ou 20 Mo</translation>
    </message>
    <message>
        <source>&amp;Bandwidth:</source>
        <translation>Dé&amp;bit&#x202f;:</translation>
    </message>
    <message>
        <source>Hours in which things may move</source>
        <translation>Heures où les choses peuvent partir</translation>
    </message>
    <message>
        <source>at any hour; say 22:00-06:00</source>
        <translation>à toute heure&#x202f;; ou 22:00-06:00</translation>
    </message>
    <message>
        <source>&amp;Hours:</source>
        <translation>&amp;Heures&#x202f;:</translation>
    </message>
    <message>
        <source>How long the fenced copies are kept here</source>
        <translation>Combien de temps les copies bloquées sont gardées ici</translation>
    </message>
    <message>
        <source>No: erased once it is proved</source>
        <translation>Non&#x202f;: effacer une fois prouvé</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln jour</numerusform>
            <numerusform>%Ln jours</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Keep copies:</source>
        <translation>&amp;Garder&#x202f;:</translation>
    </message>
    <message>
        <source>Cold, I say when it is handed over</source>
        <translation>À froid, je dis quand basculer</translation>
    </message>
    <message>
        <source>Live: its memory goes along</source>
        <translation>Sans arrêt&#x202f;: sa mémoire suit</translation>
    </message>
    <message>
        <source>Live, I say when it goes over</source>
        <translation>Sans arrêt, je dis quand basculer</translation>
    </message>
</context>
<context>
    <name>portulan::EvacuationPaper</name>
    <message>
        <source>Moved</source>
        <translation>Déplacé</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Vers</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Cédé le</translation>
    </message>
    <message>
        <source>Outage</source>
        <translation>Interruption</translation>
    </message>
    <message>
        <source>Verdict after</source>
        <translation>Verdict après</translation>
    </message>
    <message>
        <source>Certificate and its SHA-256 digest</source>
        <translation>Certificat et son empreinte SHA-256</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>Moved, but its certificate is missing here: %1</source>
        <translation>Déplacé, mais son certificat manque ici&#x202f;: %1</translation>
    </message>
    <message>
        <source>Not moved: %1</source>
        <translation>Pas déplacé&#x202f;: %1</translation>
    </message>
    <message>
        <source>Not moved so far.</source>
        <translation>Pas encore déplacé.</translation>
    </message>
    <message>
        <source>Without a certificate</source>
        <translation>Sans certificat</translation>
    </message>
    <message numerus="yes">
        <source>%Ln move(s) proved</source>
        <translation>
            <numerusform>%Ln déplacement prouvé</numerusform>
            <numerusform>%Ln déplacements prouvés</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 carried</source>
        <translation>%1 transportés</translation>
    </message>
    <message>
        <source>longest outage %1</source>
        <translation>plus longue interruption&#x202f;: %1</translation>
    </message>
    <message>
        <source>ordered by %1</source>
        <translation>demandée par %1</translation>
    </message>
    <message>
        <source>begun %1</source>
        <translation>commencée le %1</translation>
    </message>
    <message>
        <source>not over yet</source>
        <translation>pas encore finie</translation>
    </message>
    <message>
        <source>over %1</source>
        <translation>finie le %1</translation>
    </message>
    <message>
        <source>%1 emptied</source>
        <translation>%1 vidé</translation>
    </message>
    <message>
        <source>This page is for reading. The proof of each move is its certificate’s file, signed by both sites; anyone who has the federation’s authority checks it with: portulanctl certificate verify FILE</source>
        <translation>Cette page est faite pour être lue. La preuve de chaque déplacement est le fichier de son certificat, signé par les deux sites&#x202f;; quiconque a l’autorité de la fédération le vérifie par&#x202f;: portulanctl certificate verify FICHIER</translation>
    </message>
</context>
<context>
    <name>portulan::EvacuationProgress</name>
    <message>
        <source>It was not begun and is where it was.</source>
        <translation>Pas commencé&#x202f;: c’est resté où c’était.</translation>
    </message>
    <message>
        <source>waits for %1</source>
        <translation>attend %1</translation>
    </message>
    <message>
        <source>Ready to cut over</source>
        <translation>Prête à basculer</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>Déplacé</translation>
    </message>
    <message>
        <source>Not moved</source>
        <translation>Pas déplacé</translation>
    </message>
    <message>
        <source>Wave %1</source>
        <translation>Vague %1</translation>
    </message>
    <message>
        <source>Begun so far</source>
        <translation>Commencé jusqu’ici</translation>
    </message>
    <message>
        <source>%1 of %2 moved</source>
        <translation>Déplacés&#x202f;: %1 sur %2</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objet</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Vers</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Avancement</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Données</translation>
    </message>
    <message>
        <source>What is happening</source>
        <translation>Ce qui se passe</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>a thing, and its site</comment>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>portulan::EvacuationView</name>
    <message>
        <source>Moves, wave by wave</source>
        <translation>Déplacements, vague par vague</translation>
    </message>
    <message>
        <source>Show the &amp;move</source>
        <translation>Voir le &amp;déplacement</translation>
    </message>
    <message>
        <source>The operation of the chosen move, with its log</source>
        <translation>L’opération du déplacement choisi, avec son journal</translation>
    </message>
    <message>
        <source>C&amp;ertificate…</source>
        <translation>Ce&amp;rtificat…</translation>
    </message>
    <message>
        <source>What both sites signed once the chosen move was over</source>
        <translation>Ce que les deux sites ont signé à la fin du déplacement choisi</translation>
    </message>
    <message>
        <source>Cu&amp;t over what is ready</source>
        <translation>&amp;Basculer ce qui est prêt</translation>
    </message>
    <message>
        <source>Stop the machines that are ready, send what is left and start them at their destinations</source>
        <translation>Arrêter les machines prêtes, envoyer le reste et les démarrer à destination</translation>
    </message>
    <message>
        <source>Pa&amp;use all</source>
        <translation>Tout mettre en &amp;pause</translation>
    </message>
    <message>
        <source>What is under way sends nothing until it is resumed, and nothing new takes its place; machines that run go on</source>
        <translation>Ce qui est en cours n’envoie plus rien avant la reprise, et rien de nouveau ne prend sa place&#x202f;; les machines en marche continuent</translation>
    </message>
    <message>
        <source>Orders again only what has not moved, as it was ordered</source>
        <translation>Ne redemande que ce qui n’est pas parti, comme cela avait été demandé</translation>
    </message>
    <message>
        <source>One file for each move that is over, and a page that sums them up</source>
        <translation>Un fichier par déplacement fini, et une page qui les résume</translation>
    </message>
    <message>
        <source>What is under way ends; nothing new begins</source>
        <translation>Ce qui est en cours s’achève&#x202f;; rien de nouveau ne commence</translation>
    </message>
    <message>
        <source>Res&amp;ume all</source>
        <translation>Tout re&amp;prendre</translation>
    </message>
    <message>
        <source>%1 of %2 moved</source>
        <translation>Déplacés&#x202f;: %1 sur %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln under way</source>
        <translation>
            <numerusform>%Ln en cours</numerusform>
            <numerusform>%Ln en cours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not begun</source>
        <translation>
            <numerusform>%Ln pas commencé</numerusform>
            <numerusform>%Ln pas commencés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <translation>
            <numerusform>%Ln en attente</numerusform>
            <numerusform>%Ln en attente</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln échec</numerusform>
            <numerusform>%Ln échecs</numerusform>
        </translation>
    </message>
    <message>
        <source>wave %1 of %2</source>
        <translation>vague %1 sur %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>took %1</source>
        <translation>a pris %1</translation>
    </message>
    <message>
        <source>for %1 so far</source>
        <translation>depuis %1</translation>
    </message>
    <message>
        <source>planned: about %1 (give or take %2), at least %3</source>
        <translation>prévu&#x202f;: environ %1 (à %2 près), au moins %3</translation>
    </message>
    <message numerus="yes">
        <source>%Ln move(s) ordered again.</source>
        <translation>
            <numerusform>%Ln déplacement redemandé.</numerusform>
            <numerusform>%Ln déplacements redemandés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing new begins; what is under way ends.</source>
        <translation>Rien de nouveau ne commence&#x202f;; ce qui est en cours s’achève.</translation>
    </message>
    <message>
        <source>Save all certificates in a folder</source>
        <translation>Enregistrer tous les certificats dans un dossier</translation>
    </message>
    <message>
        <source>Fetching the certificates…</source>
        <translation>Les certificats arrivent…</translation>
    </message>
    <message>
        <source>%1 of %2 certificates are in %3; the page there says what is missing.</source>
        <translation>%1 certificats sur %2 sont dans %3&#x202f;; la page qui s’y trouve dit ce qui manque.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln certificate(s) and their page are in %1.</source>
        <translation>
            <numerusform>%Ln certificat et sa page sont dans %1.</numerusform>
            <numerusform>%Ln certificats et leur page sont dans %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Tr&amp;y again what failed</source>
        <translation>Réessayer ce &amp;qui a échoué</translation>
    </message>
    <message>
        <source>&amp;Save all certificates…</source>
        <translation>Enregistrer les &amp;certificats…</translation>
    </message>
    <message>
        <source>Cance&amp;l</source>
        <translation>&amp;Annuler</translation>
    </message>
</context>
<context>
    <name>portulan::FederationMap</name>
    <message>
        <source>Map of the federation</source>
        <translation>Carte de la fédération</translation>
    </message>
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
            <numerusform>%n alerte ouverte</numerusform>
            <numerusform>%n alertes ouvertes</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of the capacity used</source>
        <translation>%1 de la capacité utilisée</translation>
    </message>
    <message>
        <source>Background: Natural Earth</source>
        <translation>Fond de carte&#xa0;: Natural Earth</translation>
    </message>
</context>
<context>
    <name>portulan::FigureCard</name>
    <message>
        <source>%1: %2</source>
        <comment>what and how much, read aloud</comment>
        <translation>%1&#x202f;: %2</translation>
    </message>
</context>
<context>
    <name>portulan::FindingModel</name>
    <message>
        <source>Source: %1, %2</source>
        <extracomment>%1 is a text of law or a standard, %2 its article</extracomment>
        <translation>Source&#xa0;: %1, %2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>%1 is the rule&apos;s number, %2 its title</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Règle</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Issue</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Gravité</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Source</translation>
    </message>
</context>
<context>
    <name>portulan::Formats</name>
    <message>
        <source>B</source>
        <translation>o</translation>
    </message>
    <message>
        <source>kB</source>
        <translation>ko</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>Mo</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>Go</translation>
    </message>
    <message>
        <source>TB</source>
        <translation>To</translation>
    </message>
    <message>
        <source>PB</source>
        <translation>Po</translation>
    </message>
    <message>
        <source>EB</source>
        <translation>Eo</translation>
    </message>
    <message>
        <source>KiB</source>
        <translation>Kio</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>Mio</translation>
    </message>
    <message>
        <source>GiB</source>
        <translation>Gio</translation>
    </message>
    <message>
        <source>TiB</source>
        <translation>Tio</translation>
    </message>
    <message>
        <source>PiB</source>
        <translation>Pio</translation>
    </message>
    <message>
        <source>EiB</source>
        <translation>Eio</translation>
    </message>
    <message>
        <source>%1/s</source>
        <extracomment>a rate: %1 is an amount such as &quot;12 MB&quot;</extracomment>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1%</source>
        <extracomment>a percentage</extracomment>
        <translation>%1&#x202f;%</translation>
    </message>
    <message>
        <source>km</source>
        <translation>km</translation>
    </message>
    <message>
        <source>less than a second</source>
        <translation>moins d’une seconde</translation>
    </message>
    <message>
        <source>s</source>
        <comment>seconds</comment>
        <translation>s</translation>
    </message>
    <message>
        <source>min</source>
        <comment>minutes</comment>
        <translation>min</translation>
    </message>
    <message>
        <source>h</source>
        <comment>hours</comment>
        <translation>h</translation>
    </message>
    <message>
        <source>d</source>
        <comment>days</comment>
        <translation>j</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>à l’instant</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>il y a %1</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <extracomment>QLocale date format: 22 Nov 2026</extracomment>
        <translation>d MMM yyyy</translation>
    </message>
    <message>
        <source>d MMM yyyy HH:mm</source>
        <extracomment>QLocale date and time format: 22 Nov 2026 15:04</extracomment>
        <translation>d MMM yyyy HH:mm</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the items of a list</comment>
        <translation>, </translation>
    </message>
    <message>
        <source>%1 ± %2</source>
        <extracomment>%1 is a span of time, %2 how wrong that may be either way</extracomment>
        <translation>%1 ± %2</translation>
    </message>
</context>
<context>
    <name>portulan::HistoryChart</name>
    <message>
        <source>% used</source>
        <translation>% utilisé</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Temps</translation>
    </message>
</context>
<context>
    <name>portulan::InventoryPage</name>
    <message>
        <source>Kind of object</source>
        <translation>Type d’objet</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtre</translation>
    </message>
    <message>
        <source>For example: site:lyon class:health state:running cpu&gt;8</source>
        <translation>Par exemple&#x202f;: site:lyon class:health state:running cpu&gt;8</translation>
    </message>
    <message>
        <source>Filter: site:lyon class:health verdict:non cpu&gt;8 …</source>
        <translation>Filtre&#x202f;: site:lyon class:health verdict:non cpu&gt;8 …</translation>
    </message>
    <message>
        <source>&amp;Create…</source>
        <translation>&amp;Créer…</translation>
    </message>
    <message>
        <source>&amp;Migrate…</source>
        <translation>&amp;Migrer…</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Démarrer</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>A&amp;rrêter</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Supprimer…</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xporter…</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>Nothing matches this filter. Clear it to see everything.</source>
        <translation>Rien ne correspond à ce filtre. Effacez-le pour tout voir.</translation>
    </message>
    <message>
        <source>There is nothing of this kind yet. “Create…” makes the first one, on the best site that may hold it.</source>
        <translation>Il n’y a encore rien de ce type. «&#x202f;Créer…&#x202f;» fait le premier, sur le meilleur site qui a le droit de l’accueillir.</translation>
    </message>
    <message>
        <source>This deletes %1 and its bytes. It cannot be undone.</source>
        <translation>Ceci supprime %1 et ses octets. C’est irréversible.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>Exporter la liste</translation>
    </message>
    <message>
        <source>Spreadsheet (*.csv);;JSON (*.json)</source>
        <translation>Tableur (*.csv);;JSON (*.json)</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Écrit&#x202f;: %1</translation>
    </message>
    <message>
        <source>Columns shown</source>
        <translation>Colonnes affichées</translation>
    </message>
    <message>
        <source>No federation is open. Connect to one to see what its sites hold.</source>
        <translation>Aucune fédération n’est ouverte. Connectez-vous à une fédération pour voir ce que ses sites hébergent.</translation>
    </message>
</context>
<context>
    <name>portulan::MainWindow</name>
    <message>
        <source>Portulan</source>
        <translation>Portulan</translation>
    </message>
    <message>
        <source>Search all sites</source>
        <translation>Chercher sur tous les sites</translation>
    </message>
    <message>
        <source>Search all sites: a name, or class:health verdict:non…</source>
        <translation>Chercher sur tous les sites&#x202f;: un nom, ou class:health verdict:non…</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <source>Command palette (Ctrl+K)</source>
        <translation>Palette de commandes (Ctrl+K)</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Light appearance</source>
        <translation>Apparence claire</translation>
    </message>
    <message>
        <source>Dark appearance</source>
        <translation>Apparence sombre</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Carte</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Synthèse</translation>
    </message>
    <message>
        <source>Inventory</source>
        <translation>Inventaire</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Sites</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>Opérations</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>&amp;Federation</source>
        <translation>&amp;Fédération</translation>
    </message>
    <message>
        <source>&amp;Connect…</source>
        <translation>Se &amp;connecter…</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Réglages…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>&amp;Act</source>
        <translation>Actio&amp;ns</translation>
    </message>
    <message>
        <source>&amp;Provision…</source>
        <translation>&amp;Provisionner…</translation>
    </message>
    <message>
        <source>&amp;Migrate the selection…</source>
        <translation>&amp;Migrer la sélection…</translation>
    </message>
    <message>
        <source>Command pa&amp;lette…</source>
        <translation>Pa&amp;lette de commandes…</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>Afficha&amp;ge</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Rechercher</translation>
    </message>
    <message>
        <source>&amp;Presentation</source>
        <translation>&amp;Présentation</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Aid&amp;e</translation>
    </message>
    <message>
        <source>&amp;About Portulan</source>
        <translation>À &amp;propos de Portulan</translation>
    </message>
    <message>
        <source>Choose what to migrate in the inventory first.</source>
        <translation>Choisissez d’abord dans l’inventaire ce qu’il faut migrer.</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <comment>a page</comment>
        <translation>Aller à %1</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alertes</translation>
    </message>
    <message>
        <source>&amp;Columns of the inventory…</source>
        <translation>&amp;Colonnes de l’inventaire…</translation>
    </message>
    <message>
        <source>No site matches, and no machine on any.</source>
        <translation>Aucun site ne correspond, ni aucune machine.</translation>
    </message>
    <message numerus="yes">
        <source>Found on %n site(s). Enter lists the machines.</source>
        <translation>
            <numerusform>Trouvé sur %n site. Entrée affiche la liste des machines.</numerusform>
            <numerusform>Trouvé sur %n sites. Entrée affiche la liste des machines.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Empty a site…</source>
        <translation>&amp;Vider un site…</translation>
    </message>
    <message>
        <source>Choose the site to empty on the map first.</source>
        <translation>Choisissez d’abord sur la carte le site à vider.</translation>
    </message>
    <message>
        <source>Empty %1…</source>
        <translation>Vider %1…</translation>
    </message>
    <message>
        <source>Leave %1…</source>
        <translation>Quitter %1…</translation>
    </message>
</context>
<context>
    <name>portulan::MapCards</name>
    <message>
        <source>Demonstration data: operators and workloads are fictitious.</source>
        <translation>Données de démonstration&#xa0;: les opérateurs et les charges sont fictifs.</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Inconnu</translation>
    </message>
    <message>
        <source>European law only</source>
        <translation>Droit européen seul</translation>
    </message>
    <message>
        <source>Country with an adequacy decision</source>
        <translation>Pays couvert par une décision d’adéquation</translation>
    </message>
    <message>
        <source>Law of a third country</source>
        <translation>Droit d’un pays tiers</translation>
    </message>
    <message>
        <source>Last known state (link lost)</source>
        <translation>Dernier état connu (liaison perdue)</translation>
    </message>
    <message>
        <source>Migration in progress</source>
        <translation>Migration en cours</translation>
    </message>
    <message>
        <source>Migration refused or failed</source>
        <translation>Migration refusée ou en échec</translation>
    </message>
    <message>
        <source>Ring: capacity used. Number: open alerts.</source>
        <translation>Anneau&#xa0;: capacité utilisée. Nombre&#xa0;: alertes ouvertes.</translation>
    </message>
    <message>
        <source>Letters: country of the operator&apos;s ultimate parent.</source>
        <translation>Lettres&#xa0;: pays de la société mère ultime de l’opérateur.</translation>
    </message>
    <message>
        <source>Background: Natural Earth</source>
        <translation>Fond de carte&#xa0;: Natural Earth</translation>
    </message>
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
            <numerusform>%n alerte ouverte</numerusform>
            <numerusform>%n alertes ouvertes</numerusform>
        </translation>
    </message>
    <message>
        <source>No hypervisor here: instances are records, disks are real.</source>
        <translation>Pas d’hyperviseur ici&#xa0;: les instances sont des fiches, les disques sont réels.</translation>
    </message>
    <message numerus="yes">
        <source>%n migrations</source>
        <translation>
            <numerusform>%n migration</numerusform>
            <numerusform>%n migrations</numerusform>
        </translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>De %1 à %2</translation>
    </message>
    <message>
        <source>Compliance</source>
        <translation>Conformité</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>Capacité</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Données</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Exposition</translation>
    </message>
    <message numerus="yes">
        <source>%n non-compliant</source>
        <translation>
            <numerusform>%n non conforme</numerusform>
            <numerusform>%n non conformes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in conflict</source>
        <translation>
            <numerusform>%n en conflit</numerusform>
            <numerusform>%n en conflit</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not evaluated</source>
        <translation>
            <numerusform>%n non évalué</numerusform>
            <numerusform>%n non évalués</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to watch</source>
        <translation>
            <numerusform>%n à surveiller</numerusform>
            <numerusform>%n à surveiller</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n compliant</source>
        <translation>
            <numerusform>%n conforme</numerusform>
            <numerusform>%n conformes</numerusform>
        </translation>
    </message>
    <message>
        <source>Under %1 used</source>
        <translation>Moins de %1 utilisés</translation>
    </message>
    <message>
        <source>%1 to %2 used</source>
        <translation>De %1 à %2 utilisés</translation>
    </message>
    <message>
        <source>%1 used or more</source>
        <translation>%1 utilisés ou plus</translation>
    </message>
    <message>
        <source>%1 of the total</source>
        <translation>%1 du total</translation>
    </message>
    <message>
        <source>%1 of the capacity used</source>
        <translation>%1 de la capacité utilisée</translation>
    </message>
</context>
<context>
    <name>portulan::MapControls</name>
    <message>
        <source>Zoom in</source>
        <translation>Agrandir</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Réduire</translation>
    </message>
    <message>
        <source>Show the whole federation</source>
        <translation>Montrer toute la fédération</translation>
    </message>
    <message>
        <source>Show the legend</source>
        <translation>Afficher la légende</translation>
    </message>
</context>
<context>
    <name>portulan::MapFeed</name>
    <message>
        <source>nothing lies here yet</source>
        <translation>rien ne se trouve encore ici</translation>
    </message>
    <message numerus="yes">
        <source>all %n object(s) compliant</source>
        <translation>
            <numerusform>%n objet, conforme</numerusform>
            <numerusform>%n objets, tous conformes</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <comment>verdict: how many of how many</comment>
        <translation>%1&#x202f;: %2 sur %3</translation>
    </message>
    <message>
        <source>%1 of %2 vCPU, %3 of %4</source>
        <translation>%1 vCPU sur %2, %3 sur %4</translation>
    </message>
    <message>
        <source>no parent above the operator (%1)</source>
        <translation>aucune société mère au-dessus de l’exploitant (%1)</translation>
    </message>
    <message>
        <source>ultimate parent: %1, %2</source>
        <translation>société mère ultime&#x202f;: %1, %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>sites, countries</comment>
        <translation>%1, %2</translation>
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
            <numerusform>%Ln pays</numerusform>
            <numerusform>%Ln pays</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln migration(s) under way</source>
        <translation>
            <numerusform>%Ln migration en cours</numerusform>
            <numerusform>%Ln migrations en cours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::MapPage</name>
    <message>
        <source>&amp;Data shown:</source>
        <translation>&amp;Données montrées&#x202f;:</translation>
    </message>
    <message>
        <source>Classification shown on the map</source>
        <translation>Classification montrée sur la carte</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Sites</translation>
    </message>
    <message>
        <source>&amp;Open the site</source>
        <translation>&amp;Ouvrir le site</translation>
    </message>
    <message>
        <source>Show its &amp;machines</source>
        <translation>Voir ses &amp;machines</translation>
    </message>
    <message>
        <source>&amp;Provision here…</source>
        <translation>&amp;Provisionner ici…</translation>
    </message>
    <message>
        <source>&amp;Empty this site…</source>
        <translation>&amp;Vider ce site…</translation>
    </message>
    <message>
        <source>&amp;Leave this operator…</source>
        <translation>&amp;Quitter cet opérateur…</translation>
    </message>
</context>
<context>
    <name>portulan::MigrateDialog</name>
    <message>
        <source>S&amp;tart it there if it runs here</source>
        <translation>La &amp;démarrer là-bas si elle tourne ici</translation>
    </message>
    <message>
        <source>Migrate</source>
        <translation>Migrer</translation>
    </message>
    <message>
        <source>Move %1 to:</source>
        <translation>Déplacer %1 vers&#x202f;:</translation>
    </message>
    <message numerus="yes">
        <source>%Ln object(s)</source>
        <translation>
            <numerusform>%Ln objet</numerusform>
            <numerusform>%Ln objets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln migration(s) ordered.</source>
        <translation>
            <numerusform>%Ln migration ordonnée.</numerusform>
            <numerusform>%Ln migrations ordonnées.</numerusform>
        </translation>
    </message>
    <message>
        <source>Bandwidth limit, bytes a second</source>
        <translation>Limite de débit, octets par seconde</translation>
    </message>
    <message>
        <source>no limit; for example 20 MB</source>
        <translation>sans limite&#x202f;; par exemple 20 Mo</translation>
    </message>
    <message>
        <source>&amp;Bandwidth a second:</source>
        <translation>Dé&amp;bit par seconde&#x202f;:</translation>
    </message>
    <message>
        <source>How long the source keeps its fenced copy</source>
        <translation>Durée pendant laquelle la source garde sa copie bloquée</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln jour</numerusform>
            <numerusform>%Ln jours</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Keep the fenced copy:</source>
        <translation>&amp;Garder la copie bloquée&#x202f;:</translation>
    </message>
    <message>
        <source>Choose where to.</source>
        <translation>Choisissez la destination.</translation>
    </message>
    <message>
        <source>Asking both sites…</source>
        <translation>Question aux deux sites…</translation>
    </message>
    <message>
        <source>%1 to copy</source>
        <translation>%1 à copier</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>environ %1</translation>
    </message>
    <message>
        <source>machine down about %1</source>
        <translation>machine arrêtée environ %1</translation>
    </message>
    <message>
        <source>No: erase it once the destination has proved its own</source>
        <translation>Non&#x202f;: l’effacer dès que la destination a prouvé la sienne</translation>
    </message>
    <message>
        <source>It may not be where it is: a copy kept there stays non-compliant until its retention ends.</source>
        <translation>L’objet n’a pas le droit d’être où il est&#x202f;: une copie gardée là-bas reste non conforme jusqu’à la fin de sa rétention.</translation>
    </message>
    <message>
        <source>How a machine that runs is moved</source>
        <translation>Comment une machine en marche est déplacée</translation>
    </message>
    <message>
        <source>Cold: stop it, copy it, start it there</source>
        <translation>À froid&#x202f;: l’arrêter, la copier, la démarrer là-bas</translation>
    </message>
    <message>
        <source>Warm: copy it while it runs, stop it for the rest</source>
        <translation>À chaud&#x202f;: la copier pendant qu’elle tourne, l’arrêter pour le reste</translation>
    </message>
    <message>
        <source>Mo&amp;de:</source>
        <translation>&amp;Mode&#x202f;:</translation>
    </message>
    <message>
        <source>Hours in which it may move</source>
        <translation>Heures auxquelles elle peut partir</translation>
    </message>
    <message>
        <source>at any hour; for example 22:00-06:00, by the source’s clock</source>
        <translation>à toute heure&#x202f;; par exemple 22:00-06:00, à l’horloge de la source</translation>
    </message>
    <message>
        <source>&amp;Hours:</source>
        <translation>&amp;Horaires&#x202f;:</translation>
    </message>
    <message>
        <source>Begin not bef&amp;ore</source>
        <translation>Pas avan&amp;t</translation>
    </message>
    <message>
        <source>Bandwidth limits by the hour</source>
        <translation>Limites de débit selon l’heure</translation>
    </message>
    <message>
        <source>instead, in some hours; for example 08:00-18:00=2MB, 18:00-22:00=20MB</source>
        <translation>à la place, à certaines heures&#x202f;; par exemple 08:00-18:00=2MB, 18:00-22:00=20MB</translation>
    </message>
    <message>
        <source>B&amp;y the hour:</source>
        <translation>&amp;Selon l’heure&#xa0;:</translation>
    </message>
    <message>
        <source>When it may begin</source>
        <translation>Quand il peut commencer</translation>
    </message>
    <message numerus="yes">
        <source>learned from %Ln earlier moves there</source>
        <translation>
            <numerusform>appris de %Ln déplacement précédent là-bas</numerusform>
            <numerusform>appris de %Ln déplacements précédents là-bas</numerusform>
        </translation>
    </message>
    <message>
        <source>by a probe of the link: nothing moved there yet</source>
        <translation>d’après une mesure du lien&#xa0;: rien n’y a encore été déplacé</translation>
    </message>
    <message>
        <source>Live: its memory goes along, and it goes on there</source>
        <translation>Sans arrêt&#x202f;: sa mémoire suit, elle continue là-bas</translation>
    </message>
    <message>
        <source>All of th&amp;em</source>
        <translation>Tous &amp;ensemble</translation>
    </message>
    <message>
        <source>One by o&amp;ne</source>
        <translation>Un par u&amp;n</translation>
    </message>
    <message numerus="yes">
        <source>Refused and still here: %Ln object(s).</source>
        <translation>
            <numerusform>Refusé et toujours ici&#x202f;: %Ln objet.</numerusform>
            <numerusform>Refusés et toujours ici&#x202f;: %Ln objets.</numerusform>
        </translation>
    </message>
    <message>
        <source>When it switches over to the destination</source>
        <translation>Quand il bascule vers la destination</translation>
    </message>
    <message>
        <source>By itself, as soon as it can</source>
        <translation>D’elle-même, dès que possible</translation>
    </message>
    <message>
        <source>When I say so: it waits, and may be tested there</source>
        <translation>À mon ordre&#x202f;: elle attend, et peut être essayée là-bas</translation>
    </message>
    <message>
        <source>C&amp;ut-over:</source>
        <translation>Bas&amp;cule&#x202f;:</translation>
    </message>
    <message numerus="yes">
        <source>One by o&amp;ne (%Ln differ)</source>
        <translation>
            <numerusform>Un par u&amp;n (%Ln différent)</numerusform>
            <numerusform>Un par u&amp;n (%Ln différents)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::MigrationMoves</name>
    <message>
        <source>Warm</source>
        <translation>À chaud</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Sans arrêt</translation>
    </message>
    <message>
        <source>Cold</source>
        <translation>À froid</translation>
    </message>
    <message>
        <source>When I say so</source>
        <extracomment>when a migration switches over to the destination</extracomment>
        <translation>À mon ordre</translation>
    </message>
    <message>
        <source>By itself</source>
        <translation>D’elle-même</translation>
    </message>
    <message>
        <source>Not kept</source>
        <translation>Pas gardée</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln jour</numerusform>
            <numerusform>%Ln jours</numerusform>
        </translation>
    </message>
    <message>
        <source>not chosen yet</source>
        <translation>pas encore choisi</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Toutes</translation>
    </message>
    <message>
        <source>By the hour</source>
        <translation>Selon l’heure</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sans limite</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>Aussitôt</translation>
    </message>
    <message>
        <source>%1, its own</source>
        <extracomment>%1 is how one thing is moved: &quot;Warm&quot;</extracomment>
        <translation>%1, propre à lui</translation>
    </message>
    <message>
        <source>%1, as all</source>
        <translation>%1, comme tous</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objet</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Vers</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Mode</translation>
    </message>
    <message>
        <source>Cut-over</source>
        <translation>Bascule</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Heures</translation>
    </message>
    <message>
        <source>Bandwidth</source>
        <translation>Débit</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>Copy kept</source>
        <translation>Copie gardée</translation>
    </message>
    <message>
        <source>In its way</source>
        <translation>Obstacle</translation>
    </message>
</context>
<context>
    <name>portulan::Navigation</name>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>page name and how many</comment>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>portulan::ObjectPanel</name>
    <message>
        <source>Migrate…</source>
        <translation>Migrer…</translation>
    </message>
    <message>
        <source>Choose a row to see all of it: where it is, under whose law, and whether it may be there.</source>
        <translation>Choisissez une ligne pour tout en voir&#x202f;: où elle est, sous quel droit, et si elle a le droit d’y être.</translation>
    </message>
    <message>
        <source>Serial console</source>
        <translation>Console série</translation>
    </message>
    <message>
        <source>Serial console, last lines</source>
        <translation>Console série, dernières lignes</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Ce que c’est</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projet</translation>
    </message>
    <message>
        <source>Classification</source>
        <translation>Classification</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>vCPU</source>
        <translation>vCPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objets</translation>
    </message>
    <message>
        <source>Custody</source>
        <translation>Garde</translation>
    </message>
    <message>
        <source>Moved to</source>
        <translation>Déplacé vers</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Modifié</translation>
    </message>
    <message>
        <source>The chosen object</source>
        <translation>Objet choisi</translation>
    </message>
</context>
<context>
    <name>portulan::OperationModel</name>
    <message>
        <source>%1, about %2 left</source>
        <extracomment>%1 is a percentage, %2 how long it will still take</extracomment>
        <translation>%1, encore %2 environ</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>Opération</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Avancement</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>Phase</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Fin</translation>
    </message>
    <message>
        <source>Asked by</source>
        <translation>Demandée par</translation>
    </message>
</context>
<context>
    <name>portulan::OperationsPage</name>
    <message>
        <source>Show the &amp;object</source>
        <translation>Montrer l’&amp;objet</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>Opérations</translation>
    </message>
    <message>
        <source>Nothing has run yet. Orders given here or by anyone else on these sites appear at once.</source>
        <translation>Rien n’a encore tourné. Les ordres donnés ici ou par d’autres sur ces sites apparaissent aussitôt.</translation>
    </message>
    <message>
        <source>Log of the operation</source>
        <translation>Journal de l’opération</translation>
    </message>
    <message>
        <source>Choose an operation to see its steps.</source>
        <translation>Choisissez une opération pour en voir les étapes.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>%1 on the wire</source>
        <translation>%1 sur le réseau</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>encore environ %1</translation>
    </message>
    <message>
        <source>verified: %1</source>
        <translation>vérifié&#x202f;: %1</translation>
    </message>
    <message>
        <source>C&amp;ertificate…</source>
        <translation>Ce&amp;rtificat…</translation>
    </message>
    <message>
        <source>What both sites signed once the migration was over</source>
        <translation>Ce que les deux sites ont signé une fois la migration terminée</translation>
    </message>
    <message>
        <source>What the machine printed in its test boot</source>
        <translation>Ce que la machine a écrit pendant son démarrage d’essai</translation>
    </message>
    <message>
        <source>Order agai&amp;n…</source>
        <translation>Ordo&amp;nner à nouveau…</translation>
    </message>
    <message>
        <source>Order the selected migrations that failed or were cancelled once more, as they were ordered; you may change that first</source>
        <translation>Ordonner encore une fois les migrations sélectionnées qui ont échoué ou furent annulées, telles qu’elles furent ordonnées&#x202f;; vous pouvez d’abord les modifier</translation>
    </message>
    <message numerus="yes">
        <source>%Ln operation(s) selected.</source>
        <translation>
            <numerusform>%Ln opération sélectionnée.</numerusform>
            <numerusform>%Ln opérations sélectionnées.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Order agai&amp;n (%Ln)…</source>
        <translation>
            <numerusform>Ordo&amp;nner à nouveau (%Ln)…</numerusform>
            <numerusform>Ordo&amp;nner à nouveau (%Ln)…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::OverviewCharts</name>
    <message>
        <source>How full the sites are</source>
        <translation>Remplissage des sites</translation>
    </message>
    <message>
        <source>What may be where it is</source>
        <translation>Ce qui a le droit d’être où il est</translation>
    </message>
    <message>
        <source>Where the data is, by country</source>
        <translation>Où sont les données, par pays</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>Mo</translation>
    </message>
    <message>
        <source>vCPU</source>
        <translation>vCPU</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Stockage</translation>
    </message>
    <message>
        <source>All data</source>
        <translation>Toutes les données</translation>
    </message>
    <message>
        <source>Personal, health or State-sensitive</source>
        <translation>Personnelles, de santé ou sensibles pour l’État</translation>
    </message>
    <message>
        <source>PB</source>
        <translation>Po</translation>
    </message>
    <message>
        <source>TB</source>
        <translation>To</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>Go</translation>
    </message>
    <message>
        <source>kB</source>
        <translation>ko</translation>
    </message>
</context>
<context>
    <name>portulan::OverviewPage</name>
    <message>
        <source>The federation in ten figures</source>
        <translation>La fédération en dix chiffres</translation>
    </message>
    <message>
        <source>Sites answering</source>
        <translation>Sites qui répondent</translation>
    </message>
    <message>
        <source>Machines running</source>
        <translation>Machines en marche</translation>
    </message>
    <message>
        <source>Data held</source>
        <translation>Données détenues</translation>
    </message>
    <message>
        <source>Storage used</source>
        <translation>Stockage utilisé</translation>
    </message>
    <message>
        <source>Migrations under way</source>
        <translation>Migrations en cours</translation>
    </message>
    <message>
        <source>Where it may be</source>
        <translation>Là où c’est permis</translation>
    </message>
    <message>
        <source>Where it may not be</source>
        <translation>Là où c’est interdit</translation>
    </message>
    <message>
        <source>Not evaluated</source>
        <translation>Non évalué</translation>
    </message>
    <message>
        <source>Certificates ending within 90 days</source>
        <translation>Certificats expirant sous 90 jours</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln countr(y/ies)</source>
        <translation>
            <numerusform>dans %Ln pays</numerusform>
            <numerusform>dans %Ln pays</numerusform>
        </translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>sur %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln done so far</source>
        <translation>
            <numerusform>%Ln achevée à ce jour</numerusform>
            <numerusform>%Ln achevées à ce jour</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of all objects</source>
        <translation>%1 de tous les objets</translation>
    </message>
    <message>
        <source>next: %1, %2</source>
        <comment>scheme, date</comment>
        <translation>prochain&#x202f;: %1, %2</translation>
    </message>
    <message>
        <source>Demonstration: operators and data are fictitious; gateways, machines, disks and transfers are real.</source>
        <translation>Démonstration&#x202f;: exploitants et données sont fictifs&#x202f;; passerelles, machines, disques et transferts sont réels.</translation>
    </message>
    <message>
        <source>Objects under a non-European parent</source>
        <translation>Objets sous une société mère non européenne</translation>
    </message>
    <message numerus="yes">
        <source>on %Ln site(s)</source>
        <translation>
            <numerusform>sur %Ln site</numerusform>
            <numerusform>sur %Ln sites</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::Palette</name>
    <message>
        <source>Command palette</source>
        <translation>Palette de commandes</translation>
    </message>
    <message>
        <source>Command, site or machine</source>
        <translation>Commande, site ou machine</translation>
    </message>
    <message>
        <source>Type a command, a site or a machine…</source>
        <translation>Tapez une commande, un site ou une machine…</translation>
    </message>
    <message>
        <source>What matches</source>
        <translation>Ce qui correspond</translation>
    </message>
    <message>
        <source>Up and Down choose, Enter runs, Escape closes.</source>
        <translation>Haut et Bas choisissent, Entrée lance, Échap ferme.</translation>
    </message>
    <message>
        <source>%1 — %2</source>
        <comment>command and its hint</comment>
        <translation>%1 — %2</translation>
    </message>
</context>
<context>
    <name>portulan::Phrases</name>
    <message>
        <source>Andorra</source>
        <translation>Andorre</translation>
    </message>
    <message>
        <source>United Arab Emirates</source>
        <translation>Émirats arabes unis</translation>
    </message>
    <message>
        <source>Albania</source>
        <translation>Albanie</translation>
    </message>
    <message>
        <source>Austria</source>
        <translation>Autriche</translation>
    </message>
    <message>
        <source>Australia</source>
        <translation>Australie</translation>
    </message>
    <message>
        <source>Bosnia and Herzegovina</source>
        <translation>Bosnie-Herzégovine</translation>
    </message>
    <message>
        <source>Belgium</source>
        <translation>Belgique</translation>
    </message>
    <message>
        <source>Bulgaria</source>
        <translation>Bulgarie</translation>
    </message>
    <message>
        <source>Brazil</source>
        <translation>Brésil</translation>
    </message>
    <message>
        <source>Canada</source>
        <translation>Canada</translation>
    </message>
    <message>
        <source>Switzerland</source>
        <translation>Suisse</translation>
    </message>
    <message>
        <source>China</source>
        <translation>Chine</translation>
    </message>
    <message>
        <source>Cyprus</source>
        <translation>Chypre</translation>
    </message>
    <message>
        <source>Czechia</source>
        <translation>Tchéquie</translation>
    </message>
    <message>
        <source>Germany</source>
        <translation>Allemagne</translation>
    </message>
    <message>
        <source>Denmark</source>
        <translation>Danemark</translation>
    </message>
    <message>
        <source>Estonia</source>
        <translation>Estonie</translation>
    </message>
    <message>
        <source>Spain</source>
        <translation>Espagne</translation>
    </message>
    <message>
        <source>Finland</source>
        <translation>Finlande</translation>
    </message>
    <message>
        <source>France</source>
        <translation>France</translation>
    </message>
    <message>
        <source>United Kingdom</source>
        <translation>Royaume-Uni</translation>
    </message>
    <message>
        <source>Greece</source>
        <translation>Grèce</translation>
    </message>
    <message>
        <source>Croatia</source>
        <translation>Croatie</translation>
    </message>
    <message>
        <source>Hungary</source>
        <translation>Hongrie</translation>
    </message>
    <message>
        <source>Ireland</source>
        <translation>Irlande</translation>
    </message>
    <message>
        <source>Israel</source>
        <translation>Israël</translation>
    </message>
    <message>
        <source>India</source>
        <translation>Inde</translation>
    </message>
    <message>
        <source>Iceland</source>
        <translation>Islande</translation>
    </message>
    <message>
        <source>Italy</source>
        <translation>Italie</translation>
    </message>
    <message>
        <source>Japan</source>
        <translation>Japon</translation>
    </message>
    <message>
        <source>South Korea</source>
        <translation>Corée du Sud</translation>
    </message>
    <message>
        <source>Liechtenstein</source>
        <translation>Liechtenstein</translation>
    </message>
    <message>
        <source>Lithuania</source>
        <translation>Lituanie</translation>
    </message>
    <message>
        <source>Luxembourg</source>
        <translation>Luxembourg</translation>
    </message>
    <message>
        <source>Latvia</source>
        <translation>Lettonie</translation>
    </message>
    <message>
        <source>Monaco</source>
        <translation>Monaco</translation>
    </message>
    <message>
        <source>Moldova</source>
        <translation>Moldavie</translation>
    </message>
    <message>
        <source>Montenegro</source>
        <translation>Monténégro</translation>
    </message>
    <message>
        <source>North Macedonia</source>
        <translation>Macédoine du Nord</translation>
    </message>
    <message>
        <source>Malta</source>
        <translation>Malte</translation>
    </message>
    <message>
        <source>Netherlands</source>
        <translation>Pays-Bas</translation>
    </message>
    <message>
        <source>Norway</source>
        <translation>Norvège</translation>
    </message>
    <message>
        <source>Poland</source>
        <translation>Pologne</translation>
    </message>
    <message>
        <source>Portugal</source>
        <translation>Portugal</translation>
    </message>
    <message>
        <source>Romania</source>
        <translation>Roumanie</translation>
    </message>
    <message>
        <source>Serbia</source>
        <translation>Serbie</translation>
    </message>
    <message>
        <source>Russia</source>
        <translation>Russie</translation>
    </message>
    <message>
        <source>Sweden</source>
        <translation>Suède</translation>
    </message>
    <message>
        <source>Singapore</source>
        <translation>Singapour</translation>
    </message>
    <message>
        <source>Slovenia</source>
        <translation>Slovénie</translation>
    </message>
    <message>
        <source>Slovakia</source>
        <translation>Slovaquie</translation>
    </message>
    <message>
        <source>San Marino</source>
        <translation>Saint-Marin</translation>
    </message>
    <message>
        <source>Türkiye</source>
        <translation>Turquie</translation>
    </message>
    <message>
        <source>Ukraine</source>
        <translation>Ukraine</translation>
    </message>
    <message>
        <source>United States</source>
        <translation>États-Unis</translation>
    </message>
    <message>
        <source>Vatican City</source>
        <translation>Vatican</translation>
    </message>
    <message>
        <source>classification</source>
        <translation>classification</translation>
    </message>
    <message>
        <source>countries allowed by the project</source>
        <translation>pays autorisés par le projet</translation>
    </message>
    <message>
        <source>project forbids exposure to US law</source>
        <translation>le projet interdit l’exposition au droit américain</translation>
    </message>
    <message>
        <source>Gaia-X label demanded by the project</source>
        <translation>label Gaia-X exigé par le projet</translation>
    </message>
    <message>
        <source>SEAL level demanded by the project</source>
        <translation>niveau SEAL exigé par le projet</translation>
    </message>
    <message>
        <source>project demands SecNumCloud</source>
        <translation>le projet exige SecNumCloud</translation>
    </message>
    <message>
        <source>law of the operator’s contracts</source>
        <translation>droit applicable aux contrats de l’opérateur</translation>
    </message>
    <message>
        <source>operator certified under the Data Privacy Framework</source>
        <translation>opérateur certifié Data Privacy Framework</translation>
    </message>
    <message>
        <source>operator’s headquarters</source>
        <translation>siège de direction de l’opérateur</translation>
    </message>
    <message>
        <source>operator’s main establishment</source>
        <translation>établissement principal de l’opérateur</translation>
    </message>
    <message>
        <source>largest non-EU holding in the operator (%)</source>
        <translation>plus forte participation hors UE chez l’opérateur (%)</translation>
    </message>
    <message>
        <source>all non-EU holdings in the operator (%)</source>
        <translation>total des participations hors UE chez l’opérateur (%)</translation>
    </message>
    <message>
        <source>non-EU majority on the operator’s board</source>
        <translation>majorité hors UE au conseil de l’opérateur</translation>
    </message>
    <message>
        <source>non-EU veto over the operator</source>
        <translation>droit de veto hors UE sur l’opérateur</translation>
    </message>
    <message>
        <source>non-EU subcontractors reach the data</source>
        <translation>des sous-traitants hors UE accèdent aux données</translation>
    </message>
    <message>
        <source>non-EU subsidiaries of the operator</source>
        <translation>filiales hors UE de l’opérateur</translation>
    </message>
    <message>
        <source>operator’s country</source>
        <translation>pays de l’opérateur</translation>
    </message>
    <message>
        <source>operator’s registered office</source>
        <translation>siège social de l’opérateur</translation>
    </message>
    <message>
        <source>country of the operator’s ultimate parent</source>
        <translation>pays de la société mère ultime de l’opérateur</translation>
    </message>
    <message>
        <source>operator present in the United States</source>
        <translation>opérateur présent aux États-Unis</translation>
    </message>
    <message>
        <source>operator registered under NIS 2</source>
        <translation>opérateur enregistré au titre de NIS 2</translation>
    </message>
    <message>
        <source>age of the ownership statement (days)</source>
        <translation>ancienneté de la déclaration d’actionnariat (jours)</translation>
    </message>
    <message>
        <source>operator’s SEAL level</source>
        <translation>niveau SEAL de l’opérateur</translation>
    </message>
    <message>
        <source>notice for switching (days)</source>
        <translation>préavis de changement de fournisseur (jours)</translation>
    </message>
    <message>
        <source>transition for switching (days)</source>
        <translation>période de transition du changement (jours)</translation>
    </message>
    <message>
        <source>map of transfers published</source>
        <translation>cartographie des transferts publiée</translation>
    </message>
    <message>
        <source>country of the site</source>
        <translation>pays du site</translation>
    </message>
    <message>
        <source>region of the site</source>
        <translation>région du site</translation>
    </message>
    <message>
        <source>country observed</source>
        <translation>pays constaté</translation>
    </message>
    <message>
        <source>countries it is administered from</source>
        <translation>pays d’administration</translation>
    </message>
    <message>
        <source>countries it is supported from</source>
        <translation>pays du support</translation>
    </message>
    <message>
        <source>languages of its support</source>
        <translation>langues du support</translation>
    </message>
    <message>
        <source>support goes through a supervised gateway</source>
        <translation>le support passe par une passerelle surveillée</translation>
    </message>
    <message>
        <source>countries of its backups</source>
        <translation>pays des sauvegardes</translation>
    </message>
    <message>
        <source>countries of its security operations</source>
        <translation>pays de la supervision de sécurité</translation>
    </message>
    <message>
        <source>countries of its technical data</source>
        <translation>pays des données techniques</translation>
    </message>
    <message>
        <source>safeguards of GDPR article 46</source>
        <translation>garanties de l’article 46 du RGPD</translation>
    </message>
    <message>
        <source>documented export</source>
        <translation>export documenté</translation>
    </message>
    <message>
        <source>approved for restricted data</source>
        <translation>homologué Diffusion restreinte</translation>
    </message>
    <message>
        <source>Gaia-X credential verified</source>
        <translation>attestation Gaia-X vérifiée</translation>
    </message>
    <message>
        <source>days left of its shortest certificate</source>
        <translation>jours restants du certificat le plus court</translation>
    </message>
    <message>
        <source>ownership of the premises</source>
        <translation>propriété des locaux</translation>
    </message>
    <message>
        <source>power usage effectiveness</source>
        <translation>efficacité énergétique (PUE)</translation>
    </message>
    <message>
        <source>kind of tenant</source>
        <translation>type de locataire</translation>
    </message>
    <message>
        <source>critical function</source>
        <translation>fonction critique</translation>
    </message>
    <message>
        <source>encrypted at rest</source>
        <translation>chiffré au repos</translation>
    </message>
    <message>
        <source>country of the keys</source>
        <translation>pays des clés</translation>
    </message>
    <message>
        <source>custody of the keys</source>
        <translation>garde des clés</translation>
    </message>
    <message>
        <source>exit plan</source>
        <translation>plan de sortie</translation>
    </message>
    <message>
        <source>in the DORA register</source>
        <translation>inscrit au registre DORA</translation>
    </message>
    <message>
        <source>The rule is kept.</source>
        <translation>La règle est respectée.</translation>
    </message>
    <message>
        <source>Nobody states the fact, but a valid certificate vouches for it: %1.</source>
        <translation>Personne n’énonce le fait, mais un certificat valide en répond&#xa0;: %1.</translation>
    </message>
    <message>
        <source>The rule is not kept; somebody must look at it and decide.</source>
        <translation>La règle n’est pas respectée&#x202f;; quelqu’un doit l’examiner et décider.</translation>
    </message>
    <message>
        <source>The rule is broken.</source>
        <translation>La règle est enfreinte.</translation>
    </message>
    <message>
        <source>The rule is broken, although a certificate vouches for it: %1.</source>
        <translation>La règle est enfreinte, alors qu’un certificat en répond&#xa0;: %1.</translation>
    </message>
    <message>
        <source>The rule could not be evaluated.</source>
        <translation>La règle n’a pas pu être évaluée.</translation>
    </message>
    <message>
        <source>The rule could not be evaluated. Missing: %1.</source>
        <translation>La règle n’a pas pu être évaluée. Il manque&#xa0;: %1.</translation>
    </message>
    <message>
        <source>The rule does not apply here.</source>
        <translation>La règle ne s’applique pas ici.</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>no</source>
        <translation>non</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>%1: nobody says</source>
        <translation>%1&#xa0;: personne ne le dit</translation>
    </message>
    <message>
        <source>%1: %2 (%3, %4, %5)</source>
        <extracomment>%1 name of a fact, %2 its value, %3 who says so, %4 how sure (&quot;declared&quot;), %5 date</extracomment>
        <translation>%1&#xa0;: %2 (%3, %4, %5)</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projet</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>Instance</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>Instantané</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>Jeu de données</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Security group</source>
        <translation>Groupe de sécurité</translation>
    </message>
    <message>
        <source>Kubernetes cluster</source>
        <translation>Grappe Kubernetes</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>Opération</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Alerte</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Sites</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>Projets</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>Instances</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Volumes</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>Instantanés</translation>
    </message>
    <message>
        <source>Data sets</source>
        <translation>Jeux de données</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Réseaux</translation>
    </message>
    <message>
        <source>Security groups</source>
        <translation>Groupes de sécurité</translation>
    </message>
    <message>
        <source>Kubernetes clusters</source>
        <translation>Grappes Kubernetes</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>Opérations</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alertes</translation>
    </message>
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
            <numerusform>%Ln projet</numerusform>
            <numerusform>%Ln projets</numerusform>
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
            <numerusform>%Ln instantané</numerusform>
            <numerusform>%Ln instantanés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln data sets</source>
        <translation>
            <numerusform>%Ln jeu de données</numerusform>
            <numerusform>%Ln jeux de données</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln networks</source>
        <translation>
            <numerusform>%Ln réseau</numerusform>
            <numerusform>%Ln réseaux</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln security groups</source>
        <translation>
            <numerusform>%Ln groupe de sécurité</numerusform>
            <numerusform>%Ln groupes de sécurité</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln Kubernetes clusters</source>
        <translation>
            <numerusform>%Ln grappe Kubernetes</numerusform>
            <numerusform>%Ln grappes Kubernetes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln operations</source>
        <translation>
            <numerusform>%Ln opération</numerusform>
            <numerusform>%Ln opérations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln alerts</source>
        <translation>
            <numerusform>%Ln alerte</numerusform>
            <numerusform>%Ln alertes</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Paused</source>
        <comment>operation</comment>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminée</translation>
    </message>
    <message>
        <source>Failed</source>
        <comment>operation</comment>
        <translation>Échec</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulée</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>Prévue</translation>
    </message>
    <message>
        <source>Destination has accepted</source>
        <translation>Acceptée par la destination</translation>
    </message>
    <message>
        <source>Machine stopped</source>
        <translation>Machine arrêtée</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>Copie en cours</translation>
    </message>
    <message>
        <source>Every byte verified</source>
        <translation>Tous les octets vérifiés</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Remise effectuée</translation>
    </message>
    <message>
        <source>Active at the destination</source>
        <translation>Active à destination</translation>
    </message>
    <message>
        <source>Released by the source</source>
        <translation>Libérée par la source</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Reprise par la source</translation>
    </message>
    <message>
        <source>Create a project</source>
        <translation>Créer un projet</translation>
    </message>
    <message>
        <source>Change a project</source>
        <translation>Modifier un projet</translation>
    </message>
    <message>
        <source>Delete a project</source>
        <translation>Supprimer un projet</translation>
    </message>
    <message>
        <source>Create an instance</source>
        <translation>Créer une instance</translation>
    </message>
    <message>
        <source>Change an instance</source>
        <translation>Modifier une instance</translation>
    </message>
    <message>
        <source>Start an instance</source>
        <translation>Démarrer une instance</translation>
    </message>
    <message>
        <source>Stop an instance</source>
        <translation>Arrêter une instance</translation>
    </message>
    <message>
        <source>Restart an instance</source>
        <translation>Redémarrer une instance</translation>
    </message>
    <message>
        <source>Resize an instance</source>
        <translation>Redimensionner une instance</translation>
    </message>
    <message>
        <source>Delete an instance</source>
        <translation>Supprimer une instance</translation>
    </message>
    <message>
        <source>Attach a volume</source>
        <translation>Attacher un volume</translation>
    </message>
    <message>
        <source>Detach a volume</source>
        <translation>Détacher un volume</translation>
    </message>
    <message>
        <source>Create a volume</source>
        <translation>Créer un volume</translation>
    </message>
    <message>
        <source>Enlarge a volume</source>
        <translation>Agrandir un volume</translation>
    </message>
    <message>
        <source>Delete a volume</source>
        <translation>Supprimer un volume</translation>
    </message>
    <message>
        <source>Import a volume</source>
        <translation>Importer un volume</translation>
    </message>
    <message>
        <source>Export a volume</source>
        <translation>Exporter un volume</translation>
    </message>
    <message>
        <source>Take a snapshot</source>
        <translation>Prendre un instantané</translation>
    </message>
    <message>
        <source>Go back to a snapshot</source>
        <translation>Revenir à un instantané</translation>
    </message>
    <message>
        <source>Delete a snapshot</source>
        <translation>Supprimer un instantané</translation>
    </message>
    <message>
        <source>Create an image</source>
        <translation>Créer une image</translation>
    </message>
    <message>
        <source>Delete an image</source>
        <translation>Supprimer une image</translation>
    </message>
    <message>
        <source>Import an image</source>
        <translation>Importer une image</translation>
    </message>
    <message>
        <source>Export an image</source>
        <translation>Exporter une image</translation>
    </message>
    <message>
        <source>Create a data set</source>
        <translation>Créer un jeu de données</translation>
    </message>
    <message>
        <source>Change a data set</source>
        <translation>Modifier un jeu de données</translation>
    </message>
    <message>
        <source>Delete a data set</source>
        <translation>Supprimer un jeu de données</translation>
    </message>
    <message>
        <source>Store an object</source>
        <translation>Déposer un objet</translation>
    </message>
    <message>
        <source>Read an object</source>
        <translation>Lire un objet</translation>
    </message>
    <message>
        <source>Delete an object</source>
        <translation>Supprimer un objet</translation>
    </message>
    <message>
        <source>Create a network</source>
        <translation>Créer un réseau</translation>
    </message>
    <message>
        <source>Delete a network</source>
        <translation>Supprimer un réseau</translation>
    </message>
    <message>
        <source>Migrate</source>
        <translation>Migrer</translation>
    </message>
    <message>
        <source>Receive a migration</source>
        <translation>Recevoir une migration</translation>
    </message>
    <message>
        <source>Cancel an operation</source>
        <translation>Annuler une opération</translation>
    </message>
    <message>
        <source>Migrate %1 to %2</source>
        <translation>Migrer %1 vers %2</translation>
    </message>
    <message>
        <source>Receive %1 from %2</source>
        <translation>Recevoir %1 depuis %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 is what an operation does (&quot;Create an instance&quot;), %2 the name of its object</extracomment>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Viewer</source>
        <translation>Lecteur</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Exploitant</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administrateur</translation>
    </message>
    <message>
        <source>Auditor</source>
        <translation>Auditeur</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Brut</translation>
    </message>
    <message>
        <source>QCOW2 (QEMU)</source>
        <translation>QCOW2 (QEMU)</translation>
    </message>
    <message>
        <source>VMDK (VMware)</source>
        <translation>VMDK (VMware)</translation>
    </message>
    <message>
        <source>Unreachable</source>
        <translation>Injoignable</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>Pas de réponse à temps</translation>
    </message>
    <message>
        <source>Not recognised</source>
        <translation>Non reconnu</translation>
    </message>
    <message>
        <source>Not authorised</source>
        <translation>Non autorisé</translation>
    </message>
    <message>
        <source>Refused by policy</source>
        <translation>Refusé par la politique</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Introuvable</translation>
    </message>
    <message>
        <source>Exists already</source>
        <translation>Existe déjà</translation>
    </message>
    <message>
        <source>Changed meanwhile</source>
        <translation>Modifié entre-temps</translation>
    </message>
    <message>
        <source>Over quota</source>
        <translation>Quota dépassé</translation>
    </message>
    <message>
        <source>No room</source>
        <translation>Plus de place</translation>
    </message>
    <message>
        <source>Disk full</source>
        <translation>Disque plein</translation>
    </message>
    <message>
        <source>Not valid</source>
        <translation>Non valable</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>Trop volumineux</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Endommagé</translation>
    </message>
    <message>
        <source>Not in this state</source>
        <translation>Pas dans cet état</translation>
    </message>
    <message>
        <source>Not supported</source>
        <translation>Non pris en charge</translation>
    </message>
    <message>
        <source>No hypervisor</source>
        <translation>Pas d’hyperviseur</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Expiré</translation>
    </message>
    <message>
        <source>Not trusted</source>
        <translation>Non digne de confiance</translation>
    </message>
    <message>
        <source>Not understood</source>
        <translation>Incompris</translation>
    </message>
    <message>
        <source>Another version</source>
        <translation>Autre version</translation>
    </message>
    <message>
        <source>No keychain</source>
        <translation>Pas de trousseau</translation>
    </message>
    <message>
        <source>Internal error</source>
        <translation>Erreur interne</translation>
    </message>
    <message>
        <source>The site cannot be reached. Check the network; the console keeps trying by itself.</source>
        <translation>Le site est injoignable. Vérifiez le réseau&#x202f;; la console réessaie d’elle-même.</translation>
    </message>
    <message>
        <source>The site %1 cannot be reached. Check the network and its gateway; the console keeps trying by itself.</source>
        <translation>Le site %1 est injoignable. Vérifiez le réseau et sa passerelle&#x202f;; la console réessaie d’elle-même.</translation>
    </message>
    <message>
        <source>No answer came in time. The order may have been taken: look at the operations before sending it again.</source>
        <translation>Aucune réponse n’est venue à temps. L’ordre a pu être pris en compte&#xa0;: consultez les opérations avant de le renvoyer.</translation>
    </message>
    <message>
        <source>The site %1 did not answer in time. The order may have been taken: look at the operations before sending it again.</source>
        <translation>Le site %1 n’a pas répondu à temps. L’ordre a pu être pris en compte&#xa0;: consultez les opérations avant de le renvoyer.</translation>
    </message>
    <message>
        <source>The site does not recognise your certificate. Connect with a certificate issued by this federation’s authority.</source>
        <translation>Le site ne reconnaît pas votre certificat. Connectez-vous avec un certificat émis par l’autorité de cette fédération.</translation>
    </message>
    <message>
        <source>Your role does not allow this here. Ask an administrator of the site for the role it needs.</source>
        <translation>Votre rôle ne le permet pas ici. Demandez le rôle nécessaire à un administrateur du site.</translation>
    </message>
    <message>
        <source>Your role does not allow this on %1. Ask an administrator of the site for the role it needs.</source>
        <translation>Votre rôle ne le permet pas sur %1. Demandez le rôle nécessaire à un administrateur du site.</translation>
    </message>
    <message>
        <source>The other side speaks another version of Portulan. Update the older of the two.</source>
        <translation>L’autre côté parle une autre version de Portulan. Mettez à jour la plus ancienne des deux.</translation>
    </message>
    <message>
        <source>This site has no hypervisor: instances are recorded there but cannot run. Choose another site to run them.</source>
        <translation>Ce site n’a pas d’hyperviseur&#xa0;: les instances y sont enregistrées mais ne peuvent pas tourner. Choisissez un autre site pour les faire tourner.</translation>
    </message>
    <message>
        <source>This site cannot do that. Choose another site or another way.</source>
        <translation>Ce site ne sait pas le faire. Choisissez un autre site ou une autre manière.</translation>
    </message>
    <message>
        <source>This site cannot do that (%1). Choose another site or another way.</source>
        <translation>Ce site ne sait pas le faire (%1). Choisissez un autre site ou une autre manière.</translation>
    </message>
    <message>
        <source>The site has no room left for this. Ask for less, or choose another site.</source>
        <translation>Le site n’a plus la place nécessaire. Demandez moins, ou choisissez un autre site.</translation>
    </message>
    <message>
        <source>The site has no room left for this: %1 wanted, %2 free (%3). Ask for less, or choose another site.</source>
        <translation>Le site n’a plus la place nécessaire&#xa0;: %1 demandés, %2 libres (%3). Demandez moins, ou choisissez un autre site.</translation>
    </message>
    <message>
        <source>The site’s disk is full; nothing was changed. Free space there, then try again.</source>
        <translation>Le disque du site est plein&#x202f;; rien n’a été modifié. Libérez-y de l’espace, puis réessayez.</translation>
    </message>
    <message>
        <source>The project’s quota would be overrun. Ask for less, or have the quota raised.</source>
        <translation>Le quota du projet serait dépassé. Demandez moins, ou faites relever le quota.</translation>
    </message>
    <message>
        <source>The project’s quota would be overrun: %1 wanted, %2 used of %3 (%4). Ask for less, or have the quota raised.</source>
        <translation>Le quota du projet serait dépassé&#xa0;: %1 demandés, %2 utilisés sur %3 (%4). Demandez moins, ou faites relever le quota.</translation>
    </message>
    <message>
        <source>Policy forbids it. Choose a site where the verdict is not “non-compliant”.</source>
        <translation>La politique l’interdit. Choisissez un site où le verdict n’est pas «&#xa0;non conforme&#xa0;».</translation>
    </message>
    <message>
        <source>Policy forbids it: rule %1, “%2”. Choose a site that keeps this rule.</source>
        <translation>La politique l’interdit&#xa0;: règle %1, «&#xa0;%2&#xa0;». Choisissez un site qui respecte cette règle.</translation>
    </message>
    <message>
        <source>It was not found. It may have been deleted or moved: refresh and look again.</source>
        <translation>Introuvable. L’objet a pu être supprimé ou déplacé&#xa0;: actualisez et cherchez de nouveau.</translation>
    </message>
    <message>
        <source>%1 was not found. It may have been deleted or moved: refresh and look again.</source>
        <translation>%1 est introuvable. L’objet a pu être supprimé ou déplacé&#xa0;: actualisez et cherchez de nouveau.</translation>
    </message>
    <message>
        <source>It exists already. Choose another name.</source>
        <translation>L’objet existe déjà. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>%1 exists already. Choose another name.</source>
        <translation>%1 existe déjà. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>Somebody else changed it meanwhile, or an operation is under way on it. Look at its present state and try again.</source>
        <translation>Quelqu’un d’autre l’a modifié entre-temps, ou une opération est en cours dessus. Consultez son état actuel et réessayez.</translation>
    </message>
    <message>
        <source>Somebody else changed %1 meanwhile, or an operation is under way on it. Look at its present state and try again.</source>
        <translation>Quelqu’un d’autre a modifié %1 entre-temps, ou une opération est en cours dessus. Consultez son état actuel et réessayez.</translation>
    </message>
    <message>
        <source>It is not in a state that allows this. Wait for what is under way, or stop it first.</source>
        <translation>L’objet n’est pas dans un état qui le permet. Attendez la fin de ce qui est en cours, ou arrêtez-le d’abord.</translation>
    </message>
    <message>
        <source>It is not in a state that allows this (%1). Wait for what is under way, or stop it first.</source>
        <translation>L’objet n’est pas dans un état qui le permet (%1). Attendez la fin de ce qui est en cours, ou arrêtez-le d’abord.</translation>
    </message>
    <message>
        <source>A value is not valid. Correct it and try again.</source>
        <translation>Une valeur n’est pas valable. Corrigez-la et réessayez.</translation>
    </message>
    <message>
        <source>“%1” is not valid. Expected: %2.</source>
        <translation>«&#xa0;%1&#xa0;» n’est pas valable. Attendu&#xa0;: %2.</translation>
    </message>
    <message>
        <source>“%1” cannot be “%2”. Expected: %3.</source>
        <translation>«&#xa0;%1&#xa0;» ne peut pas valoir «&#xa0;%2&#xa0;». Attendu&#xa0;: %3.</translation>
    </message>
    <message>
        <source>It is too large for this site. Send less at once.</source>
        <translation>C’est trop volumineux pour ce site. Envoyez moins à la fois.</translation>
    </message>
    <message>
        <source>%1 is too large: at most %2 is accepted. Send less at once.</source>
        <translation>%1 est trop volumineux&#xa0;: au plus %2 est accepté. Envoyez moins à la fois.</translation>
    </message>
    <message>
        <source>It</source>
        <translation>L’objet</translation>
    </message>
    <message>
        <source>The bytes received are not those that were sent; nothing was kept. Try again.</source>
        <translation>Les octets reçus ne sont pas ceux qui ont été envoyés&#x202f;; rien n’a été conservé. Réessayez.</translation>
    </message>
    <message>
        <source>The bytes of %1 are not what their digest says; nothing was kept. Try again.</source>
        <translation>Les octets de %1 ne correspondent pas à leur empreinte&#x202f;; rien n’a été conservé. Réessayez.</translation>
    </message>
    <message>
        <source>A certificate is not valid today. Have it renewed, and check this machine’s clock.</source>
        <translation>Un certificat n’est pas valable aujourd’hui. Faites-le renouveler, et vérifiez l’horloge de cette machine.</translation>
    </message>
    <message>
        <source>A certificate was valid until %1. Have it renewed, and check this machine’s clock.</source>
        <translation>Un certificat était valable jusqu’au %1. Faites-le renouveler, et vérifiez l’horloge de cette machine.</translation>
    </message>
    <message>
        <source>A signature or certificate does not verify. Do not go on before you know who answered.</source>
        <translation>Une signature ou un certificat ne se vérifie pas. N’allez pas plus loin sans savoir qui a répondu.</translation>
    </message>
    <message>
        <source>A signature or certificate does not verify (%1). Do not go on before you know who answered.</source>
        <translation>Une signature ou un certificat ne se vérifie pas (%1). N’allez pas plus loin sans savoir qui a répondu.</translation>
    </message>
    <message>
        <source>The answer cannot be understood.</source>
        <translation>La réponse est incompréhensible.</translation>
    </message>
    <message>
        <source>This cannot be understood. Expected: %1.</source>
        <translation>Ceci est incompréhensible. Attendu&#xa0;: %1.</translation>
    </message>
    <message>
        <source>The file %1 cannot be understood. Expected: %2.</source>
        <translation>Le fichier %1 est incompréhensible. Attendu&#xa0;: %2.</translation>
    </message>
    <message>
        <source>The file %1 cannot be understood at line %2. Expected: %3.</source>
        <translation>Le fichier %1 est incompréhensible à la ligne %2. Attendu&#xa0;: %3.</translation>
    </message>
    <message>
        <source>This desktop has no keychain that answers. Nothing secret is kept: you will be asked again next time.</source>
        <translation>Aucun trousseau ne répond sur ce bureau. Aucun secret n’est conservé&#xa0;: il vous sera redemandé la prochaine fois.</translation>
    </message>
    <message>
        <source>Cancelled; things are as they were before.</source>
        <translation>Annulé&#x202f;; tout est comme auparavant.</translation>
    </message>
    <message>
        <source>Something went wrong inside the program or the gateway. Its log says more; try again, then report it.</source>
        <translation>Une erreur s’est produite dans le programme ou la passerelle. Son journal en dit plus&#x202f;; réessayez, puis signalez-la.</translation>
    </message>
    <message>
        <source>vCPU</source>
        <translation>vCPU</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>mémoire</translation>
    </message>
    <message>
        <source>storage</source>
        <translation>stockage</translation>
    </message>
    <message>
        <source>instances</source>
        <translation>instances</translation>
    </message>
    <message>
        <source>volumes</source>
        <translation>volumes</translation>
    </message>
    <message>
        <source>Non-compliant</source>
        <translation>Non conforme</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Conflit</translation>
    </message>
    <message>
        <source>Not evaluated</source>
        <translation>Non évalué</translation>
    </message>
    <message>
        <source>To watch</source>
        <translation>À surveiller</translation>
    </message>
    <message>
        <source>Compliant</source>
        <translation>Conforme</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Respectée</translation>
    </message>
    <message>
        <source>Kept, by certificate</source>
        <translation>Respectée, par certificat</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>À examiner</translation>
    </message>
    <message>
        <source>Broken</source>
        <translation>Enfreinte</translation>
    </message>
    <message>
        <source>Contradicts a certificate</source>
        <translation>Contredit un certificat</translation>
    </message>
    <message>
        <source>Does not apply</source>
        <translation>Sans objet</translation>
    </message>
    <message>
        <source>Blocker</source>
        <translation>Bloquante</translation>
    </message>
    <message>
        <source>Major</source>
        <translation>Majeure</translation>
    </message>
    <message>
        <source>Minor</source>
        <translation>Mineure</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Information</translation>
    </message>
    <message>
        <source>false</source>
        <translation>faux</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>true</source>
        <translation>vrai</translation>
    </message>
    <message>
        <source>declared</source>
        <translation>déclaré</translation>
    </message>
    <message>
        <source>attested</source>
        <translation>attesté</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>mesuré</translation>
    </message>
    <message>
        <source>Unclassified</source>
        <translation>Non classé</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvertes</translation>
    </message>
    <message>
        <source>Internal</source>
        <translation>Internes</translation>
    </message>
    <message>
        <source>Personal</source>
        <translation>Personnelles</translation>
    </message>
    <message>
        <source>Special category</source>
        <translation>Catégorie particulière</translation>
    </message>
    <message>
        <source>Health (FR)</source>
        <translation>Santé (FR)</translation>
    </message>
    <message>
        <source>Health (DE)</source>
        <translation>Santé (DE)</translation>
    </message>
    <message>
        <source>State-sensitive (FR)</source>
        <translation>Sensibles de l’État (FR)</translation>
    </message>
    <message>
        <source>Restricted (FR)</source>
        <translation>Diffusion restreinte (FR)</translation>
    </message>
    <message>
        <source>Classified</source>
        <translation>Classifiées</translation>
    </message>
    <message>
        <source>Owned here</source>
        <translation>Détenu ici</translation>
    </message>
    <message>
        <source>Moving away</source>
        <translation>En partance</translation>
    </message>
    <message>
        <source>Arriving</source>
        <translation>En arrivée</translation>
    </message>
    <message>
        <source>Moved, kept until its retention ends</source>
        <translation>Déplacé, conservé jusqu’à la fin de sa rétention</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Arrêtée</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Démarrage</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>En marche</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Arrêt en cours</translation>
    </message>
    <message>
        <source>Paused</source>
        <comment>power state</comment>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Failed</source>
        <comment>power state</comment>
        <translation>En panne</translation>
    </message>
    <message>
        <source>Recorded only</source>
        <translation>Enregistrée seulement</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Avertissement</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>Critique</translation>
    </message>
    <message>
        <source>Cloud</source>
        <translation>Nuage</translation>
    </message>
    <message>
        <source>On premises</source>
        <translation>Sur site</translation>
    </message>
    <message>
        <source>Bare metal</source>
        <translation>Serveurs physiques</translation>
    </message>
    <message>
        <source>Edge</source>
        <translation>Périphérie</translation>
    </message>
    <message>
        <source>Embedded</source>
        <translation>Intégrée</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Confirmé</translation>
    </message>
    <message>
        <source>Declared, not confirmed</source>
        <translation>Déclaré, non confirmé</translation>
    </message>
    <message>
        <source>Unverified</source>
        <translation>Non vérifié</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>Révoqué</translation>
    </message>
    <message>
        <source>Not asked</source>
        <translation>Non interrogé</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Connexion en cours</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>En direct</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Perdu</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusé</translation>
    </message>
    <message>
        <source>Never heard</source>
        <extracomment>%1 is an age such as &quot;3 min ago&quot;</extracomment>
        <translation>Jamais entendu</translation>
    </message>
    <message>
        <source>Last heard %1</source>
        <translation>Entendu pour la dernière fois %1</translation>
    </message>
    <message>
        <source>Allowed</source>
        <comment>audit</comment>
        <translation>Autorisé</translation>
    </message>
    <message>
        <source>Refused</source>
        <comment>audit</comment>
        <translation>Refusé</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>une liste</translation>
    </message>
    <message>
        <source>a project</source>
        <translation>un projet</translation>
    </message>
    <message>
        <source>an image</source>
        <translation>une image</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>un objet</translation>
    </message>
    <message>
        <source>a name</source>
        <translation>un nom</translation>
    </message>
    <message>
        <source>a value</source>
        <translation>une valeur</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>aucune valeur</translation>
    </message>
    <message>
        <source>a known option (--help)</source>
        <translation>une option connue (--help)</translation>
    </message>
    <message>
        <source>a path</source>
        <translation>un chemin</translation>
    </message>
    <message>
        <source>paths of PEM files</source>
        <translation>des chemins de fichiers PEM</translation>
    </message>
    <message>
        <source>an id not used before</source>
        <translation>un identifiant pas encore utilisé</translation>
    </message>
    <message>
        <source>a file that can be read</source>
        <translation>un fichier lisible</translation>
    </message>
    <message>
        <source>a site</source>
        <translation>un site</translation>
    </message>
    <message>
        <source>another site</source>
        <translation>un autre site</translation>
    </message>
    <message>
        <source>a site of the federation</source>
        <translation>un site de la fédération</translation>
    </message>
    <message>
        <source>at least one site</source>
        <translation>au moins un site</translation>
    </message>
    <message>
        <source>at least one {&quot;name&quot;}</source>
        <translation>au moins un {&quot;name&quot;}</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>un texte</translation>
    </message>
    <message>
        <source>texts</source>
        <translation>des textes</translation>
    </message>
    <message>
        <source>a list of texts</source>
        <translation>une liste de textes</translation>
    </message>
    <message>
        <source>a list of words</source>
        <translation>une liste de mots</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true ou false</translation>
    </message>
    <message>
        <source>lists of objects</source>
        <translation>des listes d’objets</translation>
    </message>
    <message>
        <source>a whole number, or a size such as &quot;10G&quot;</source>
        <translation>un nombre entier, ou une taille comme &quot;10G&quot;</translation>
    </message>
    <message>
        <source>{&quot;key&quot;, &quot;file&quot; or &quot;text&quot;}</source>
        <translation>{&quot;key&quot;, &quot;file&quot; ou &quot;text&quot;}</translation>
    </message>
    <message>
        <source>the fields the template has</source>
        <translation>les champs du modèle</translation>
    </message>
    <message>
        <source>1 to 63 of a-z, 0-9, -</source>
        <translation>1 à 63 caractères parmi a-z, 0-9, -</translation>
    </message>
    <message>
        <source>1 to 63 of a-z, 0-9 and -</source>
        <translation>1 à 63 caractères parmi a-z, 0-9 et -</translation>
    </message>
    <message>
        <source>an id</source>
        <translation>un identifiant</translation>
    </message>
    <message>
        <source>host name</source>
        <translation>un nom d’hôte</translation>
    </message>
    <message>
        <source>IP address</source>
        <translation>une adresse IP</translation>
    </message>
    <message>
        <source>no control characters</source>
        <translation>aucun caractère de contrôle</translation>
    </message>
    <message>
        <source>UTF-8 without NUL</source>
        <translation>UTF-8 sans NUL</translation>
    </message>
    <message>
        <source>no characters that turn the direction of writing</source>
        <translation>aucun caractère qui renverse le sens d’écriture</translation>
    </message>
    <message>
        <source>64 lower-case hex digits</source>
        <translation>64 chiffres hexadécimaux minuscules</translation>
    </message>
    <message>
        <source>64 lower-case hexadecimal digits</source>
        <translation>64 chiffres hexadécimaux minuscules</translation>
    </message>
    <message>
        <source>a UUID</source>
        <translation>un UUID</translation>
    </message>
    <message>
        <source>a UUID in lower case</source>
        <translation>un UUID en minuscules</translation>
    </message>
    <message>
        <source>a moment of the years 1 to 9999</source>
        <translation>un instant des années 1 à 9999</translation>
    </message>
    <message>
        <source>years 1 to 9999</source>
        <translation>années 1 à 9999</translation>
    </message>
    <message>
        <source>keys of 1 to 63 bytes</source>
        <translation>des clés de 1 à 63 octets</translation>
    </message>
    <message>
        <source>a word of this version</source>
        <translation>un mot de cette version</translation>
    </message>
    <message>
        <source>ISO 3166-1 alpha-2</source>
        <translation>un code de pays ISO 3166-1 alpha-2</translation>
    </message>
    <message>
        <source>1 to 255 bytes, or an id</source>
        <translation>1 à 255 octets, ou un identifiant</translation>
    </message>
    <message>
        <source>truth, number, text or words</source>
        <translation>une vérité, un nombre, un texte ou des mots</translation>
    </message>
    <message>
        <source>names of 1 to 128 of a-z, 0-9, _ and .</source>
        <translation>des noms de 1 à 128 caractères parmi a-z, 0-9, _ et .</translation>
    </message>
    <message>
        <source>none for this list</source>
        <translation>aucun pour cette liste</translation>
    </message>
    <message>
        <source>the next_page_token of the same question</source>
        <translation>le next_page_token de la même question</translation>
    </message>
    <message>
        <source>another page token</source>
        <translation>un autre page_token</translation>
    </message>
    <message>
        <source>one identity</source>
        <translation>une seule identité</translation>
    </message>
    <message>
        <source>open first</source>
        <translation>open d’abord</translation>
    </message>
    <message>
        <source>mode 0600</source>
        <translation>le mode 0600</translation>
    </message>
    <message>
        <source>X.509 certificate, PEM</source>
        <translation>un certificat X.509, PEM</translation>
    </message>
    <message>
        <source>certificate of an authority, PEM</source>
        <translation>un certificat d’autorité, PEM</translation>
    </message>
    <message>
        <source>private key without a password, PEM</source>
        <translation>une clé privée sans mot de passe, PEM</translation>
    </message>
    <message>
        <source>a certificate and its key, PEM</source>
        <translation>un certificat et sa clé, PEM</translation>
    </message>
    <message>
        <source>a migration step</source>
        <translation>une étape de migration</translation>
    </message>
    <message>
        <source>a snapshot before changes</source>
        <translation>un instantané avant des changements</translation>
    </message>
    <message>
        <source>the end of the snapshot before changes</source>
        <translation>la fin de l’instantané avant des changements</translation>
    </message>
    <message>
        <source>one epoch in a snapshot</source>
        <translation>une seule époque par instantané</translation>
    </message>
    <message>
        <source>revisions that rise, of one epoch</source>
        <translation>des révisions croissantes d’une même époque</translation>
    </message>
    <message>
        <source>a phase of the watch stream</source>
        <translation>une phase du flux de suivi</translation>
    </message>
    <message>
        <source>a place not before its own changes</source>
        <translation>une position qui ne précède pas ses propres changements</translation>
    </message>
    <message>
        <source>a range within the disk</source>
        <translation>une étendue à l’intérieur du disque</translation>
    </message>
    <message>
        <source>a range within the object</source>
        <translation>une étendue à l’intérieur de l’objet</translation>
    </message>
    <message>
        <source>an offset within the image</source>
        <translation>une position à l’intérieur de l’image</translation>
    </message>
    <message>
        <source>a disk of 512 bytes to 8 TiB</source>
        <translation>un disque de 512 octets à 8 Tio</translation>
    </message>
    <message>
        <source>a VMDK of one file, with its description</source>
        <translation>un VMDK d’un seul fichier, avec sa description</translation>
    </message>
    <message>
        <source>data that unpacks</source>
        <translation>des données qui se décompressent</translation>
    </message>
    <message>
        <source>an image begun by this program</source>
        <translation>une image commencée par ce programme</translation>
    </message>
    <message>
        <source>UTF-8, 1 to 63 bytes, values up to 255</source>
        <translation>UTF-8, 1 à 63 octets, valeurs jusqu’à 255</translation>
    </message>
    <message>
        <source>a version</source>
        <translation>une version</translation>
    </message>
    <message>
        <source>each id once</source>
        <translation>chaque identifiant une seule fois</translation>
    </message>
    <message>
        <source>a title in en and in fr</source>
        <translation>un titre en anglais (en) et en français (fr)</translation>
    </message>
    <message>
        <source>a source with its name</source>
        <translation>une source et son nom</translation>
    </message>
    <message>
        <source>an object under policy_defaults</source>
        <translation>un objet sous policy_defaults</translation>
    </message>
    <message>
        <source>an object of one operator and the list of its operands</source>
        <translation>un objet fait d’un opérateur et de la liste de ses opérandes</translation>
    </message>
    <message>
        <source>a certificate scheme and a level</source>
        <translation>un référentiel de certification et un niveau</translation>
    </message>
    <message>
        <source>an object with version, sets, cert_orders and rules</source>
        <translation>un objet avec version, sets, cert_orders et rules</translation>
    </message>
    <message>
        <source>an object with an id of 1 to 64 characters</source>
        <translation>un objet dont l’identifiant a 1 à 64 caractères</translation>
    </message>
    <message>
        <source>severity: blocker, major, minor or info</source>
        <translation>severity&#x202f;: blocker, major, minor ou info</translation>
    </message>
    <message>
        <source>on_false: fail or review</source>
        <translation>on_false&#x202f;: fail ou review</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>du JSON</translation>
    </message>
    <message>
        <source>at most %1 levels</source>
        <translation>au plus %1 niveaux</translation>
    </message>
    <message>
        <source>at most %1 parts</source>
        <translation>au plus %1 parties</translation>
    </message>
    <message>
        <source>at most %1 terms</source>
        <translation>au plus %1 termes</translation>
    </message>
    <message>
        <source>at most %1 bytes</source>
        <translation>au plus %1 octets</translation>
    </message>
    <message>
        <source>%1 to %2 bytes</source>
        <translation>%1 à %2 octets</translation>
    </message>
    <message>
        <source>%1 to %2 rules</source>
        <translation>%1 à %2 règles</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 octets</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 à %2</translation>
    </message>
    <message>
        <source>after %1</source>
        <translation>après %1</translation>
    </message>
    <message>
        <source>a revision above %1</source>
        <translation>une révision supérieure à %1</translation>
    </message>
    <message>
        <source>things of %1</source>
        <translation>des choses de %1</translation>
    </message>
    <message>
        <source>a volume of project %1</source>
        <translation>un volume du projet %1</translation>
    </message>
    <message>
        <source>no such key as “%1”</source>
        <translation>pas de clé «&#x202f;%1&#x202f;»</translation>
    </message>
    <message>
        <source>a known operator instead of “%1”</source>
        <translation>un opérateur connu au lieu de «&#x202f;%1&#x202f;»</translation>
    </message>
    <message>
        <source>%1 has arrived whole from %2, which does not answer and has not said whether it let go. Nobody owns this copy yet, and nothing of it is lost: bring %2 back.</source>
        <translation>%1 est arrivé en entier de %2, qui ne répond pas et n’a pas dit s’il s’en est dessaisi. Cette copie n’est encore à personne et rien n’en est perdu&#x202f;: remettez %2 en service.</translation>
    </message>
    <message>
        <source>%1 has arrived whole from %2, but %2 knows nothing of its move any more. If %2 still has it, cancel the operation here: this copy is then dropped. If not, keep it: it may be the only one.</source>
        <translation>%1 est arrivé en entier de %2, mais %2 ne sait plus rien de ce déplacement. Si %2 l’a encore, annulez l’opération ici&#x202f;: cette copie est alors abandonnée. Sinon, gardez-la&#x202f;: c’est peut-être la seule.</translation>
    </message>
    <message>
        <source>%1 was to run again after its move, and does not. %2</source>
        <translation>%1 devait être remis en marche après son déplacement et ne l’est pas. %2</translation>
    </message>
    <message>
        <source>Pause a migration</source>
        <translation>Suspendre une migration</translation>
    </message>
    <message>
        <source>Resume a migration</source>
        <translation>Reprendre une migration</translation>
    </message>
    <message>
        <source>Cut over a migration</source>
        <translation>Basculer une migration</translation>
    </message>
    <message>
        <source>pass %1: %2</source>
        <translation>passe %1&#x202f;: %2</translation>
    </message>
    <message>
        <source>it changes %1</source>
        <translation>elle change %1</translation>
    </message>
    <message>
        <source>a last pass would take about %1</source>
        <translation>une dernière passe prendrait environ %1</translation>
    </message>
    <message>
        <source>ready since %1</source>
        <translation>prête depuis %1</translation>
    </message>
    <message>
        <source>down for %1</source>
        <translation>interrompue %1</translation>
    </message>
    <message>
        <source>Evacuate</source>
        <translation>Évacuer</translation>
    </message>
    <message>
        <source>Evacuate %1</source>
        <translation>Évacuer %1</translation>
    </message>
    <message>
        <source>Wave %1 of %2, %3 of %4 moved</source>
        <translation>Vague %1 sur %2, %3 déplacés sur %4</translation>
    </message>
    <message>
        <source>Boot a copy of a machine being moved, as a test</source>
        <translation>Démarrer à l’essai une copie d’une machine en cours de déplacement</translation>
    </message>
    <message>
        <source>%1 has moved on to %2 since. Roll that move back first, or move it from where it is now.</source>
        <translation>%1 est reparti vers %2 depuis. Revenez d’abord sur ce déplacement, ou déplacez-le depuis son site actuel.</translation>
    </message>
    <message>
        <source>%1 is on the move. Wait until that is over, or roll that move back.</source>
        <translation>%1 est en cours de déplacement. Attendez la fin, ou revenez sur ce déplacement.</translation>
    </message>
    <message>
        <source>%1 no longer keeps a copy of %2: there is nothing to go back to. To have it there again, migrate it to %1 like anything else.</source>
        <translation>%1 ne garde plus de copie de %2&#x202f;: il n’y a plus rien à quoi revenir. Pour l’y avoir de nouveau, migrez-le vers %1 comme n’importe quoi d’autre.</translation>
    </message>
    <message>
        <source>This migration did not take place: everything is as it was before, and there is nothing to take back.</source>
        <translation>Cette migration n’a pas eu lieu&#x202f;: tout est comme avant, et il n’y a rien sur quoi revenir.</translation>
    </message>
    <message>
        <source>It is just being handed over. Wait a moment until the migration is over, then roll it back.</source>
        <translation>La remise est en cours. Attendez un instant la fin de la migration, puis revenez dessus.</translation>
    </message>
    <message>
        <source>a project id</source>
        <translation>un identifiant de projet</translation>
    </message>
    <message>
        <source>at most 64 of SITE/KIND/ID</source>
        <translation>64 SITE/KIND/ID au plus</translation>
    </message>
    <message>
        <source>each object once</source>
        <translation>chaque objet une seule fois</translation>
    </message>
    <message>
        <source>a known key</source>
        <translation>une clé connue</translation>
    </message>
    <message>
        <source>a list of 1 to 10000 moves</source>
        <translation>une liste de 1 à 10000 déplacements</translation>
    </message>
    <message>
        <source>an evacuation</source>
        <translation>une évacuation</translation>
    </message>
    <message>
        <source>objects on the command line, or a file, not both</source>
        <translation>des objets sur la ligne de commande, ou un fichier, pas les deux</translation>
    </message>
    <message>
        <source>a site, --operator ID or --retry OPERATION</source>
        <translation>un site, --operator ID ou --retry OPÉRATION</translation>
    </message>
    <message>
        <source>a plan of this site</source>
        <translation>un plan de ce site</translation>
    </message>
    <message>
        <source>YYYY-MM-DD HH:MM, or RFC 3339</source>
        <translation>AAAA-MM-JJ HH:MM, ou RFC 3339</translation>
    </message>
    <message>
        <source>none, with retry_of</source>
        <translation>aucun, avec retry_of</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>%1 au plus</translation>
    </message>
    <message>
        <source>Waits until %1. Cancel it if it should not begin then.</source>
        <translation>Attend le %1. Annulez-la si elle ne doit pas commencer alors.</translation>
    </message>
    <message numerus="yes">
        <source>Waits for its turn: %1 takes in %Ln migrations at once.</source>
        <translation>
            <numerusform>Attend son tour&#xa0;: %1 accueille %Ln migration à la fois.</numerusform>
            <numerusform>Attend son tour&#xa0;: %1 accueille %Ln migrations à la fois.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Waits for its turn: %Ln migrations at once leave this site.</source>
        <translation>
            <numerusform>Attend son tour&#xa0;: %Ln migration à la fois quitte ce site.</numerusform>
            <numerusform>Attend son tour&#xa0;: %Ln migrations à la fois quittent ce site.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Waits for its turn: %Ln migrations at once go to %1.</source>
        <translation>
            <numerusform>Attend son tour&#xa0;: %Ln migration à la fois va vers %1.</numerusform>
            <numerusform>Attend son tour&#xa0;: %Ln migrations à la fois vont vers %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>two sentences</comment>
        <translation>%1 %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln are before it.</source>
        <translation>
            <numerusform>%Ln passe avant elle.</numerusform>
            <numerusform>%Ln passent avant elle.</numerusform>
        </translation>
    </message>
    <message>
        <source>Waits for its hours, %1 by the source’s clock.</source>
        <translation>Attend ses heures, %1 à l’horloge de la source.</translation>
    </message>
    <message>
        <source>Paused: nothing is sent until it is resumed.</source>
        <translation>En pause&#xa0;: rien n’est envoyé jusqu’à sa reprise.</translation>
    </message>
    <message>
        <source>Ready: waits for the order to cut over.</source>
        <translation>Prête&#xa0;: attend l’ordre de basculer.</translation>
    </message>
    <message>
        <source>There is nothing to order again: everything %1 was to move has moved.</source>
        <translation>Rien à ordonner de nouveau&#xa0;: tout ce que %1 devait déplacer l’a été.</translation>
    </message>
    <message>
        <source>There is no project %1 at %2. Have it made there, or name another one.</source>
        <translation>Il n’y a pas de projet %1 à %2. Faites-le créer là-bas, ou nommez-en un autre.</translation>
    </message>
    <message>
        <source>%1 exists already at %2: what arrives gets another id and keeps its name.</source>
        <translation>%1 existe déjà à %2&#xa0;: ce qui arrive reçoit un autre identifiant et garde son nom.</translation>
    </message>
    <message>
        <source>The network %1 is not known at %2: the machine will not be on it there. Make a network of this id there first.</source>
        <translation>Le réseau %1 n’est pas connu à %2&#xa0;: la machine n’y sera pas reliée. Créez-y d’abord un réseau de cet identifiant.</translation>
    </message>
    <message>
        <source>The image %1 is not known at %2: the machine’s reference to it is dropped. Its disks are whole without it.</source>
        <translation>L’image %1 n’est pas connue à %2&#xa0;: la machine n’y renverra plus. Ses disques sont entiers sans elle.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln snapshots stay behind: they do not travel, and go with the source’s copy.</source>
        <translation>
            <numerusform>%Ln instantané reste sur place&#xa0;: il ne voyage pas et disparaît avec la copie de la source.</numerusform>
            <numerusform>%Ln instantanés restent sur place&#xa0;: ils ne voyagent pas et disparaissent avec la copie de la source.</numerusform>
        </translation>
    </message>
    <message>
        <source>This site cannot move machines in that way (%1). Choose another mode.</source>
        <translation>Ce site ne sait pas déplacer des machines ainsi (%1). Choisissez un autre mode.</translation>
    </message>
    <message>
        <source>It does not run: it is moved cold.</source>
        <translation>Elle ne tourne pas&#xa0;: elle est déplacée à froid.</translation>
    </message>
    <message>
        <source>The clock of %1 is %2 ahead of the source’s. Set the wrong one right, before certificates count as expired.</source>
        <translation>L’horloge de %1 avance de %2 sur celle de la source. Mettez à l’heure celle qui se trompe, avant que des certificats ne passent pour expirés.</translation>
    </message>
    <message>
        <source>The clock of %1 is %2 behind the source’s. Set the wrong one right, before certificates count as expired.</source>
        <translation>L’horloge de %1 retarde de %2 sur celle de la source. Mettez à l’heure celle qui se trompe, avant que des certificats ne passent pour expirés.</translation>
    </message>
    <message>
        <source>The certificate of %1 ended on %2. Have it renewed first.</source>
        <translation>Le certificat de %1 a pris fin le %2. Faites-le d’abord renouveler.</translation>
    </message>
    <message>
        <source>The certificate of %1 ends on %2, and the move may last until %3. Have it renewed first.</source>
        <translation>Le certificat de %1 prend fin le %2, et le déplacement peut durer jusqu’au %3. Faites-le d’abord renouveler.</translation>
    </message>
    <message>
        <source>Its hours (%1) are too short: the machine would be down for about %2. Give it longer hours, or none.</source>
        <translation>Ses heures (%1) sont trop courtes&#xa0;: la machine serait arrêtée environ %2. Donnez-lui des heures plus longues, ou aucune.</translation>
    </message>
    <message>
        <source>It needs about %1, more than its hours (%2) have in a day: it ends after about %3.</source>
        <translation>Il lui faut environ %1, plus que ses heures (%2) n’en ont par jour&#xa0;: elle finit après %3 environ.</translation>
    </message>
    <message>
        <source>Because of its bandwidth limit copying takes about %1; without, about %2. Raise the limit if that is too long.</source>
        <translation>À cause de sa limite de débit, la copie prend environ %1&#x202f;; sans elle, environ %2. Relevez la limite si c’est trop long.</translation>
    </message>
    <message>
        <source>Nothing of %1 is kept at the source: it is erased there as soon as the destination has proved its own, and cannot be brought back.</source>
        <translation>Rien de %1 n’est gardé à la source&#xa0;: il y est effacé dès que la destination a prouvé sa copie, et ne peut pas être ramené.</translation>
    </message>
    <message>
        <source>expected %1, took %2</source>
        <translation>prévu %1, pris %2</translation>
    </message>
    <message>
        <source>expected %1</source>
        <translation>prévu %1</translation>
    </message>
    <message>
        <source>outage expected %1, was %2</source>
        <translation>interruption prévue %1, réelle %2</translation>
    </message>
    <message>
        <source>outage expected %1</source>
        <translation>interruption prévue %1</translation>
    </message>
    <message>
        <source>Move it warm: it is stopped for the last pass only.</source>
        <translation>Déplacez-la à chaud&#x202f;: elle n’est arrêtée que pour la dernière passe.</translation>
    </message>
    <message>
        <source>It cannot be moved without stopping: the destination has no hypervisor. %1</source>
        <translation>Elle ne peut pas être déplacée sans arrêt&#x202f;: la destination n’a pas d’hyperviseur. %1</translation>
    </message>
    <message>
        <source>It cannot be moved without stopping: the destination runs another kind of cloud. %1</source>
        <translation>Elle ne peut pas être déplacée sans arrêt&#x202f;: la destination fait tourner une autre sorte de cloud. %1</translation>
    </message>
    <message>
        <source>It cannot be moved without stopping: the destination has other processors. %1</source>
        <translation>Elle ne peut pas être déplacée sans arrêt&#x202f;: la destination a d’autres processeurs. %1</translation>
    </message>
    <message>
        <source>It cannot be moved without stopping: it has a device that cannot be made again elsewhere (%1). %2</source>
        <translation>Elle ne peut pas être déplacée sans arrêt&#x202f;: elle a un périphérique qui ne peut pas être refait ailleurs (%1). %2</translation>
    </message>
    <message>
        <source>It cannot be moved without stopping: the destination runs it with %1, not with %2. %3</source>
        <translation>Elle ne peut pas être déplacée sans arrêt&#x202f;: la destination la ferait tourner avec %1, et non avec %2. %3</translation>
    </message>
    <message>
        <source>QEMU %1</source>
        <translation>QEMU %1</translation>
    </message>
    <message>
        <source>The memory of %1 was lost once its move was decided; it was started from its disks, as after a power cut. Look whether what it serves is well.</source>
        <translation>La mémoire de %1 a été perdue une fois son déplacement décidé&#x202f;; elle a été démarrée depuis ses disques, comme après une coupure de courant. Vérifiez que ce qu’elle sert va bien.</translation>
    </message>
    <message>
        <source>It is being moved already, by the operation %1. Wait for its end, or cancel it.</source>
        <translation>Une migration est déjà en cours, par l’opération %1. Attendez sa fin, ou annulez-la.</translation>
    </message>
    <message>
        <source>What arrives of %1 is not what it should be, again and again: it decayed or was changed at its source, or a site lies. Nothing was kept of it, and the source has it as before.</source>
        <translation>Ce qui arrive de %1 n’est pas ce qui devrait arriver, de façon répétée&#x202f;: l’original s’est dégradé ou a été modifié à la source, ou un site ment. Rien n’en a été gardé, et la source l’a comme avant.</translation>
    </message>
    <message>
        <source>The clock of this site leapt by %1. What is kept after a move is kept for the time that was promised, by the time that really passes: set the clock right.</source>
        <translation>L’horloge de ce site a sauté de %1. Ce qui est conservé après une migration l’est pour la durée promise, comptée en temps réellement écoulé&#x202f;: remettez l’horloge à l’heure.</translation>
    </message>
    <message>
        <source>The clocks of this site and of %1 differ by %2: set them right before something is moved.</source>
        <translation>Les horloges de ce site et de %1 diffèrent de %2&#x202f;: mettez-les à l’heure avant de déplacer quoi que ce soit.</translation>
    </message>
    <message>
        <source>test boot at the destination since %1</source>
        <translation>démarrage d’essai à la destination depuis %1</translation>
    </message>
    <message>
        <source>test boot at %1: it booted (the test took %2)</source>
        <translation>démarrage d’essai à %1&#xa0;: elle a démarré (l’essai a pris %2)</translation>
    </message>
    <message>
        <source>test boot at %1 failed. %2</source>
        <translation>échec du démarrage d’essai de %1. %2</translation>
    </message>
    <message>
        <source>a disk image</source>
        <translation>une image de disque</translation>
    </message>
    <message>
        <source>a migration certificate</source>
        <translation>un certificat de migration</translation>
    </message>
    <message>
        <source>payload and signatures</source>
        <translation>payload et signatures</translation>
    </message>
    <message>
        <source>payload, signatures and nothing else</source>
        <translation>payload, signatures et rien d’autre</translation>
    </message>
    <message>
        <source>the very bytes that were issued, layout included</source>
        <translation>les octets mêmes qui ont été émis, mise en page comprise</translation>
    </message>
    <message>
        <source>an instance, a volume, an image or a data set</source>
        <translation>une instance, un volume, une image ou un jeu de données</translation>
    </message>
    <message>
        <source>one instance, volume, image or data set</source>
        <translation>une seule instance, un seul volume, une seule image ou un seul jeu de données</translation>
    </message>
    <message>
        <source>a live move is of a machine that goes on</source>
        <translation>un déplacement sans arrêt est celui d’une machine qui continue</translation>
    </message>
    <message>
        <source>SITE/KIND/ID of an instance, a volume, an image or a data set</source>
        <translation>SITE/KIND/ID d’une instance, d’un volume, d’une image ou d’un jeu de données</translation>
    </message>
    <message>
        <source>A snapshot does not travel: it goes with the copy that is kept here of %1.</source>
        <translation>Un instantané ne voyage pas&#x202f;: il part avec la copie de %1 gardée ici.</translation>
    </message>
    <message>
        <source>It belongs to no project, and a site takes in only what belongs to one. Name the project it is to go to.</source>
        <translation>Cela n’appartient à aucun projet, et un site n’accueille que ce qui appartient à un projet. Nommez celui où cela doit aller.</translation>
    </message>
    <message>
        <source>Its hours (%1) are too short: it would be down for about %2, past their end. Move it warm, or give it longer hours or more bandwidth.</source>
        <translation>Ses heures (%1) sont trop courtes&#x202f;: elle serait arrêtée environ %2, au-delà de leur fin. Déplacez-la à chaud, ou donnez-lui des heures plus longues ou plus de débit.</translation>
    </message>
    <message>
        <source>Machines and disks can leave this site; it takes none in. Choose another site to go to.</source>
        <translation>Machines et disques peuvent quitter ce site, mais il n’en accueille aucun. Choisissez un autre site d’arrivée.</translation>
    </message>
    <message>
        <source>On this cloud the disks of a machine go with it. Delete it with its volumes, or move it away first.</source>
        <translation>Sur ce cloud, les disques d’une machine partent avec elle. Supprimez-la avec ses volumes, ou déplacez-la d’abord.</translation>
    </message>
    <message>
        <source>This OVA has several disks; one with a single disk can be taken in. Export the machine disk by disk.</source>
        <translation>Cette OVA a plusieurs disques&#x202f;; seule une OVA d’un disque peut être reçue. Exportez la machine disque par disque.</translation>
    </message>
    <message>
        <source>The disks in this OVA are compressed as files. Export the machine again without that.</source>
        <translation>Les disques de cette OVA sont compressés comme fichiers. Exportez de nouveau la machine sans cela.</translation>
    </message>
    <message>
        <source>The disk rests on another file there and cannot be read by itself. Flatten it on its host, then try again.</source>
        <translation>Le disque y repose sur un autre fichier et ne peut être lu seul. Aplatissez-le sur son hôte, puis réessayez.</translation>
    </message>
    <message>
        <source>The gateway is not known to its cloud. Have the credentials in the gateway’s file corrected there.</source>
        <translation>La passerelle n’est pas connue de son cloud. Faites corriger ses identifiants dans son fichier, sur place.</translation>
    </message>
    <message>
        <source>The cloud does not allow its gateway to do this. Have its account there given the role it needs.</source>
        <translation>Le cloud ne permet pas cela à sa passerelle. Faites donner à son compte le rôle qu’il faut.</translation>
    </message>
    <message>
        <source>The cloud says: “%1”</source>
        <translation>Le cloud dit&#x202f;: «&#x202f;%1&#x202f;»</translation>
    </message>
    <message>
        <source>The cloud says: “%1” (request %2)</source>
        <translation>Le cloud dit&#x202f;: «&#x202f;%1&#x202f;» (requête %2)</translation>
    </message>
    <message>
        <source>This site keeps no data sets. Choose another site to go to.</source>
        <translation>Ce site ne garde pas de jeux de données. Choisissez un autre site d’arrivée.</translation>
    </message>
    <message>
        <source>This cloud takes snapshots of one volume at a time. Take one of each disk of the machine, while it is stopped.</source>
        <translation>Ce cloud prend des instantanés d’un volume à la fois. Prenez-en un de chaque disque de la machine, à l’arrêt.</translation>
    </message>
    <message>
        <source>This cloud takes snapshots of machines, with all their disks. Take one of the machine.</source>
        <translation>Ce cloud prend des instantanés de machines, avec tous leurs disques. Prenez-en un de la machine.</translation>
    </message>
    <message>
        <source>This cloud makes no volume of an image by itself. Make a machine of it, or an empty volume.</source>
        <translation>Ce cloud ne fait pas de volume seul à partir d’une image. Faites-en une machine, ou créez un volume vide.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln nodes of the cluster are not ready. Have its administrators look at them.</source>
        <translation>
            <numerusform>%Ln nœud de la grappe n’est pas prêt. Faites-le examiner par son administration.</numerusform>
            <numerusform>%Ln nœuds de la grappe ne sont pas prêts. Faites-les examiner par son administration.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At %1 the machine gets the flavor %2: %Ln vCPUs and %3 of memory.</source>
        <translation>
            <numerusform>Chez %1, la machine reçoit le gabarit %2&#x202f;: %Ln vCPU et %3 de mémoire.</numerusform>
            <numerusform>Chez %1, la machine reçoit le gabarit %2&#x202f;: %Ln vCPU et %3 de mémoire.</numerusform>
        </translation>
    </message>
    <message>
        <source>The disk %1 grows at %2 from %3 to %4; what is added is empty.</source>
        <translation>Le disque %1 passe chez %2 de %3 à %4&#x202f;; ce qui s’ajoute est vide.</translation>
    </message>
    <message>
        <source>Its disks are at %1 on %3 instead of %2. Make sure its system has the driver.</source>
        <translation>Ses disques sont chez %1 sur %3 au lieu de %2. Assurez-vous que son système a le pilote.</translation>
    </message>
    <message>
        <source>Its network cards are at %1 of the model %3 instead of %2. Make sure its system has the driver.</source>
        <translation>Ses cartes réseau sont chez %1 du modèle %3 au lieu de %2. Assurez-vous que son système a le pilote.</translation>
    </message>
    <message>
        <source>It starts by UEFI, and %1 offers none: it would not start there. Choose another site.</source>
        <translation>Elle démarre par UEFI, que %1 n’offre pas&#x202f;: elle n’y démarrerait pas. Choisissez un autre site.</translation>
    </message>
    <message>
        <source>The CD image %1 stays behind: it is only mounted.</source>
        <translation>L’image de CD %1 reste sur place&#x202f;: elle n’est que montée.</translation>
    </message>
    <message>
        <source>Its TPM (%1) stays behind, with the keys in it: have the recovery keys of encrypted disks at hand.</source>
        <translation>Son TPM (%1) reste sur place, avec les clés qu’il contient&#x202f;: ayez sous la main les clés de récupération des disques chiffrés.</translation>
    </message>
    <message>
        <source>The folder %1 shared with its host stays behind.</source>
        <translation>Le dossier %1 partagé avec son hôte reste sur place.</translation>
    </message>
    <message>
        <source>The device %1 passed through from its host stays behind.</source>
        <translation>L’appareil %1 transmis par son hôte reste sur place.</translation>
    </message>
</context>
<context>
    <name>portulan::ProvisionDialog</name>
    <message>
        <source>S&amp;tart it at once</source>
        <translation>La &amp;démarrer aussitôt</translation>
    </message>
    <message>
        <source>Provision</source>
        <translation>Provisionner</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Créer</translation>
    </message>
    <message>
        <source>&amp;Kind:</source>
        <translation>&amp;Type&#x202f;:</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Nom&#x202f;:</translation>
    </message>
    <message>
        <source>&amp;Project:</source>
        <translation>&amp;Projet&#x202f;:</translation>
    </message>
    <message>
        <source>&amp;Classification:</source>
        <translation>&amp;Classification&#x202f;:</translation>
    </message>
    <message>
        <source>&amp;Image:</source>
        <translation>&amp;Image&#x202f;:</translation>
    </message>
    <message>
        <source>&amp;vCPU:</source>
        <translation>&amp;vCPU&#x202f;:</translation>
    </message>
    <message>
        <source>&amp;Memory:</source>
        <translation>&amp;Mémoire&#x202f;:</translation>
    </message>
    <message>
        <source>&amp;Disk:</source>
        <translation>Dis&amp;que&#x202f;:</translation>
    </message>
    <message>
        <source>as the image</source>
        <translation>comme l’image</translation>
    </message>
    <message>
        <source>none: blank</source>
        <translation>aucune&#x202f;: vierge</translation>
    </message>
    <message>
        <source>No site may take it</source>
        <translation>Aucun site n’a le droit de l’accueillir</translation>
    </message>
    <message>
        <source>Proposed: %1</source>
        <translation>Proposé&#x202f;: %1</translation>
    </message>
    <message>
        <source>Chosen: %1</source>
        <translation>Choisi&#x202f;: %1</translation>
    </message>
    <message>
        <source>Ordered: %1</source>
        <translation>Ordonné&#x202f;: %1</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>Donnez-lui un nom.</translation>
    </message>
</context>
<context>
    <name>portulan::Section</name>
    <message>
        <source>%1: %2</source>
        <comment>name and value of a row, read aloud</comment>
        <translation>%1&#x202f;: %2</translation>
    </message>
</context>
<context>
    <name>portulan::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation>&amp;Langue&#x202f;:</translation>
    </message>
    <message>
        <source>as the desktop</source>
        <translation>comme le bureau</translation>
    </message>
    <message>
        <source>&amp;Appearance:</source>
        <translation>&amp;Apparence&#x202f;:</translation>
    </message>
    <message>
        <source>light</source>
        <translation>claire</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>sombre</translation>
    </message>
    <message>
        <source>&amp;Reduce motion on the map</source>
        <translation>&amp;Réduire les mouvements sur la carte</translation>
    </message>
</context>
<context>
    <name>portulan::SiteModel</name>
    <message>
        <source>%1 of %2</source>
        <extracomment>an amount used of a total</extracomment>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Ville</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Pays</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Opérateur</translation>
    </message>
    <message>
        <source>Ultimate parent</source>
        <translation>Société mère ultime</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Stack</source>
        <translation>Pile</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Liaison</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Charge</translation>
    </message>
    <message>
        <source>vCPU</source>
        <translation>vCPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Stockage</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>Instances</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Verdict</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
</context>
<context>
    <name>portulan::SitePage</name>
    <message>
        <source>How full it was</source>
        <translation>Son remplissage dans le temps</translation>
    </message>
    <message>
        <source>Site shown</source>
        <translation>Site montré</translation>
    </message>
    <message>
        <source>S&amp;ite:</source>
        <translation>S&amp;ite&#x202f;:</translation>
    </message>
    <message>
        <source>Storage does not fill at the present pace.</source>
        <translation>Au rythme actuel, le stockage ne se remplit pas.</translation>
    </message>
    <message>
        <source>At the present pace, storage is full in about %1.</source>
        <translation>Au rythme actuel, le stockage est plein dans environ %1.</translation>
    </message>
    <message>
        <source>No alerts.</source>
        <translation>Aucune alerte.</translation>
    </message>
    <message>
        <source>A forecast needs six hours of samples.</source>
        <translation>Une prévision demande six heures de mesures.</translation>
    </message>
</context>
<context>
    <name>portulan::SitePanel</name>
    <message>
        <source>Choose a site on the map or in the list to see who runs it, how full it is and what may be there.</source>
        <translation>Choisissez un site sur la carte ou dans la liste pour voir qui l’exploite, s’il est plein et ce qui a le droit d’y être.</translation>
    </message>
    <message>
        <source>Recorded only: no hypervisor. Machines are records here; disks, data sets and transfers are real.</source>
        <translation>Enregistré seulement&#x202f;: pas d’hyperviseur. Les machines ne sont ici que des fiches&#x202f;; disques, jeux de données et transferts sont réels.</translation>
    </message>
    <message>
        <source>&amp;Provision here…</source>
        <translation>&amp;Provisionner ici…</translation>
    </message>
    <message>
        <source>Show its &amp;machines</source>
        <translation>Voir ses &amp;machines</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>Capacité</translation>
    </message>
    <message>
        <source>vCPU</source>
        <translation>vCPU</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Stockage</translation>
    </message>
    <message>
        <source>Service class</source>
        <translation>Classe de service</translation>
    </message>
    <message>
        <source>Hypervisor</source>
        <translation>Hyperviseur</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Passerelle</translation>
    </message>
    <message>
        <source>What may be here</source>
        <translation>Ce qui a le droit d’être ici</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Exploitant</translation>
    </message>
    <message>
        <source>Fictitious: this operator exists for the demonstration only.</source>
        <translation>Fictif&#x202f;: cet exploitant n’existe que pour la démonstration.</translation>
    </message>
    <message>
        <source>Registered in</source>
        <translation>Siège</translation>
    </message>
    <message>
        <source>Ultimate parent</source>
        <translation>Société mère ultime</translation>
    </message>
    <message>
        <source>none above it (%1)</source>
        <translation>aucune au-dessus (%1)</translation>
    </message>
    <message>
        <source>%1 of capital, %2 of votes</source>
        <translation>%1 du capital, %2 des voix</translation>
    </message>
    <message>
        <source>, with a veto</source>
        <translation>, avec droit de veto</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>Certificats</translation>
    </message>
    <message>
        <source>ended %1</source>
        <translation>terminé le %1</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>jusqu’au %1</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>encore %n jour</numerusform>
            <numerusform>encore %n jours</numerusform>
        </translation>
    </message>
    <message>
        <source>None is known.</source>
        <translation>Aucun n’est connu.</translation>
    </message>
    <message>
        <source>Facts, with their source</source>
        <translation>Faits, avec leur source</translation>
    </message>
    <message>
        <source>The chosen site</source>
        <translation>Site choisi</translation>
    </message>
    <message>
        <source>No federation is open</source>
        <translation>Aucune fédération n’est ouverte</translation>
    </message>
    <message>
        <source>The administrator of a federation gives you a file that names its sites, and your certificate. Open it, and its sites appear on the map.</source>
        <translation>L’administrateur d’une fédération vous remet un fichier qui nomme ses sites, et votre certificat. Ouvrez-le, et ses sites apparaissent sur la carte.</translation>
    </message>
    <message>
        <source>&amp;Connect…</source>
        <translation>&amp;Se connecter…</translation>
    </message>
    <message>
        <source>Connect a&amp;gain</source>
        <translation>&amp;Reconnecter</translation>
    </message>
    <message>
        <source>&amp;Empty this site…</source>
        <translation>&amp;Vider ce site…</translation>
    </message>
    <message>
        <source>Plan where everything on it could go, in waves</source>
        <translation>Calculer où tout ce qu’il porte pourrait aller, par vagues</translation>
    </message>
    <message>
        <source>&amp;Leave this operator…</source>
        <translation>&amp;Quitter cet opérateur…</translation>
    </message>
    <message>
        <source>Plan where everything on all its sites could go, in waves</source>
        <translation>Calculer où tout ce que portent ses sites pourrait aller, par vagues</translation>
    </message>
</context>
<context>
    <name>portulan::StatusStrip</name>
    <message>
        <source>Demonstration: operators and data are fictitious; gateways, machines, disks and transfers are real.</source>
        <translation>Démonstration&#x202f;: exploitants et données sont fictifs&#x202f;; passerelles, machines, disques et transferts sont réels.</translation>
    </message>
    <message numerus="yes">
        <source>%n site(s), all live</source>
        <translation>
            <numerusform>%n site, en direct</numerusform>
            <numerusform>%n sites, tous en direct</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n site(s) live</source>
        <translation>
            <numerusform>%1 site en direct sur %n</numerusform>
            <numerusform>%1 sites en direct sur %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n operation(s) under way</source>
        <translation>
            <numerusform>%n opération en cours</numerusform>
            <numerusform>%n opérations en cours</numerusform>
        </translation>
    </message>
    <message>
        <source>Demonstration</source>
        <translation>Démonstration</translation>
    </message>
    <message>
        <source>No federation is open</source>
        <translation>Aucune fédération n’est ouverte</translation>
    </message>
</context>
<context>
    <name>portulan::Steering</name>
    <message>
        <source>Pa&amp;use</source>
        <translation>Pa&amp;use</translation>
    </message>
    <message>
        <source>No data is sent until it is resumed; a machine that runs goes on</source>
        <translation>Rien n’est envoyé jusqu’à la reprise&#x202f;; une machine en marche continue</translation>
    </message>
    <message>
        <source>Cu&amp;t over now</source>
        <translation>&amp;Basculer maintenant</translation>
    </message>
    <message>
        <source>Stop the machine, send what is left and start it at the destination</source>
        <translation>Arrêter la machine, envoyer le reste et la démarrer à destination</translation>
    </message>
    <message>
        <source>&amp;Cancel the operation</source>
        <translation>&amp;Annuler l’opération</translation>
    </message>
    <message>
        <source>End it and undo what it did</source>
        <translation>Y mettre fin et défaire ce qu’elle a fait</translation>
    </message>
    <message>
        <source>The migration goes on.</source>
        <translation>La migration reprend.</translation>
    </message>
    <message>
        <source>The migration is paused: nothing more is sent until you resume it.</source>
        <translation>La migration est en pause&#x202f;: plus rien n’est envoyé jusqu’à la reprise.</translation>
    </message>
    <message>
        <source>The machine is being stopped for the last pass.</source>
        <translation>La machine est arrêtée pour la dernière passe.</translation>
    </message>
    <message>
        <source>The operation is being cancelled; what it did is undone.</source>
        <translation>L’opération est en cours d’annulation&#x202f;; ce qu’elle a fait est défait.</translation>
    </message>
    <message>
        <source>Res&amp;ume</source>
        <translation>Reprend&amp;re</translation>
    </message>
    <message>
        <source>Brin&amp;g it back…</source>
        <translation>Ra&amp;mener…</translation>
    </message>
    <message>
        <source>Move it back to where it was: its copy is still kept there, so that only what changed travels</source>
        <translation>Le ramener là où il était&#x202f;: sa copie y est encore gardée, de sorte que seul ce qui a changé voyage</translation>
    </message>
    <message>
        <source>Roll ba&amp;ck: cancel it</source>
        <translation>&amp;Revenir&#x202f;: annuler</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Ramener</translation>
    </message>
    <message>
        <source>%1 is moved back from %2 to %3, in a migration of its own: only what changed since travels, and %2 keeps a copy as long as %3 was to.</source>
        <translation>%1 est ramené de %2 à %3 par une migration à part entière&#x202f;: seul ce qui a changé depuis voyage, et %2 garde une copie aussi longtemps que %3 devait le faire.</translation>
    </message>
    <message>
        <source>&amp;Bring it back</source>
        <translation>&amp;Ramener</translation>
    </message>
    <message>
        <source>It is on its way back: a new operation at its present site shows how far it is.</source>
        <translation>Il est sur le chemin du retour&#x202f;: une nouvelle opération à son site actuel montre où il en est.</translation>
    </message>
    <message>
        <source>Boot a copy of the machine at the destination, without any network; the machine itself goes on</source>
        <translation>Démarrer une copie de la machine à la destination, sans aucun réseau&#x202f;; la machine elle-même continue</translation>
    </message>
    <message>
        <source>Test &amp;boot</source>
        <translation>&amp;Démarrage d’essai</translation>
    </message>
    <message>
        <source>A copy of the machine is being booted at the destination.</source>
        <translation>Une copie de la machine démarre à la destination.</translation>
    </message>
    <message>
        <source>Only a machine can be booted</source>
        <translation>Seule une machine peut démarrer</translation>
    </message>
    <message>
        <source>%1 cannot make test boots</source>
        <translation>%1 ne sait pas faire de démarrage d’essai</translation>
    </message>
    <message>
        <source>A test boot is under way</source>
        <translation>Un démarrage d’essai est en cours</translation>
    </message>
    <message>
        <source>No copy at the destination waits for its cut-over</source>
        <translation>Aucune copie à la destination n’attend sa bascule</translation>
    </message>
</context>
<context>
    <name>portulan::TrailPage</name>
    <message>
        <source>S&amp;ite:</source>
        <translation>S&amp;ite&#x202f;:</translation>
    </message>
    <message>
        <source>Site whose trail is shown</source>
        <translation>Site dont la piste est montrée</translation>
    </message>
    <message>
        <source>&amp;Read again</source>
        <translation>&amp;Relire</translation>
    </message>
    <message>
        <source>Audit trail</source>
        <translation>Piste d’audit</translation>
    </message>
    <message numerus="yes">
        <source>The chain is intact: %Ln entr(y/ies) recomputed. Head: %1</source>
        <translation>
            <numerusform>La chaîne est intacte&#x202f;: %Ln entrée recalculée. Tête&#x202f;: %1</numerusform>
            <numerusform>La chaîne est intacte&#x202f;: %Ln entrées recalculées. Tête&#x202f;: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The chain is broken at entry %1: %2</source>
        <translation>La chaîne est rompue à l’entrée %1&#x202f;: %2</translation>
    </message>
    <message>
        <source>Verify the &amp;chain</source>
        <translation>Vérifier la c&amp;haîne</translation>
    </message>
</context>
<context>
    <name>portulan::VerdictView</name>
    <message>
        <source>Rules and their proof</source>
        <translation>Règles et leur preuve</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>verdict and place</comment>
        <translation>%1 à %2</translation>
    </message>
    <message>
        <source>Judged on %1 under rules %2.</source>
        <translation>Jugé le %1 selon les règles %2.</translation>
    </message>
    <message>
        <source>%1. Judged on %2 under rules %3.</source>
        <comment>the worst broken rule, a date, a version</comment>
        <translation>%1. Jugé le %2 selon les règles %3.</translation>
    </message>
</context>
<context>
    <name>portulan::WavePlanModel</name>
    <message>
        <source>Cold</source>
        <translation>À froid</translation>
    </message>
    <message>
        <source>Warm, I say when</source>
        <translation>À chaud, à mon ordre</translation>
    </message>
    <message>
        <source>Warm</source>
        <translation>À chaud</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Sans arrêt</translation>
    </message>
    <message>
        <source>You said so.</source>
        <translation>Vous l’avez voulu.</translation>
    </message>
    <message>
        <source>after %1</source>
        <translation>après %1</translation>
    </message>
    <message>
        <source>you chose it</source>
        <translation>vous l’avez choisi</translation>
    </message>
    <message>
        <source>the only site it may go to</source>
        <translation>le seul site où cela peut aller</translation>
    </message>
    <message>
        <source>%1 would be slower</source>
        <translation>%1 serait plus lent</translation>
    </message>
    <message>
        <source>%1 would be dearer</source>
        <translation>%1 serait plus cher</translation>
    </message>
    <message>
        <source>%1 would do as well</source>
        <translation>%1 conviendrait aussi</translation>
    </message>
    <message>
        <source>%1 has no room for it</source>
        <translation>pas assez de place à %1</translation>
    </message>
    <message>
        <source>Cold: it is stopped</source>
        <translation>À froid&#x202f;: arrêtée</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copie</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>environ %1</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objet</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Vers</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Mode</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Données</translation>
    </message>
    <message>
        <source>Why so</source>
        <translation>Pourquoi</translation>
    </message>
    <message numerus="yes">
        <source>Wave %1 · %Ln thing(s)</source>
        <translation>
            <numerusform>Vague %1 · %Ln chose</numerusform>
            <numerusform>Vague %1 · %Ln choses</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No place · %Ln thing(s)</source>
        <translation>
            <numerusform>Sans place · %Ln chose</numerusform>
            <numerusform>Sans place · %Ln choses</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Left here · %Ln thing(s)</source>
        <translation>
            <numerusform>Laissé ici · %Ln chose</numerusform>
            <numerusform>Laissé ici · %Ln choses</numerusform>
        </translation>
    </message>
    <message>
        <source>Cold, I say when</source>
        <translation>À froid, à mon ordre</translation>
    </message>
    <message>
        <source>Live, I say when</source>
        <translation>Sans arrêt, à mon ordre</translation>
    </message>
    <message numerus="yes">
        <source>Cannot move · %Ln thing(s)</source>
        <translation>
            <numerusform>Ne peut partir · %Ln chose</numerusform>
            <numerusform>Ne peuvent partir · %Ln choses</numerusform>
        </translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <extracomment>when a wave would begin and end</extracomment>
        <translation>du %1 au %2</translation>
    </message>
</context>
<context>
    <name>portulan::WorkloadModel</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projet</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Pays</translation>
    </message>
    <message>
        <source>Classification</source>
        <translation>Classification</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Verdict</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objets</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Nœuds</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Règles</translation>
    </message>
    <message>
        <source>vCPU</source>
        <translation>vCPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Flavor</source>
        <translation>Gabarit</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adresses</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Taken of</source>
        <translation>Pris de</translation>
    </message>
    <message>
        <source>Attached to</source>
        <translation>Attaché à</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Modifié</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>Identifiant</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Libre</translation>
    </message>
    <message>
        <source>Attached</source>
        <translation>Attaché</translation>
    </message>
</context>
<context>
    <name>portulan::ctl::ApplyCommands</name>
    <message numerus="yes">
        <source>%Ln things created or updated.</source>
        <translation>
            <numerusform>%Ln élément créé ou mis à jour.</numerusform>
            <numerusform>%Ln éléments créés ou mis à jour.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were there already.</source>
        <translation>
            <numerusform>%Ln existait déjà.</numerusform>
            <numerusform>%Ln existaient déjà.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed.</source>
        <translation>
            <numerusform>%Ln échec.</numerusform>
            <numerusform>%Ln échecs.</numerusform>
        </translation>
    </message>
    <message>
        <source>Bring sites to what a file says: projects, networks, images, volumes, instances, data sets.</source>
        <translation>Amener les sites à ce que dit un fichier&#xa0;: projets, réseaux, images, volumes, instances, jeux de données.</translation>
    </message>
</context>
<context>
    <name>portulan::ctl::AuditCommands</name>
    <message>
        <source>SITE</source>
        <translation>SITE</translation>
    </message>
    <message>
        <source>NO.</source>
        <translation>Nº</translation>
    </message>
    <message>
        <source>MOMENT</source>
        <translation>MOMENT</translation>
    </message>
    <message>
        <source>WHO</source>
        <translation>QUI</translation>
    </message>
    <message>
        <source>ACTION</source>
        <translation>ACTION</translation>
    </message>
    <message>
        <source>OBJECT</source>
        <translation>OBJET</translation>
    </message>
    <message>
        <source>OUTCOME</source>
        <translation>ISSUE</translation>
    </message>
    <message>
        <source>INTACT</source>
        <translation>INTACT</translation>
    </message>
    <message>
        <source>ENTRIES</source>
        <translation>ENTRÉES</translation>
    </message>
    <message>
        <source>FIRST BROKEN</source>
        <translation>PREMIÈRE ROMPUE</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>NO</source>
        <translation>NON</translation>
    </message>
    <message>
        <source>List who did what, as the sites recorded it.</source>
        <translation>Lister qui a fait quoi, tel que les sites l’ont consigné.</translation>
    </message>
    <message>
        <source>Have the sites recompute their chains; names the first broken entry.</source>
        <translation>Faire recalculer leurs chaînes aux sites&#x202f;; nomme la première entrée rompue.</translation>
    </message>
</context>
<context>
    <name>portulan::ctl::ByteCommands</name>
    <message>
        <source>%1: %2 of %3</source>
        <extracomment>%1 a file, %2 and %3 amounts of bytes</extracomment>
        <translation>%1&#xa0;: %2 sur %3</translation>
    </message>
    <message>
        <source>KEY</source>
        <translation>CLÉ</translation>
    </message>
    <message>
        <source>SIZE</source>
        <translation>TAILLE</translation>
    </message>
    <message>
        <source>CHANGED</source>
        <translation>MODIFIÉ</translation>
    </message>
    <message>
        <source>Send a disk file to a site as a volume.</source>
        <translation>Envoyer un fichier disque à un site comme volume.</translation>
    </message>
    <message>
        <source>Write a volume to a file, its digest checked.</source>
        <translation>Écrire un volume dans un fichier, empreinte vérifiée.</translation>
    </message>
    <message>
        <source>Send a disk file to a site as an image.</source>
        <translation>Envoyer un fichier disque à un site comme image.</translation>
    </message>
    <message>
        <source>Write an image to a file, its digest checked.</source>
        <translation>Écrire une image dans un fichier, empreinte vérifiée.</translation>
    </message>
    <message>
        <source>List the objects of a data set.</source>
        <translation>Lister les objets d’un jeu de données.</translation>
    </message>
    <message>
        <source>Store a file as an object of a data set.</source>
        <translation>Déposer un fichier comme objet d’un jeu de données.</translation>
    </message>
    <message>
        <source>Read an object of a data set into a file.</source>
        <translation>Lire un objet d’un jeu de données dans un fichier.</translation>
    </message>
    <message>
        <source>Delete an object of a data set.</source>
        <translation>Supprimer un objet d’un jeu de données.</translation>
    </message>
</context>
<context>
    <name>portulan::ctl::CertificateCommands</name>
    <message>
        <source>Written: %1</source>
        <translation>Écrit&#x202f;: %1</translation>
    </message>
    <message>
        <source>Fetch the certificate of a migration that is over, with the record of its copy’s erasure once that is gone.</source>
        <translation>Récupérer le certificat d’une migration terminée, avec l’attestation d’effacement de sa copie une fois celle-ci disparue.</translation>
    </message>
    <message>
        <source>Check a migration certificate or a record of erasure offline and say what it certifies.</source>
        <translation>Vérifier hors ligne un certificat de migration ou une attestation d’effacement et dire ce qu’il certifie.</translation>
    </message>
    <message>
        <source>%1 of %2 compared</source>
        <translation>%1 sur %2 comparés</translation>
    </message>
    <message>
        <source>Images that are not raw are read with qemu-img and qemu-nbd: install the package qemu-utils.</source>
        <translation>Les images qui ne sont pas brutes sont lues avec qemu-img et qemu-nbd&#x202f;: installez le paquet qemu-utils.</translation>
    </message>
    <message>
        <source>%1 is the certified disk %2, byte for byte.</source>
        <translation>%1 est le disque certifié %2, octet pour octet.</translation>
    </message>
    <message>
        <source>Check a migration certificate, a record of erasure or both offline, with nothing but the federation’s authority; and files against the disks it certifies.</source>
        <translation>Vérifier hors ligne un certificat de migration, une attestation d’effacement ou les deux, sans rien d’autre que l’autorité de la fédération&#x202f;; et des fichiers contre les disques certifiés.</translation>
    </message>
</context>
<context>
    <name>portulan::ctl::CompletionCommands</name>
    <message>
        <source>Print the completion script for bash.</source>
        <translation>Afficher le script de complétion pour bash.</translation>
    </message>
</context>
<context>
    <name>portulan::ctl::CreateCommands</name>
    <message>
        <source>Create an instance at a site, or at the best allowed one.</source>
        <translation>Créer une instance sur un site, ou sur le meilleur autorisé.</translation>
    </message>
    <message>
        <source>Create a volume, blank or from an image.</source>
        <translation>Créer un volume, vierge ou depuis une image.</translation>
    </message>
    <message>
        <source>Create a data set.</source>
        <translation>Créer un jeu de données.</translation>
    </message>
    <message>
        <source>Make an image of a volume.</source>
        <translation>Faire une image d’un volume.</translation>
    </message>
    <message>
        <source>Create a network.</source>
        <translation>Créer un réseau.</translation>
    </message>
</context>
<context>
    <name>portulan::ctl::EvacuateCommands</name>
    <message>
        <source>slower: %1 for everything</source>
        <translation>plus lent&#x202f;: %1 pour le tout</translation>
    </message>
    <message>
        <source>dearer</source>
        <translation>plus cher</translation>
    </message>
    <message>
        <source>as good</source>
        <translation>aussi bien</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>choisi</translation>
    </message>
    <message>
        <source>the only site it may go to</source>
        <translation>le seul site possible</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#x202f;: %2</translation>
    </message>
    <message>
        <source>WAVE</source>
        <translation>VAGUE</translation>
    </message>
    <message>
        <source>OBJECT</source>
        <translation>OBJET</translation>
    </message>
    <message>
        <source>TO</source>
        <translation>VERS</translation>
    </message>
    <message>
        <source>DATA</source>
        <translation>DONNÉES</translation>
    </message>
    <message>
        <source>OTHERWISE</source>
        <translation>SINON</translation>
    </message>
    <message>
        <source>no place</source>
        <translation>sans place</translation>
    </message>
    <message>
        <source>The links are busy for %1; no plan could do with less than %2 (gap %3).</source>
        <translation>Les liens sont occupés %1&#x202f;; aucun plan ne pourrait se contenter de moins de %2 (écart %3).</translation>
    </message>
    <message>
        <source>The link to %1 could not be measured: %2 is assumed.</source>
        <translation>Le lien vers %1 n’a pas pu être mesuré&#x202f;: %2 est supposé.</translation>
    </message>
    <message>
        <source>%1 and others wait for each other: their order was dropped.</source>
        <translation>%1 et d’autres s’attendent mutuellement&#x202f;: leur ordre est abandonné.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln things are moving already and are left alone.</source>
        <translation>
            <numerusform>%Ln objet est déjà en mouvement et n’est pas touché.</numerusform>
            <numerusform>%Ln objets sont déjà en mouvement et ne sont pas touchés.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing to move.</source>
        <translation>Il n’y a rien à déplacer.</translation>
    </message>
    <message>
        <source>Nothing was begun: not everything has a place. With --partial what has one is moved.</source>
        <translation>Rien n’a été commencé&#x202f;: tout n’a pas de place. Avec --partial, ce qui en a une est déplacé.</translation>
    </message>
    <message>
        <source>Move everything off a site, in waves, to where the rules, the room and the links let it go.</source>
        <translation>Déplacer par vagues tout ce qui est sur un site, là où les règles, la place et les liens le permettent.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln waves: %1 to carry, about %2 (give or take %3).</source>
        <translation>
            <numerusform>%Ln vague&#x202f;: %1 à transporter, environ %2 (à %3 près).</numerusform>
            <numerusform>%Ln vagues&#x202f;: %1 à transporter, environ %2 (à %3 près).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln moves, as the plan has them; nothing was begun.</source>
        <translation>
            <numerusform>%Ln déplacement, tel que le plan l’a&#x202f;; rien n’a commencé.</numerusform>
            <numerusform>%Ln déplacements, tels que le plan les a&#x202f;; rien n’a commencé.</numerusform>
        </translation>
    </message>
    <message>
        <source>stays</source>
        <translation>reste</translation>
    </message>
    <message numerus="yes">
        <source>%Ln things stay because they cannot move.</source>
        <translation>
            <numerusform>%Ln chose reste car elle ne peut pas être déplacée.</numerusform>
            <numerusform>%Ln choses restent car elles ne peuvent pas être déplacées.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln machines cannot move live and will be refused: choose another --mode, or give each its own in a --plan.</source>
        <translation>
            <numerusform>%Ln machine ne peut pas partir sans arrêt et sera refusée&#x202f;: choisissez un autre --mode, ou donnez-lui le sien dans un --plan.</numerusform>
            <numerusform>%Ln machines ne peuvent pas partir sans arrêt et seront refusées&#x202f;: choisissez un autre --mode, ou donnez à chacune le sien dans un --plan.</numerusform>
        </translation>
    </message>
    <message>
        <source>Wave %1: from %2 to %3.</source>
        <translation>Vague %1&#x202f;: du %2 au %3.</translation>
    </message>
    <message>
        <source>In these hours the last byte is there after %1; no plan could have it there in less than %2 (gap %3).</source>
        <translation>À ces heures, le dernier octet arrive après %1&#x202f;; aucun plan ne l’y mettrait en moins de %2 (écart %3).</translation>
    </message>
    <message>
        <source>Hours are told by this machine’s clock, as if the site’s were the same.</source>
        <translation>Les heures sont lues à l’horloge de cette machine, comme si celle du site était la même.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln machines would be down past their hours: move them warm, or give them longer hours or more bandwidth.</source>
        <translation>
            <numerusform>%Ln machine serait arrêtée au-delà de ses heures&#x202f;: déplacez-la à chaud, ou donnez-lui des heures plus longues ou plus de débit.</numerusform>
            <numerusform>%Ln machines seraient arrêtées au-delà de leurs heures&#x202f;: déplacez-les à chaud, ou donnez-leur des heures plus longues ou plus de débit.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::ctl::FederationCommands</name>
    <message>
        <source>warning: the field “%1” is not known</source>
        <translation>avertissement&#xa0;: le champ «&#xa0;%1&#xa0;» n’est pas connu</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sites laid out in %1. Start each with portulan-site --config.</source>
        <translation>
            <numerusform>%Ln site installé dans %1. Lancez-le avec portulan-site --config.</numerusform>
            <numerusform>%Ln sites installés dans %1. Lancez chacun avec portulan-site --config.</numerusform>
        </translation>
    </message>
    <message>
        <source>Check a federation file, its certificates and its key.</source>
        <translation>Vérifier un fichier de fédération, ses certificats et sa clé.</translation>
    </message>
    <message>
        <source>Lay out a new federation: authority, certificates, a folder for each site.</source>
        <translation>Installer une nouvelle fédération&#xa0;: autorité, certificats, un dossier par site.</translation>
    </message>
</context>
<context>
    <name>portulan::ctl::Help</name>
    <message>
        <source>portulanctl: runs and moves workloads over a federation of sovereign clouds.</source>
        <translation>portulanctl&#xa0;: fait tourner et déplace des charges dans une fédération de nuages souverains.</translation>
    </message>
    <message>
        <source>Usage: portulanctl [--federation FILE] [--output table|json|csv] [--lang fr|en] [--timeout S] COMMAND</source>
        <translation>Usage&#xa0;: portulanctl [--federation FICHIER] [--output table|json|csv] [--lang fr|en] [--timeout S] COMMANDE</translation>
    </message>
    <message>
        <source>COMMAND --help lists the options of a command. Exit codes: 0 done, 1 failed, 2 usage, 3 refused by policy, 4 site unreachable, 5 not authorised, 6 changed meanwhile, 130 interrupted.</source>
        <translation>COMMANDE --help donne les options d’une commande. Codes de sortie&#xa0;: 0 fait, 1 échec, 2 usage, 3 refusé par la politique, 4 site injoignable, 5 non autorisé, 6 modifié entre-temps, 130 interrompu.</translation>
    </message>
    <message>
        <source>Usage: portulanctl %1</source>
        <translation>Usage&#xa0;: portulanctl %1</translation>
    </message>
</context>
<context>
    <name>portulan::ctl::Listing</name>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>NOM</translation>
    </message>
    <message>
        <source>PROJECT</source>
        <translation>PROJET</translation>
    </message>
    <message>
        <source>CLASS</source>
        <translation>CLASSE</translation>
    </message>
    <message>
        <source>VERDICT</source>
        <translation>VERDICT</translation>
    </message>
    <message>
        <source>STATE</source>
        <translation>ÉTAT</translation>
    </message>
    <message>
        <source>ADDRESSES</source>
        <translation>ADRESSES</translation>
    </message>
    <message>
        <source>SIZE</source>
        <translation>TAILLE</translation>
    </message>
    <message>
        <source>OPERATION</source>
        <translation>OPÉRATION</translation>
    </message>
    <message>
        <source>PHASE</source>
        <translation>PHASE</translation>
    </message>
    <message>
        <source>PROGRESS</source>
        <translation>AVANCEMENT</translation>
    </message>
    <message>
        <source>STARTED</source>
        <translation>DÉBUT</translation>
    </message>
    <message>
        <source>VERSION</source>
        <translation>VERSION</translation>
    </message>
    <message>
        <source>NODES</source>
        <translation>NŒUDS</translation>
    </message>
</context>
<context>
    <name>portulan::ctl::Main</name>
    <message>
        <source>Interrupted. What the sites have begun goes on there: portulanctl operation list.</source>
        <translation>Interrompu. Ce que les sites ont commencé s’y poursuit&#xa0;: portulanctl operation list.</translation>
    </message>
    <message>
        <source>There is no command “%1”. portulanctl --help lists those there are.</source>
        <translation>La commande «&#x202f;%1&#x202f;» n’existe pas. portulanctl --help donne la liste.</translation>
    </message>
    <message>
        <source>“%1” is not a whole command. These begin so:</source>
        <translation>«&#x202f;%1&#x202f;» n’est pas une commande entière. Celles-ci commencent ainsi&#x202f;:</translation>
    </message>
    <message>
        <source>There is no federation file %1. Name yours with --federation FILE, or in PORTULAN_FEDERATION.</source>
        <translation>Le fichier de fédération %1 n’existe pas. Nommez le vôtre par --federation FICHIER, ou dans PORTULAN_FEDERATION.</translation>
    </message>
</context>
<context>
    <name>portulan::ctl::MigrateCommands</name>
    <message>
        <source>Say what a migration would do and what stands in its way; changes nothing.</source>
        <translation>Dire ce que ferait une migration et ce qui s’y oppose&#x202f;; ne change rien.</translation>
    </message>
    <message>
        <source>Note: %1</source>
        <translation>À noter&#xa0;: %1</translation>
    </message>
    <message>
        <source>Move instances, volumes, images or data sets to another site, every byte verified.</source>
        <translation>Déplacer instances, volumes, images ou jeux de données vers un autre site, chaque octet vérifié.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln moves failed and are in %1: migrate --from-file orders them again.</source>
        <translation>
            <numerusform>%Ln déplacement a échoué et se trouve dans %1&#x202f;: migrate --from-file l’ordonne à nouveau.</numerusform>
            <numerusform>%Ln déplacements ont échoué et se trouvent dans %1&#x202f;: migrate --from-file les ordonne à nouveau.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portulan::ctl::ObjectCommands</name>
    <message>
        <source>%1: list those of all sites.</source>
        <extracomment>%1 is the plural of a kind of object: Instances, Volumes</extracomment>
        <translation>%1&#xa0;: lister ceux de tous les sites.</translation>
    </message>
    <message>
        <source>%1: show one.</source>
        <extracomment>%1 is a kind of object: Instance, Volume</extracomment>
        <translation>%1&#xa0;: afficher.</translation>
    </message>
    <message>
        <source>%1: delete one.</source>
        <translation>%1&#xa0;: supprimer.</translation>
    </message>
</context>
<context>
    <name>portulan::ctl::OperationCommands</name>
    <message>
        <source>List what runs and what ran.</source>
        <translation>Lister ce qui tourne et ce qui a tourné.</translation>
    </message>
    <message>
        <source>Show an operation with its log.</source>
        <translation>Afficher une opération avec son journal.</translation>
    </message>
    <message>
        <source>Follow an operation to its end.</source>
        <translation>Suivre une opération jusqu’à sa fin.</translation>
    </message>
    <message>
        <source>Cancel an operation; things go back to what they were.</source>
        <translation>Annuler une opération&#x202f;; tout redevient comme avant.</translation>
    </message>
    <message>
        <source>Send no more of a migration until it is resumed; a machine that runs goes on.</source>
        <translation>Ne plus rien envoyer d’une migration jusqu’à sa reprise&#x202f;; une machine qui tourne continue.</translation>
    </message>
    <message>
        <source>Go on with a migration that was paused.</source>
        <translation>Reprendre une migration suspendue.</translation>
    </message>
    <message>
        <source>The migration is being cancelled: everything goes back to what it was.</source>
        <translation>La migration est annulée&#x202f;: tout redevient comme avant.</translation>
    </message>
    <message>
        <source>It had moved already: a migration of its own brings it back, and only what changed travels.</source>
        <translation>Le déplacement était déjà fait&#x202f;: une migration à part entière le ramène, et seul ce qui a changé voyage.</translation>
    </message>
    <message>
        <source>Take a migration back: cancel it, or, once it has moved, move it back while its copy is kept.</source>
        <translation>Revenir sur une migration&#x202f;: l’annuler, ou, une fois faite, ramener l’objet tant que sa copie est gardée.</translation>
    </message>
    <message>
        <source>Stop the machine of a warm migration now, send what is left and start it at its new site; hand over a cold one that waits.</source>
        <translation>Arrêter maintenant la machine d’une migration tiède, envoyer ce qui reste et la démarrer sur son nouveau site&#x202f;; remettre celle d’une migration à froid qui attend.</translation>
    </message>
    <message>
        <source>Boot a copy of a machine under way at its destination, without any network, and show what it prints.</source>
        <translation>Démarrer à sa destination une copie d’une machine en cours de migration, sans aucun réseau, et montrer ce qu’elle écrit.</translation>
    </message>
</context>
<context>
    <name>portulan::ctl::PowerCommands</name>
    <message>
        <source>Start an instance.</source>
        <translation>Démarrer une instance.</translation>
    </message>
    <message>
        <source>Stop an instance, by its power button unless forced.</source>
        <translation>Arrêter une instance, par son bouton d’arrêt sauf si c’est forcé.</translation>
    </message>
    <message>
        <source>Restart an instance.</source>
        <translation>Redémarrer une instance.</translation>
    </message>
    <message>
        <source>Change the size of a stopped instance.</source>
        <translation>Changer la taille d’une instance arrêtée.</translation>
    </message>
    <message>
        <source>Print the end of an instance&apos;s serial console.</source>
        <translation>Afficher la fin de la console série d’une instance.</translation>
    </message>
    <message>
        <source>Attach a volume to an instance of its site.</source>
        <translation>Attacher un volume à une instance de son site.</translation>
    </message>
    <message>
        <source>Detach a volume from an instance.</source>
        <translation>Détacher un volume d’une instance.</translation>
    </message>
    <message>
        <source>Take a snapshot of an instance or (--volume) of a volume.</source>
        <translation>Prendre un instantané d’une instance ou (--volume) d’un volume.</translation>
    </message>
    <message>
        <source>Bring back the state a snapshot holds.</source>
        <translation>Rétablir l’état conservé par un instantané.</translation>
    </message>
</context>
<context>
    <name>portulan::ctl::ProjectCommands</name>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>NOM</translation>
    </message>
    <message>
        <source>KIND OF TENANT</source>
        <translation>TYPE DE LOCATAIRE</translation>
    </message>
    <message>
        <source>INSTANCES</source>
        <translation>INSTANCES</translation>
    </message>
    <message>
        <source>VOLUMES</source>
        <translation>VOLUMES</translation>
    </message>
    <message>
        <source>List projects with quotas and policies.</source>
        <translation>Lister les projets avec leurs quotas et politiques.</translation>
    </message>
    <message>
        <source>Create a project at a site.</source>
        <translation>Créer un projet sur un site.</translation>
    </message>
    <message>
        <source>Change a project&apos;s name, quota or policy.</source>
        <translation>Changer le nom, le quota ou la politique d’un projet.</translation>
    </message>
</context>
<context>
    <name>portulan::ctl::Session</name>
    <message>
        <source>, about %1 left</source>
        <translation>, encore %1 environ</translation>
    </message>
</context>
<context>
    <name>portulan::ctl::SiteCommands</name>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>NOM</translation>
    </message>
    <message>
        <source>COUNTRY</source>
        <translation>PAYS</translation>
    </message>
    <message>
        <source>OPERATOR</source>
        <translation>OPÉRATEUR</translation>
    </message>
    <message>
        <source>LINK</source>
        <translation>LIAISON</translation>
    </message>
    <message>
        <source>LOAD</source>
        <translation>CHARGE</translation>
    </message>
    <message>
        <source>List the sites of the federation and how they stand.</source>
        <translation>Lister les sites de la fédération et leur état.</translation>
    </message>
    <message>
        <source>Show a site: operator, certificates, facts, capacity.</source>
        <translation>Afficher un site&#xa0;: opérateur, certificats, faits, capacité.</translation>
    </message>
    <message>
        <source>Ask a site whether it knows you and what you may do there.</source>
        <translation>Demander à un site s’il vous connaît et ce que vous pouvez y faire.</translation>
    </message>
</context>
<context>
    <name>portulan::ctl::VerdictCommands</name>
    <message>
        <source>RULE</source>
        <translation>RÈGLE</translation>
    </message>
    <message>
        <source>SEVERITY</source>
        <translation>GRAVITÉ</translation>
    </message>
    <message>
        <source>OUTCOME</source>
        <translation>ISSUE</translation>
    </message>
    <message>
        <source>TITLE</source>
        <translation>INTITULÉ</translation>
    </message>
    <message>
        <source>WHY</source>
        <translation>POURQUOI</translation>
    </message>
    <message>
        <source>Say whether data may be at a place, with the proof of each rule.</source>
        <translation>Dire si des données peuvent être à un endroit, avec la preuve de chaque règle.</translation>
    </message>
</context>
</TS>
