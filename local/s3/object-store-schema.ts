// The tables behind object-store and upload-store. Nothing is forced to disk: what the kernel has survives SIGKILL,
// and that is all the local stack promises.
export const objectStoreSchema = `
pragma journal_mode = wal;
pragma synchronous = off;
pragma foreign_keys = on;

create table if not exists objects (
  bucket text not null,
  key text not null,
  id text not null,
  size integer not null,
  etag text not null,
  modified_ms integer not null,
  detail text not null,
  primary key (bucket, key)
) without rowid;

create table if not exists uploads (
  id text primary key,
  bucket text not null,
  key text not null,
  initiated_ms integer not null,
  detail text not null
) without rowid;

create table if not exists parts (
  upload_id text not null references uploads (id) on delete cascade,
  number integer not null,
  file_id text not null,
  size integer not null,
  etag text not null,
  checksums text not null,
  modified_ms integer not null,
  primary key (upload_id, number)
) without rowid;

-- A client that lost the answer to CompleteMultipartUpload asks again and must hear the same.
create table if not exists completed_uploads (
  id text primary key,
  bucket text not null,
  key text not null,
  answer text not null
) without rowid;

create table if not exists outbox (
  id integer primary key autoincrement,
  queue_arn text not null,
  body text not null
);
`
