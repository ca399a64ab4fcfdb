<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ActivityPage</name>
    <message>
        <source>Put the list in order: what came meanwhile stands at its end</source>
        <translation>Die Liste ordnen: Was inzwischen dazukam, steht am Ende</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>Spoken</source>
        <translation>Gesprochenes</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Übersprungen</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Was getan wurde</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>{list}: 1 group</source>
        <translation>{list}: 1 Gruppe</translation>
    </message>
    <message>
        <source>{list}: {count} groups</source>
        <translation>{list}: {count} Gruppen</translation>
    </message>
    <message>
        <source>Looking at your library</source>
        <translation>Ihre Bibliothek wird durchgesehen</translation>
    </message>
    <message>
        <source>{list} {count}</source>
        <translation>{list} {count}</translation>
    </message>
    <message>
        <source>{list}</source>
        <translation>{list}</translation>
    </message>
    <message>
        <source>{count} new: show</source>
        <translation>{count} neu: zeigen</translation>
    </message>
    <message>
        <source>Learning from your stars</source>
        <translation>Lernt aus Ihren Sternen</translation>
    </message>
    <message>
        <source>Listening to your music</source>
        <translation>Ihre Musik wird angehört</translation>
    </message>
    <message>
        <source>Learning your taste</source>
        <translation>Ihr Geschmack wird gelernt</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>The configuration of before is kept as {file}.</source>
        <translation>Die bisherige Konfiguration liegt jetzt in {file}.</translation>
    </message>
    <message>
        <source>Demo library</source>
        <translation>Demo-Bibliothek</translation>
    </message>
</context>
<context>
    <name>Catalog</name>
    <message>
        <source>Home</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Playlists</source>
        <translation>Listen</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
</context>
<context>
    <name>Coloring</name>
    <message>
        <source>All others</source>
        <translation>Alle anderen</translation>
    </message>
    <message>
        <source>Group {number}</source>
        <translation>Gruppe {number}</translation>
    </message>
    <message>
        <source>{decade}s</source>
        <translation>{decade}er</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>Musik</translation>
    </message>
    <message>
        <source>Doubtful</source>
        <translation>Zweifelhaft</translation>
    </message>
    <message>
        <source>Spoken</source>
        <translation>Gesprochen</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nicht bekannt</translation>
    </message>
    <message>
        <source>Not rated</source>
        <translation>Nicht bewertet</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Noch nicht</translation>
    </message>
    <message>
        <source>10 years</source>
        <translation>10 Jahre</translation>
    </message>
    <message>
        <source>1 year</source>
        <translation>1 Jahr</translation>
    </message>
    <message>
        <source>1 month</source>
        <translation>1 Monat</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
</context>
<context>
    <name>ColumnMenu</name>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Show the usual ones</source>
        <translation>Die üblichen zeigen</translation>
    </message>
</context>
<context>
    <name>Copies</name>
    <message>
        <source>Copies</source>
        <translation>Kopien</translation>
    </message>
    <message>
        <source>Keep this one</source>
        <translation>Diese behalten</translation>
    </message>
    <message>
        <source>Not a duplicate</source>
        <translation>Kein Duplikat</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>And {count} more.</source>
        <translation>Und {count} weitere.</translation>
    </message>
