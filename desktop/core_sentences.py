"""The finite sentences of core that the window shows, marked for translation; ``core_texts`` finds them again."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

STAGES = (
    QT_TRANSLATE_NOOP("Core", "Looking for duplicates"),
    QT_TRANSLATE_NOOP("Core", "Comparing songs with each other"),
    QT_TRANSLATE_NOOP("Core", "Listening with the new encoder"),
    QT_TRANSLATE_NOOP("Core", "Comparing it with the one in use"),
    QT_TRANSLATE_NOOP("Core", "Listening for the training"),
    QT_TRANSLATE_NOOP("Core", "Training the teacher"),
    QT_TRANSLATE_NOOP("Core", "Training the student"),
    QT_TRANSLATE_NOOP("Core", "Listening with other encoders"),
    QT_TRANSLATE_NOOP("Core", "Evaluating"),
    QT_TRANSLATE_NOOP("Core", "Making the demo library"),
    QT_TRANSLATE_NOOP("Core", "Drawing the map"),
)
SKIPPED = (
    QT_TRANSLATE_NOOP("Core", "missing"),
    QT_TRANSLATE_NOOP("Core", "not a local file"),
    QT_TRANSLATE_NOOP("Core", "no permission"),
    QT_TRANSLATE_NOOP("Core", "empty"),
    QT_TRANSLATE_NOOP("Core", "not audio"),
    QT_TRANSLATE_NOOP("Core", "damaged"),
    QT_TRANSLATE_NOOP("Core", "too long"),
    QT_TRANSLATE_NOOP("Core", "too short"),
    QT_TRANSLATE_NOOP("Core", "crashed"),
    QT_TRANSLATE_NOOP("Core", "timed out"),
    QT_TRANSLATE_NOOP("Core", "too much memory"),
)
SKIPPED_MORE = (
    QT_TRANSLATE_NOOP("Core", "the file has no bytes"),
    QT_TRANSLATE_NOOP("Core", "not a regular file"),
    QT_TRANSLATE_NOOP("Core", "the disk says: {error}"),
    QT_TRANSLATE_NOOP("Core", "{seconds} s, the least is {low} s"),
    QT_TRANSLATE_NOOP("Core", "no sound stream"),
    QT_TRANSLATE_NOOP("Core", "no known sound format"),
    QT_TRANSLATE_NOOP("Core", "nothing decodes"),
    QT_TRANSLATE_NOOP("Core", "no answer within the time limit"),
    QT_TRANSLATE_NOOP("Core", "no answer from the worker"),
    QT_TRANSLATE_NOOP("Core", "the worker ran out of memory"),
)
REASONS = (
    QT_TRANSLATE_NOOP("Core", "You chose it."),
    QT_TRANSLATE_NOOP("Core", "You keep it in the list."),
    QT_TRANSLATE_NOOP("Core", "You gave it {rating}."),
    QT_TRANSLATE_NOOP("Core", "You put it into a playlist."),
    QT_TRANSLATE_NOOP("Core", "You played it once."),
    QT_TRANSLATE_NOOP("Core", "You played it {count} times."),
    QT_TRANSLATE_NOOP("Core", "You played it once and skipped it once."),
    QT_TRANSLATE_NOOP("Core", "You played it once and skipped it {skips} times."),
    QT_TRANSLATE_NOOP("Core", "You played it {count} times and skipped it once."),
    QT_TRANSLATE_NOOP("Core", "You played it {count} times and skipped it {skips} times."),
    QT_TRANSLATE_NOOP("Core", "Sounds like {song} ({rating})."),
    QT_TRANSLATE_NOOP("Core", "Sounds like {song}, which you gave {rating}."),
    QT_TRANSLATE_NOOP("Core", "Sounds like {song}, which you put into a playlist."),
    QT_TRANSLATE_NOOP("Core", "Sounds like {song}, which you played once."),
    QT_TRANSLATE_NOOP("Core", "Sounds like {song}, which you played {count} times."),
    QT_TRANSLATE_NOOP("Core", "Sounds like {song}, which you played once and skipped once."),
    QT_TRANSLATE_NOOP("Core", "Sounds like {song}, which you played once and skipped {skips} times."),
    QT_TRANSLATE_NOOP("Core", "Sounds like {song}, which you played {count} times and skipped once."),
    QT_TRANSLATE_NOOP("Core", "Sounds like {song}, which you played {count} times and skipped {skips} times."),
    QT_TRANSLATE_NOOP("Core", "Far from {song} ({rating}), the nearest that you have rated."),
    QT_TRANSLATE_NOOP("Core", "{genre}, but far from {song} ({rating})."),
    QT_TRANSLATE_NOOP("Core", "{genre}, new to you; the nearest is {song} ({rating})."),
    QT_TRANSLATE_NOOP("Core", "Predicted to get {rating}."),
    QT_TRANSLATE_NOOP("Core", "Very close to {song}."),
    QT_TRANSLATE_NOOP("Core", "Close to {song}."),
    QT_TRANSLATE_NOOP("Core", "The path starts here."),
    QT_TRANSLATE_NOOP("Core", "The path ends here."),
    QT_TRANSLATE_NOOP("Core", "The largest step of the path."),
    QT_TRANSLATE_NOOP("Core", "A step of {count} from the song before it."),
    QT_TRANSLATE_NOOP("Core", "To find out what you think of it."),
    QT_TRANSLATE_NOOP("Core", "To find out: you have rated nothing yet."),
    QT_TRANSLATE_NOOP("Core", "To find out: you have rated nothing like it."),
    QT_TRANSLATE_NOOP("Core", "To find out: nothing can be said of it yet."),
    QT_TRANSLATE_NOOP("Core", "To find out: it may get {low} to {high} stars."),
    QT_TRANSLATE_NOOP("Core", "Unlike anything that you have rated."),
    QT_TRANSLATE_NOOP("Core", "Unlike anything that you have rated or played."),
    QT_TRANSLATE_NOOP(
        "Core", "Of the songs with the highest predictions, one of the farthest from what you have rated."
    ),
    QT_TRANSLATE_NOOP(
        "Core", "Of the songs with the highest predictions, one of the farthest from what you have rated or played."
    ),
    QT_TRANSLATE_NOOP("Core", "Of the songs that you have not rated, one of the farthest from those that you have."),
    QT_TRANSLATE_NOOP(
        "Core", "Of the songs that you have not rated or played, one of the farthest from those that you have."
    ),
    QT_TRANSLATE_NOOP("Core", "One of a few songs that together span your library."),
    QT_TRANSLATE_NOOP("Core", "One of a few songs that together span your library: a good beginning."),
    QT_TRANSLATE_NOOP("Core", "Drawn at random, so that the ratings also tell about songs that you would not choose."),
    QT_TRANSLATE_NOOP("Core", "Nothing like it is rated yet: it would tell a little about many songs."),
    QT_TRANSLATE_NOOP("Core", "Nothing like it is rated yet: it would tell about one other song."),
    QT_TRANSLATE_NOOP("Core", "Nothing like it is rated yet: it would tell about {count} other songs."),
    QT_TRANSLATE_NOOP("Core", "Little like it is rated yet: it would tell a little about many songs."),
    QT_TRANSLATE_NOOP("Core", "Little like it is rated yet: it would tell about one other song."),
    QT_TRANSLATE_NOOP("Core", "Little like it is rated yet: it would tell about {count} other songs."),
    QT_TRANSLATE_NOOP("Core", "Its rating would tell a little about many songs."),
    QT_TRANSLATE_NOOP("Core", "Its rating would tell about one other song."),
    QT_TRANSLATE_NOOP("Core", "Its rating would tell about {count} other songs."),
)
NOTICES = (
    QT_TRANSLATE_NOOP("Core", "No song fits."),
    QT_TRANSLATE_NOOP("Core", "There is no song that was listened to."),
    QT_TRANSLATE_NOOP(
        "Core",
        "The songs that you have rated are listened to first. As soon as others were too, a list is made of them.",
    ),
    QT_TRANSLATE_NOOP("Core", "There is no unrated song to ask about."),
    QT_TRANSLATE_NOOP("Core", "No unrated song fits."),
    QT_TRANSLATE_NOOP("Core", "Only {found} of {wanted} songs: no more songs fit."),
    QT_TRANSLATE_NOOP("Core", "Only {found} of {wanted} songs: no more songs without stars fit."),
    QT_TRANSLATE_NOOP("Core", "No song without stars fits: loosen what is asked for, or scan the library."),
    QT_TRANSLATE_NOOP("Core", "A minimum of {stars} stars would give {count}."),
    QT_TRANSLATE_NOOP("Core", "No song is predicted to get {stars} stars; the highest prediction is {high}."),
    QT_TRANSLATE_NOOP(
        "Core", "Only {found} of {wanted} songs are predicted to get {stars} stars; the highest prediction is {high}."
    ),
    QT_TRANSLATE_NOOP("Core", "Drawn from the first {songs}, those at the top more often."),
    QT_TRANSLATE_NOOP(
        "Core",
        "There is no song with a rating or a prediction that fits: scan the library, rate songs, or loosen "
        "the filters.",
    ),
    QT_TRANSLATE_NOOP("Core", "A mix has at most {count} songs."),
    QT_TRANSLATE_NOOP("Core", "Only {found} of {wanted} songs: no more liked songs fit."),
    QT_TRANSLATE_NOOP(
        "Core", "Only {found} of {wanted} songs: no more liked songs fit with at most {limit} of one artist."
    ),
    QT_TRANSLATE_NOOP(
        "Core", "Only {found} of {wanted} songs: no more liked songs fit with at most {limit} of one album."
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "Only {found} of {wanted} songs: no more liked songs fit with at most {limit} of one artist and at "
        "most {low} of one album.",
    ),
    QT_TRANSLATE_NOOP("Core", "The path starts and ends with the same song."),
    QT_TRANSLATE_NOOP("Core", "{song} cannot be played and is left out."),
    QT_TRANSLATE_NOOP(
        "Core", "The largest step is from {song} to {other}: they sound hardly more alike than any two songs."
    ),
    QT_TRANSLATE_NOOP(
        "Core", "There are no stars and no plays yet: these songs span your library, so that you can begin to rate."
    ),
    QT_TRANSLATE_NOOP(
        "Core", "Nothing tells yet what you like: these songs span your library, so that you can begin to rate."
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "Of the songs that you have rated, {found} of {wanted} have been listened to so far: these are songs that you "
        "seem to like, by plays and playlists, and stars, and songs that sound like them.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "Of the songs that you have rated, {found} of {wanted} have been listened to so far: these are songs that you "
        "seem to like, by plays and playlists, and songs that sound like them.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "There are no stars yet: these are songs that you seem to like, by plays and playlists, and songs "
        "that sound like them.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "There is only {ratings} yet: these are songs that you seem to like, by plays and playlists, and "
        "stars, and songs that sound like them.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "There are only {ratings} yet: these are songs that you seem to like, by plays and playlists, and "
        "stars, and songs that sound like them.",
    ),
    QT_TRANSLATE_NOOP("Core", "Only {found} of {wanted} songs fit."),
    QT_TRANSLATE_NOOP("Core", "No song has a predicted rating yet: rate some songs first."),
    QT_TRANSLATE_NOOP("Core", "No unrated song with a predicted rating fits."),
    QT_TRANSLATE_NOOP("Core", "Only {found} of {wanted} songs: no more unrated songs with a predicted rating fit."),
    QT_TRANSLATE_NOOP(
        "Core", "None of these is predicted to get more than {stars} stars: nothing that is so new promises more."
    ),
    QT_TRANSLATE_NOOP(
        "Core", "There is no unrated song with a prediction that fits: scan the library, or loosen the filters."
    ),
    QT_TRANSLATE_NOOP("Core", "Only {found} of {wanted} songs: no more unrated songs fit."),
    QT_TRANSLATE_NOOP(
        "Core", "Only {found} of {wanted} songs: no more unrated songs fit with at most {limit} of one artist."
    ),
    QT_TRANSLATE_NOOP("Core", "{songs} that fits is left out, for the files are not there: is a drive not mounted?"),
    QT_TRANSLATE_NOOP("Core", "{songs} that fit are left out, for the files are not there: is a drive not mounted?"),
    QT_TRANSLATE_NOOP("Core", "{songs} that you keep is left out, for the file is not there, or it is no music."),
    QT_TRANSLATE_NOOP("Core", "{songs} that you keep are left out, for the file is not there, or it is no music."),
    QT_TRANSLATE_NOOP("Core", "{count} of your songs is left out: copies of others, spoken, or the file is not there."),
    QT_TRANSLATE_NOOP(
        "Core", "{count} of your songs are left out: copies of others, spoken, or the file is not there."
    ),
)
KNOWLEDGE = (
    QT_TRANSLATE_NOOP("Core", "Knows nothing of your taste yet: rate some songs."),
    QT_TRANSLATE_NOOP(
        "Core", "Knows your taste from {ratings}, by who plays and by the sound; your average is {rating}."
    ),
    QT_TRANSLATE_NOOP("Core", "Knows your taste from {ratings}, by who plays; your average is {rating}."),
    QT_TRANSLATE_NOOP("Core", "Knows your taste from {ratings}, by the sound; your average is {rating}."),
    QT_TRANSLATE_NOOP(
        "Core",
        "Knows your taste from {ratings}, but neither who plays nor the sound tells which songs you like "
        "better; your average is {rating}.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "Knows your taste from {ratings}, which is not enough to tell songs apart from your average of "
        "{rating}: {count} of {songs} has no prediction yet.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "Knows your taste from {ratings}, so it stays close to your average of {rating} where it is not "
        "sure; {count} of {songs} has no prediction yet.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "Knows your taste from {ratings}, which is not enough to tell songs apart from your average of "
        "{rating}: {count} of {songs} have no prediction yet.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "Knows your taste from {ratings}, so it stays close to your average of {rating} where it is not "
        "sure; {count} of {songs} have no prediction yet.",
    ),
)
COMPARED = (
    QT_TRANSLATE_NOOP("Core", "On artists that were held out, nothing tells {last} from {first}."),
    QT_TRANSLATE_NOOP("Core", "{version} has collapsed: it hears nearly the same in every song."),
    QT_TRANSLATE_NOOP(
        "Core",
        "On artists that were held out, {ahead} reached {high} and {behind} {low}, a difference that chance alone "
        "makes in {count} of 100 cases.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "On artists that were held out, {ahead} reached {high} and {behind} {low}, a difference that chance alone "
        "makes in fewer than 1 of 100 cases.",
    ),
)
TOLD = (
    QT_TRANSLATE_NOOP(
        "Core",
        "The music folder {folder} is missing: connect its disk, or set music.path_map if it is mounted elsewhere.",
    ),
    QT_TRANSLATE_NOOP("Core", "Another Marmalade is listening to this library; this one goes on when it has finished."),
    QT_TRANSLATE_NOOP("Core", "The playlist “{name}” is not in the history any more."),
    QT_TRANSLATE_NOOP("Core", "There is a {file} already that was not made here."),
    QT_TRANSLATE_NOOP("Core", "“{name}” is another list that you made."),
    QT_TRANSLATE_NOOP("Core", "Choose a song that the others should be like."),
    QT_TRANSLATE_NOOP("Core", "Choose the first and the last song of the path."),
    QT_TRANSLATE_NOOP("Core", "Choose songs first, on the map or in the library."),
    QT_TRANSLATE_NOOP(
        "Core",
        "The ratings that are learned from are all the same, so there is no taste to find in them: rate more songs.",
    ),
    QT_TRANSLATE_NOOP("Core", "The program {program} is not installed: open {playlist} in your player yourself."),
)
ERRORS = (
    QT_TRANSLATE_NOOP("Core", "There is no database at {path}: start the player once, or choose another file."),
    QT_TRANSLATE_NOOP("Core", "{path} is empty: choose the database of Clementine or Strawberry."),
    QT_TRANSLATE_NOOP("Core", "{path} is not a database: choose that of Clementine or Strawberry."),
    QT_TRANSLATE_NOOP("Core", "{path} is damaged ({error}): start the player, or choose its backup."),
    QT_TRANSLATE_NOOP("Core", "{path} cannot be read ({error}): check its disk and the permissions of its folder."),
    QT_TRANSLATE_NOOP("Core", "{path} cannot be read ({error}): check its disk and its permissions."),
    QT_TRANSLATE_NOOP("Core", "{path} is a folder: choose the database file in it."),
    QT_TRANSLATE_NOOP("Core", "{path} is being written by another program: try again when the player has finished."),
    QT_TRANSLATE_NOOP(
        "Core",
        "{path} is not the database of a player: choose Clementine's clementine.db or Strawberry's strawberry.db.",
    ),
    QT_TRANSLATE_NOOP(
        "Core", "{path} cannot be written: it is read-only. Choose another folder for Marmalade’s files."
    ),
    QT_TRANSLATE_NOOP("Core", "{path} cannot be written: {error}. Choose another folder for Marmalade’s files."),
    QT_TRANSLATE_NOOP("Core", "{path} cannot be opened. Check that its folder can be written, or choose another."),
    QT_TRANSLATE_NOOP(
        "Core", "{path} cannot be written: the disk is full. Free some space and start again; nothing is lost."
    ),
    QT_TRANSLATE_NOOP("Core", "{path} is in use by another Marmalade. Wait until it has finished, then start again."),
    QT_TRANSLATE_NOOP("Core", "The configuration {path} is not valid YAML near line {line}: {problem}."),
    QT_TRANSLATE_NOOP("Core", "The configuration {path} cannot be read: {error}."),
    QT_TRANSLATE_NOOP("Core", "The configuration {path} cannot be written: {error}."),
    QT_TRANSLATE_NOOP("Core", "The configuration {path} cannot be moved aside: {error}."),
    QT_TRANSLATE_NOOP("Core", "No song has been listened to yet."),
    QT_TRANSLATE_NOOP("Core", "{path} has not been listened to yet."),
    QT_TRANSLATE_NOOP("Core", "{path} is spoken, so no music is like it."),
    QT_TRANSLATE_NOOP("Core", "{path} is not there: is a drive not mounted?"),
    QT_TRANSLATE_NOOP("Core", "Nothing has been learned from your ratings yet."),
    QT_TRANSLATE_NOOP("Core", "Your ratings have changed since they were learned from."),
    QT_TRANSLATE_NOOP("Core", "This song is spoken, so it is not predicted."),
    QT_TRANSLATE_NOOP("Core", "The file of this song is not there, so it is not predicted."),
    QT_TRANSLATE_NOOP("Core", "The encoder has changed since the songs were listened to."),
    QT_TRANSLATE_NOOP(
        "Core",
        "Only {count} of your rated songs has been listened to, and at least {low} are needed: rate more songs, or "
        "let more be listened to.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "Only {count} of your rated songs have been listened to, and at least {low} are needed: rate more songs, or "
        "let more be listened to.",
    ),
    QT_TRANSLATE_NOOP("Core", "An encoder cannot learn from {songs}: more music is needed."),
    QT_TRANSLATE_NOOP("Core", "Another program has changed {file} since it was written."),
    QT_TRANSLATE_NOOP("Core", "Another program has changed {file}, so it was not deleted."),
    QT_TRANSLATE_NOOP("Core", "Another program has changed its file since."),
)
ALL = (*ERRORS, *STAGES, *SKIPPED, *SKIPPED_MORE, *REASONS, *NOTICES, *KNOWLEDGE, *COMPARED, *TOLD)
