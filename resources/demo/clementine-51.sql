-- The schema of the player's database, version 51, as Clementine 1.4.0~rc1+git867 makes it (dumped from a genuine file).
-- One change: the search tables use SQLite's own tokenizer, for the player's 'unicode' one exists only inside the player.

CREATE TABLE directories (
  path TEXT NOT NULL,
  subdirs INTEGER NOT NULL
);
CREATE TABLE songs (
  /* Metadata from taglib */
  title TEXT,
  album TEXT,
  artist TEXT,
  albumartist TEXT,
  composer TEXT,
  track INTEGER,
  disc INTEGER,
  bpm REAL,
  year INTEGER,
  genre TEXT,
  comment TEXT,
  compilation INTEGER,

  length INTEGER,
  bitrate INTEGER,
  samplerate INTEGER,

  /* Information about the file on disk */
  directory INTEGER NOT NULL,
  filename TEXT NOT NULL,
  mtime INTEGER NOT NULL,
  ctime INTEGER NOT NULL,
  filesize INTEGER NOT NULL
, sampler INTEGER NOT NULL DEFAULT 0, art_automatic TEXT, art_manual TEXT, filetype INTEGER NOT NULL DEFAULT 0, playcount INTEGER NOT NULL DEFAULT 0, lastplayed INTEGER, rating INTEGER, forced_compilation_on INTEGER NOT NULL DEFAULT 0, forced_compilation_off INTEGER NOT NULL DEFAULT 0, effective_compilation NOT NULL DEFAULT 0, skipcount INTEGER NOT NULL DEFAULT 0, score INTEGER NOT NULL DEFAULT 0, beginning INTEGER NOT NULL DEFAULT 0, cue_path TEXT, unavailable INTEGER DEFAULT 0, effective_albumartist TEXT, etag TEXT, performer TEXT, grouping TEXT, lyrics TEXT, originalyear INTEGER, effective_originalyear INTEGER);
CREATE TABLE schema_version (
  version INTEGER NOT NULL
);
CREATE INDEX idx_comp_artist ON songs (effective_compilation, artist);
CREATE TABLE subdirectories (
  directory INTEGER NOT NULL,
  path TEXT NOT NULL,
  mtime INTEGER NOT NULL
);
CREATE TABLE playlists (
  name TEXT NOT NULL
, last_played INTEGER NOT NULL DEFAULT -1, ui_order INTEGER NOT NULL DEFAULT 0, dynamic_playlist_type TEXT, dynamic_playlist_data BLOB, dynamic_playlist_backend TEXT DEFAULT "songs", special_type TEXT, ui_path TEXT, is_favorite INTEGER NOT NULL DEFAULT 0);
CREATE TABLE playlist_items (
  playlist INTEGER NOT NULL,
  type TEXT NOT NULL, /* Library, Stream, File, or Radio */

  /* Library */
  library_id INTEGER,

  /* Stream, File or Radio */
  url TEXT,

  /* Stream or Radio */
  title TEXT,
  artist TEXT,
  album TEXT,
  length INTEGER,

  /* Radio */
  radio_service TEXT
, beginning INTEGER, cue_path TEXT, albumartist TEXT, composer TEXT, track INTEGER, disc INTEGER, bpm REAL, year INTEGER, genre TEXT, comment TEXT, compilation INTEGER, bitrate INTEGER, samplerate INTEGER, directory INTEGER, filename TEXT, mtime INTEGER, ctime INTEGER, filesize INTEGER, sampler INTEGER NOT NULL DEFAULT 0, art_automatic TEXT, art_manual TEXT, filetype INTEGER NOT NULL DEFAULT 0, playcount INTEGER NOT NULL DEFAULT 0, lastplayed INTEGER, rating INTEGER, forced_compilation_on INTEGER NOT NULL DEFAULT 0, forced_compilation_off INTEGER NOT NULL DEFAULT 0, effective_compilation NOT NULL DEFAULT 0, skipcount INTEGER NOT NULL DEFAULT 0, score INTEGER NOT NULL DEFAULT 0, unavailable INTEGER DEFAULT 0, effective_albumartist TEXT, etag TEXT, performer TEXT, grouping TEXT, lyrics TEXT, originalyear INTEGER, effective_originalyear INTEGER);
CREATE TABLE magnatune_songs (
  title TEXT,
  album TEXT,
  artist TEXT,
  albumartist TEXT,
  composer TEXT,
  track INTEGER,
  disc INTEGER,
  bpm REAL,
  year INTEGER,
  genre TEXT,
  comment TEXT,
  compilation INTEGER,

  length INTEGER,
  bitrate INTEGER,
  samplerate INTEGER,

  directory INTEGER NOT NULL,
  filename TEXT NOT NULL,
  mtime INTEGER NOT NULL,
  ctime INTEGER NOT NULL,
  filesize INTEGER NOT NULL,

  sampler INTEGER NOT NULL DEFAULT 0,
  art_automatic TEXT,
  art_manual TEXT,
  filetype INTEGER NOT NULL DEFAULT 0,
  playcount INTEGER NOT NULL DEFAULT 0,
  lastplayed INTEGER,
  rating INTEGER,
  forced_compilation_on INTEGER NOT NULL DEFAULT 0,
  forced_compilation_off INTEGER NOT NULL DEFAULT 0,
  effective_compilation NOT NULL DEFAULT 0
, skipcount INTEGER NOT NULL DEFAULT 0, score INTEGER NOT NULL DEFAULT 0, beginning INTEGER NOT NULL DEFAULT 0, cue_path TEXT, unavailable INTEGER DEFAULT 0, effective_albumartist TEXT, etag TEXT, performer TEXT, grouping TEXT, lyrics TEXT, originalyear INTEGER, effective_originalyear INTEGER);
CREATE INDEX idx_magnatune_comp_artist ON magnatune_songs (effective_compilation, artist);
CREATE INDEX idx_album ON songs (album);
CREATE TABLE devices (
  unique_id TEXT NOT NULL,
  friendly_name TEXT,
  size INTEGER,
  icon TEXT
, schema_version INTEGER NOT NULL DEFAULT 0, transcode_mode NOT NULL DEFAULT 3, transcode_format NOT NULL DEFAULT 5);
CREATE TABLE icecast_stations (
  name TEXT,
  url TEXT,
  mime_type TEXT,
  bitrate INTEGER,
  channels INTEGER,
  samplerate INTEGER,
  genre TEXT
);
CREATE INDEX idx_icecast_genres ON icecast_stations(genre);
CREATE INDEX idx_icecast_name ON icecast_stations(name);
CREATE INDEX idx_title ON songs (title);
CREATE TABLE spotify_search_songs (
  title TEXT,
  album TEXT,
  artist TEXT,
  albumartist TEXT,
  composer TEXT,
  track INTEGER,
  disc INTEGER,
  bpm REAL,
  year INTEGER,
  genre TEXT,
  comment TEXT,
  compilation INTEGER,

  length INTEGER,
  bitrate INTEGER,
  samplerate INTEGER,

  directory INTEGER NOT NULL,
  filename TEXT NOT NULL,
  mtime INTEGER NOT NULL,
  ctime INTEGER NOT NULL,
  filesize INTEGER NOT NULL,
  sampler INTEGER NOT NULL DEFAULT 0,
  art_automatic TEXT,
  art_manual TEXT,
  filetype INTEGER NOT NULL DEFAULT 0,
  playcount INTEGER NOT NULL DEFAULT 0,
  lastplayed INTEGER,
  rating INTEGER,
  forced_compilation_on INTEGER NOT NULL DEFAULT 0,
  forced_compilation_off INTEGER NOT NULL DEFAULT 0,
  effective_compilation NOT NULL DEFAULT 0,
  skipcount INTEGER NOT NULL DEFAULT 0,
  score INTEGER NOT NULL DEFAULT 0,
  beginning INTEGER NOT NULL DEFAULT 0,
  cue_path TEXT
, unavailable INTEGER DEFAULT 0, effective_albumartist TEXT, etag TEXT, performer TEXT, grouping TEXT, lyrics TEXT, originalyear INTEGER, effective_originalyear INTEGER);
CREATE VIEW duplicated_songs as
select artist dup_artist, album dup_album, title dup_title
  from songs as inner_songs
 where artist != ''
   and album != ''
   and title != ''
   and unavailable = 0
 group by artist, album , title