</context>
<context>
    <name>CopyCard</name>
    <message>
        <source>Kept, you said</source>
        <translation>Behalten, sagen Sie</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>This copy is learned from and played.</source>
        <translation>Aus dieser Kopie wird gelernt, und sie wird gespielt.</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>Nothing is learned from this copy and no playlist has it; its stars count.</source>
        <translation>Aus dieser Kopie wird nichts gelernt, und sie kommt in keine Wiedergabeliste; ihre Sterne zählen.</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Bit rate</source>
        <translation>Bitrate</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>Keep this one</source>
        <translation>Diese behalten</translation>
    </message>
    <message>
        <source>Learn from this copy and play it instead of the others (K)</source>
        <translation>Aus dieser Kopie lernen und sie statt der anderen spielen (K)</translation>
    </message>
    <message>
        <source>{rate} kbit/s</source>
        <translation>{rate} kbit/s</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>Mono</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>Stereo</translation>
    </message>
    <message>
        <source>{count} channels</source>
        <translation>{count} Kanäle</translation>
    </message>
    <message>
        <source>{rate} kHz, {channels}</source>
        <translation>{rate} kHz, {channels}</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>Looking for duplicates</source>
        <translation>Duplikate werden gesucht</translation>
    </message>
    <message>
        <source>Comparing songs with each other</source>
        <translation>Titel werden miteinander verglichen</translation>
    </message>
    <message>
        <source>Listening with the new encoder</source>
        <translation>Anhören mit dem neuen Encoder</translation>
    </message>
    <message>
        <source>Comparing it with the one in use</source>
        <translation>Vergleich mit dem benutzten</translation>
    </message>
    <message>
        <source>Listening for the training</source>
        <translation>Anhören für das Training</translation>
    </message>
    <message>
        <source>Training the teacher</source>
        <translation>Training des Lehrers</translation>
    </message>
    <message>
        <source>Training the student</source>
        <translation>Training des Schülers</translation>
    </message>
    <message>
        <source>Listening with other encoders</source>
        <translation>Anhören mit anderen Encodern</translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Making the demo library</source>
        <translation>Die Demo-Bibliothek entsteht</translation>
    </message>
    <message>
        <source>Drawing the map</source>
        <translation>Die Karte wird gezeichnet</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>not a local file</source>
        <translation>keine Datei auf diesem Rechner</translation>
    </message>
    <message>
        <source>no permission</source>
        <translation>keine Leseerlaubnis</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>not audio</source>
        <translation>keine Musikdatei</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>zu lang</translation>
    </message>
    <message>
        <source>too short</source>
        <translation>zu kurz</translation>
    </message>
    <message>
        <source>crashed</source>
        <translation>abgestürzt</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>Zeit abgelaufen</translation>
    </message>
    <message>
        <source>too much memory</source>
        <translation>zu viel Speicher</translation>
    </message>
    <message>
        <source>the file has no bytes</source>
        <translation>die Datei hat keinen Inhalt</translation>
    </message>
    <message>
        <source>not a regular file</source>
        <translation>keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>the disk says: {error}</source>
        <translation>das Laufwerk meldet: {error}</translation>
    </message>
    <message>
        <source>{seconds} s, the least is {low} s</source>
        <translation>{seconds} s, mindestens {low} s</translation>
    </message>
    <message>
        <source>no sound stream</source>
        <translation>kein Tonstrom darin</translation>
    </message>
    <message>
        <source>no known sound format</source>
        <translation>kein bekanntes Tonformat</translation>
    </message>
    <message>
        <source>nothing decodes</source>
        <translation>nichts lässt sich dekodieren</translation>
    </message>
    <message>
        <source>no answer within the time limit</source>
        <translation>keine Antwort innerhalb der Frist</translation>
    </message>
    <message>
        <source>no answer from the worker</source>
        <translation>keine Antwort vom Arbeitsprozess</translation>
    </message>
    <message>
        <source>the worker ran out of memory</source>
        <translation>dem Arbeitsprozess ging der Speicher aus</translation>
    </message>
    <message>
        <source>You chose it.</source>
        <translation>Sie haben ihn gewählt.</translation>
    </message>
    <message>
        <source>You keep it in the list.</source>
        <translation>Sie halten ihn in der Liste.</translation>
    </message>
    <message>
        <source>You gave it {rating}.</source>
        <translation>Sie haben ihm {rating} gegeben.</translation>
    </message>
    <message>
        <source>You put it into a playlist.</source>
        <translation>Sie haben ihn in eine Wiedergabeliste getan.</translation>
    </message>
    <message>
        <source>You played it once.</source>
        <translation>Sie haben ihn einmal gespielt.</translation>
    </message>
    <message>
        <source>You played it {count} times.</source>
        <translation>Sie haben ihn {count}-mal gespielt.</translation>
    </message>
    <message>
        <source>You played it once and skipped it once.</source>
        <translation>Sie haben ihn einmal gespielt und einmal übersprungen.</translation>
    </message>
    <message>
        <source>You played it once and skipped it {skips} times.</source>
        <translation>Sie haben ihn einmal gespielt und {skips}-mal übersprungen.</translation>
    </message>
    <message>
        <source>You played it {count} times and skipped it once.</source>
        <translation>Sie haben ihn {count}-mal gespielt und einmal übersprungen.</translation>
    </message>
    <message>
        <source>You played it {count} times and skipped it {skips} times.</source>
        <translation>Sie haben ihn {count}-mal gespielt und {skips}-mal übersprungen.</translation>
    </message>
    <message>
        <source>Sounds like {song} ({rating}).</source>
        <translation>Klingt wie {song} ({rating}).</translation>
    </message>
    <message>
        <source>Sounds like {song}, which you gave {rating}.</source>
        <translation>Klingt wie {song} (von Ihnen {rating}).</translation>
    </message>
    <message>
        <source>Sounds like {song}, which you put into a playlist.</source>
        <translation>Klingt wie {song} (in einer Ihrer Wiedergabelisten).</translation>
    </message>
    <message>
        <source>Sounds like {song}, which you played once.</source>
        <translation>Klingt wie {song} (von Ihnen einmal gespielt).</translation>
    </message>
    <message>
        <source>Sounds like {song}, which you played {count} times.</source>
        <translation>Klingt wie {song} (von Ihnen {count}-mal gespielt).</translation>
    </message>
    <message>
        <source>Sounds like {song}, which you played once and skipped once.</source>
        <translation>Klingt wie {song} (von Ihnen einmal gespielt, einmal übersprungen).</translation>
    </message>
    <message>
        <source>Sounds like {song}, which you played once and skipped {skips} times.</source>
        <translation>Klingt wie {song} (von Ihnen einmal gespielt, {skips}-mal übersprungen).</translation>
    </message>
    <message>
        <source>Sounds like {song}, which you played {count} times and skipped once.</source>
        <translation>Klingt wie {song} (von Ihnen {count}-mal gespielt, einmal übersprungen).</translation>
    </message>
    <message>
        <source>Sounds like {song}, which you played {count} times and skipped {skips} times.</source>
        <translation>Klingt wie {song} (von Ihnen {count}-mal gespielt, {skips}-mal übersprungen).</translation>
    </message>
    <message>
        <source>Far from {song} ({rating}), the nearest that you have rated.</source>
        <translation>Weit von {song} ({rating}), dem nächsten, den Sie bewertet haben.</translation>
    </message>
    <message>
        <source>{genre}, but far from {song} ({rating}).</source>
        <translation>{genre}, aber weit von {song} ({rating}).</translation>
    </message>
    <message>
        <source>{genre}, new to you; the nearest is {song} ({rating}).</source>
        <translation>{genre}, neu für Sie; am nächsten ist {song} ({rating}).</translation>
    </message>
    <message>
        <source>Predicted to get {rating}.</source>
        <translation>Vorhersage: {rating}.</translation>
    </message>
    <message>
        <source>Very close to {song}.</source>
        <translation>Sehr nah an {song}.</translation>
    </message>
    <message>
        <source>Close to {song}.</source>
        <translation>Nah an {song}.</translation>
    </message>
    <message>
        <source>The path starts here.</source>
        <translation>Hier beginnt der Weg.</translation>
    </message>
    <message>
        <source>The path ends here.</source>
        <translation>Hier endet der Weg.</translation>
    </message>
    <message>
        <source>The largest step of the path.</source>
        <translation>Der größte Schritt des Weges.</translation>
    </message>
    <message>
        <source>A step of {count} from the song before it.</source>
        <translation>Ein Schritt von {count} vom Titel davor.</translation>
    </message>
    <message>
        <source>To find out what you think of it.</source>
        <translation>Um herauszufinden, was Sie davon halten.</translation>
    </message>
    <message>
        <source>To find out: you have rated nothing yet.</source>
        <translation>Zum Erkunden: Sie haben noch nichts bewertet.</translation>
    </message>
    <message>
        <source>To find out: you have rated nothing like it.</source>
        <translation>Zum Erkunden: Sie haben nichts Ähnliches bewertet.</translation>
    </message>
    <message>
        <source>To find out: nothing can be said of it yet.</source>
        <translation>Zum Erkunden: Noch lässt sich nichts darüber sagen.</translation>
    </message>
    <message>
        <source>To find out: it may get {low} to {high} stars.</source>
        <translation>Zum Erkunden: Er könnte {low} bis {high} Sterne bekommen.</translation>
    </message>
    <message>
        <source>Unlike anything that you have rated.</source>
        <translation>Anders als alles, was Sie bewertet haben.</translation>
    </message>
    <message>
        <source>Unlike anything that you have rated or played.</source>
        <translation>Anders als alles, was Sie bewertet oder gespielt haben.</translation>
    </message>
    <message>
        <source>Of the songs with the highest predictions, one of the farthest from what you have rated.</source>
        <translation>Mit am fernsten von dem, was Sie bewertet haben, bei hoher Vorhersage.</translation>
    </message>
    <message>
        <source>Of the songs with the highest predictions, one of the farthest from what you have rated or played.</source>
        <translation>Mit am fernsten von dem, was Sie bewertet oder gespielt haben, bei hoher Vorhersage.</translation>
    </message>
    <message>
        <source>Of the songs that you have not rated, one of the farthest from those that you have.</source>
        <translation>Mit am fernsten von dem, was Sie bewertet haben.</translation>
    </message>
    <message>
        <source>Of the songs that you have not rated or played, one of the farthest from those that you have.</source>
        <translation>Mit am fernsten von dem, was Sie bewertet oder gespielt haben.</translation>
    </message>
    <message>
        <source>One of a few songs that together span your library.</source>
        <translation>Einer der wenigen Titel, die zusammen Ihre Bibliothek umspannen.</translation>
    </message>
    <message>
        <source>One of a few songs that together span your library: a good beginning.</source>
        <translation>Einer der wenigen Titel, die zusammen Ihre Bibliothek umspannen: ein guter Anfang.</translation>
    </message>
    <message>
        <source>Drawn at random, so that the ratings also tell about songs that you would not choose.</source>
        <translation>Zufällig gezogen, damit auch Titel zählen, die Sie nicht wählen würden.</translation>
    </message>
    <message>
        <source>Nothing like it is rated yet: it would tell a little about many songs.</source>
        <translation>Nichts Ähnliches bewertet: verriete ein wenig über viele Titel.</translation>
    </message>
    <message>
        <source>Nothing like it is rated yet: it would tell about one other song.</source>
        <translation>Nichts Ähnliches bewertet: verriete etwas über einen anderen Titel.</translation>
    </message>
    <message>
        <source>Nothing like it is rated yet: it would tell about {count} other songs.</source>
        <translation>Nichts Ähnliches bewertet: verriete etwas über {count} andere Titel.</translation>
    </message>
    <message>
        <source>Little like it is rated yet: it would tell a little about many songs.</source>
        <translation>Wenig Ähnliches bewertet: verriete ein wenig über viele Titel.</translation>
    </message>
    <message>
        <source>Little like it is rated yet: it would tell about one other song.</source>
        <translation>Wenig Ähnliches bewertet: verriete etwas über einen anderen Titel.</translation>
    </message>
    <message>
        <source>Little like it is rated yet: it would tell about {count} other songs.</source>
        <translation>Wenig Ähnliches bewertet: verriete etwas über {count} andere Titel.</translation>
    </message>
    <message>
        <source>Its rating would tell a little about many songs.</source>
        <translation>Verriete ein wenig über viele Titel.</translation>
    </message>
    <message>
        <source>Its rating would tell about one other song.</source>
        <translation>Verriete etwas über einen anderen Titel.</translation>
    </message>
    <message>
        <source>Its rating would tell about {count} other songs.</source>
        <translation>Verriete etwas über {count} andere Titel.</translation>
    </message>
    <message>
        <source>No song fits.</source>
        <translation>Kein Titel passt.</translation>
    </message>
    <message>
        <source>There is no song that was listened to.</source>
        <translation>Noch wurde kein Titel angehört.</translation>
    </message>
    <message>
        <source>The songs that you have rated are listened to first. As soon as others were too, a list is made of them.</source>
        <translation>Die Titel, die Sie bewertet haben, werden zuerst angehört. Sobald auch andere angehört sind, entsteht daraus eine Liste.</translation>
    </message>
    <message>
        <source>There is no unrated song to ask about.</source>
        <translation>Es gibt keinen unbewerteten Titel, nach dem zu fragen wäre.</translation>
    </message>
    <message>
        <source>No unrated song fits.</source>
        <translation>Kein unbewerteter Titel passt.</translation>
    </message>
    <message>
        <source>Only {found} of {wanted} songs: no more songs fit.</source>
        <translation>Nur {found} von {wanted} Titeln: Mehr passen nicht.</translation>
    </message>
    <message>
        <source>Only {found} of {wanted} songs: no more songs without stars fit.</source>
        <translation>Nur {found} von {wanted} Titeln: Mehr ohne Sterne passen nicht.</translation>
    </message>
    <message>
        <source>No song without stars fits: loosen what is asked for, or scan the library.</source>
        <translation>Kein Titel ohne Sterne passt: Lockern Sie, was verlangt ist, oder lassen Sie die Bibliothek anhören.</translation>
    </message>
    <message>
        <source>A minimum of {stars} stars would give {count}.</source>
        <translation>Ein Minimum von {stars} Sternen ergäbe {count}.</translation>
    </message>
    <message>
        <source>No song is predicted to get {stars} stars; the highest prediction is {high}.</source>
        <translation>Keinem Titel sind {stars} Sterne vorhergesagt; die höchste Vorhersage ist {high}.</translation>
    </message>
    <message>
        <source>Only {found} of {wanted} songs are predicted to get {stars} stars; the highest prediction is {high}.</source>
        <translation>Nur {found} von {wanted} Titeln sind {stars} Sterne vorhergesagt; die höchste Vorhersage ist {high}.</translation>
    </message>
    <message>
        <source>Drawn from the first {songs}, those at the top more often.</source>
        <translation>Aus den ersten gezogen ({songs}), die obersten öfter.</translation>
    </message>
    <message>
        <source>There is no song with a rating or a prediction that fits: scan the library, rate songs, or loosen the filters.</source>
        <translation>Kein Titel mit einer Bewertung oder Vorhersage passt: Lassen Sie die Bibliothek anhören, bewerten Sie Titel, oder lockern Sie die Filter.</translation>
    </message>
    <message>
        <source>A mix has at most {count} songs.</source>
        <translation>Eine Mischung hat höchstens {count} Titel.</translation>
    </message>
    <message>
        <source>Only {found} of {wanted} songs: no more liked songs fit.</source>
        <translation>Nur {found} von {wanted} Titeln: Mehr, die Sie mögen, passen nicht.</translation>
    </message>
    <message>
        <source>Only {found} of {wanted} songs: no more liked songs fit with at most {limit} of one artist.</source>
        <translation>Nur {found} von {wanted} Titeln: Mehr, die Sie mögen, passen nicht bei höchstens {limit} je Interpret.</translation>
    </message>
    <message>
        <source>Only {found} of {wanted} songs: no more liked songs fit with at most {limit} of one album.</source>
        <translation>Nur {found} von {wanted} Titeln: Mehr, die Sie mögen, passen nicht bei höchstens {limit} je Album.</translation>
    </message>
    <message>
        <source>Only {found} of {wanted} songs: no more liked songs fit with at most {limit} of one artist and at most {low} of one album.</source>
        <translation>Nur {found} von {wanted} Titeln: Mehr, die Sie mögen, passen nicht bei höchstens {limit} je Interpret und {low} je Album.</translation>
    </message>
    <message>
        <source>The path starts and ends with the same song.</source>
        <translation>Der Weg beginnt und endet mit demselben Titel.</translation>
    </message>
    <message>
        <source>{song} cannot be played and is left out.</source>
        <translation>{song} lässt sich nicht spielen und ist ausgelassen.</translation>
    </message>
    <message>
        <source>The largest step is from {song} to {other}: they sound hardly more alike than any two songs.</source>
        <translation>Der größte Schritt führt von {song} zu {other}: Sie klingen kaum ähnlicher als zwei beliebige Titel.</translation>
    </message>
    <message>
        <source>There are no stars and no plays yet: these songs span your library, so that you can begin to rate.</source>
        <translation>Noch gibt es weder Sterne noch Wiedergaben: Diese Titel umspannen Ihre Bibliothek, damit Sie mit dem Bewerten anfangen können.</translation>
    </message>
    <message>
        <source>Nothing tells yet what you like: these songs span your library, so that you can begin to rate.</source>
        <translation>Noch verrät nichts, was Sie mögen: Diese Titel umspannen Ihre Bibliothek, damit Sie mit dem Bewerten anfangen können.</translation>
    </message>
    <message>
        <source>Of the songs that you have rated, {found} of {wanted} have been listened to so far: these are songs that you seem to like, by plays and playlists, and stars, and songs that sound like them.</source>
        <translation>Von den Titeln, die Sie bewertet haben, wurden bisher {found} von {wanted} angehört: Dies sind Titel, die Sie nach Wiedergaben, Wiedergabelisten und Sternen zu mögen scheinen, und Titel, die ähnlich klingen.</translation>
    </message>
    <message>
        <source>Of the songs that you have rated, {found} of {wanted} have been listened to so far: these are songs that you seem to like, by plays and playlists, and songs that sound like them.</source>
        <translation>Von den Titeln, die Sie bewertet haben, wurden bisher {found} von {wanted} angehört: Dies sind Titel, die Sie nach Wiedergaben und Wiedergabelisten zu mögen scheinen, und Titel, die ähnlich klingen.</translation>
    </message>
    <message>
        <source>There are no stars yet: these are songs that you seem to like, by plays and playlists, and songs that sound like them.</source>
        <translation>Noch gibt es keine Sterne: Das sind Titel, die Sie nach Wiedergaben und Listen zu mögen scheinen, und solche, die ähnlich klingen.</translation>
    </message>
    <message>
        <source>There is only {ratings} yet: these are songs that you seem to like, by plays and playlists, and stars, and songs that sound like them.</source>
        <translation>Noch gibt es erst {ratings}: Das sind Titel, die Sie nach Wiedergaben, Listen und Sternen zu mögen scheinen, und solche, die ähnlich klingen.</translation>
    </message>
    <message>
        <source>There are only {ratings} yet: these are songs that you seem to like, by plays and playlists, and stars, and songs that sound like them.</source>
        <translation>Noch gibt es erst {ratings}: Das sind Titel, die Sie nach Wiedergaben, Listen und Sternen zu mögen scheinen, und solche, die ähnlich klingen.</translation>
    </message>
    <message>
        <source>Only {found} of {wanted} songs fit.</source>
        <translation>Nur {found} von {wanted} Titeln passen.</translation>
    </message>
    <message>
        <source>No song has a predicted rating yet: rate some songs first.</source>
        <translation>Noch hat kein Titel eine Vorhersage: Bewerten Sie zuerst einige.</translation>
    </message>
    <message>
        <source>No unrated song with a predicted rating fits.</source>
        <translation>Kein unbewerteter Titel mit Vorhersage passt.</translation>
    </message>
    <message>
        <source>Only {found} of {wanted} songs: no more unrated songs with a predicted rating fit.</source>
        <translation>Nur {found} von {wanted} Titeln: Mehr unbewertete mit Vorhersage passen nicht.</translation>
    </message>
    <message>
        <source>None of these is predicted to get more than {stars} stars: nothing that is so new promises more.</source>
        <translation>Keinem davon sind mehr als {stars} Sterne vorhergesagt: Nichts so Neues verspricht mehr.</translation>
    </message>
    <message>
        <source>There is no unrated song with a prediction that fits: scan the library, or loosen the filters.</source>
        <translation>Kein unbewerteter Titel mit Vorhersage passt: Lassen Sie die Bibliothek anhören, oder lockern Sie die Filter.</translation>
    </message>
    <message>
        <source>Only {found} of {wanted} songs: no more unrated songs fit.</source>
        <translation>Nur {found} von {wanted} Titeln: Mehr unbewertete passen nicht.</translation>
    </message>
    <message>
        <source>Only {found} of {wanted} songs: no more unrated songs fit with at most {limit} of one artist.</source>
        <translation>Nur {found} von {wanted} Titeln: Mehr unbewertete passen nicht bei höchstens {limit} je Interpret.</translation>
    </message>
    <message>
        <source>{songs} that fits is left out, for the files are not there: is a drive not mounted?</source>
        <translation>{songs}, der passt, ist ausgelassen, weil die Datei nicht da ist: Fehlt ein Laufwerk?</translation>
    </message>
    <message>
        <source>{songs} that fit are left out, for the files are not there: is a drive not mounted?</source>
        <translation>{songs}, die passen, sind ausgelassen, weil die Dateien nicht da sind: Fehlt ein Laufwerk?</translation>
    </message>
    <message>
        <source>{songs} that you keep is left out, for the file is not there, or it is no music.</source>
        <translation>{songs}, den Sie festhalten, ist ausgelassen, weil die Datei nicht da oder keine Musik ist.</translation>
    </message>
    <message>
        <source>{songs} that you keep are left out, for the file is not there, or it is no music.</source>
        <translation>{songs}, die Sie festhalten, sind ausgelassen, weil die Dateien nicht da oder keine Musik sind.</translation>
    </message>
    <message>
        <source>{count} of your songs is left out: copies of others, spoken, or the file is not there.</source>
        <translation>{count} Ihrer Titel ist ausgelassen: eine Kopie, gesprochen, oder die Datei ist nicht da.</translation>
    </message>
    <message>
        <source>{count} of your songs are left out: copies of others, spoken, or the file is not there.</source>
        <translation>{count} Ihrer Titel sind ausgelassen: Kopien, Gesprochenes, oder die Dateien sind nicht da.</translation>
    </message>
    <message>
        <source>Knows nothing of your taste yet: rate some songs.</source>
        <translation>Weiß noch nichts von Ihrem Geschmack: Bewerten Sie einige Titel.</translation>
    </message>
    <message>
        <source>Knows your taste from {ratings}, by who plays and by the sound; your average is {rating}.</source>
        <translation>Kennt Ihren Geschmack aus {ratings}, nach Interpret und Klang; Ihr Durchschnitt ist {rating}.</translation>
    </message>
    <message>
        <source>Knows your taste from {ratings}, by who plays; your average is {rating}.</source>
        <translation>Kennt Ihren Geschmack aus {ratings}, nach Interpret; Ihr Durchschnitt ist {rating}.</translation>
    </message>
    <message>
        <source>Knows your taste from {ratings}, by the sound; your average is {rating}.</source>
        <translation>Kennt Ihren Geschmack aus {ratings}, nach dem Klang; Ihr Durchschnitt ist {rating}.</translation>
    </message>
    <message>
        <source>Knows your taste from {ratings}, but neither who plays nor the sound tells which songs you like better; your average is {rating}.</source>
        <translation>Kennt Ihren Geschmack aus {ratings}, doch weder Interpret noch Klang verraten, welche Titel Sie lieber mögen; Ihr Durchschnitt ist {rating}.</translation>
    </message>
    <message>
        <source>Knows your taste from {ratings}, which is not enough to tell songs apart from your average of {rating}: {count} of {songs} has no prediction yet.</source>
        <translation>Kennt Ihren Geschmack aus {ratings}; das reicht noch nicht, um Titel von Ihrem Durchschnitt ({rating}) zu unterscheiden. Noch ohne Vorhersage: {count} ({songs} insgesamt).</translation>
    </message>
    <message>
        <source>Knows your taste from {ratings}, so it stays close to your average of {rating} where it is not sure; {count} of {songs} has no prediction yet.</source>
        <translation>Kennt Ihren Geschmack aus {ratings} und bleibt daher nah an Ihrem Durchschnitt ({rating}), wo es unsicher ist. Noch ohne Vorhersage: {count} ({songs} insgesamt).</translation>
    </message>
    <message>
        <source>Knows your taste from {ratings}, which is not enough to tell songs apart from your average of {rating}: {count} of {songs} have no prediction yet.</source>
        <translation>Kennt Ihren Geschmack aus {ratings}; das reicht noch nicht, um Titel von Ihrem Durchschnitt ({rating}) zu unterscheiden. Noch ohne Vorhersage: {count} ({songs} insgesamt).</translation>
    </message>
    <message>
        <source>Knows your taste from {ratings}, so it stays close to your average of {rating} where it is not sure; {count} of {songs} have no prediction yet.</source>
        <translation>Kennt Ihren Geschmack aus {ratings} und bleibt daher nah an Ihrem Durchschnitt ({rating}), wo es unsicher ist. Noch ohne Vorhersage: {count} ({songs} insgesamt).</translation>
    </message>
    <message>
        <source>On artists that were held out, nothing tells {last} from {first}.</source>
        <translation>An zurückgehaltenen Interpreten unterscheidet nichts {last} von {first}.</translation>
    </message>
    <message>
        <source>{version} has collapsed: it hears nearly the same in every song.</source>
        <translation>{version} ist zusammengefallen: Es hört in jedem Titel fast dasselbe.</translation>
    </message>
    <message>
        <source>On artists that were held out, {ahead} reached {high} and {behind} {low}, a difference that chance alone makes in {count} of 100 cases.</source>
        <translation>An zurückgehaltenen Interpreten erreichte {ahead} {high} und {behind} {low}; so viel macht der Zufall allein in {count} von 100 Fällen aus.</translation>
    </message>
    <message>
        <source>On artists that were held out, {ahead} reached {high} and {behind} {low}, a difference that chance alone makes in fewer than 1 of 100 cases.</source>
        <translation>An zurückgehaltenen Interpreten erreichte {ahead} {high} und {behind} {low}; so viel macht der Zufall allein in weniger als 1 von 100 Fällen aus.</translation>
    </message>
    <message>
        <source>The music folder {folder} is missing: connect its disk, or set music.path_map if it is mounted elsewhere.</source>
        <translation>Der Musikordner {folder} fehlt: Schließen Sie sein Laufwerk an, oder setzen Sie music.path_map, wenn er anderswo liegt.</translation>
    </message>
    <message>
        <source>Another Marmalade is listening to this library; this one goes on when it has finished.</source>
        <translation>Ein anderes Marmalade hört diese Bibliothek gerade an; dieses macht weiter, wenn es fertig ist.</translation>
    </message>
    <message>
        <source>The playlist “{name}” is not in the history any more.</source>
        <translation>Die Wiedergabeliste „{name}“ ist nicht mehr im Verlauf.</translation>
    </message>
    <message>
        <source>Another program has changed {file} since it was written.</source>
        <translation>Ein anderes Programm hat {file} geändert, seit sie geschrieben wurde.</translation>
    </message>
    <message>
        <source>There is a {file} already that was not made here.</source>
        <translation>Es gibt schon eine Datei {file}, die nicht von hier stammt.</translation>
    </message>
    <message>
        <source>“{name}” is another list that you made.</source>
        <translation>„{name}“ ist eine andere Liste, die Sie gemacht haben.</translation>
    </message>
    <message>
        <source>Choose a song that the others should be like.</source>
        <translation>Wählen Sie einen Titel, dem die anderen ähneln sollen.</translation>
    </message>
    <message>
        <source>Choose the first and the last song of the path.</source>
        <translation>Wählen Sie den ersten und den letzten Titel des Weges.</translation>
    </message>
    <message>
        <source>Choose songs first, on the map or in the library.</source>
        <translation>Wählen Sie zuerst Titel, auf der Karte oder in der Bibliothek.</translation>
    </message>
    <message>
        <source>The ratings that are learned from are all the same, so there is no taste to find in them: rate more songs.</source>
        <translation>Die Bewertungen, aus denen gelernt wird, sind alle gleich; darin ist kein Geschmack zu finden: Bewerten Sie mehr Titel.</translation>
    </message>
    <message>
        <source>The program {program} is not installed: open {playlist} in your player yourself.</source>
        <translation>Das Programm {program} ist nicht installiert: Öffnen Sie {playlist} selbst in Ihrem Player.</translation>
    </message>
    <message>
        <source>There is no database at {path}: start the player once, or choose another file.</source>
        <translation>Unter {path} gibt es keine Datenbank: Starten Sie den Player einmal, oder wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>{path} is empty: choose the database of Clementine or Strawberry.</source>
        <translation>{path} ist leer: Wählen Sie die Datenbank von Clementine oder Strawberry.</translation>
    </message>
    <message>
        <source>{path} is not a database: choose that of Clementine or Strawberry.</source>
        <translation>{path} ist keine Datenbank: Wählen Sie die von Clementine oder Strawberry.</translation>
    </message>
    <message>
        <source>{path} is damaged ({error}): start the player, or choose its backup.</source>
        <translation>{path} ist beschädigt ({error}): Starten Sie den Player, oder wählen Sie seine Sicherung.</translation>
    </message>
    <message>
        <source>{path} cannot be read ({error}): check its disk and the permissions of its folder.</source>
        <translation>{path} lässt sich nicht lesen ({error}): Prüfen Sie das Laufwerk und die Rechte des Ordners.</translation>
    </message>
    <message>
        <source>{path} cannot be read ({error}): check its disk and its permissions.</source>
        <translation>{path} lässt sich nicht lesen ({error}): Prüfen Sie das Laufwerk und die Rechte der Datei.</translation>
    </message>
    <message>
        <source>{path} is a folder: choose the database file in it.</source>
        <translation>{path} ist ein Ordner: Wählen Sie die Datenbank darin.</translation>
    </message>
    <message>
        <source>{path} is being written by another program: try again when the player has finished.</source>
        <translation>Ein anderes Programm schreibt gerade {path}: Versuchen Sie es noch einmal, wenn der Player fertig ist.</translation>
    </message>
    <message>
        <source>{path} is not the database of a player: choose Clementine&apos;s clementine.db or Strawberry&apos;s strawberry.db.</source>
        <translation>{path} ist nicht die Datenbank eines Players: Wählen Sie clementine.db von Clementine oder strawberry.db von Strawberry.</translation>
    </message>
    <message>
        <source>{path} cannot be written: it is read-only. Choose another folder for Marmalade’s files.</source>
        <translation>{path} lässt sich nicht schreiben, denn es ist schreibgeschützt. Wählen Sie einen anderen Ordner für die Dateien von Marmalade.</translation>
    </message>
    <message>
        <source>{path} cannot be written: {error}. Choose another folder for Marmalade’s files.</source>
        <translation>{path} lässt sich nicht schreiben ({error}). Wählen Sie einen anderen Ordner für die Dateien von Marmalade.</translation>
    </message>
    <message>
        <source>{path} cannot be opened. Check that its folder can be written, or choose another.</source>
        <translation>{path} lässt sich nicht öffnen. Prüfen Sie, ob der Ordner beschreibbar ist, oder wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>{path} cannot be written: the disk is full. Free some space and start again; nothing is lost.</source>
        <translation>{path} lässt sich nicht schreiben: Das Laufwerk ist voll. Schaffen Sie Platz, und beginnen Sie noch einmal; verloren ist nichts.</translation>
    </message>
    <message>
        <source>{path} is in use by another Marmalade. Wait until it has finished, then start again.</source>
        <translation>{path} wird von einem anderen Marmalade benutzt. Warten Sie, bis es fertig ist, und beginnen Sie dann noch einmal.</translation>
    </message>
    <message>
        <source>The configuration {path} is not valid YAML near line {line}: {problem}.</source>
        <translation>Die Konfiguration {path} ist um Zeile {line} kein gültiges YAML: {problem}.</translation>
    </message>
    <message>
        <source>The configuration {path} cannot be read: {error}.</source>
        <translation>Die Konfiguration {path} lässt sich nicht lesen: {error}.</translation>
    </message>
    <message>
        <source>The configuration {path} cannot be written: {error}.</source>
        <translation>Die Konfiguration {path} lässt sich nicht schreiben: {error}.</translation>
    </message>
    <message>
        <source>The configuration {path} cannot be moved aside: {error}.</source>
        <translation>Die Konfiguration {path} lässt sich nicht beiseitelegen: {error}.</translation>
    </message>
    <message>
        <source>No song has been listened to yet.</source>
        <translation>Es wurde noch kein Titel angehört.</translation>
    </message>
    <message>
        <source>{path} has not been listened to yet.</source>
        <translation>{path} wurde noch nicht angehört.</translation>
    </message>
    <message>
        <source>{path} is spoken, so no music is like it.</source>
        <translation>{path} ist gesprochen, darum klingt keine Musik so.</translation>
    </message>
    <message>
        <source>{path} is not there: is a drive not mounted?</source>
        <translation>{path} ist nicht da: Ist ein Laufwerk nicht eingehängt?</translation>
    </message>
    <message>
        <source>Nothing has been learned from your ratings yet.</source>
        <translation>Aus Ihren Sternen wurde noch nichts gelernt.</translation>
    </message>
    <message>
        <source>Your ratings have changed since they were learned from.</source>
        <translation>Ihre Sterne haben sich geändert, seit aus ihnen gelernt wurde.</translation>
    </message>
    <message>
        <source>This song is spoken, so it is not predicted.</source>
        <translation>Dieser Titel ist gesprochen, darum wird er nicht vorhergesagt.</translation>
    </message>
    <message>
        <source>The file of this song is not there, so it is not predicted.</source>
        <translation>Die Datei dieses Titels ist nicht da, darum wird er nicht vorhergesagt.</translation>
    </message>
    <message>
        <source>The encoder has changed since the songs were listened to.</source>
        <translation>Der Encoder hat sich geändert, seit die Titel angehört wurden.</translation>
    </message>
    <message>
        <source>Only {count} of your rated songs has been listened to, and at least {low} are needed: rate more songs, or let more be listened to.</source>
        <translation>Erst {count} Ihrer Titel mit Sternen wurde angehört, und mindestens {low} sind nötig: Bewerten Sie mehr Titel, oder lassen Sie mehr anhören.</translation>
    </message>
    <message>
        <source>Only {count} of your rated songs have been listened to, and at least {low} are needed: rate more songs, or let more be listened to.</source>
        <translation>Erst {count} Ihrer Titel mit Sternen wurden angehört, und mindestens {low} sind nötig: Bewerten Sie mehr Titel, oder lassen Sie mehr anhören.</translation>
    </message>
    <message>
        <source>An encoder cannot learn from {songs}: more music is needed.</source>
        <translation>Aus {songs} kann ein Encoder nicht lernen: Es braucht mehr Musik.</translation>
    </message>
    <message>
        <source>Another program has changed {file}, so it was not deleted.</source>
        <translation>Ein anderes Programm hat {file} geändert, darum wurde es nicht gelöscht.</translation>
    </message>
    <message>
        <source>Another program has changed its file since.</source>
        <translation>Ein anderes Programm hat die Datei seitdem geändert.</translation>
    </message>
    <message>
        <source>{length}, the limit is {limit}</source>
        <translation>{length}, die Grenze ist {limit}</translation>
    </message>
    <message>
        <source>1 rating</source>
        <translation>1 Bewertung</translation>
    </message>
    <message>
        <source>{count} ratings</source>
        <translation>{count} Bewertungen</translation>
    </message>
</context>
<context>
    <name>CurveView</name>
    <message>
        <source>Curves appear here</source>
        <translation>Hier erscheinen Kurven</translation>
    </message>
    <message>
        <source>Wheel zooms, dragging moves, double-click shows all</source>
        <translation>Das Mausrad zoomt, Ziehen verschiebt, ein Doppelklick zeigt alles</translation>
    </message>
</context>
<context>
    <name>DatabaseChoice</name>
    <message>
        <source>Clementine</source>
        <translation>Clementine</translation>
    </message>
    <message>
        <source>Clementine (snap)</source>
        <translation>Clementine (Snap)</translation>
    </message>
    <message>
        <source>Clementine (flatpak)</source>
        <translation>Clementine (Flatpak)</translation>
    </message>
    <message>
        <source>Strawberry</source>
        <translation>Strawberry</translation>
    </message>
    <message>
        <source>Strawberry (flatpak)</source>
        <translation>Strawberry (Flatpak)</translation>
    </message>
    <message>
        <source>A copy of {player}’s library</source>
        <translation>Eine Kopie der Bibliothek von {player}</translation>
    </message>
    <message>
        <source>A file</source>
        <translation>Eine Datei</translation>
    </message>
    <message>
        <source>It cannot be read</source>
        <translation>Sie lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>1 with stars</source>
        <translation>1 mit Sternen</translation>
    </message>
    <message>
        <source>{count} with stars</source>
        <translation>{count} mit Sternen</translation>
    </message>
    <message>
        <source>changed {day}</source>
        <translation>{day} geändert</translation>
    </message>
    <message>
        <source>older than the player’s own</source>
        <translation>älter als die des Players</translation>
    </message>
