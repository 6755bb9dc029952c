// The tables behind object-store and upload-store. Nothing is forced to disk: what the kernel has survives SIGKILL,
// and that is all the local stack promises.
import { DatabaseSync } from 'node:sqlite'

const schema = `
pragma journal_mode = wal;
pragma synchronous = off;
pragma foreign_keys = on;

create table if not exists objects (
  bucket text not null,
  key text not null,
  pieces text not null,
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
  pieces text not null,
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

/** Bytes lay in one file each, named in a column; from a folder that was made then. */
const upgrade = ['objects.id', 'parts.file_id'].map((place) => {
  const [table, column] = place.split('.')
  return `
    alter table ${table} add column pieces text not null default '[]';
    update ${table} set pieces = json_array(json_object('file', ${column}, 'start', 0, 'bytes', size));
    alter table ${table} drop column ${column};`
})

export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path)
  database.exec(schema)
  const isOld = database.prepare(`select 1 from pragma_table_info('objects') where name = 'id'`).get() !== undefined
  if (isOld) database.exec(`begin; ${upgrade.join('')} commit`)
  return database
}