having count(*) > 1;
CREATE INDEX idx_filename ON songs (filename);
CREATE TABLE podcasts (
  url TEXT,
  title TEXT,
  description TEXT,
  copyright TEXT,
  link TEXT,
  image_url_large TEXT,
  image_url_small TEXT,
  author TEXT,
  owner_name TEXT,
  owner_email TEXT,

  last_updated INTEGER,
  last_update_error TEXT,

  extra BLOB
);
CREATE TABLE podcast_episodes (
  podcast_id INTEGER,

  title TEXT,
  description TEXT,
  author TEXT,
  publication_date INTEGER,
  duration_secs INTEGER,
  url TEXT,

  listened BOOLEAN,
  listened_date INTEGER,
  downloaded BOOLEAN,
  local_url TEXT,

  extra BLOB
);
CREATE INDEX podcast_idx_url ON podcasts(url);
CREATE INDEX podcast_episodes_idx_podcast_id ON podcast_episodes(podcast_id);
CREATE INDEX podcast_episodes_idx_url ON podcast_episodes(url);
CREATE INDEX podcast_episodes_idx_local_url ON podcast_episodes(local_url);
CREATE TABLE google_drive_songs(
  title TEXT,
  album TEXT,
  artist TEXT,
  albumartist TEXT,
  composer TEXT,
  track INTEGER,
  disc INTEGER,
  bpm REAL,
  year INTEGER,
  genre TEXT,
  comment TEXT,
  compilation INTEGER,

  length INTEGER,
  bitrate INTEGER,
  samplerate INTEGER,

  directory INTEGER NOT NULL,
  filename TEXT NOT NULL,
  mtime INTEGER NOT NULL,
  ctime INTEGER NOT NULL,
  filesize INTEGER NOT NULL,
  sampler INTEGER NOT NULL DEFAULT 0,
  art_automatic TEXT,
  art_manual TEXT,
  filetype INTEGER NOT NULL DEFAULT 0,
  playcount INTEGER NOT NULL DEFAULT 0,
  lastplayed INTEGER,
  rating INTEGER,
  forced_compilation_on INTEGER NOT NULL DEFAULT 0,
  forced_compilation_off INTEGER NOT NULL DEFAULT 0,
  effective_compilation NOT NULL DEFAULT 0,
  skipcount INTEGER NOT NULL DEFAULT 0,
  score INTEGER NOT NULL DEFAULT 0,
  beginning INTEGER NOT NULL DEFAULT 0,
  cue_path TEXT,
  unavailable INTEGER DEFAULT 0,
  effective_albumartist TEXT,
  etag TEXT
, performer TEXT, grouping TEXT, lyrics TEXT, originalyear INTEGER, effective_originalyear INTEGER);
CREATE TABLE ubuntu_one_songs(
  title TEXT,
  album TEXT,
  artist TEXT,
  albumartist TEXT,
  composer TEXT,
  track INTEGER,
  disc INTEGER,
  bpm REAL,
  year INTEGER,
  genre TEXT,
  comment TEXT,
  compilation INTEGER,

  length INTEGER,
  bitrate INTEGER,
  samplerate INTEGER,

  directory INTEGER NOT NULL,
  filename TEXT NOT NULL,
  mtime INTEGER NOT NULL,
  ctime INTEGER NOT NULL,
  filesize INTEGER NOT NULL,
  sampler INTEGER NOT NULL DEFAULT 0,
  art_automatic TEXT,
  art_manual TEXT,
  filetype INTEGER NOT NULL DEFAULT 0,
  playcount INTEGER NOT NULL DEFAULT 0,
  lastplayed INTEGER,
  rating INTEGER,
  forced_compilation_on INTEGER NOT NULL DEFAULT 0,
  forced_compilation_off INTEGER NOT NULL DEFAULT 0,
  effective_compilation NOT NULL DEFAULT 0,
  skipcount INTEGER NOT NULL DEFAULT 0,
  score INTEGER NOT NULL DEFAULT 0,
  beginning INTEGER NOT NULL DEFAULT 0,
  cue_path TEXT,
  unavailable INTEGER DEFAULT 0,
  effective_albumartist TEXT,
  etag TEXT
, performer TEXT, grouping TEXT, lyrics TEXT, originalyear INTEGER, effective_originalyear INTEGER);
CREATE TABLE dropbox_songs(
  title TEXT,
  album TEXT,
  artist TEXT,
  albumartist TEXT,
  composer TEXT,
  track INTEGER,
  disc INTEGER,
  bpm REAL,
  year INTEGER,
  genre TEXT,
  comment TEXT,
  compilation INTEGER,

  length INTEGER,
  bitrate INTEGER,
  samplerate INTEGER,

  directory INTEGER NOT NULL,
  filename TEXT NOT NULL,
  mtime INTEGER NOT NULL,
  ctime INTEGER NOT NULL,
  filesize INTEGER NOT NULL,
  sampler INTEGER NOT NULL DEFAULT 0,
  art_automatic TEXT,
  art_manual TEXT,
  filetype INTEGER NOT NULL DEFAULT 0,
  playcount INTEGER NOT NULL DEFAULT 0,
  lastplayed INTEGER,
  rating INTEGER,
  forced_compilation_on INTEGER NOT NULL DEFAULT 0,
  forced_compilation_off INTEGER NOT NULL DEFAULT 0,
  effective_compilation NOT NULL DEFAULT 0,
  skipcount INTEGER NOT NULL DEFAULT 0,
  score INTEGER NOT NULL DEFAULT 0,
  beginning INTEGER NOT NULL DEFAULT 0,
  cue_path TEXT,
  unavailable INTEGER DEFAULT 0,
  effective_albumartist TEXT,
  etag TEXT
, performer TEXT, grouping TEXT, lyrics TEXT, originalyear INTEGER, effective_originalyear INTEGER);
CREATE TABLE skydrive_songs(
  title TEXT,
  album TEXT,
  artist TEXT,
  albumartist TEXT,
  composer TEXT,
  track INTEGER,
  disc INTEGER,
  bpm REAL,
  year INTEGER,
  genre TEXT,
  comment TEXT,
  compilation INTEGER,

  length INTEGER,
  bitrate INTEGER,
  samplerate INTEGER,

  directory INTEGER NOT NULL,
  filename TEXT NOT NULL,
  mtime INTEGER NOT NULL,
  ctime INTEGER NOT NULL,
  filesize INTEGER NOT NULL,
  sampler INTEGER NOT NULL DEFAULT 0,
  art_automatic TEXT,
  art_manual TEXT,
  filetype INTEGER NOT NULL DEFAULT 0,
  playcount INTEGER NOT NULL DEFAULT 0,
  lastplayed INTEGER,
  rating INTEGER,
  forced_compilation_on INTEGER NOT NULL DEFAULT 0,
  forced_compilation_off INTEGER NOT NULL DEFAULT 0,
  effective_compilation NOT NULL DEFAULT 0,
  skipcount INTEGER NOT NULL DEFAULT 0,
  score INTEGER NOT NULL DEFAULT 0,
  beginning INTEGER NOT NULL DEFAULT 0,
  cue_path TEXT,
  unavailable INTEGER DEFAULT 0,
  effective_albumartist TEXT,
  etag TEXT
, performer TEXT, grouping TEXT, lyrics TEXT, originalyear INTEGER, effective_originalyear INTEGER);
CREATE TABLE subsonic_songs(
  title TEXT,
  album TEXT,
  artist TEXT,
  albumartist TEXT,
  composer TEXT,
  track INTEGER,
  disc INTEGER,
  bpm REAL,
  year INTEGER,
  genre TEXT,
  comment TEXT,
  compilation INTEGER,

  length INTEGER,
  bitrate INTEGER,
  samplerate INTEGER,

  directory INTEGER NOT NULL,
  filename TEXT NOT NULL,
  mtime INTEGER NOT NULL,
  ctime INTEGER NOT NULL,
  filesize INTEGER NOT NULL,
  sampler INTEGER NOT NULL DEFAULT 0,
  art_automatic TEXT,
  art_manual TEXT,
  filetype INTEGER NOT NULL DEFAULT 0,
  playcount INTEGER NOT NULL DEFAULT 0,
  lastplayed INTEGER,
  rating INTEGER,
  forced_compilation_on INTEGER NOT NULL DEFAULT 0,
  forced_compilation_off INTEGER NOT NULL DEFAULT 0,
  effective_compilation NOT NULL DEFAULT 0,
  skipcount INTEGER NOT NULL DEFAULT 0,
  score INTEGER NOT NULL DEFAULT 0,
  beginning INTEGER NOT NULL DEFAULT 0,
  cue_path TEXT,
  unavailable INTEGER DEFAULT 0,
  effective_albumartist TEXT,
  etag TEXT
, performer TEXT, grouping TEXT, lyrics TEXT, originalyear INTEGER, effective_originalyear INTEGER);
CREATE TABLE box_songs(
  title TEXT,
  album TEXT,
  artist TEXT,
  albumartist TEXT,
  composer TEXT,
  track INTEGER,
  disc INTEGER,
  bpm REAL,
  year INTEGER,
  genre TEXT,
  comment TEXT,
  compilation INTEGER,

  length INTEGER,
  bitrate INTEGER,
  samplerate INTEGER,

  directory INTEGER NOT NULL,
  filename TEXT NOT NULL,
  mtime INTEGER NOT NULL,
  ctime INTEGER NOT NULL,
  filesize INTEGER NOT NULL,
  sampler INTEGER NOT NULL DEFAULT 0,
  art_automatic TEXT,
  art_manual TEXT,
  filetype INTEGER NOT NULL DEFAULT 0,
  playcount INTEGER NOT NULL DEFAULT 0,
  lastplayed INTEGER,
  rating INTEGER,
  forced_compilation_on INTEGER NOT NULL DEFAULT 0,
  forced_compilation_off INTEGER NOT NULL DEFAULT 0,
  effective_compilation NOT NULL DEFAULT 0,
  skipcount INTEGER NOT NULL DEFAULT 0,
  score INTEGER NOT NULL DEFAULT 0,
  beginning INTEGER NOT NULL DEFAULT 0,
  cue_path TEXT,
  unavailable INTEGER DEFAULT 0,
  effective_albumartist TEXT,
  etag TEXT
, performer TEXT, grouping TEXT, lyrics TEXT, originalyear INTEGER, effective_originalyear INTEGER);
CREATE TABLE seafile_songs(
  title TEXT,
  album TEXT,
  artist TEXT,
  albumartist TEXT,
  composer TEXT,
  track INTEGER,
  disc INTEGER,
  bpm REAL,
  year INTEGER,
  genre TEXT,
  comment TEXT,
  compilation INTEGER,

  length INTEGER,
  bitrate INTEGER,
  samplerate INTEGER,

  directory INTEGER NOT NULL,
  filename TEXT NOT NULL,
  mtime INTEGER NOT NULL,
  ctime INTEGER NOT NULL,
  filesize INTEGER NOT NULL,
  sampler INTEGER NOT NULL DEFAULT 0,
  art_automatic TEXT,
  art_manual TEXT,
  filetype INTEGER NOT NULL DEFAULT 0,
  playcount INTEGER NOT NULL DEFAULT 0,
  lastplayed INTEGER,
  rating INTEGER,
  forced_compilation_on INTEGER NOT NULL DEFAULT 0,
  forced_compilation_off INTEGER NOT NULL DEFAULT 0,
  effective_compilation NOT NULL DEFAULT 0,
  skipcount INTEGER NOT NULL DEFAULT 0,
  score INTEGER NOT NULL DEFAULT 0,
  beginning INTEGER NOT NULL DEFAULT 0,
  cue_path TEXT,
  unavailable INTEGER DEFAULT 0,
  effective_albumartist TEXT,
  etag TEXT,
  performer TEXT,
  grouping TEXT
, lyrics TEXT, originalyear INTEGER, effective_originalyear INTEGER);
CREATE TABLE amazon_cloud_drive_songs(
  title TEXT,
  album TEXT,
  artist TEXT,
  albumartist TEXT,
  composer TEXT,
  track INTEGER,
  disc INTEGER,
  bpm REAL,
  year INTEGER,
  genre TEXT,
  comment TEXT,
  compilation INTEGER,

  length INTEGER,
  bitrate INTEGER,
  samplerate INTEGER,

  directory INTEGER NOT NULL,
  filename TEXT NOT NULL,
  mtime INTEGER NOT NULL,
  ctime INTEGER NOT NULL,
  filesize INTEGER NOT NULL,
  sampler INTEGER NOT NULL DEFAULT 0,
  art_automatic TEXT,
  art_manual TEXT,
  filetype INTEGER NOT NULL DEFAULT 0,
  playcount INTEGER NOT NULL DEFAULT 0,
  lastplayed INTEGER,
  rating INTEGER,
  forced_compilation_on INTEGER NOT NULL DEFAULT 0,
  forced_compilation_off INTEGER NOT NULL DEFAULT 0,
  effective_compilation NOT NULL DEFAULT 0,
  skipcount INTEGER NOT NULL DEFAULT 0,
  score INTEGER NOT NULL DEFAULT 0,
  beginning INTEGER NOT NULL DEFAULT 0,
  cue_path TEXT,
  unavailable INTEGER DEFAULT 0,
  effective_albumartist TEXT,
  etag TEXT,
  performer TEXT,
  grouping TEXT
, lyrics TEXT, originalyear INTEGER, effective_originalyear INTEGER);
CREATE VIRTUAL TABLE songs_fts USING fts3( ftstitle, ftsalbum, ftsartist, ftsalbumartist,
  ftscomposer, ftsperformer, ftsgrouping, ftsgenre, ftscomment, ftsyear,
  tokenize=simple
);
CREATE VIRTUAL TABLE magnatune_songs_fts USING fts3( ftstitle, ftsalbum, ftsartist, ftsalbumartist,
  ftscomposer, ftsperformer, ftsgrouping, ftsgenre, ftscomment, ftsyear,
  tokenize=simple
);
CREATE VIRTUAL TABLE spotify_search_songs_fts USING fts3( ftstitle, ftsalbum, ftsartist, ftsalbumartist,
  ftscomposer, ftsperformer, ftsgrouping, ftsgenre, ftscomment, ftsyear,
  tokenize=simple
);
CREATE VIRTUAL TABLE google_drive_songs_fts USING fts3( ftstitle, ftsalbum, ftsartist, ftsalbumartist,
  ftscomposer, ftsperformer, ftsgrouping, ftsgenre, ftscomment, ftsyear,
  tokenize=simple
);
CREATE VIRTUAL TABLE ubuntu_one_songs_fts USING fts3( ftstitle, ftsalbum, ftsartist, ftsalbumartist,
  ftscomposer, ftsperformer, ftsgrouping, ftsgenre, ftscomment, ftsyear,
  tokenize=simple
);
CREATE VIRTUAL TABLE dropbox_songs_fts USING fts3( ftstitle, ftsalbum, ftsartist, ftsalbumartist,
  ftscomposer, ftsperformer, ftsgrouping, ftsgenre, ftscomment, ftsyear,
  tokenize=simple
);
CREATE VIRTUAL TABLE skydrive_songs_fts USING fts3( ftstitle, ftsalbum, ftsartist, ftsalbumartist,
  ftscomposer, ftsperformer, ftsgrouping, ftsgenre, ftscomment, ftsyear,
  tokenize=simple
);
CREATE VIRTUAL TABLE subsonic_songs_fts USING fts3( ftstitle, ftsalbum, ftsartist, ftsalbumartist,
  ftscomposer, ftsperformer, ftsgrouping, ftsgenre, ftscomment, ftsyear,
  tokenize=simple
);
CREATE VIRTUAL TABLE box_songs_fts USING fts3( ftstitle, ftsalbum, ftsartist, ftsalbumartist,
  ftscomposer, ftsperformer, ftsgrouping, ftsgenre, ftscomment, ftsyear,
  tokenize=simple
);
CREATE VIRTUAL TABLE seafile_songs_fts USING fts3( ftstitle, ftsalbum, ftsartist, ftsalbumartist,
  ftscomposer, ftsperformer, ftsgrouping, ftsgenre, ftscomment, ftsyear,
  tokenize=simple
);
CREATE VIRTUAL TABLE amazon_cloud_drive_songs_fts USING fts3( ftstitle, ftsalbum, ftsartist, ftsalbumartist,
  ftscomposer, ftsperformer, ftsgrouping, ftsgenre, ftscomment, ftsyear,
  tokenize=simple
);
CREATE VIRTUAL TABLE playlist_items_fts USING fts3( ftstitle, ftsalbum, ftsartist, ftsalbumartist,
  ftscomposer, ftsperformer, ftsgrouping, ftsgenre, ftscomment, ftsyear,
  tokenize=simple
);