</context>
<context>
    <name>DatabaseFile</name>
    <message>
        <source>Choose the player’s database</source>
        <translation>Die Datenbank des Players wählen</translation>
    </message>
    <message>
        <source>Databases (*.db);;All files (*)</source>
        <translation>Datenbanken (*.db);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>Dishes</name>
    <message>
        <source>Predicted best</source>
        <translation>Voraussichtlich die besten</translation>
    </message>
    <message>
        <source>Similar songs</source>
        <translation>Ähnliche Titel</translation>
    </message>
    <message>
        <source>A path between two songs</source>
        <translation>Ein Weg zwischen zwei Titeln</translation>
    </message>
    <message>
        <source>A mix</source>
        <translation>Eine Mischung</translation>
    </message>
    <message>
        <source>Surprises</source>
        <translation>Überraschungen</translation>
    </message>
    <message>
        <source>What to rate next</source>
        <translation>Als Nächstes bewerten</translation>
    </message>
    <message>
        <source>Songs you chose</source>
        <translation>Von Ihnen gewählte Titel</translation>
    </message>
    <message>
        <source>Songs that you have not rated and would probably like best.</source>
        <translation>Titel, die Sie noch nicht bewertet haben und wohl am liebsten mögen würden.</translation>
    </message>
    <message>
        <source>Songs that sound like some, and unlike others if you name any.</source>
        <translation>Titel, die wie bestimmte andere klingen, und nicht wie solche, die Sie ausschließen.</translation>
    </message>
    <message>
        <source>Songs that lead in small steps from one song to another.</source>
        <translation>Titel, die in kleinen Schritten von einem Titel zu einem anderen führen.</translation>
    </message>
    <message>
        <source>Songs that you like or would like, as varied as you want.</source>
        <translation>Titel, die Sie mögen oder mögen würden, so abwechslungsreich, wie Sie wollen.</translation>
    </message>
    <message>
        <source>Songs far from all that you know, and still to your taste.</source>
        <translation>Titel fern von allem, was Sie kennen, und doch nach Ihrem Geschmack.</translation>
    </message>
    <message>
        <source>Songs whose stars would teach the most about all the others.</source>
        <translation>Titel, deren Sterne am meisten über alle anderen verraten.</translation>
    </message>
    <message>
        <source>Songs that you picked on the map or in the library.</source>
        <translation>Titel, die Sie auf der Karte oder in der Bibliothek ausgesucht haben.</translation>
    </message>
    <message>
        <source>{name}: {about}</source>
        <translation>{name}: {about}</translation>
    </message>
    <message>
        <source> and others</source>
        <translation> und andere</translation>
    </message>
    <message>
        <source>Like {title}</source>
        <translation>Wie {title}</translation>
    </message>
    <message>
        <source>From {first} to {last}</source>
        <translation>Von {first} zu {last}</translation>
    </message>
    <message>
        <source>Mix</source>
        <translation>Mischung</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>Chosen songs</source>
        <translation>Gewählte Titel</translation>
    </message>
</context>
<context>
    <name>DragHandle</name>
    <message>
        <source>Drag the whole list</source>
        <translation>Die ganze Liste ziehen</translation>
    </message>
    <message>
        <source>Drag the whole list from here onto {player}’s window</source>
        <translation>Ziehen Sie die ganze Liste von hier auf das Fenster von {player}</translation>
    </message>
</context>
<context>
    <name>DuplicatesReview</name>
    <message>
        <source>Not a duplicate</source>
        <translation>Kein Duplikat</translation>
    </message>
    <message>
        <source>These are different songs, for ever (D)</source>
        <translation>Das sind für immer verschiedene Titel (D)</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Let what was heard decide about these songs again (T)</source>
        <translation>Über diese Titel wieder das Gehörte entscheiden lassen (T)</translation>
    </message>
    <message>
        <source>Song</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Alike</source>
        <translation>Gleich</translation>
    </message>
    <message>
        <source>Songs that are or may be the same</source>
        <translation>Titel, die dieselben sind oder sein könnten</translation>
    </message>
    <message>
        <source>No duplicates</source>
        <translation>Keine Duplikate</translation>
    </message>
    <message>
        <source>When two files hold the same song, whatever their format, they appear here. Only one of them is then learned from and played.</source>
        <translation>Enthalten zwei Dateien denselben Titel, gleich in welchem Format, erscheinen sie hier. Nur aus einer davon wird dann gelernt, und nur sie wird gespielt.</translation>
    </message>
    <message>
        <source>What was heard decides about “{title}” again.</source>
        <translation>Über „{title}“ entscheidet wieder das Gehörte.</translation>
    </message>
    <message>
        <source>Perhaps the same</source>
        <translation>Vielleicht dieselben</translation>
    </message>
    <message>
        <source>Different, you said</source>
        <translation>Verschieden, sagen Sie</translation>
    </message>
    <message>
        <source>{count} copies, one kept</source>
        <translation>{count} Kopien, eine behalten</translation>
    </message>
    <message>
        <source>{count} copies, stars differ</source>
        <translation>{count} Kopien, andere Sterne</translation>
    </message>
    <message>
        <source>{count} copies</source>
        <translation>{count} Kopien</translation>
    </message>
    <message>
        <source>You said that these are different songs. Both are learned from and played.</source>
        <translation>Sie haben gesagt, dass dies verschiedene Titel sind. Aus beiden wird gelernt, beide werden gespielt.</translation>
    </message>
    <message>
        <source>These may be the same song. Both stay in until you say.</source>
        <translation>Das könnte derselbe Titel sein. Beide bleiben dabei, bis Sie es sagen.</translation>
    </message>
    <message>
        <source>These may be the same song, {doubt}. Both stay in until you say.</source>
        <translation>Das könnte derselbe Titel sein, {doubt}. Beide bleiben dabei, bis Sie es sagen.</translation>
    </message>
    <message>
        <source>The same song with different stars: the newest count. Keep the copy whose stars are right.</source>
        <translation>Derselbe Titel mit verschiedenen Sternen: Die neuesten zählen. Behalten Sie die Kopie, deren Sterne stimmen.</translation>
    </message>
    <message>
        <source>The same song. One copy is learned from and played, with the stars of all.</source>
        <translation>Derselbe Titel. Aus einer Kopie wird gelernt, und sie wird gespielt, mit den Sternen aller.</translation>
    </message>
    <message>
        <source>How well they fit when they are laid upon each other: 1 is the same sound all along.</source>
        <translation>Wie gut sie sich decken, wenn man sie übereinanderlegt: 1 ist durchweg derselbe Klang.</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Facts</source>
        <translation>Angaben</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Played</source>
        <translation>Gespielt</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>once</source>
        <translation>einmal</translation>
    </message>
    <message>
        <source>{count} times</source>
        <translation>{count}-mal</translation>
    </message>
    <message>
        <source>last {day}</source>
        <translation>zuletzt {day}</translation>
    </message>
    <message>
        <source>{count} kbit/s</source>
        <translation>{count} kbit/s</translation>
    </message>
    <message>
        <source>{count} kHz</source>
        <translation>{count} kHz</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>{subset} {count}</source>
        <translation>{subset} {count}</translation>
    </message>
    <message>
        <source>{subset}: 1 song</source>
        <translation>{subset}: 1 Titel</translation>
    </message>
    <message>
        <source>{subset}: {count} songs</source>
        <translation>{subset}: {count} Titel</translation>
    </message>
    <message>
        <source>Rated</source>
        <translation>Bewertet</translation>
    </message>
    <message>
        <source>Unrated</source>
        <translation>Unbewertet</translation>
    </message>
    <message>
        <source>Predicted 4+</source>
        <translation>Vorhersage 4+</translation>
    </message>
    <message>
        <source>New this week</source>
        <translation>Neu diese Woche</translation>
    </message>
    <message>
        <source>Doubtful</source>
        <translation>Zweifelhaft</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>Spoken</source>
        <translation>Gesprochen</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Übersprungen</translation>
    </message>
    <message>
        <source>Songs with stars of yours</source>
        <translation>Titel mit Sternen von Ihnen</translation>
    </message>
    <message>
        <source>Songs without stars of yours</source>
        <translation>Titel ohne Sterne von Ihnen</translation>
    </message>
    <message>
        <source>Songs that you would probably give 4 stars or more</source>
        <translation>Titel, denen Sie wohl mindestens 4 Sterne geben würden</translation>
    </message>
    <message>
        <source>Songs whose file was created or copied to its place in the last seven days</source>
        <translation>Titel, deren Datei in den letzten sieben Tagen entstanden oder an ihren Platz kopiert worden ist</translation>
    </message>
    <message>
        <source>Perhaps spoken, perhaps duplicates, or copies with different stars: your word helps</source>
        <translation>Vielleicht gesprochen, vielleicht Duplikate, oder Kopien mit verschiedenen Sternen: Ihr Wort hilft</translation>
    </message>
    <message>
        <source>Songs that are there several times</source>
        <translation>Titel, die mehrfach vorhanden sind</translation>
    </message>
    <message>
        <source>Speech, which is not learned from and in no playlist</source>
        <translation>Sprache: Aus ihr wird nicht gelernt, und sie kommt in keine Wiedergabeliste</translation>
    </message>
    <message>
        <source>Files that could not be listened to, with the reason</source>
        <translation>Dateien, die nicht angehört werden konnten, mit dem Grund</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Add a filter</source>
        <translation>Einen Filter hinzufügen</translation>
    </message>
    <message>
        <source>Only some genres or decades</source>
        <translation>Nur manche Genres oder Jahrzehnte</translation>
    </message>
    <message>
        <source>1 chosen song</source>
        <translation>1 gewählter Titel</translation>
    </message>
    <message>
        <source>{count} chosen songs</source>
        <translation>{count} gewählte Titel</translation>
    </message>
    <message>
        <source>Remove the filter {name}</source>
        <translation>Den Filter {name} entfernen</translation>
    </message>
    <message>
        <source>Remove this filter</source>
        <translation>Diesen Filter entfernen</translation>
    </message>
</context>
<context>
    <name>FilterMenu</name>
    <message>
        <source>Genre or decade</source>
        <translation>Genre oder Jahrzehnt</translation>
    </message>
    <message>
        <source>Search genres and decades</source>
        <translation>Genres und Jahrzehnte durchsuchen</translation>
    </message>
    <message>
        <source>Decade</source>
        <translation>Jahrzehnt</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Genres and decades</source>
        <translation>Genres und Jahrzehnte</translation>
    </message>
    <message>
        <source>{year}s</source>
        <translation>{year}er</translation>
    </message>
    <message>
        <source>without a year</source>
        <translation>ohne Jahr</translation>
    </message>
    <message>
        <source>without a genre</source>
        <translation>ohne Genre</translation>
    </message>
</context>
<context>
    <name>FirstStartPage</name>
    <message>
        <source>Start</source>
        <translation>Loslegen</translation>
    </message>
    <message>
        <source>Try the demo library</source>
        <translation>Demo ausprobieren</translation>
    </message>
    <message>
        <source>Choose another database…</source>
        <translation>Andere Datenbank wählen …</translation>
    </message>
    <message>
        <source>Songs made by Marmalade itself; it takes about a minute and some megabytes</source>
        <translation>Titel, die Marmalade selbst macht; es dauert etwa eine Minute und braucht einige Megabyte</translation>
    </message>
    <message>
        <source>Your music</source>
        <translation>Ihre Musik</translation>
    </message>
    <message>
        <source>Welcome to Marmalade</source>
        <translation>Willkommen bei Marmalade</translation>
    </message>
    <message>
        <source>It listens to your music, learns from your stars what you like, and makes playlists.</source>
        <translation>Es hört Ihre Musik, lernt aus Ihren Sternen, was Sie mögen, und macht Wiedergabelisten.</translation>
    </message>
    <message>
        <source>Your library</source>
        <translation>Ihre Bibliothek</translation>
    </message>
    <message>
        <source>Marmalade only reads your player’s library and your music: it never changes, moves or deletes any of it. What it finds out, and the stars that you give here, are kept in files of its own.</source>
        <translation>Marmalade liest die Bibliothek Ihres Players und Ihre Musik nur: Es ändert, verschiebt oder löscht nie etwas davon. Was es herausfindet, und die Sterne, die Sie hier geben, stehen in eigenen Dateien.</translation>
    </message>
    <message>
        <source>What it does, and never does</source>
        <translation>Was es tut, und was es nie tut</translation>
    </message>
    <message>
        <source>How far trying out is</source>
        <translation>Wie weit die Probe ist</translation>
    </message>
    <message>
        <source>How long it takes</source>
        <translation>Wie lange es dauert</translation>
    </message>
    <message>
        <source>and {count} more folders</source>
        <translation>und {count} weitere Ordner</translation>
    </message>
    <message>
        <source>The player has no music folder yet: add one there, and its songs appear here.</source>
        <translation>Der Player hat noch keinen Musikordner: Fügen Sie dort einen hinzu, dann erscheinen die Titel hier.</translation>
    </message>
    <message>
        <source>There are no songs yet.</source>
        <translation>Es gibt noch keine Titel.</translation>
    </message>
    <message>
        <source>Trying it out on some of your songs…</source>
        <translation>Probe mit einigen Ihrer Titel …</translation>
    </message>
    <message>
        <source>That could not be tried out here: it shows while it goes. You can use everything meanwhile.</source>
        <translation>Das ließ sich hier nicht ausprobieren: Es zeigt sich unterwegs. Sie können währenddessen alles benutzen.</translation>
    </message>
    <message>
        <source>About {time} for {songs}, once. You can use everything meanwhile, and pause it at any time.</source>
        <translation>Einmalig etwa {time} für {songs}. Sie können währenddessen alles benutzen und jederzeit anhalten.</translation>
    </message>
</context>
<context>
    <name>Heading</name>
    <message>
        <source>Your stars</source>
        <translation>Ihre Sterne</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <source>Unknown artist</source>
        <translation>Unbekannter Interpret</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>History of its stars</source>
        <translation>Verlauf der Sterne</translation>
    </message>
    <message>
        <source>Take back what I said here</source>
        <translation>Meine Angabe hier zurücknehmen</translation>
    </message>
    <message>
        <source>The player’s own stars count again</source>
        <translation>Die Sterne des Players zählen wieder</translation>
    </message>
    <message>
        <source>and {count} earlier</source>
        <translation>und {count} frühere</translation>
    </message>
    <message>
        <source>here</source>
        <translation>hier</translation>
    </message>
    <message>
        <source>in {player}</source>
        <translation>in {player}</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>{stars}, {where}, before Marmalade came</source>
        <translation>{stars}, {where}, vor Marmalade</translation>
    </message>
    <message>
        <source>{stars}, {where}, {day}</source>
        <translation>{stars}, {where}, {day}</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Songs</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <translation>{day}, {time}</translation>
    </message>
    <message>
        <source>Kept up to date</source>
        <translation>Bleibt aktuell</translation>
    </message>
    <message>
        <source>Changed by somebody else</source>
        <translation>Anderweitig geändert</translation>
    </message>
    <message>
        <source>The file is gone</source>
        <translation>Die Datei ist weg</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>songs listened to</source>
        <translation>Titel angehört</translation>
    </message>
    <message>
        <source>Show new ones</source>
        <translation>Neue zeigen</translation>
    </message>
    <message>
        <source>predictions</source>
        <translation>Vorhersagen</translation>
    </message>
    <message>
        <source>Show the best</source>
        <translation>Die besten zeigen</translation>
    </message>
    <message>
        <source>playlists made</source>
        <translation>Wiedergabelisten erstellt</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Songs worth rating</source>
        <translation>Titel, die zu bewerten sich lohnt</translation>
    </message>
    <message>
        <source>Your stars for these would teach the most. They are kept here; {player} is not changed.</source>
        <translation>Ihre Sterne für diese Titel würden am meisten lehren. Sie bleiben hier; {player} wird nicht geändert.</translation>
    </message>
    <message>
        <source>{count} more since your last visit ({day})</source>
        <translation>{count} mehr seit dem letzten Besuch ({day})</translation>
    </message>
    <message>
        <source>Your library has {songs}</source>
        <translation>Ihre Bibliothek hat {songs}</translation>
    </message>
    <message>
        <source>They come when your rated songs were listened to</source>
        <translation>Sie kommen, wenn Ihre bewerteten Titel angehört sind</translation>
    </message>
    <message>
        <source>None is sure enough yet: rate some songs</source>
        <translation>Noch ist keine sicher genug: Bewerten Sie einige Titel</translation>
    </message>
    <message>
        <source>From now on, changes are told here</source>
        <translation>Ab jetzt stehen Änderungen hier</translation>
    </message>
    <message>
        <source>None changed since your last visit</source>
        <translation>Keine Änderung seit Ihrem letzten Besuch</translation>
    </message>
    <message>
        <source>{new} new since your last visit</source>
        <translation>{new} neu seit Ihrem letzten Besuch</translation>
    </message>
    <message>
        <source>{changed} changed since your last visit</source>
        <translation>{changed} geändert seit Ihrem letzten Besuch</translation>
    </message>
    <message>
        <source>{changed} changed, {new} new since your last visit</source>
        <translation>{changed} geändert, {new} neu seit letztem Besuch</translation>
    </message>
    <message>
        <source>Your last visit: {day}. Changed is what moved by half a star or more.</source>
        <translation>Ihr letzter Besuch: {day}. Geändert ist, was sich um einen halben Stern oder mehr bewegt hat.</translation>
    </message>
    <message>
        <source>The first one is a click away</source>
        <translation>Die erste ist einen Klick entfernt</translation>
    </message>
    <message>
        <source>The newest is “{name}” ({day})</source>
        <translation>Die neueste ist „{name}“ ({day})</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>{work} is not done yet.</source>
        <translation>{work} ist noch nicht fertig.</translation>
    </message>
    <message>
        <source>What is done so far is kept: it goes on from there when you start it again.</source>
        <translation>Was bisher getan ist, bleibt erhalten: Nach dem nächsten Start geht es von dort weiter.</translation>
    </message>
    <message>
        <source>Go on in the tray</source>
        <translation>In der Kontrollleiste weitermachen</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>Anhalten und beenden</translation>
    </message>
    <message>
        <source>Keep the window</source>
        <translation>Fenster behalten</translation>
    </message>
</context>
<context>
    <name>LegendLine</name>
    <message>
        <source>{name}, {songs}</source>
        <translation>{name}, {songs}</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Songs</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Search title, artist, album, genre, year</source>
        <translation>Titel, Interpret, Album, Genre, Jahr</translation>
    </message>
    <message>
        <source>Search the library</source>
        <translation>Die Bibliothek durchsuchen</translation>
    </message>
    <message>
        <source>Ctrl+F; Escape clears</source>
        <translation>Strg+F; Esc löscht</translation>
    </message>
    <message>
        <source>Panel of the selected song</source>
        <translation>Leiste zum gewählten Titel</translation>
    </message>
    <message>
        <source>Show or hide what is known of the selected song (F9)</source>
        <translation>Zeigen oder verbergen, was über den gewählten Titel bekannt ist (F9)</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Nothing was said here about these stars. Stars of {player} are taken back in {player}.</source>
        <translation>Zu diesen Sternen wurde hier nichts gesagt. Sterne aus {player} nehmen Sie in {player} zurück.</translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{shown} von {total}</translation>
    </message>
    <message>
        <source>Reading your library…</source>
        <translation>Ihre Bibliothek wird gelesen …</translation>
    </message>
    <message>
        <source>Show all songs</source>
        <translation>Alle Titel zeigen</translation>
    </message>
    <message>
        <source>Add a music folder in {player}. The songs appear here by themselves.</source>
        <translation>Fügen Sie in {player} einen Musikordner hinzu. Die Titel erscheinen hier von selbst.</translation>
    </message>
    <message>
        <source>{player}’s library is empty</source>
        <translation>Die Bibliothek von {player} ist leer</translation>
    </message>
    <message>
        <source>Change the limit</source>
        <translation>Grenze ändern</translation>
    </message>
    <message>
        <source>1 song could not be read. It is damaged or not music.</source>
        <translation>1 Titel ließ sich nicht lesen. Er ist beschädigt oder keine Musik.</translation>
    </message>
    <message>
        <source>{count} songs could not be read. They are damaged or not music.</source>
        <translation>{count} Titel ließen sich nicht lesen. Sie sind beschädigt oder keine Musik.</translation>
    </message>
    <message>
        <source>1 song is longer than {limit} and is left out.</source>
        <translation>1 Titel ist länger als {limit} und wird ausgelassen.</translation>
    </message>
    <message>
        <source>{count} songs are longer than {limit} and are left out.</source>
        <translation>{count} Titel sind länger als {limit} und werden ausgelassen.</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>ListHead</name>
    <message>
        <source>Name of the list</source>
        <translation>Name der Liste</translation>
    </message>
    <message>
        <source>The list’s name, and its file’s</source>
        <translation>Der Name der Liste und ihrer Datei</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Write the list to a file that every player reads (Ctrl+S)</source>
        <translation>Die Liste in eine Datei schreiben, die jeder Player liest (Strg+S)</translation>
    </message>
    <message>
        <source>File formats</source>
        <translation>Dateiformate</translation>
    </message>
    <message>
        <source>What is written: XSPF for Clementine and Strawberry, M3U8 for everything else</source>
        <translation>Was geschrieben wird: XSPF für Clementine und Strawberry, M3U8 für alles andere</translation>
    </message>
    <message>
        <source>Keep up to date</source>
        <translation>Aktuell halten</translation>
    </message>
    <message>
        <source>The saved file follows your ratings and songs; what is open in {player} stays as it is.</source>
        <translation>Die gespeicherte Datei folgt Bewertungen und Titeln; was in {player} offen ist, bleibt.</translation>
    </message>
    <message>
        <source>Reshuffle</source>
        <translation>Neu mischen</translation>
    </message>
    <message>
        <source>Draw again; locked songs stay (Ctrl+R)</source>
        <translation>Neu ziehen; festgehaltene Titel bleiben (Strg+R)</translation>
    </message>
    <message>
        <source>{count} of {wanted}</source>
        <translation>{count} von {wanted}</translation>
    </message>
    <message>
        <source>{songs}, {duration}</source>
        <translation>{songs}, {duration}</translation>
    </message>
    <message>
        <source>Open in {player}</source>
        <translation>In {player} öffnen</translation>
    </message>
    <message>
        <source>Save the list and open it as a new tab; a player that stands still may start to play</source>
        <translation>Die Liste speichern und in einem neuen Reiter öffnen; ein Player, der stillsteht, beginnt vielleicht zu spielen</translation>
    </message>
</context>
<context>
    <name>ListModel</name>
    <message>
        <source>#</source>
        <translation>#</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>Interpret</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>festgehalten</translation>
    </message>
    <message>
        <source>Stays in the list (L)</source>
        <translation>Bleibt in der Liste (L)</translation>
    </message>
    <message>
        <source>Keep it in the list (L)</source>
        <translation>In der Liste festhalten (L)</translation>
    </message>
    <message>
        <source>You gave it {stars}</source>
        <translation>Sie haben ihm {stars} gegeben</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>Probably {stars}, most likely between {low} and {high}</source>
        <translation>Wohl {stars}, am ehesten zwischen {low} und {high}</translation>
    </message>
</context>
<context>
    <name>ListView</name>
    <message>
        <source>Songs of the list</source>
        <translation>Titel der Liste</translation>
    </message>
    <message>
        <source>The list is being made</source>
        <translation>Die Liste entsteht</translation>
    </message>
    <message>
        <source>The selected songs</source>
        <translation>Die gewählten Titel</translation>
    </message>
    <message>
        <source>Keep in the list</source>
        <translation>In der Liste festhalten</translation>
    </message>
    <message>
        <source>Let it go</source>
        <translation>Loslassen</translation>
    </message>
    <message>
        <source>Let them go</source>
        <translation>Loslassen</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>Anhören</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>L</source>
        <translation>L</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Songs like this one</source>
        <translation>Titel wie dieser</translation>
    </message>
    <message>
        <source>Songs like these</source>
        <translation>Titel wie diese</translation>
    </message>
    <message>
        <source>Show in the library</source>
        <translation>In der Bibliothek zeigen</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>Auf der Karte zeigen</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Bewerten</translation>
    </message>
    <message>
        <source>Take back my stars</source>
        <translation>Meine Sterne zurücknehmen</translation>
    </message>
</context>
<context>
    <name>ListenButton</name>
    <message>
        <source>Stop “{title}”</source>
        <translation>„{title}“ anhalten</translation>
    </message>
    <message>
        <source>Listen to “{title}”</source>
        <translation>„{title}“ anhören</translation>
    </message>
</context>
<context>
    <name>Listening</name>
    <message>
        <source>Songs cannot be heard here: Qt’s part for sound is not installed, or broken.</source>
        <translation>Hier lässt sich nichts anhören: Der Teil von Qt für den Ton fehlt oder ist kaputt.</translation>
    </message>
    <message>
        <source>“{title}” cannot be heard: there is no sound device. Connect one, and try again.</source>
        <translation>„{title}“ ist nicht zu hören: Es gibt kein Tongerät. Schließen Sie eines an, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>“{title}” cannot be heard: its file cannot be opened. Is a drive not connected?</source>
        <translation>„{title}“ ist nicht zu hören: Die Datei lässt sich nicht öffnen. Fehlt ein Laufwerk?</translation>
    </message>
    <message>
        <source>“{title}” cannot be heard here: its format is not known, or it is damaged.</source>
        <translation>„{title}“ ist hier nicht zu hören: Das Format ist unbekannt, oder die Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>“{title}” cannot be heard: something went wrong with the sound. Try again.</source>
        <translation>„{title}“ ist nicht zu hören: Mit dem Ton ging etwas schief. Versuchen Sie es noch einmal.</translation>
    </message>
</context>
<context>
    <name>LittlePlayer</name>
    <message>
        <source>Place in the song</source>
        <translation>Stelle im Titel</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Lautstärke</translation>
    </message>
    <message>
        <source>Pause (space)</source>
        <translation>Anhalten (Leertaste)</translation>
    </message>
    <message>
        <source>Go on (space)</source>
        <translation>Weiter (Leertaste)</translation>
    </message>
    <message>
        <source>{place} / {length}</source>
        <translation>{place} / {length}</translation>
    </message>
</context>
<context>
    <name>LogReview</name>
    <message>
        <source>The log</source>
        <translation>Das Protokoll</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Thema</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>All subjects</source>
        <translation>Alle Themen</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Without details</source>
        <translation>Ohne Einzelheiten</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>Warnungen und Fehler</translation>
    </message>
    <message>
        <source>Errors only</source>
        <translation>Nur Fehler</translation>
    </message>
    <message>
        <source>Details of the chosen line</source>
        <translation>Einzelheiten der gewählten Zeile</translation>
    </message>
    <message>
        <source>{shown} of {total} lines</source>
        <translation>{shown} von {total} Zeilen</translation>
    </message>
    <message>
        <source>Nothing of this kind was logged</source>
        <translation>Davon steht nichts im Protokoll</translation>
    </message>
    <message>
        <source>The log is empty</source>
        <translation>Das Protokoll ist leer</translation>
    </message>
    <message>
        <source>What goes on behind the window is written here, with its subject.</source>
        <translation>Hier steht, was hinter dem Fenster geschieht, nach Themen.</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Einzelheit</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
</context>
<context>
    <name>MadeView</name>
    <message>
        <source>Playlists that were made</source>
        <translation>Erstellte Wiedergabelisten</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Noch einmal öffnen</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Delete the file</source>
        <translation>Datei löschen</translation>
    </message>
    <message>
        <source>Keep up to date</source>
        <translation>Aktuell halten</translation>
    </message>
    <message>
        <source>Make the list once more by the same recipe (Enter)</source>
        <translation>Die Liste nach demselben Rezept noch einmal machen (Eingabe)</translation>
    </message>
    <message>
        <source>Marmalade writes the file anew when your ratings or your songs change</source>
        <translation>Marmalade schreibt die Datei neu, wenn sich Ihre Bewertungen oder Ihre Titel ändern</translation>
    </message>
    <message>
        <source>Take it out of this list; its file stays (Delete)</source>
        <translation>Aus dieser Liste nehmen; die Datei bleibt (Entf)</translation>
    </message>
    <message>
        <source>No playlist was made yet</source>
        <translation>Noch keine Wiedergabeliste erstellt</translation>
    </message>
    <message>
        <source>Lists that you save are remembered here.</source>
        <translation>Listen, die Sie speichern, merkt sich Marmalade hier.</translation>
    </message>
    <message>
        <source>Make a playlist</source>
        <translation>Wiedergabeliste erstellen</translation>
    </message>
    <message>
        <source>Open in {player}</source>
        <translation>In {player} öffnen</translation>
    </message>
    <message>
        <source>“{name}” is forgotten; its file is still there.</source>
        <translation>„{name}“ ist vergessen; die Datei ist noch da.</translation>
    </message>
    <message>
        <source>“{name}” and its file are deleted.</source>
        <translation>„{name}“ und die Datei dazu sind gelöscht.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>{work} has ended.</source>
        <translation>{work} ist zu Ende.</translation>
    </message>
    <message>
        <source>Choose a database…</source>
        <translation>Datenbank wählen …</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Learning from your stars…</source>
        <translation>Lernt aus Ihren Sternen…</translation>
    </message>
    <message>
        <source>no song is listened to</source>
        <translation>kein Titel wird angehört</translation>
    </message>
    <message>
        <source>Getting ready to listen…</source>
        <translation>Das Anhören wird vorbereitet …</translation>
    </message>
    <message>
        <source>{stage}, {share} %</source>
        <translation>{stage}, {share} %</translation>
    </message>
    <message>
        <source>{stage}, {done} of {total}</source>
        <translation>{stage}, {done} von {total}</translation>
    </message>
    <message>
        <source>{songs} were listened to.</source>
        <translation>{songs} angehört.</translation>
    </message>
    <message>
        <source>Learning your taste…</source>
        <translation>Ihr Geschmack wird gelernt …</translation>
    </message>
    <message>
        <source>{stage}…</source>
        <translation>{stage} …</translation>
    </message>
    <message>
        <source>Marmalade goes on</source>
        <translation>Marmalade arbeitet weiter</translation>
    </message>
    <message>
        <source>Click its icon to see the window again.</source>
        <translation>Ein Klick auf das Symbol holt das Fenster zurück.</translation>
    </message>
</context>
<context>
    <name>MakePlaylistButton</name>
    <message>
        <source>Make me a playlist</source>
        <translation>Wiedergabeliste erstellen</translation>
    </message>
    <message>
        <source>The 100 unrated songs that you would probably like best (Ctrl+P)</source>
        <translation>Die 100 unbewerteten Titel, die Sie wohl am liebsten mögen würden (Strg+P)</translation>
    </message>
</context>
<context>
    <name>MakingView</name>
    <message>
        <source>Reading your library…</source>
        <translation>Ihre Bibliothek wird gelesen …</translation>
    </message>
    <message>
        <source>No song fits</source>
        <translation>Kein Titel passt</translation>
    </message>
    <message>
        <source>Show what to rate next</source>
        <translation>Zeigen, was zu bewerten ist</translation>
    </message>
    <message>
        <source>Drop the minimum</source>
        <translation>Mindestwert aufheben</translation>
    </message>
    <message>
        <source>Drop all limits</source>
        <translation>Alle Grenzen aufheben</translation>
    </message>
    <message>
        <source>Marmalade has not listened to your music yet</source>
        <translation>Marmalade hat Ihre Musik noch nicht gehört</translation>
    </message>
    <message>
        <source>The first list can be made a few minutes after it began. It comes by itself.</source>
        <translation>Die erste Liste entsteht wenige Minuten nach dem Beginn. Sie kommt von selbst.</translation>
    </message>
    <message>
        <source>See how far it is</source>
        <translation>Zeigen, wie weit es ist</translation>
    </message>
    <message>
        <source>Making the list…</source>
        <translation>Die Liste entsteht …</translation>
    </message>
    <message>
        <source>Of the songs that were listened to, none is as it is wanted here.</source>
        <translation>Von den angehörten Titeln ist keiner so, wie er hier gewünscht ist.</translation>
    </message>
    <message>
        <source>There is no such list</source>
        <translation>Eine solche Liste gibt es nicht</translation>
    </message>
    <message>
        <source>Choose a song</source>
        <translation>Titel wählen</translation>
    </message>
    <message>
        <source>No songs were chosen yet</source>
        <translation>Noch keine Titel gewählt</translation>
    </message>
    <message>
        <source>Draw around some on the map, or select some.</source>
        <translation>Umkreisen Sie einige auf der Karte, oder wählen Sie einige aus.</translation>
    </message>
    <message>
        <source>Go to the map</source>
        <translation>Zur Karte gehen</translation>
    </message>
    <message>
        <source>Where does the path begin, and where does it end?</source>
        <translation>Wo beginnt der Weg, und wo endet er?</translation>
    </message>
    <message>
        <source>Type the titles of two songs on the left.</source>
        <translation>Geben Sie links die Namen zweier Titel ein.</translation>
    </message>
    <message>
        <source>Similar to which songs?</source>
        <translation>Welchen Titeln ähnlich?</translation>
    </message>
    <message>
        <source>Type a title or an artist on the left.</source>
        <translation>Geben Sie links einen Titel oder Interpreten ein.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>{songs} moved, and locked there.</source>
        <translation>{songs} verschoben und dort festgehalten.</translation>
    </message>
    <message>
        <source>“{title}” is taken out of the list.</source>
        <translation>„{title}“ ist aus der Liste genommen.</translation>
    </message>
    <message>
        <source>{songs} are taken out of the list.</source>
        <translation>{songs} aus der Liste genommen.</translation>
    </message>
    <message>
        <source>The list is the same: no other songs fit.</source>
        <translation>Die Liste bleibt gleich: Andere Titel passen nicht.</translation>
    </message>
    <message>
        <source>Shuffle the order</source>
        <translation>Reihenfolge mischen</translation>
    </message>
</context>
<context>
    <name>MapCard</name>
    <message>
        <source>Untitled</source>
        <translation>Ohne Namen</translation>
    </message>
    <message>
        <source>Unknown artist</source>
        <translation>Unbekannter Interpret</translation>
    </message>
    <message>
        <source>Its place is approximate until the map is drawn anew.</source>
        <translation>Der Platz ist ungefähr, bis die Karte neu gezeichnet wird.</translation>
    </message>
    <message>
        <source>not rated</source>
        <translation>nicht bewertet</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>{title} by {artist}; your stars: {own}; predicted: {guess}</source>
        <translation>{title} von {artist}; Ihre Sterne: {own}; Vorhersage: {guess}</translation>
    </message>
</context>
<context>
    <name>MapChoices</name>
    <message>
        <source>All the same</source>
        <translation>Alle gleich</translation>
    </message>
    <message>
        <source>By plays</source>
        <translation>Nach Wiedergaben</translation>
    </message>
    <message>
        <source>Color by</source>
        <translation>Farbe nach</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>What the map means (?)</source>
        <translation>Was die Karte bedeutet (?)</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>Interpret</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>Album</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Jahrzehnt</translation>
    </message>
    <message>
        <source>Your stars</source>
        <translation>Ihre Sterne</translation>
    </message>
    <message>
        <source>Predicted stars</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <source>Uncertainty</source>
        <translation>Unsicherheit</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Newness</source>
        <translation>Neuheit</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Save the map as a picture</source>
        <translation>Die Karte als Bild speichern</translation>
    </message>
    <message>
        <source>As PNG…</source>
        <translation>Als PNG …</translation>
    </message>
    <message>
        <source>As SVG…</source>
        <translation>Als SVG …</translation>
    </message>
</context>
<context>
    <name>MapDeeds</name>
    <message>
        <source>They sound like “{title}”.</source>
        <translation>Sie klingen wie „{title}“.</translation>
    </message>
    <message>
        <source>Save the map</source>
        <translation>Karte speichern</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Near songs sound alike; far distances and directions mean little.</source>
        <translation>Was nah beieinanderliegt, klingt ähnlich; weite Abstände und Richtungen bedeuten wenig.</translation>
    </message>
    <message>
        <source>The map is in {file}.</source>
        <translation>Die Karte steht in {file}.</translation>
    </message>
</context>
<context>
    <name>MapHelp</name>
    <message>
        <source>What the map means</source>
        <translation>Was die Karte bedeutet</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Songs that lie side by side sound alike to Marmalade, whatever their tags say. How far two groups are from each other, how large a group is, and left, right, up or down mean nothing. A ring instead of a dot is a song whose place is approximate until the map is drawn anew.</source>
        <translation>Titel, die nebeneinanderliegen, klingen für Marmalade ähnlich, was immer ihre Tags sagen. Wie weit zwei Gruppen voneinander entfernt sind, wie groß eine Gruppe ist, und links, rechts, oben oder unten bedeuten nichts. Ein Ring statt eines Punktes ist ein Titel, dessen Platz ungefähr ist, bis die Karte neu gezeichnet wird.</translation>
    </message>
    <message>
        <source>Space plays what is under the pointer. Double-click selects similar songs. L draws a lasso, R a rectangle, Shift adds. Arrows move, Ctrl and arrows go from song to song, Enter selects, Escape clears.</source>
        <translation>Die Leertaste spielt, was unter dem Zeiger liegt. Ein Doppelklick wählt ähnliche Titel. L zieht ein Lasso, R ein Rechteck, Umschalt fügt hinzu. Pfeiltasten verschieben, Strg und Pfeiltasten gehen von Titel zu Titel, Eingabe wählt, Esc hebt die Auswahl auf.</translation>
    </message>
</context>
<context>
    <name>MapHint</name>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
</context>
<context>
    <name>MapLegend</name>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Show the legend</source>
        <translation>Legende zeigen</translation>
    </message>
    <message>
        <source>Fold the legend</source>
        <translation>Legende einklappen</translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>Map of the songs</source>
        <translation>Karte der Titel</translation>
    </message>
    <message>
        <source>Reading your library…</source>
        <translation>Ihre Bibliothek wird gelesen …</translation>
    </message>
    <message>
        <source>The map cannot be shown</source>
        <translation>Die Karte lässt sich nicht zeigen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Marmalade draws the map when it has listened to your songs. It is at work; come back soon.</source>
        <translation>Marmalade zeichnet die Karte, sobald es Ihre Titel gehört hat. Es ist bei der Arbeit; kommen Sie bald wieder.</translation>
    </message>
    <message>
        <source>No song has a place yet</source>
        <translation>Noch hat kein Titel einen Platz</translation>
    </message>
    <message>
        <source>A map needs at least {count} songs that were listened to.</source>
        <translation>Eine Karte braucht mindestens {count} angehörte Titel.</translation>
    </message>
    <message>
        <source>Too few songs for a map</source>
        <translation>Zu wenige Titel für eine Karte</translation>
    </message>
    <message>
        <source>It shows which songs sound alike. For a large library it takes some minutes.</source>
        <translation>Sie zeigt, welche Titel ähnlich klingen. Bei einer großen Bibliothek dauert es einige Minuten.</translation>
    </message>
    <message>
        <source>There is no map yet</source>
        <translation>Es gibt noch keine Karte</translation>
    </message>
    <message>
        <source>Draw the map</source>
        <translation>Karte zeichnen</translation>
    </message>
    <message>
        <source>Marmalade has heard more since this map was drawn.</source>
        <translation>Seit dieser Karte gibt es Neues.</translation>
    </message>
    <message>
        <source>Draw anew</source>
        <translation>Neu zeichnen</translation>
    </message>
    <message>
        <source>You will see it unfold. Songs that sound alike come to lie side by side.</source>
        <translation>Sie werden sehen, wie sie sich entfaltet. Ähnliche Titel kommen nebeneinander zu liegen.</translation>
    </message>
    <message>
        <source>The first map is being drawn</source>
        <translation>Die erste Karte wird gezeichnet</translation>
    </message>
    <message>
        <source>They are not on the map: they were not listened to yet.</source>
        <translation>Sie sind nicht auf der Karte: Sie wurden noch nicht angehört.</translation>
    </message>
</context>
<context>
    <name>MapProgress</name>
    <message>
        <source>Drawing the map…</source>
        <translation>Die Karte wird gezeichnet …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>MapRamp</name>
    <message>
        <source>Drag to choose a range; a click shows all again</source>
        <translation>Ziehen wählt einen Bereich; ein Klick zeigt wieder alle</translation>
    </message>
    <message>
        <source>Colors from {low} to {high}</source>
        <translation>Farben von {low} bis {high}</translation>
    </message>
</context>
<context>
    <name>MapSearch</name>
    <message>
        <source>Find an artist, a title…</source>
        <translation>Interpret, Titel suchen …</translation>
    </message>
    <message>
        <source>Search the map</source>
        <translation>Die Karte durchsuchen</translation>
    </message>
    <message>
        <source>Ctrl+F; Enter selects what was found, Escape clears</source>
        <translation>Strg+F; Eingabe wählt das Gefundene, Esc löscht</translation>
    </message>
</context>
<context>
    <name>MapSelection</name>
    <message>
        <source>Selected songs</source>
        <translation>Gewählte Titel</translation>
    </message>
    <message>
        <source>Make a playlist from it</source>
        <translation>Liste daraus erstellen</translation>
    </message>
    <message>
        <source>Make a playlist from these</source>
        <translation>Liste daraus erstellen</translation>
    </message>
    <message>
        <source>This is spoken</source>
        <translation>Das ist gesprochen</translation>
    </message>
    <message>
        <source>These are spoken</source>
        <translation>Das ist gesprochen</translation>
    </message>
    <message>
        <source>Select nothing (Escape)</source>
        <translation>Nichts auswählen (Esc)</translation>
    </message>
    <message>
        <source>Select similar songs</source>
        <translation>Ähnliche Titel auswählen</translation>
    </message>
    <message>
        <source>Show in library</source>
        <translation>Zur Bibliothek</translation>
    </message>
    <message>
        <source>Rate these</source>
        <translation>Bewerten</translation>
    </message>
    <message>
        <source>All of them get these stars; Ctrl+Z takes it back</source>
        <translation>Alle bekommen diese Sterne; Strg+Z nimmt es zurück</translation>
    </message>
    <message>
        <source>Genres</source>
        <translation>Genres</translation>
    </message>
    <message>
        <source>Artists</source>
        <translation>Interpreten</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>und {count} weitere</translation>
    </message>
    <message>
        <source>of {songs}</source>
        <translation>({songs})</translation>
    </message>
    <message>
        <source>Your stars</source>
        <translation>Ihre Sterne</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <source>Years</source>
        <translation>Jahre</translation>
    </message>
</context>
<context>
    <name>MapTools</name>
    <message>
        <source>Lasso (L): draw around songs; Shift adds</source>
        <translation>Lasso (L): Titel umkreisen; Umschalt fügt hinzu</translation>
    </message>
    <message>
        <source>Rectangle (R): drag over songs; Shift adds</source>
        <translation>Rechteck (R): über Titel ziehen; Umschalt fügt hinzu</translation>
    </message>
    <message>
        <source>Nearer (+)</source>
        <translation>Näher (+)</translation>
    </message>
    <message>
        <source>Farther (−)</source>
        <translation>Ferner (−)</translation>
    </message>
    <message>
        <source>The whole map (F)</source>
        <translation>Die ganze Karte (F)</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>NotOpenedPage</name>
    <message>
        <source>Try the demo library</source>
        <translation>Demo ausprobieren</translation>
    </message>
    <message>
        <source>Choose a database…</source>
        <translation>Datenbank wählen …</translation>
    </message>
    <message>
        <source>Songs made by Marmalade itself; it takes about a minute and some megabytes</source>
        <translation>Titel, die Marmalade selbst macht; es dauert etwa eine Minute und braucht einige Megabyte</translation>
    </message>
    <message>
        <source>Where is your music player?</source>
        <translation>Wo ist Ihr Musik-Player?</translation>
    </message>
    <message>
        <source>Open the file</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>How far the demo library is</source>
        <translation>Wie weit die Demo-Bibliothek ist</translation>
    </message>
    <message>
        <source>Begin with the defaults</source>
        <translation>Mit den Vorgaben beginnen</translation>
    </message>
    <message>
        <source>Choose another folder…</source>
        <translation>Anderen Ordner wählen …</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>The file is kept beside it under another name</source>
        <translation>Die Datei bleibt daneben unter einem anderen Namen erhalten</translation>
    </message>
    <message>
        <source>For what Marmalade finds out and what you say here, until it is closed</source>
        <translation>Für das, was Marmalade herausfindet und was Sie hier sagen, bis es geschlossen wird</translation>
    </message>
    <message>
        <source>Marmalade reads the library and the stars of Clementine or Strawberry, and found neither. Start the player once and try again, name its database, or see Marmalade with a demo library.</source>
        <translation>Marmalade liest die Bibliothek und die Sterne von Clementine oder Strawberry und hat keines von beiden gefunden. Starten Sie den Player einmal und versuchen Sie es noch einmal, nennen Sie seine Datenbank, oder sehen Sie sich Marmalade mit einer Demo-Bibliothek an.</translation>
    </message>
    <message>
        <source>Looked for:</source>
        <translation>Gesucht:</translation>
    </message>
    <message>
        <source>Marmalade could not read its configuration</source>
        <translation>Marmalade konnte seine Konfiguration nicht lesen</translation>
    </message>
    <message>
        <source>Marmalade cannot keep its files here</source>
        <translation>Marmalade kann seine Dateien hier nicht ablegen</translation>
    </message>
    <message>
        <source>Marmalade could not open the library</source>
        <translation>Marmalade konnte die Bibliothek nicht öffnen</translation>
    </message>
    <message>
        <source>The demo library</source>
        <translation>Die Demo-Bibliothek</translation>
    </message>
    <message>
        <source>Songs made by Marmalade itself, to see what it does before it knows yours.</source>
        <translation>Titel, die Marmalade selbst macht: So sehen Sie, was es tut, bevor es Ihre kennt.</translation>
    </message>
    <message>
        <source>{done} of {total} songs are made</source>
        <translation>{done} von {total} Titeln erzeugt</translation>
    </message>
    <message>
        <source>Choose a folder for Marmalade’s files</source>
        <translation>Einen Ordner für die Dateien von Marmalade wählen</translation>
    </message>
    <message>
        <source>Nothing could be found that opens {file}.</source>
        <translation>Es fand sich nichts, was {file} öffnet.</translation>
    </message>
</context>
<context>
    <name>NothingFound</name>
    <message>
        <source>No song matches “{text}”</source>
        <translation>Kein Titel passt zu „{text}“</translation>
    </message>
    <message>
        <source>Only the songs that the chips above leave were searched.</source>
        <translation>Gesucht wurde nur unter den Titeln, die die Filter oben übrig lassen.</translation>
    </message>
    <message>
        <source>Every word has to be in the title, artist, album, genre or year.</source>
        <translation>Jedes Wort muss in Titel, Interpret, Album, Genre oder Jahr stehen.</translation>
    </message>
    <message>
        <source>These songs are not in your library any more</source>
        <translation>Diese Titel sind nicht mehr in Ihrer Bibliothek</translation>
    </message>
    <message>
        <source>Predictions become surer with every rating. Rate some songs, or look at all of them.</source>
        <translation>Vorhersagen werden mit jeder Bewertung sicherer. Bewerten Sie einige Titel, oder sehen Sie sich alle an.</translation>
    </message>
    <message>
        <source>No song is surely worth 4 stars to you yet</source>
        <translation>Noch ist Ihnen kein Titel sicher 4 Sterne wert</translation>
    </message>
    <message>
        <source>No song came in the last seven days</source>
        <translation>In den letzten sieben Tagen kam kein Titel hinzu</translation>
    </message>
    <message>
        <source>Songs that come appear here by themselves.</source>
        <translation>Neue Titel erscheinen hier von selbst.</translation>
    </message>
    <message>
        <source>Give stars here or in {player}: from ten on, Marmalade begins to know your taste.</source>
        <translation>Geben Sie Sterne, hier oder in {player}: Ab zehn beginnt Marmalade, Ihren Geschmack zu kennen.</translation>
    </message>
    <message>
        <source>You have not rated a song yet</source>
        <translation>Sie haben noch keinen Titel bewertet</translation>
    </message>
    <message>
        <source>You have rated every song</source>
        <translation>Sie haben jeden Titel bewertet</translation>
    </message>
    <message>
        <source>No song is in all that you chose</source>
        <translation>Kein Titel gehört zu allem, was Sie gewählt haben</translation>
    </message>
    <message>
        <source>A song has to pass every chip that is switched on.</source>
        <translation>Ein Titel muss durch jeden Filter passen, der eingeschaltet ist.</translation>
    </message>
    <message>
        <source>No song is left here</source>
        <translation>Hier ist kein Titel mehr</translation>
    </message>
    <message>
        <source>All of them are settled.</source>
        <translation>Alle sind geklärt.</translation>
    </message>
</context>
<context>
    <name>OneSong</name>
    <message>
        <source>not for copies</source>
        <translation>nicht für Kopien</translation>
    </message>
</context>
<context>
    <name>OwnStars</name>
    <message>
        <source>Your stars: click, or press 1 to 5; left and right change by half a star</source>
        <translation>Ihre Sterne: klicken oder 1 bis 5 drücken; links und rechts ändern um einen halben Stern</translation>
    </message>
    <message>
        <source>not rated</source>
        <translation>nicht bewertet</translation>
    </message>
    <message>
        <source>Your stars: {stars}</source>
        <translation>Ihre Sterne: {stars}</translation>
    </message>
</context>
<context>
    <name>OwnersWord</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>What you said here about the stars of {songs} is taken back.</source>
        <translation>Was Sie hier zu den Sternen gesagt haben, ist zurückgenommen: {songs}.</translation>
    </message>
    <message>
        <source>{songs}: {stars}. It is kept here; the player’s own stars are not changed.</source>
        <translation>{songs}: {stars}. Das bleibt hier; die Sterne des Players werden nicht geändert.</translation>
    </message>
    <message>
        <source>{songs} and its copies: {stars}. It is kept here; the player’s own stars are not changed.</source>
        <translation>{songs} und seine Kopien: {stars}. Das bleibt hier; die Sterne des Players werden nicht geändert.</translation>
    </message>
    <message>
        <source>“{title}”</source>
        <translation>„{title}“</translation>
    </message>
    <message>
        <source>“{title}” is a song of its own: it is no duplicate.</source>
        <translation>„{title}“ ist ein eigener Titel und kein Duplikat.</translation>
    </message>
    <message>
        <source>{songs} are no duplicates: each is a song of its own.</source>
        <translation>{songs} sind keine Duplikate, sondern jeweils eigene Titel.</translation>
    </message>
    <message>
        <source>“{title}” is the copy that is learned from and played.</source>
        <translation>Aus dieser Kopie von „{title}“ wird gelernt, und sie wird gespielt.</translation>
    </message>
    <message>
        <source>{songs} are the copies that are learned from and played.</source>
        <translation>Aus diesen Kopien wird gelernt, und sie werden gespielt: {songs}.</translation>
    </message>
    <message>
        <source>“{title}” is music: it is learned from and can be in playlists.</source>
        <translation>„{title}“ ist Musik: Daraus wird gelernt, und es kann in Wiedergabelisten kommen.</translation>
    </message>
    <message>
        <source>{songs} are music: they are learned from and can be in playlists.</source>
        <translation>{songs} sind Musik: Daraus wird gelernt, und sie können in Wiedergabelisten kommen.</translation>
    </message>
    <message>
        <source>“{title}” is spoken: it is not learned from and in no playlist.</source>
        <translation>„{title}“ ist gesprochen: Daraus wird nicht gelernt, und es kommt in keine Wiedergabeliste.</translation>
    </message>
    <message>
        <source>{songs} are spoken: they are not learned from and in no playlist.</source>
        <translation>{songs} sind gesprochen: Daraus wird nicht gelernt, und sie kommen in keine Wiedergabeliste.</translation>
    </message>
    <message>
        <source>What was heard decides about “{title}” again.</source>
        <translation>Über „{title}“ entscheidet wieder das Gehörte.</translation>
    </message>
    <message>
        <source>What was heard decides about {songs} again.</source>
        <translation>Wieder entscheidet das Gehörte: {songs}.</translation>
    </message>
</context>
<context>
    <name>PlaylistNews</name>
    <message>
        <source>Saved: {songs} in {file}.</source>
        <translation>{songs} in {file} gespeichert.</translation>
    </message>
    <message>
        <source>Open in {player}</source>
        <translation>In {player} öffnen</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>PlaylistsPage</name>
    <message>
        <source>Make one</source>
        <translation>Erstellen</translation>
    </message>
    <message>
        <source>Made before</source>
        <translation>Früher erstellt</translation>
    </message>
    <message>
        <source>Playlists</source>
        <translation>Wiedergabelisten</translation>
    </message>
    <message>
        <source>{words} {count}</source>
        <translation>{words} {count}</translation>
    </message>
</context>
<context>
    <name>PredictedStars</name>
    <message>
        <source>Predicted stars: {stars}</source>
        <translation>Vorhergesagte Sterne: {stars}</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>Probably {stars}, most likely between {low} and {high}</source>
        <translation>Wohl {stars}, am ehesten zwischen {low} und {high}</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>The configuration as text</source>
        <translation>Die Konfiguration als Text</translation>
    </message>
    <message>
        <source>What is wrong in the text</source>
        <translation>Was im Text nicht stimmt</translation>
    </message>
    <message>
        <source>The file {place}, as YAML. What is not named has its default.</source>
        <translation>Die Datei {place}, als YAML. Was nicht genannt ist, hat seinen Standardwert.</translation>
    </message>
    <message>
        <source>This can be used.</source>
        <translation>Das ist brauchbar.</translation>
    </message>
    <message>
        <source>Line {line}: {sentence}</source>
        <translation>Zeile {line}: {sentence}</translation>
    </message>
    <message>
        <source>Full: four of five cores</source>
        <translation>Voll: vier von fünf Kernen</translation>
    </message>
    <message>
        <source>Gentle: only what others leave over</source>
        <translation>Sanft: nur, was andere übrig lassen</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Work in the background</source>
        <translation>Arbeit im Hintergrund</translation>
    </message>
    <message>
        <source>Songs at the same time</source>
        <translation>Titel gleichzeitig</translation>
    </message>
    <message>
        <source>as the cores allow</source>
        <translation>nach Kernen</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>What is listened to</source>
        <translation>Was angehört wird</translation>
    </message>
    <message>
        <source>Length of the excerpt</source>
        <translation>Länge des Ausschnitts</translation>
    </message>
    <message>
        <source>Another excerpt means that every song is listened to again.</source>
        <translation>Bei einem anderen Ausschnitt wird jeder Titel neu angehört.</translation>
    </message>
    <message>
        <source>From the middle of the song</source>
        <translation>Aus der Mitte des Titels</translation>
    </message>
    <message>
        <source>From the middle of the song, not from its beginning</source>
        <translation>Aus der Mitte des Titels, nicht von seinem Anfang</translation>
    </message>
    <message>
        <source>Longest song</source>
        <translation>Längster Titel</translation>
    </message>
    <message>
        <source>Longer files, such as whole sets, are skipped.</source>
        <translation>Längere Dateien, etwa ganze Sets, werden übersprungen.</translation>
    </message>
    <message>
        <source>Sample rate</source>
        <translation>Abtastrate</translation>
    </message>
    <message>
        <source>What is left out</source>
        <translation>Was ausgelassen wird</translation>
    </message>
    <message>
        <source>Find duplicates</source>
        <translation>Duplikate finden</translation>
    </message>
    <message>
        <source>Find copies of a song, and suggest only one of them</source>
        <translation>Kopien eines Titels finden und nur eine davon vorschlagen</translation>
    </message>
    <message>
        <source>Stars of copies</source>
        <translation>Sterne von Kopien</translation>
    </message>
    <message>
        <source>The stars of any copy count for all of them</source>
        <translation>Die Sterne einer Kopie zählen für alle</translation>
    </message>
    <message>
        <source>Find speech</source>
        <translation>Sprache finden</translation>
    </message>
    <message>
        <source>Find what is spoken, and leave it out</source>
        <translation>Gesprochenes finden und auslassen</translation>
    </message>
    <message>
        <source>Spoken, from a share of</source>
        <translation>Gesprochen ab einem Anteil von</translation>
    </message>
    <message>
        <source>0 to 1: how much of an excerpt has to sound like speech.</source>
        <translation>0 bis 1: wie viel eines Ausschnitts nach Sprache klingen muss.</translation>
    </message>
    <message>
        <source>in your profile</source>
        <translation>in Ihrem Profil</translation>
    </message>
    <message>
        <source>Where it is kept</source>
        <translation>Wo es aufbewahrt wird</translation>
    </message>
    <message>
        <source>What songs sound like</source>
        <translation>Wie Titel klingen</translation>
    </message>
    <message>
        <source>Fingerprints</source>
        <translation>Fingerabdrücke</translation>
    </message>
    <message>
        <source>What was found of speech</source>
        <translation>Was an Sprache gefunden wurde</translation>
    </message>
    <message>
        <source>All of this can be made again from the music. A new place begins empty.</source>
        <translation>All das lässt sich aus der Musik neu machen. Ein neuer Ort beginnt leer.</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>as the desktop</source>
        <translation>wie der Desktop</translation>
    </message>
    <message>
        <source>points</source>
        <translation>Punkt</translation>
    </message>
    <message>
        <source>Start with the desktop, in its tray</source>
        <translation>Mit dem Desktop starten, in der Kontrollleiste</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Colors</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Size of letters</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Start with the desktop</source>
        <translation>Mit dem Desktop starten</translation>
    </message>
    <message>
        <source>Letters can have {smallest} to {largest} points.</source>
        <translation>Die Schrift kann {smallest} bis {largest} Punkt groß sein.</translation>
    </message>
    <message>
        <source>Experiments</source>
        <translation>Experimente</translation>
    </message>
    <message>
        <source>Keeping trainings</source>
        <translation>Trainings aufbewahren</translation>
    </message>
    <message>
        <source>Keep in MLflow</source>
        <translation>In MLflow aufbewahren</translation>
    </message>
    <message>
        <source>Keep each training in MLflow, where it is installed</source>
        <translation>Jedes Training in MLflow aufbewahren, wo es installiert ist</translation>
    </message>
    <message>
        <source>Where MLflow answers</source>
        <translation>Wo MLflow antwortet</translation>
    </message>
    <message>
        <source>a file in your profile</source>
        <translation>eine Datei in Ihrem Profil</translation>
    </message>
    <message>
        <source>Start MLflow</source>
        <translation>MLflow starten</translation>
    </message>
    <message>
        <source>Start its pages on this computer if nothing answers there</source>
        <translation>Hier starten, wenn dort nichts antwortet</translation>
    </message>
    <message>
        <source>Name of the experiment</source>
        <translation>Name des Experiments</translation>
    </message>
    <message>
        <source>Name of the configuration</source>
        <translation>Name der Konfiguration</translation>
    </message>
    <message>
        <source>Looking for better values</source>
        <translation>Bessere Werte suchen</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Mit</translation>
    </message>
    <message>
        <source>Trials</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Among</source>
        <translation>Unter diesen</translation>
    </message>
    <message>
        <source>A line for each key: how it is searched, and from where to where.</source>
        <translation>Eine Zeile pro Schlüssel: wie gesucht wird, und von wo bis wo.</translation>
    </message>
    <message>
        <source>must be a whole number, such as 12</source>
        <translation>muss eine ganze Zahl sein, etwa 12</translation>
    </message>
    <message>
        <source>must be a number, such as 0.5</source>
        <translation>muss eine Zahl sein, etwa 0.5</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>must be whole numbers with commas between, such as 256, 128</source>
        <translation>müssen ganze Zahlen sein, durch Kommas getrennt, etwa 256, 128</translation>
    </message>
    <message>
        <source>It</source>
        <translation>Es</translation>
    </message>
    <message>
        <source>“{label}” {mistake}.</source>
        <translation>„{label}“ {mistake}.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Who listens and who learns</source>
        <translation>Wer hört und wer lernt</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Encoder</translation>
    </message>
    <message>
        <source>Turns a song into numbers. One of your own is named as package.module:Class.</source>
        <translation>Macht aus einem Titel Zahlen. Ein eigener heißt paket.modul:Klasse.</translation>
    </message>
    <message>
        <source>Classifier</source>
        <translation>Klassifikator</translation>
    </message>
    <message>
        <source>what predicts best</source>
        <translation>was am besten vorhersagt</translation>
    </message>
    <message>
        <source>Learns your stars from these numbers.</source>
        <translation>Lernt Ihre Sterne aus diesen Zahlen.</translation>
    </message>
    <message>
        <source>Numbers for a song</source>
        <translation>Zahlen pro Titel</translation>
    </message>
    <message>
        <source>as fits the machine and the library</source>
        <translation>wie es zu Rechner und Bibliothek passt</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>What is trained</source>
        <translation>Was trainiert wird</translation>
    </message>
    <message>
        <source>What learns your stars</source>
        <translation>Was Ihre Sterne lernt</translation>
    </message>
    <message>
        <source>What listens</source>
        <translation>Was hört</translation>
    </message>
    <message>
        <source>Both together</source>
        <translation>Beides zusammen</translation>
    </message>
    <message>
        <source>How thoroughly</source>
        <translation>Wie gründlich</translation>
    </message>
    <message>
        <source>Quick: minutes</source>
        <translation>Schnell: Minuten</translation>
    </message>
    <message>
        <source>Overnight: hours</source>
        <translation>Über Nacht: Stunden</translation>
    </message>
    <message>
        <source>With a graphics card</source>
        <translation>Mit einer Grafikkarte</translation>
    </message>
    <message>
        <source>Several tasks</source>
        <translation>Mehrere Aufgaben</translation>
    </message>
    <message>
        <source>Several tasks, where nothing else is chosen</source>
        <translation>Mehrere Aufgaben, wo nichts anderes gewählt ist</translation>
    </message>
    <message>
        <source>Plays and skips</source>
        <translation>Gespielt und übersprungen</translation>
    </message>
    <message>
        <source>Learn from plays and skips too, if that helps</source>
        <translation>Auch aus Gespieltem lernen, wenn es hilft</translation>
    </message>
    <message>
        <source>Seed of chance</source>
        <translation>Startwert des Zufalls</translation>
    </message>
    <message>
        <source>What the preset says</source>
        <translation>Was die Voreinstellung sagt</translation>
    </message>
    <message>
        <source>Which excerpts are of one song</source>
        <translation>Welche Ausschnitte aus einem Titel sind</translation>
    </message>
    <message>
        <source>Your stars</source>
        <translation>Ihre Sterne</translation>
    </message>
    <message>
        <source>Artists, albums, genres and periods too</source>
        <translation>Auch Interpreten, Alben, Genres und Jahrzehnte</translation>
    </message>
    <message>
        <source>What a larger model hears</source>
        <translation>Was ein größeres Modell hört</translation>
    </message>
    <message>
        <source>What the encoder learns</source>
        <translation>Was der Encoder lernt</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>Computed by</source>
        <translation>Gerechnet von</translation>
    </message>
    <message>
        <source>whatever is there</source>
        <translation>was vorhanden ist</translation>
    </message>
    <message>
        <source>the graphics card</source>
        <translation>der Grafikkarte</translation>
    </message>
    <message>
        <source>the processor</source>
        <translation>dem Prozessor</translation>
    </message>
    <message>
        <source>Memory of the graphics card</source>
        <translation>Speicher der Grafikkarte</translation>
    </message>
    <message>
        <source>all of it</source>
        <translation>aller</translation>
    </message>
    <message>
        <source>Processes that fetch sound</source>
        <translation>Prozesse, die Klang holen</translation>
    </message>
    <message>
        <source>Framework</source>
        <translation>Framework</translation>
    </message>
    <message>
        <source>Training the encoder</source>
        <translation>Training des Encoders</translation>
    </message>
    <message>
        <source>Training the classifier</source>
        <translation>Training des Klassifikators</translation>
    </message>
    <message>
        <source>Sizes of its layers</source>
        <translation>Größen seiner Schichten</translation>
    </message>
    <message>
        <source>Share left out at random</source>
        <translation>Zufällig ausgelassener Anteil</translation>
    </message>
    <message>
        <source>0 to below 1: against learning by heart.</source>
        <translation>0 bis unter 1: gegen das Auswendiglernen.</translation>
    </message>
    <message>
        <source>Training both</source>
        <translation>Training von beidem</translation>
    </message>
    <message>
        <source>Step of learning</source>
        <translation>Lernschritt</translation>
    </message>
    <message>
        <source>Times through the songs</source>
        <translation>Durchgänge durch die Titel</translation>
    </message>
    <message>
        <source>Songs at a time</source>
        <translation>Titel auf einmal</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>Interpret</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>Album</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Jahrzehnt</translation>
    </message>
    <message>
        <source>How much each task counts</source>
        <translation>Wie viel jede Aufgabe zählt</translation>
    </message>
    <message>
        <source>Most artists to tell apart</source>
        <translation>Höchstzahl zu unterscheidender Interpreten</translation>
    </message>
    <message>
        <source>Most albums to tell apart</source>
        <translation>Höchstzahl zu unterscheidender Alben</translation>
    </message>
    <message>
        <source>the desktop’s player</source>
        <translation>dem Player des Desktops</translation>
    </message>
    <message>
        <source>Nothing could be found that opens {file}. Choose it in the preferences, under Playlists.</source>
        <translation>Es fand sich nichts, das {file} öffnet. Wählen Sie es in den Einstellungen unter „Wiedergabelisten“.</translation>
    </message>
    <message>
        <source>Name the program that opens playlists.</source>
        <translation>Nennen Sie das Programm, das Wiedergabelisten öffnet.</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>In the player</source>
        <translation>Im Player</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Rechner</translation>
    </message>
    <message>
        <source>needs both folders in every line</source>
        <translation>braucht in jeder Zeile beide Ordner</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen …</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>needs one of them</source>
        <translation>braucht eines davon</translation>
    </message>
    <message>
        <source>{player}, as a new tab</source>
        <translation>{player}, in einem neuen Reiter</translation>
    </message>
    <message>
        <source>What the desktop opens playlists with</source>
        <translation>Womit der Desktop Wiedergabelisten öffnet</translation>
    </message>
    <message>
        <source>A command</source>
        <translation>Ein Befehl</translation>
    </message>
    <message>
        <source>Playlists</source>
        <translation>Wiedergabelisten</translation>
    </message>
    <message>
        <source>recommendations, in your music folder</source>
        <translation>recommendations, in Ihrem Musikordner</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>Formate</translation>
    </message>
    <message>
        <source>Clementine reads both; XSPF tells it more of each song.</source>
        <translation>Clementine liest beide; XSPF sagt ihm mehr über jeden Titel.</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Opened by</source>
        <translation>Geöffnet mit</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>The path of the playlist comes behind it.</source>
        <translation>Der Pfad der Wiedergabeliste kommt dahinter.</translation>
    </message>
    <message>
        <source>The newest that a player keeps</source>
        <translation>Die neueste, die ein Player führt</translation>
    </message>
    <message>
        <source>A file of my choice</source>
        <translation>Eine Datei meiner Wahl</translation>
    </message>
    <message>
        <source>The path of a database</source>
        <translation>Der Pfad einer Datenbank</translation>
    </message>
    <message>
        <source>Databases (*.db);;All files (*)</source>
        <translation>Datenbanken (*.db);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>needs a file</source>
        <translation>braucht eine Datei</translation>
    </message>
    <message>
        <source>is not there: {place}</source>
        <translation>gibt es nicht: {place}</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Open now: {path}</source>
        <translation>Jetzt geöffnet: {path}</translation>
    </message>
    <message>
        <source>Marmalade was opened with {path}, which counts until it is closed.</source>
        <translation>Marmalade wurde mit {path} geöffnet; das gilt, bis es geschlossen wird.</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>The player’s database</source>
        <translation>Die Datenbank des Players</translation>
    </message>
    <message>
        <source>Marmalade reads the library and the stars in it. It never writes to either.</source>
        <translation>Marmalade liest die Bibliothek und die Sterne darin. Es schreibt nie hinein.</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>Musik</translation>
    </message>
    <message>
        <source>Music that lies elsewhere</source>
        <translation>Musik, die anderswo liegt</translation>
    </message>
    <message>
        <source>For a database of another computer, or a disk with another name.</source>
        <translation>Für die Datenbank eines anderen Rechners oder ein Laufwerk mit anderem Namen.</translation>
    </message>
    <message>
        <source>Folders to watch beside</source>
        <translation>Weitere Ordner beobachten</translation>
    </message>
    <message>
        <source>The player’s own folders are watched anyway.</source>
        <translation>Die Ordner des Players werden ohnehin beobachtet.</translation>
    </message>
    <message>
        <source>A copy in your music folder</source>
        <translation>Eine Kopie in Ihrem Musikordner</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>It cannot start with the desktop: {reason}.</source>
        <translation>Es kann nicht mit dem Desktop starten: {reason}.</translation>
    </message>
    <message>
        <source>Your preferences are saved and count from now on.</source>
        <translation>Ihre Einstellungen sind gespeichert und gelten ab jetzt.</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>As soon as unrated songs were listened to, those are picked that teach the most.</source>
        <translation>Sobald unbewertete Titel angehört sind, werden die gewählt, die am meisten verraten.</translation>
    </message>
    <message>
        <source>There is nothing to ask</source>
        <translation>Es gibt nichts zu fragen</translation>
    </message>
    <message>
        <source>Songs to rate appear here</source>
        <translation>Hier erscheinen Titel zum Bewerten</translation>
    </message>
    <message>
        <source>As soon as some were listened to, which begins by itself, those are picked that teach the most.</source>
        <translation>Sobald einige angehört sind, was von selbst beginnt, werden die ausgesucht, die am meisten lehren.</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Preferences (Ctrl+,)</source>
        <translation>Einstellungen (Strg+,)</translation>
    </message>
</context>
<context>
    <name>ReasonTexts</name>
    <message>
        <source>Without it, it would be predicted {stars} lower.</source>
        <translation>Ohne ihn läge die Vorhersage {stars} tiefer.</translation>
    </message>
    <message>
        <source>Without it, it would be predicted {stars} higher.</source>
        <translation>Ohne ihn läge die Vorhersage {stars} höher.</translation>
    </message>
    <message>
        <source>Without these, it would be predicted {stars} lower.</source>
        <translation>Ohne diese läge die Vorhersage {stars} tiefer.</translation>
    </message>
    <message>
        <source>Without these, it would be predicted {stars} higher.</source>
        <translation>Ohne diese läge die Vorhersage {stars} höher.</translation>
    </message>
    <message>
        <source>Its sound does not matter: what you like is told by names alone.</source>
        <translation>Der Klang spielt keine Rolle: Was Sie mögen, verraten allein die Namen.</translation>
    </message>
    <message>
        <source>No part of its sound tells by itself: no seconds and no band change the prediction noticeably.</source>
        <translation>Kein Teil des Klangs verrät etwas für sich: Keine Sekunden und kein Band ändern die Vorhersage merklich.</translation>
    </message>
    <message>
        <source>{effect} That is too little to be sure of.</source>
        <translation>{effect} Das ist zu wenig, um sicher zu sein.</translation>
    </message>
    <message>
        <source>On average you give {stars}.</source>
        <translation>Im Durchschnitt geben Sie {stars}.</translation>
    </message>
    <message>
        <source>Not yet: your ratings do not tell enough about this song. {average}</source>
        <translation>Noch nicht: Ihre Bewertungen verraten zu wenig über diesen Titel. {average}</translation>
    </message>
    <message>
        <source>Nine of ten such songs get {low} to {high} from you.</source>
        <translation>Neun von zehn solchen Titeln geben Sie {low} bis {high}.</translation>
    </message>
    <message>
        <source>Without your own stars it would be predicted {stars}. {between} {average}</source>
        <translation>Ohne Ihre eigenen Sterne wäre die Vorhersage {stars}. {between} {average}</translation>
    </message>
    <message>
        <source>{sure}: {between} {average}</source>
        <translation>{sure}: {between} {average}</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>Sicher</translation>
    </message>
    <message>
        <source>Fairly sure</source>
        <translation>Ziemlich sicher</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>how it sounds</source>
        <translation>der Klang</translation>
    </message>
    <message>
        <source>the artist</source>
        <translation>der Interpret</translation>
    </message>
    <message>
        <source>the album</source>
        <translation>das Album</translation>
    </message>
    <message>
        <source>the genre</source>
        <translation>das Genre</translation>
    </message>
    <message>
        <source>{what} ({stars})</source>
        <translation>{what} ({stars})</translation>
    </message>
    <message>
        <source>Neither its names nor its sound set it apart from the average.</source>
        <translation>Weder Namen noch Klang heben ihn vom Durchschnitt ab.</translation>
    </message>
    <message>
        <source>What lifts or lowers it, in stars: {parts}.</source>
        <translation>Was ihn hebt oder senkt, in Sternen: {parts}.</translation>
    </message>
    <message>
        <source>You have rated no other song by {artist}.</source>
        <translation>Sie haben keinen anderen Titel von {artist} bewertet.</translation>
    </message>
    <message>
        <source>{what} speak for it: {stars} lower without.</source>
        <translation>{what} sprechen dafür: ohne sie {stars} tiefer.</translation>
    </message>
    <message>
        <source>{what} speak against it: {stars} higher without.</source>
        <translation>{what} sprechen dagegen: ohne sie {stars} höher.</translation>
    </message>
    <message>
        <source>Seconds {low} to {high}</source>
        <translation>Die Sekunden {low} bis {high}</translation>
    </message>
    <message>
        <source>Sounds below {high} Hz</source>
        <translation>Klänge unter {high} Hz</translation>
    </message>
    <message>
        <source>Sounds from {low} to {high} Hz</source>
        <translation>Klänge von {low} bis {high} Hz</translation>
    </message>
    <message>
        <source>{stars} stars</source>
        <translation>{stars} Sterne</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>Why this prediction</source>
        <translation>Warum diese Vorhersage</translation>
    </message>
    <message>
        <source>Speak for it</source>
        <translation>Dafür sprechen</translation>
    </message>
    <message>
        <source>Speak against it</source>
        <translation>Dagegen sprechen</translation>
    </message>
    <message>
        <source>Thinking about it…</source>
        <translation>Wird überlegt …</translation>
    </message>
</context>
<context>
    <name>RecipePanel</name>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Type a title or an artist</source>
        <translation>Titel oder Interpret eingeben</translation>
    </message>
    <message>
        <source>Like these songs</source>
        <translation>Wie diese Titel</translation>
    </message>
    <message>
        <source>Unlike these songs</source>
        <translation>Anders als diese Titel</translation>
    </message>
    <message>
        <source>From this song</source>
        <translation>Von diesem Titel</translation>
    </message>
    <message>
        <source>To this song</source>
        <translation>Zu diesem Titel</translation>
    </message>
    <message>
        <source>How varied</source>
        <translation>Wie abwechslungsreich</translation>
    </message>
    <message>
        <source>alike</source>
        <translation>ähnlich</translation>
    </message>
    <message>
        <source>varied</source>
        <translation>bunt</translation>
    </message>
    <message>
        <source>any number</source>
        <translation>beliebig viele</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source> song</source>
        <translation> Titel</translation>
    </message>
    <message>
        <source> songs</source>
        <translation> Titel</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>does not matter</source>
        <translation>egal</translation>
    </message>
    <message>
        <source> day</source>
        <translation> Tag</translation>
    </message>
    <message>
        <source> days</source>
        <translation> Tagen</translation>
    </message>
    <message>
        <source>Only songs that I have not rated</source>
        <translation>Nur Titel, die ich nicht bewertet habe</translation>
    </message>
    <message>
        <source>as it was made</source>
        <translation>wie erstellt</translation>
    </message>
    <message>
        <source>the best first</source>
        <translation>die besten zuerst</translation>
    </message>
    <message>
        <source>smooth changes</source>
        <translation>sanfte Übergänge</translation>
    </message>
    <message>
        <source>by artist</source>
        <translation>nach Interpret</translation>
    </message>
    <message>
        <source>by year</source>
        <translation>nach Jahr</translation>
    </message>
    <message>
        <source>shuffled</source>
        <translation>gemischt</translation>
    </message>
    <message>
        <source>What may be in it</source>
        <translation>Was darin sein darf</translation>
    </message>
    <message>
        <source>Songs that are there to find out whether you like them</source>
        <translation>Titel, die dabei sind, um herauszufinden, ob Sie sie mögen</translation>
    </message>
    <message>
        <source>Leave out what the player has played within so many days</source>
        <translation>Auslassen, was der Player in so vielen Tagen gespielt hat</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Wie viele</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>Mindestens</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>Interpret</translation>
    </message>
    <message>
        <source>Years</source>
        <translation>Jahre</translation>
    </message>
    <message>
        <source>Of one artist</source>
        <translation>Je Interpret</translation>
    </message>
    <message>
        <source>Of one album</source>
        <translation>Je Album</translation>
    </message>
    <message>
        <source>Not played for</source>
        <translation>Nicht gespielt seit</translation>
    </message>
    <message>
        <source>To find out</source>
        <translation>Zum Erkunden</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>{songs} taken out by hand</source>
        <translation>{songs} von Hand entfernt</translation>
    </message>
    <message>
        <source>{songs} chosen</source>
        <translation>{songs} gewählt</translation>
    </message>
    <message>
        <source>Draw around songs on the map, or select some in the library, and make a playlist from them.</source>
        <translation>Umkreisen Sie Titel auf der Karte, oder wählen Sie welche in der Bibliothek, und machen Sie eine Wiedergabeliste daraus.</translation>
    </message>
</context>
<context>
    <name>Remarks</name>
    <message>
        <source>Copy</source>
        <translation>Kopie</translation>
    </message>
    <message>
        <source>Spoken</source>
        <translation>Gesprochen</translation>
    </message>
    <message>
        <source>Perhaps {file}</source>
        <translation>Vielleicht {file}</translation>
    </message>
    <message>
        <source>No duplicate, you said</source>
        <translation>Kein Duplikat, sagen Sie</translation>
    </message>
    <message>
        <source>Copy of {file}</source>
        <translation>Kopie von {file}</translation>
    </message>
    <message>
        <source>Has 1 copy</source>
        <translation>Hat 1 Kopie</translation>
    </message>
    <message>
        <source>Has {count} copies</source>
        <translation>Hat {count} Kopien</translation>
    </message>
    <message>
        <source>{copies}, their stars differ</source>
        <translation>{copies}, mit anderen Sternen</translation>
    </message>
    <message>
        <source>{copies}, you keep this one</source>
        <translation>{copies}, Sie behalten diese</translation>
    </message>
    <message>
        <source>Spoken, you said</source>
        <translation>Gesprochen, sagen Sie</translation>
    </message>
    <message>
        <source>Music, you said</source>
        <translation>Musik, sagen Sie</translation>
    </message>
    <message>
        <source>Spoken, {ratio}</source>
        <translation>Gesprochen, {ratio}</translation>
    </message>
    <message>
        <source>Perhaps spoken</source>
        <translation>Vielleicht gesprochen</translation>
    </message>
    <message>
        <source>A copy. “{title}” in the folder “{folder}” counts: it is learned from and played.</source>
        <translation>Eine Kopie. „{title}“ im Ordner „{folder}“ zählt: Daraus wird gelernt, und sie wird gespielt.</translation>
    </message>
    <message>
        <source>Perhaps the same as “{title}” in the folder “{folder}”</source>
        <translation>Vielleicht dasselbe wie „{title}“ im Ordner „{folder}“</translation>
    </message>
    <message>
        <source>{copies}. This one is learned from and played.</source>
        <translation>{copies}. Aus dieser Datei wird gelernt, und sie wird gespielt.</translation>
    </message>
    <message>
        <source>You said that it is spoken: it is not learned from and in no playlist.</source>
        <translation>Sie haben gesagt, dass es gesprochen ist: Daraus wird nicht gelernt, und es kommt in keine Wiedergabeliste.</translation>
    </message>
    <message>
        <source>Spoken: speech is {share} % of what was heard. It is not learned from and in no playlist.</source>
        <translation>Gesprochen: {share} % des Gehörten sind Sprache. Daraus wird nicht gelernt, und es kommt in keine Wiedergabeliste.</translation>
    </message>
    <message>
        <source>Perhaps spoken: speech is {share} % of what was heard. It stays in until you say.</source>
        <translation>Vielleicht gesprochen: {share} % des Gehörten sind Sprache. Es bleibt dabei, bis Sie es sagen.</translation>
    </message>
    <message>
        <source>but their lengths differ</source>
        <translation>aber die Längen sind verschieden</translation>
    </message>
    <message>
        <source>but one has more around it</source>
        <translation>aber eine Datei hat mehr davor oder danach</translation>
    </message>
    <message>
        <source>but they differ in places</source>
        <translation>aber sie unterscheiden sich stellenweise</translation>
    </message>
    <message>
        <source>but they differ all along</source>
        <translation>aber sie unterscheiden sich durchweg</translation>
    </message>
    <message>
        <source>but it is too uniform or too short to tell</source>
        <translation>aber er ist zu gleichförmig oder zu kurz, um es zu sagen</translation>
    </message>
    <message>
        <source>but not both could be heard as a whole</source>
        <translation>aber nicht beide ließen sich ganz anhören</translation>
    </message>
</context>
<context>
    <name>ReviewList</name>
    <message>
        <source>There is nothing to say here any more. It stays in its place until you leave the list.</source>
        <translation>Hier ist nichts mehr zu sagen. Der Eintrag bleibt an seinem Platz, bis Sie die Liste verlassen.</translation>
    </message>
</context>
<context>
    <name>RunsReview</name>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>What came of it</source>
        <translation>Was daraus wurde</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Was getan wurde</translation>
    </message>
    <message>
        <source>Nothing was done yet</source>
        <translation>Noch wurde nichts getan</translation>
    </message>
    <message>
        <source>Each time that songs are listened to or something is learned, what came of it stands here.</source>
        <translation>Wird etwas angehört oder gelernt, steht hier, was daraus wurde.</translation>
    </message>
    <message>
        <source>Listened to your music</source>
        <translation>Ihre Musik angehört</translation>
    </message>
    <message>
        <source>Learned your taste</source>
        <translation>Ihren Geschmack gelernt</translation>
    </message>
    <message>
        <source>Trained a classifier</source>
        <translation>Einen Klassifikator trainiert</translation>
    </message>
    <message>
        <source>Trained an encoder</source>
        <translation>Einen Encoder trainiert</translation>
    </message>
    <message>
        <source>Trained encoder and classifier</source>
        <translation>Encoder und Klassifikator trainiert</translation>
    </message>
    <message>
        <source>Measured the predictions</source>
        <translation>Die Vorhersagen gemessen</translation>
    </message>
    <message>
        <source>Compared two encoders</source>
        <translation>Zwei Encoder verglichen</translation>
    </message>
    <message>
        <source>Embedded every song anew</source>
        <translation>Alle Titel neu angehört</translation>
    </message>
    <message>
        <source>{songs} heard</source>
        <translation>{songs} angehört</translation>
    </message>
    <message>
        <source>{count} known already</source>
        <translation>{count} schon bekannt</translation>
    </message>
    <message>
        <source>{count} skipped</source>
        <translation>{count} übersprungen</translation>
    </message>
    <message>
        <source>stopped before the end</source>
        <translation>vor dem Ende angehalten</translation>
    </message>
    <message>
        <source>By artists it has never heard, it tells the better of two songs in {share} of 100 cases</source>
        <translation>Bei nie gehörten Interpreten erkennt es den besseren zweier Titel in {share} von 100 Fällen</translation>
    </message>
    <message>
        <source>{songs} predicted</source>
        <translation>{songs} vorhergesagt</translation>
    </message>
    <message>
        <source>{epochs} rounds through {songs}</source>
        <translation>{epochs} Durchgänge, {songs}</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>Replace it</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Save under another name</source>
        <translation>Unter anderem Namen speichern</translation>
    </message>
    <message>
        <source>{refused} What you save would take its place.</source>
        <translation>{refused} Was Sie speichern, würde sie ersetzen.</translation>
    </message>
    <message>
        <source>“{name}” is saved and opens in {player} as a new tab.</source>
        <translation>„{name}“ ist gespeichert und öffnet sich in {player} als neuer Reiter.</translation>
    </message>
    <message>
        <source>“{name}” is saved and opens in {player}.</source>
        <translation>„{name}“ ist gespeichert und öffnet sich in {player}.</translation>
    </message>
    <message>
        <source>“{name}” is saved: {songs} in {files}.</source>
        <translation>„{name}“ ist gespeichert: {songs} in {files}.</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>Open in {player}</source>
        <translation>In {player} öffnen</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Marmalade made a mistake: {bug}. The log says more; your music and your ratings are safe.</source>
        <translation>Marmalade hat einen Fehler gemacht: {bug}. Das Protokoll sagt mehr; Ihre Musik und Ihre Bewertungen sind sicher.</translation>
    </message>
</context>
<context>
    <name>Several</name>
    <message>
        <source>Artists</source>
        <translation>Interpreten</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Your stars</source>
        <translation>Ihre Sterne</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <source>Genres</source>
        <translation>Genres</translation>
    </message>
    <message>
        <source>Make a playlist from these</source>
        <translation>Liste daraus erstellen</translation>
    </message>
    <message>
        <source>Songs like these</source>
        <translation>Titel wie diese</translation>
    </message>
    <message>
        <source>Rate these</source>
        <translation>Bewerten</translation>
    </message>
    <message>
        <source>{songs} selected</source>
        <translation>{songs} gewählt</translation>
    </message>
    <message>
        <source>{mean} on average, of {count}</source>
        <translation>{mean} im Durchschnitt, von {count}</translation>
    </message>
</context>
<context>
    <name>Similar</name>
    <message>
        <source>Similar songs</source>
        <translation>Ähnliche Titel</translation>
    </message>
    <message>
        <source>Listening around…</source>
        <translation>Wird verglichen …</translation>
    </message>
    <message>
        <source>No other song is like it.</source>
        <translation>Kein anderer Titel ist wie dieser.</translation>
    </message>
</context>
<context>
    <name>SkippedReview</name>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>Interpret</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Open the folder of the file (F)</source>
        <translation>Den Ordner der Datei öffnen (F)</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Listen to this song once more (R)</source>
        <translation>Diesen Titel noch einmal anhören (R)</translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation>Alle noch einmal versuchen</translation>
    </message>
    <message>
        <source>Change the limit</source>
        <translation>Grenze ändern</translation>
    </message>
    <message>
        <source>How long a song may be to be listened to</source>
        <translation>Wie lang ein Titel sein darf, um angehört zu werden</translation>
    </message>
    <message>
        <source>Songs that could not be listened to</source>
        <translation>Titel, die nicht angehört werden konnten</translation>
    </message>
    <message>
        <source>These files are damaged, not there, too long, or not music. They are tried again when they change.</source>
        <translation>Diese Dateien sind beschädigt, nicht da, zu lang oder keine Musik. Sie werden wieder versucht, wenn sie sich ändern.</translation>
    </message>
    <message>
        <source>{songs} will be listened to once more.</source>
        <translation>Wird noch einmal angehört: {songs}.</translation>
    </message>
    <message>
        <source>Every song could be listened to</source>
        <translation>Jeder Titel konnte angehört werden</translation>
    </message>
    <message>
        <source>Files that are damaged, not there or not music would be listed here, each with its reason.</source>
        <translation>Dateien, die beschädigt, nicht da oder keine Musik sind, würden hier stehen, jede mit ihrem Grund.</translation>
    </message>
</context>
<context>
    <name>SongActions</name>
    <message>
        <source>What you can do with the selected songs</source>
        <translation>Was Sie mit den gewählten Titeln tun können</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>Anhören</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Bewerten</translation>
    </message>
    <message>
        <source>Take back my stars</source>
        <translation>Meine Sterne zurücknehmen</translation>
    </message>
    <message>
        <source>Songs like this one</source>
        <translation>Titel wie dieser</translation>
    </message>
    <message>
        <source>Songs like these</source>
        <translation>Titel wie diese</translation>
    </message>
    <message>
        <source>A path between these two</source>
        <translation>Ein Weg zwischen diesen beiden</translation>
    </message>
    <message>
        <source>Make a playlist from this song</source>
        <translation>Wiedergabeliste aus diesem Titel erstellen</translation>
    </message>
    <message>
        <source>Make a playlist from these</source>
        <translation>Wiedergabeliste aus diesen erstellen</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>Auf der Karte zeigen</translation>
    </message>
    <message>
        <source>Show its copies</source>
        <translation>Kopien zeigen</translation>
    </message>
    <message>
        <source>Show their copies</source>
        <translation>Kopien zeigen</translation>
    </message>
</context>
<context>
    <name>SongCard</name>
    <message>
        <source>Unknown artist</source>
        <translation>Unbekannter Interpret</translation>
    </message>
    <message>
        <source>Rate “{title}”</source>
        <translation>„{title}“ bewerten</translation>
    </message>
    <message>
        <source>Ask about another song</source>
        <translation>Nach einem anderen Titel fragen</translation>
    </message>
    <message>
        <source>Not now: ask about another song</source>
        <translation>Jetzt nicht: nach einem anderen Titel fragen</translation>
    </message>
</context>
<context>
    <name>SongLine</name>
    <message>
        <source>{song}, {stars}</source>
        <translation>{song}, {stars}</translation>
    </message>
    <message>
        <source>{song}, predicted {stars}</source>
        <translation>{song}, Vorhersage {stars}</translation>
    </message>
</context>
<context>
    <name>SongModel</name>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>Interpret</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>Album</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Jahr</translation>
    </message>
    <message>
        <source>Your stars</source>
        <translation>Ihre Sterne</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <source>Plays</source>
        <translation>Gespielt</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>not rated</source>
        <translation>nicht bewertet</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>Probably {stars}, most likely between {low} and {high}</source>
        <translation>Wohl {stars}, am ehesten zwischen {low} und {high}</translation>
    </message>
</context>
<context>
    <name>SongPanel</name>
    <message>
        <source>Select a song to see what is known of it.</source>
        <translation>Wählen Sie einen Titel, um zu sehen, was über ihn bekannt ist.</translation>
    </message>
</context>
<context>
    <name>SongPicker</name>
    <message>
        <source>Songs found</source>
        <translation>Gefundene Titel</translation>
    </message>
    <message>
        <source>and {songs} more</source>
        <translation>und {songs} mehr</translation>
    </message>
    <message>
        <source>a song that is gone</source>
        <translation>ein Titel, den es nicht mehr gibt</translation>
    </message>
</context>
<context>
    <name>SongTag</name>
    <message>
        <source>Remove {name}</source>
        <translation>{name} entfernen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>Sound</name>
    <message>
        <source>Its sound</source>
        <translation>Der Klang</translation>
    </message>
    <message>
        <source>What in its sound?</source>
        <translation>Was an seinem Klang?</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>How far the listening is</source>
        <translation>Wie weit das Anhören ist</translation>
    </message>
    <message>
        <source>Hears it again without some of its seconds and frequencies; takes some 15 s.</source>
        <translation>Hört ihn noch einmal ohne manche Sekunden und Frequenzen; dauert etwa 15 s.</translation>
    </message>
    <message>
        <source>Listening to it in many ways…</source>
        <translation>Wird auf viele Arten angehört …</translation>
    </message>
</context>
<context>
    <name>SoundLegend</name>
    <message>
        <source>Speaks for it (up, right)</source>
        <translation>Spricht dafür (oben, rechts)</translation>
    </message>
    <message>
        <source>Speaks against it (down, left)</source>
        <translation>Spricht dagegen (unten, links)</translation>
    </message>
    <message>
        <source>Too little to be sure of</source>
        <translation>Zu wenig, um sicher zu sein</translation>
    </message>
</context>
<context>
    <name>SpectrogramView</name>
    <message>
        <source>What in its sound matters</source>
        <translation>Was an seinem Klang zählt</translation>
    </message>
</context>
<context>
    <name>SpeechReview</name>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>Interpret</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>The share of what was heard in which somebody speaks</source>
        <translation>Der Anteil des Gehörten, in dem jemand spricht</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>It is music</source>
        <translation>Das ist Musik</translation>
    </message>
    <message>
        <source>Learn from it and let it be in playlists (M)</source>
        <translation>Daraus lernen und in Wiedergabelisten zulassen (M)</translation>
    </message>
    <message>
        <source>It is speech</source>
        <translation>Das ist Sprache</translation>
    </message>
    <message>
        <source>Learn nothing from it and leave it out of playlists (S)</source>
        <translation>Nichts daraus lernen und aus Wiedergabelisten heraushalten (S)</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Let what was heard decide again (T)</source>
        <translation>Wieder das Gehörte entscheiden lassen (T)</translation>
    </message>
    <message>
        <source>Songs that are or may be spoken</source>
        <translation>Titel, die gesprochen sind oder sein könnten</translation>
    </message>
    <message>
        <source>What was heard decides about “{title}” again.</source>
        <translation>Über „{title}“ entscheidet wieder das Gehörte.</translation>
    </message>
    <message>
        <source>“{title}” is music: it is learned from and can be in playlists.</source>
        <translation>„{title}“ ist Musik: Daraus wird gelernt, und es kann in Wiedergabelisten kommen.</translation>
    </message>
    <message>
        <source>“{title}” is spoken: it is not learned from and in no playlist.</source>
        <translation>„{title}“ ist gesprochen: Daraus wird nicht gelernt, und es kommt in keine Wiedergabeliste.</translation>
    </message>
    <message>
        <source>Nothing is spoken</source>
        <translation>Nichts Gesprochenes</translation>
    </message>
    <message>
        <source>Audiobooks, podcasts and interviews appear here when they were heard. They are left out of learning and of playlists, unless you say that they are music.</source>
        <translation>Hörbücher, Podcasts und Interviews erscheinen hier, wenn sie angehört wurden. Aus ihnen wird nicht gelernt, und sie kommen in keine Wiedergabeliste, außer Sie sagen, dass es Musik ist.</translation>
    </message>
    <message>
        <source>Music, you said</source>
        <translation>Musik, sagen Sie</translation>
    </message>
    <message>
        <source>Spoken, you said</source>
        <translation>Gesprochen, sagen Sie</translation>
    </message>
    <message>
        <source>Spoken</source>
        <translation>Gesprochen</translation>
    </message>
    <message>
        <source>Perhaps spoken</source>
        <translation>Vielleicht gesprochen</translation>
    </message>
    <message>
        <source>You said so, and that counts whatever is heard.</source>
        <translation>Das haben Sie gesagt, und es gilt, was immer zu hören ist.</translation>
    </message>
    <message>
        <source>It sounds spoken: nothing is learned from it and no playlist has it.</source>
        <translation>Es klingt gesprochen: Daraus wird nicht gelernt, und es kommt in keine Wiedergabeliste.</translation>
    </message>
    <message>
        <source>It may be spoken, or a song with little but a voice. It stays in until you say.</source>
        <translation>Es könnte gesprochen sein, oder ein Titel mit kaum mehr als einer Stimme. Es bleibt dabei, bis Sie es sagen.</translation>
    </message>
</context>
<context>
    <name>Standing</name>
    <message>
        <source>This is music</source>
        <translation>Das ist Musik</translation>
    </message>
    <message>
        <source>This is spoken</source>
        <translation>Das ist gesprochen</translation>
    </message>
    <message>
        <source>Its file is not there: is a drive not connected? What you said of it is kept.</source>
        <translation>Die Datei ist nicht da: Fehlt ein Laufwerk? Was Sie dazu gesagt haben, bleibt erhalten.</translation>
    </message>
    <message>
        <source>It could not be listened to. {reason}.</source>
        <translation>Der Titel ließ sich nicht anhören. {reason}.</translation>
    </message>
    <message>
        <source>Marmalade has not listened to it yet, and listening is paused: go on at the lower right.</source>
        <translation>Marmalade hat ihn noch nicht angehört, und das Anhören ist angehalten: Unten rechts geht es weiter.</translation>
    </message>
    <message>
        <source>Marmalade has not listened to it yet. It does so by itself, and then says what it expects.</source>
        <translation>Marmalade hat ihn noch nicht gehört. Das geschieht von selbst; dann sagt es, was es erwartet.</translation>
    </message>
    <message>
        <source>Not yet: your ratings do not tell enough about this song to name a number.</source>
        <translation>Noch nicht: Ihre Bewertungen verraten zu wenig über diesen Titel, um eine Zahl zu nennen.</translation>
    </message>
</context>
<context>
    <name>StarOrigins</name>
    <message>
        <source>{player} has lost these stars; they are remembered here.</source>
        <translation>{player} hat diese Sterne verloren; hier sind sie noch bekannt.</translation>
    </message>
    <message>
        <source>You said {own} here; {player} has none.</source>
        <translation>Hier haben Sie {own} gegeben; {player} hat keine.</translation>
    </message>
    <message>
        <source>You said {own} here; {player} has {theirs}, which you gave later.</source>
        <translation>Hier haben Sie {own} gegeben; {player} hat {theirs}, die Sie später gaben.</translation>
    </message>
    <message>
        <source>You said {own} here; {player} has {theirs}.</source>
        <translation>Hier haben Sie {own} gegeben; {player} hat {theirs}.</translation>
    </message>
</context>
<context>
    <name>StarsField</name>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source> stars</source>
        <translation> Sterne</translation>
    </message>
</context>
<context>
    <name>TasteStanding</name>
    <message>
        <source>Looking at what is known…</source>
        <translation>Bekanntes wird durchgesehen …</translation>
    </message>
    <message>
        <source>Measure it</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>Predicts songs that you have rated without knowing their stars; some minutes</source>
        <translation>Sagt Titel vorher, die Sie bewertet haben, ohne ihre Sterne zu kennen; einige Minuten</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>Noch einmal messen</translation>
    </message>
    <message>
        <source>Your songs have not been listened to yet</source>
        <translation>Ihre Titel wurden noch nicht angehört</translation>
    </message>
    <message>
        <source>Your taste is not known yet</source>
        <translation>Ihr Geschmack ist noch nicht bekannt</translation>
    </message>
    <message>
        <source>Knows 1 of your ratings</source>
        <translation>Kennt 1 Ihrer Bewertungen</translation>
    </message>
    <message>
        <source>Knows {count} of your ratings</source>
        <translation>Kennt {count} Ihrer Bewertungen</translation>
    </message>
    <message>
        <source>Knows your taste from {count} ratings</source>
        <translation>Kennt Ihren Geschmack aus {count} Bewertungen</translation>
    </message>
    <message>
        <source>Listening begins by itself and goes on in the background. What is learned appears here.</source>
        <translation>Das Anhören beginnt von selbst und geht im Hintergrund weiter. Was dabei gelernt wird, steht dann hier.</translation>
    </message>
    <message>
        <source>Rate songs below, or in {player}: from {least} ratings on, it learns what you like.</source>
        <translation>Bewerten Sie unten Titel, oder in {player}: Ab {least} Bewertungen lernt es, was Sie mögen.</translation>
    </message>
    <message>
        <source>The first predictions come when your other rated songs were listened to as well.</source>
        <translation>Die ersten Vorhersagen kommen, sobald auch Ihre übrigen bewerteten Titel angehört sind.</translation>
    </message>
    <message>
        <source>Too few of your ratings lie on either side of 4 stars to measure how often it is right.</source>
        <translation>Zu wenige Ihrer Bewertungen liegen diesseits oder jenseits von 4 Sternen, um zu messen, wie oft es recht hat.</translation>
    </message>
    <message>
        <source>How often it is right about artists that are new to it was never measured.</source>
        <translation>Wie oft es bei neuen Interpreten recht hat, wurde noch nie gemessen.</translation>
    </message>
    <message>
        <source>About artists that are new to it, it does no better than guessing yet. More ratings help.</source>
        <translation>Bei neuen Interpreten ist es noch nicht besser als geraten. Mehr Bewertungen helfen.</translation>
    </message>
    <message>
        <source>Of two songs by artists that are new to it, one worth 4 stars or more to you and one worth fewer, it tells which is which in {right} of 100 cases. Guessing would in 50. Measured on {songs}.</source>
        <translation>Von zwei Titeln neuer Interpreten, von denen Ihnen einer mindestens 4 Sterne wert ist und der andere weniger, erkennt es in {right} von 100 Fällen den besseren. Raten träfe in 50. Gemessen: {songs}.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Measuring on songs whose stars it is not told…</source>
        <translation>Gemessen wird an Titeln, deren Sterne es nicht erfährt …</translation>
    </message>
    <message>
        <source>Measuring on songs whose stars it is not told: {percent} %</source>
        <translation>Gemessen wird an Titeln, deren Sterne es nicht erfährt: {percent} %</translation>
    </message>
</context>
<context>
    <name>TrainingChoices</name>
    <message>
        <source>What to train</source>
        <translation>Was trainieren</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>Wie lange</translation>
    </message>
    <message>
        <source>From what it learns</source>
        <translation>Woraus es lernt</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Start the training</source>
        <translation>Training starten</translation>
    </message>
    <message>
        <source>How songs are heard: it learns from your library which of them sound alike. All songs are then heard anew, and it is used only if it is better.</source>
        <translation>Wie Titel gehört werden: Es lernt aus Ihrer Bibliothek, welche ähnlich klingen. Alle Titel werden dann neu angehört, und es wird nur benutzt, wenn es besser ist.</translation>
    </message>
    <message>
        <source>How your stars are predicted from what is heard. Marmalade does this by itself after every new star; here you train the plain network of the plan, to compare.</source>
        <translation>Wie aus dem Gehörten Ihre Sterne vorhergesagt werden. Marmalade tut das nach jedem neuen Stern von selbst; hier trainieren Sie zum Vergleich das schlichte Netz des Plans.</translation>
    </message>
    <message>
        <source>Hearing and predicting together, from the songs that you rated. It needs many.</source>
        <translation>Hören und Vorhersagen zusammen, aus den Titeln, die Sie bewertet haben. Es braucht viele.</translation>
    </message>
    <message>
        <source>Hearing</source>
        <translation>Gehör</translation>
    </message>
    <message>
        <source>The encoder: from sound to an embedding</source>
        <translation>Der Encoder: vom Klang zu einem Embedding</translation>
    </message>
    <message>
        <source>Taste</source>
        <translation>Geschmack</translation>
    </message>
    <message>
        <source>The classifier: from an embedding to a rating</source>
        <translation>Der Klassifikator: von einem Embedding zu einer Bewertung</translation>
    </message>
    <message>
        <source>Both together</source>
        <translation>Beides zusammen</translation>
    </message>
    <message>
        <source>Encoder and classifier by one backpropagation</source>
        <translation>Encoder und Klassifikator mit einer Backpropagation</translation>
    </message>
    <message>
        <source>As this computer suggests</source>
        <translation>Wie dieser Rechner nahelegt</translation>
    </message>
    <message>
        <source>By its processors and the size of the library</source>
        <translation>Nach seinen Prozessoren und der Größe der Bibliothek</translation>
    </message>
    <message>
        <source>Some minutes</source>
        <translation>Einige Minuten</translation>
    </message>
    <message>
        <source>Preset “quick”: pretrained taggers, adapted</source>
        <translation>Voreinstellung „quick“: vortrainierte Tagger, angepasst</translation>
    </message>
    <message>
        <source>A night</source>
        <translation>Eine Nacht</translation>
    </message>
    <message>
        <source>Preset “overnight”: a small network of its own, distilled</source>
        <translation>Voreinstellung „overnight“: ein kleines eigenes Netz, destilliert</translation>
    </message>
    <message>
        <source>With a graphics card</source>
        <translation>Mit einer Grafikkarte</translation>
    </message>
    <message>
        <source>Preset “gpu”: 50 epochs over the sound itself</source>
        <translation>Voreinstellung „gpu“: 50 Epochen über den Klang selbst</translation>
    </message>
    <message>
        <source>As that suggests</source>
        <translation>Wie das nahelegt</translation>
    </message>
    <message>
        <source>The mode of the preset</source>
        <translation>Der Modus der Voreinstellung</translation>
    </message>
    <message>
        <source>The sound alone</source>
        <translation>Dem Klang allein</translation>
    </message>
    <message>
        <source>Contrastive (NT-Xent): parts of one song are alike</source>
        <translation>Kontrastiv (NT-Xent): Teile eines Titels sind ähnlich</translation>
    </message>
    <message>
        <source>Your stars</source>
        <translation>Ihren Sternen</translation>
    </message>
    <message>
        <source>Supervised: ratings as weak labels</source>
        <translation>Überwacht: Bewertungen als schwache Labels</translation>
    </message>
    <message>
        <source>Artists, albums, genres and years</source>
        <translation>Interpret, Album, Genre, Jahr</translation>
    </message>
    <message>
        <source>Multi-task: contrastive and four heads over the tags</source>
        <translation>Multi-Task: kontrastiv und vier Köpfe über den Tags</translation>
    </message>
    <message>
        <source>A larger model</source>
        <translation>Einem größeren Modell</translation>
    </message>
    <message>
        <source>Distillation of the pretrained taggers</source>
        <translation>Destillation der vortrainierten Tagger</translation>
    </message>
    <message>
        <source>Where it is fastest</source>
        <translation>Wo es am schnellsten ist</translation>
    </message>
    <message>
        <source>compute.device of the configuration</source>
        <translation>compute.device der Konfiguration</translation>
    </message>
    <message>
        <source>On the processor</source>
        <translation>Auf dem Prozessor</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>On the graphics card</source>
        <translation>Auf der Grafikkarte</translation>
    </message>
    <message>
        <source>CUDA</source>
        <translation>CUDA</translation>
    </message>
</context>
<context>
    <name>TrainingCurves</name>
    <message>
        <source>Losses</source>
        <translation>Verluste</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>What it can do</source>
        <translation>Was es kann</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Measured on songs that were held out</source>
        <translation>Gemessen an zurückgehaltenen Titeln</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>Alles zusammen</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>Artists</source>
        <translation>Interpreten</translation>
    </message>
    <message>
        <source>Albums</source>
        <translation>Alben</translation>
    </message>
    <message>
        <source>Genres</source>
        <translation>Genres</translation>
    </message>
    <message>
        <source>Years</source>
        <translation>Jahre</translation>
    </message>
    <message>
        <source>Learned from</source>
        <translation>Daraus gelernt</translation>
    </message>
    <message>
        <source>Held out</source>
        <translation>Zurückgehalten</translation>
    </message>
    <message>
        <source>Same artist</source>
        <translation>Selber Interpret</translation>
    </message>
    <message>
        <source>Same song</source>
        <translation>Selber Titel</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Your stars</source>
        <translation>Ihre Sterne</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Smoothing of the losses</source>
        <translation>Glättung der Verluste</translation>
    </message>
</context>
<context>
    <name>TrainingEvaluation</name>
    <message>
        <source>Measure again</source>
        <translation>Noch einmal messen</translation>
    </message>
    <message>
        <source>Quality of the predictions</source>
        <translation>Güte der Vorhersagen</translation>
    </message>
    <message>
        <source>Some of your rated songs are held out, predicted without them, and compared with your stars.</source>
        <translation>Einige Ihrer bewerteten Titel werden zurückgehalten, ohne sie vorhergesagt und mit Ihren Sternen verglichen.</translation>
    </message>
    <message>
        <source>Nothing was measured yet</source>
        <translation>Noch wurde nichts gemessen</translation>
    </message>
    <message>
        <source>Measure now</source>
        <translation>Jetzt messen</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>Es wird gemessen …</translation>
    </message>
    <message>
        <source>Artists it never heard</source>
        <translation>Nie gehörte Interpreten</translation>
    </message>
    <message>
        <source>New albums of artists it knows</source>
        <translation>Neue Alben bekannter Interpreten</translation>
    </message>
    <message>
        <source>Right order of songs</source>
        <translation>Richtige Reihenfolge der Titel</translation>
    </message>
    <message>
        <source>The best 20 are good</source>
        <translation>Die besten 20 sind gut</translation>
    </message>
    <message>
        <source>Tells 4 stars or more from fewer</source>
        <translation>Erkennt 4 Sterne und mehr</translation>
    </message>
    <message>
        <source>Stars off, on average</source>
        <translation>Sterne daneben, im Durchschnitt</translation>
    </message>
    <message>
        <source>Which songs are held out</source>
        <translation>Welche Titel zurückgehalten werden</translation>
    </message>
    <message>
        <source>What is measured</source>
        <translation>Was gemessen wird</translation>
    </message>
    <message>
        <source>There are too few ratings to hold any out for this question.</source>
        <translation>Für diese Frage sind es zu wenige Bewertungen, um welche zurückzuhalten.</translation>
    </message>
    <message>
        <source>Marmalade</source>
        <translation>Marmalade</translation>
    </message>
    <message>
        <source>Names alone</source>
        <translation>Namen allein</translation>
    </message>
    <message>
        <source>Your average</source>
        <translation>Ihr Durchschnitt</translation>
    </message>
    <message>
        <source>The artist’s average</source>
        <translation>Schnitt des Interpreten</translation>
    </message>
    <message>
        <source>The album’s average</source>
        <translation>Schnitt des Albums</translation>
    </message>
    <message>
        <source>Artist and genre</source>
        <translation>Interpret und Genre</translation>
    </message>
    <message>
        <source>Sound alone, plainly</source>
        <translation>Klang allein, schlicht</translation>
    </message>
    <message>
        <source>Measured sound, plainly</source>
        <translation>Klangmaße, schlicht</translation>
    </message>
    <message>
        <source>An untrained network</source>
        <translation>Untrainiertes Netz</translation>
    </message>
    <message>
        <source>bliss</source>
        <translation>bliss</translation>
    </message>
    <message>
        <source>The plan’s network</source>
        <translation>Netz des Plans</translation>
    </message>
    <message>
        <source>1 would be your own order, 0 a guess (Spearman’s rank correlation in each fold).</source>
        <translation>1 wäre Ihre eigene Reihenfolge, 0 geraten (Rangkorrelation nach Spearman in jedem Teil).</translation>
    </message>
    <message>
        <source>1 if the 20 predicted best are those that you like best (NDCG@20).</source>
        <translation>1, wenn die 20 mit der besten Vorhersage die sind, die Sie am liebsten mögen (NDCG@20).</translation>
    </message>
    <message>
        <source>How often, of one song that you gave 4 stars or more and one that you gave fewer, the right one is predicted higher; 0.5 is a guess (AUC).</source>
        <translation>Wie oft von einem Titel mit mindestens 4 Sternen und einem mit weniger der richtige höher vorhergesagt wird; 0,5 ist geraten (AUC).</translation>
    </message>
    <message>
        <source>Less is better (mean absolute error in stars).</source>
        <translation>Weniger ist besser (mittlerer absoluter Fehler in Sternen).</translation>
    </message>
    <message>
        <source>Measured on {songs} of yours in {folds} parts; the line shows the standard error.</source>
        <translation>Gemessen: {songs} von Ihnen in {folds} Teilen; die Linie zeigt den Standardfehler.</translation>
    </message>
</context>
<context>
    <name>TrainingNews</name>
    <message>
        <source>Show versions</source>
        <translation>Versionen zeigen</translation>
    </message>
    <message>
        <source>The new way of hearing is better, and is used from now on. The one before is kept.</source>
        <translation>Das neue Gehör ist besser und wird von nun an benutzt. Das bisherige bleibt erhalten.</translation>
    </message>
    <message>
        <source>Songs are heard in the new way from now on.</source>
        <translation>Die Titel werden von nun an auf die neue Art gehört.</translation>
    </message>
    <message>
        <source>The new way of hearing is not as good as yours, so all stays as it was. It is kept.</source>
        <translation>Das neue Gehör ist nicht so gut wie Ihres, also bleibt alles, wie es war. Es bleibt erhalten.</translation>
    </message>
    <message>
        <source>The new way of hearing is not clearly better than yours, so all stays as it was. It is kept.</source>
        <translation>Das neue Gehör ist nicht deutlich besser als Ihres, also bleibt alles, wie es war. Es bleibt erhalten.</translation>
    </message>
</context>
<context>
    <name>TrainingPage</name>
    <message>
        <source>Trainings, figures and versions</source>
        <translation>Trainings, Zahlen und Versionen</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Progress of the work</source>
        <translation>Fortschritt der Arbeit</translation>
    </message>
    <message>
        <source>Trainings</source>
        <translation>Trainings</translation>
    </message>
    <message>
        <source>How good it is</source>
        <translation>Wie gut es ist</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>The training</source>
        <translation>Das Training</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>Wird vorbereitet …</translation>
    </message>
    <message>
        <source>{work}: {state}</source>
        <translation>{work}: {state}</translation>
    </message>
    <message>
        <source>{stage}…</source>
        <translation>{stage} …</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Stopped. What is done is kept: starting the same goes on.</source>
        <translation>Angehalten. Was getan ist, bleibt: Dasselbe noch einmal zu starten macht weiter.</translation>
    </message>
    <message>
        <source>Your taste was learned; {songs} have a prediction from it.</source>
        <translation>Ihr Geschmack ist gelernt; daraus vorhergesagt: {songs}.</translation>
    </message>
    <message>
        <source>A quick training: what taggers know of all music is adapted to yours.</source>
        <translation>Ein schnelles Training: Was Tagger von aller Musik wissen, wird an Ihre angepasst.</translation>
    </message>
    <message>
        <source>A long training, for a night: a small network learns from a large one.</source>
        <translation>Ein langes Training, für eine Nacht: Ein kleines Netz lernt von einem großen.</translation>
    </message>
    <message>
        <source>A training on the graphics card, from the sound itself.</source>
        <translation>Ein Training auf der Grafikkarte, aus dem Klang selbst.</translation>
    </message>
    <message>
        <source>A training of the encoder that your configuration names.</source>
        <translation>Ein Training des Encoders, den Ihre Konfiguration nennt.</translation>
    </message>
    <message>
        <source>Epoch {epoch} of {epochs}</source>
        <translation>Epoche {epoch} von {epochs}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{done} of {total} songs heard</source>
        <translation>{done} von {total} Titeln angehört</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Wird verglichen …</translation>
    </message>
    <message>
        <source>{version} is better.</source>
        <translation>{version} ist besser.</translation>
    </message>
    <message>
        <source>Neither is better by more than chance: {one} and {other}.</source>
        <translation>Keine ist mehr als zufällig besser: {one} und {other}.</translation>
    </message>
    <message>
        <source>Delete a version</source>
        <translation>Version löschen</translation>
    </message>
    <message>
        <source>Delete {version} and what it heard of your songs?</source>
        <translation>{version} löschen, und was sie von Ihren Titeln gehört hat?</translation>
    </message>
    <message>
        <source>To have it again, it would have to listen to all songs anew.</source>
        <translation>Um sie zurückzubekommen, müssten alle Titel neu angehört werden.</translation>
    </message>
    <message>
        <source>Delete it</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>{version} is deleted, with what it heard of {songs}.</source>
        <translation>{version} ist gelöscht, und was sie gehört hat: {songs}.</translation>
    </message>
</context>
<context>
    <name>TrainingRuns</name>
    <message>
        <source>Trainings</source>
        <translation>Trainings</translation>
    </message>
    <message>
        <source>Select one to see its curves, two to lay them over each other.</source>
        <translation>Wählen Sie eines, um seine Kurven zu sehen, zwei, um sie übereinanderzulegen.</translation>
    </message>
    <message>
        <source>Forget this one</source>
        <translation>Dieses vergessen</translation>
    </message>
    <message>
        <source>Its curves are deleted; what it made stays</source>
        <translation>Die Kurven werden gelöscht; was daraus entstand, bleibt</translation>
    </message>
    <message>
        <source>Nothing was trained here yet</source>
        <translation>Hier wurde noch nichts trainiert</translation>
    </message>
    <message>
        <source>Start a training on the left: each leaves its curves here, however it ends.</source>
        <translation>Starten Sie links ein Training: Jedes hinterlässt hier seine Kurven, wie es auch endet.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Songs</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Bestes</translation>
    </message>
    <message>
        <source>The best it could do on songs held out (probe/score)</source>
        <translation>Das Beste, was es an zurückgehaltenen Titeln konnte (probe/score)</translation>
    </message>
    <message>
        <source>How it ended</source>
        <translation>Wie es endete</translation>
    </message>
    <message>
        <source>Hearing</source>
        <translation>Gehör</translation>
    </message>
    <message>
        <source>Taste</source>
        <translation>Geschmack</translation>
    </message>
    <message>
        <source>Both together</source>
        <translation>Beides zusammen</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Failed: {why}</source>
        <translation>Gescheitert: {why}</translation>
    </message>
    <message>
        <source>Interrupted; starting the same goes on</source>
        <translation>Unterbrochen; dasselbe noch einmal zu starten macht weiter</translation>
    </message>
    <message>
        <source>Stopped; starting the same goes on</source>
        <translation>Angehalten; dasselbe noch einmal zu starten macht weiter</translation>
    </message>
    <message>
        <source>In use since then</source>
        <translation>Seitdem in Gebrauch</translation>
    </message>
    <message>
        <source>Not better, so not used</source>
        <translation>Nicht besser, daher nicht benutzt</translation>
    </message>
</context>
<context>
    <name>TrainingVersions</name>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>Diese benutzen</translation>
    </message>
    <message>
        <source>Compare the two</source>
        <translation>Beide vergleichen</translation>
    </message>
    <message>
        <source>Delete this one</source>
        <translation>Diese löschen</translation>
    </message>
    <message>
        <source>Measures both on the same songs held out; select two versions</source>
        <translation>Misst beide an denselben zurückgehaltenen Titeln; wählen Sie zwei Versionen</translation>
    </message>
    <message>
        <source>Nothing was heard yet</source>
        <translation>Noch wurde nichts gehört</translation>
    </message>
    <message>
        <source>Every way of hearing that listened to your songs stands here.</source>
        <translation>Hier steht jede Art zu hören, mit der Ihre Titel angehört wurden.</translation>
    </message>
    <message>
        <source>This one is in use: another can be used or deleted.</source>
        <translation>Diese ist in Benutzung: Benutzen oder löschen lässt sich eine andere.</translation>
    </message>
    <message>
        <source>There is but this one. A training makes another.</source>
        <translation>Es gibt nur diese. Ein Training macht eine weitere.</translation>
    </message>
    <message>
        <source>Select one to use or delete it, two to compare them.</source>
        <translation>Wählen Sie eine, um sie zu benutzen oder zu löschen, zwei, um sie zu vergleichen.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>Erstellt von</translation>
    </message>
    <message>
        <source>Songs</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Of which an embedding consists</source>
        <translation>Aus denen ein Embedding besteht</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Nothing to do</source>
        <translation>Nichts zu tun</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>Fenster zeigen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Make me a playlist</source>
        <translation>Wiedergabeliste erstellen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>VerdictActions</name>
    <message>
        <source>Not a duplicate</source>
        <translation>Kein Duplikat</translation>
    </message>
    <message>
        <source>Keep this copy</source>
        <translation>Diese Kopie behalten</translation>
    </message>
    <message>
        <source>This is music</source>
        <translation>Das ist Musik</translation>
    </message>
    <message>
        <source>This is spoken</source>
        <translation>Das ist gesprochen</translation>
    </message>
    <message>
        <source>Take back what I said</source>
        <translation>Meine Angabe zurücknehmen</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>1 song</source>
        <translation>1 Titel</translation>
    </message>
    <message>
        <source>{count} songs</source>
        <translation>{count} Titel</translation>
    </message>
    <message>
        <source>1 star</source>
        <translation>1 Stern</translation>
    </message>
    <message>
        <source>{stars} stars</source>
        <translation>{stars} Sterne</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{done} of {total} analysed</source>
        <translation>{done} von {total} angehört</translation>
    </message>
    <message>
        <source>{speed} /s</source>
        <translation>{speed} /s</translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation>1 Minute</translation>
    </message>
    <message>
        <source>{minutes} minutes</source>
        <translation>{minutes} Minuten</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>gestern</translation>
    </message>
    <message>
        <source>{days} days ago</source>
        <translation>vor {days} Tagen</translation>
    </message>
</context>
<context>
    <name>Work</name>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten …</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Stop the training</source>
        <translation>Training anhalten</translation>
    </message>
    <message>
        <source>Stopping after this step…</source>
        <translation>Hält nach diesem Schritt an …</translation>
    </message>
    <message>
        <source>Not while a training goes on</source>
        <translation>Nicht, solange trainiert wird</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>Messung</translation>
    </message>
    <message>
        <source>Stop measuring</source>
        <translation>Messung anhalten</translation>
    </message>
    <message>
        <source>Not while it is measured how good it is</source>
        <translation>Nicht, solange gemessen wird, wie gut es ist</translation>
    </message>
    <message>
        <source>Changing the version</source>
        <translation>Wechsel der Version</translation>
    </message>
    <message>
        <source>Stop changing the version</source>
        <translation>Wechsel anhalten</translation>
    </message>
    <message>
        <source>Not while the version is being changed</source>
        <translation>Nicht, solange die Version gewechselt wird</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Stop comparing</source>
        <translation>Vergleich anhalten</translation>
    </message>
    <message>
        <source>Not while versions are compared</source>
        <translation>Nicht, solange Versionen verglichen werden</translation>
    </message>
</context>
<context>
    <name>WorkCard</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Ausstehend</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Restzeit</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Gently</source>
        <translation>Sanft</translation>
    </message>
    <message>
        <source>Full speed</source>
        <translation>Volles Tempo</translation>
    </message>
    <message>
        <source>Begin nothing new; songs in work are finished</source>
        <translation>Nichts Neues beginnen; angefangene Titel werden fertig</translation>
    </message>
    <message>
        <source>Wait on battery and while the computer is busy</source>
        <translation>Bei Akkubetrieb warten, und solange der Rechner beschäftigt ist</translation>
    </message>
    <message>
        <source>As fast as the computer can without being slowed down</source>
        <translation>So schnell der Rechner kann, ohne gebremst zu werden</translation>
    </message>
    <message>
        <source>{speed} /s</source>
        <translation>{speed} /s</translation>
    </message>
    <message>
        <source>The last time, {day}, it listened to {songs}.</source>
        <translation>Zuletzt angehört ({day}): {songs}.</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Everything is up to date</source>
        <translation>Alles ist auf dem neuesten Stand</translation>
    </message>
    <message>
        <source>New songs wait until you go on.</source>
        <translation>Neue Titel warten, bis Sie weitermachen.</translation>
    </message>
    <message>
        <source>New songs are listened to as soon as the player knows them.</source>
        <translation>Neue Titel werden angehört, sobald der Player sie kennt.</translation>
    </message>
    <message>
        <source>It waits, for the computer runs on its battery.</source>
        <translation>Es wartet, denn der Rechner läuft mit Akku.</translation>
    </message>
    <message>
        <source>It waits, for the computer is busy.</source>
        <translation>Es wartet, denn der Rechner ist beschäftigt.</translation>
    </message>
</context>
<context>
    <name>WorkStatus</name>
    <message>
        <source>Progress of the analysis</source>
        <translation>Fortschritt der Analyse</translation>
    </message>
    <message>
        <source>At full speed</source>
        <translation>Mit vollem Tempo</translation>
    </message>
    <message>
        <source>Gently: waits on battery and while the computer is busy</source>
        <translation>Sanft: wartet bei Akkubetrieb, und solange der Rechner beschäftigt ist</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>How to work in the background</source>
        <translation>Wie im Hintergrund gearbeitet wird</translation>
    </message>
    <message>
        <source>Paused: {progress}</source>
        <translation>Angehalten: {progress}</translation>
    </message>
    <message>
        <source>Waiting while on battery: {progress}</source>
        <translation>Wartet bei Akkubetrieb: {progress}</translation>
    </message>
    <message>
        <source>Waiting while the computer is busy: {progress}</source>
        <translation>Wartet auf den beschäftigten Rechner: {progress}</translation>
    </message>
    <message>
        <source>Go on with the analysis</source>
        <translation>Mit der Analyse weitermachen</translation>
    </message>
    <message>
        <source>Pause the analysis</source>
        <translation>Analyse anhalten</translation>
    </message>
</context>
<context>
    <name>YearsField</name>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>From the year</source>
        <translation>Vom Jahr</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>To the year</source>
        <translation>Bis zum Jahr</translation>
    </message>
</context>
<context>
    <name>_CardStars</name>
    <message>
        <source>Predicted</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Ihre</translation>
    </message>
</context>
<context>
    <name>_Stages</name>
    <message>
        <source>Checksum</source>
        <translation>Prüfsumme</translation>
    </message>
    <message>
        <source>Decoding</source>
        <translation>Dekodieren</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>Embedding</translation>
    </message>
    <message>
        <source>Processor time of one song, step by step, on average</source>
        <translation>Prozessorzeit eines Titels, Schritt für Schritt, im Durchschnitt</translation>
    </message>
    <message>
        <source>{time} ms</source>
        <translation>{time} ms</translation>
    </message>
</context>
</TS>
