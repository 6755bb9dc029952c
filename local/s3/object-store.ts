// Objects on disk: bytes in files (blob-files.ts), everything else in SQLite. A row and the events it causes are committed
// in one transaction before the client hears 200, so that a killed server has either both or neither.
// Everything here is synchronous on purpose: a check and the write that relies on it cannot be interleaved.
import { join } from 'node:path'
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { openBlobFiles, type Piece } from './blob-files.ts'
import type { Checksums, ChecksumType } from './checksums.ts'
import { openDatabase } from './object-store-schema.ts'

export type ObjectHeaders = {
  /** Content-Type and the like, by lower-case name. */
  system: Record<string, string>
  /** x-amz-meta-*, without the prefix. */
  metadata: Record<string, string>
}

export type StoredObject = ObjectHeaders & {
  bucket: string
  key: string
  /** Its bytes, in order. New bytes always lie in new files, so a reader of the old ones is never disturbed. */
  pieces: readonly Piece[]
  size: number
  /** Without quotes. */
  etag: string
  modifiedMs: number
  checksums: Checksums
  checksumType: ChecksumType
}

export type NewObject = Omit<StoredObject, 'modifiedMs'> & {
  /** Of one joined from parts, when its upload was begun: S3 dates it so. By default it is made now. */
  createdMs?: number
}

export type PendingEvent = { id: number; queueArn: string; body: string }
export type NewEvent = Omit<PendingEvent, 'id'>

export type ObjectStore = ReturnType<typeof openObjectStore>

export function openObjectStore(dataDir: string, now: () => number) {
  const files = openBlobFiles(join(dataDir, 'bytes'))
  const database = openDatabase(join(dataDir, 'objects.sqlite'))
  const sql = prepareStatements(database)
  files.removeOthers(new Set(sql.files.all().map((row) => String(row['file']))))

  function find(bucket: string, key: string): StoredObject | null {
    const row = sql.find.get(bucket, key)
    return row === undefined ? null : readObject(row)
  }

  function transact(work: () => void): void {
    database.exec('begin immediate')
    try {
      work()
      database.exec('commit')
    } catch (error) {
      database.exec('rollback')
      throw error
    }
  }

  return {
    database,
    files,
    find,

    /**
     * Makes the object of pieces that are its own from then on, together with the events this causes and whatever else
     * `alongside` writes: all of it or nothing.
     */
    put(
      { createdMs = now(), ...object }: NewObject,
      describeEvents: (object: StoredObject) => NewEvent[],
      alongside = () => {},
    ): StoredObject {
      const replaced = find(object.bucket, object.key)
      // S3's timestamps have whole seconds.
      const stored = { ...object, modifiedMs: Math.floor(createdMs / 1000) * 1000 }
      transact(() => {
        const { bucket, key, pieces, size, etag, modifiedMs, ...detail } = stored
        sql.put.run(bucket, key, JSON.stringify(pieces), size, etag, modifiedMs, JSON.stringify(detail))
        for (const event of describeEvents(stored)) sql.addEvent.run(event.queueArn, event.body)
        alongside()
      })
      if (replaced !== null) files.remove(replaced.pieces)
      return stored
    },

    /** Returns whether there was anything to remove. */
    remove(bucket: string, key: string, describeEvents: () => NewEvent[]): boolean {
      const object = find(bucket, key)
      if (object === null) return false
      transact(() => {
        sql.remove.run(bucket, key)
        for (const event of describeEvents()) sql.addEvent.run(event.queueArn, event.body)
      })
      files.remove(object.pieces)
      return true
    },

    /** Objects from this key on (and after that one), in S3's order: by UTF-8 bytes. */
    list(bucket: string, fromKey: string, afterKey: string, limit: number): StoredObject[] {
      return sql.list.all(bucket, fromKey, afterKey, limit).map(readObject)
    },

    pendingEvents(): PendingEvent[] {
      return sql.pendingEvents
        .all()
        .map((row) => ({ id: Number(row['id']), queueArn: String(row['queue_arn']), body: String(row['body']) }))
    },
    addEvent: (event: NewEvent) => void sql.addEvent.run(event.queueArn, event.body),
    settleEvent: (id: number) => void sql.settleEvent.run(id),

    close: () => database.close(),
  }
}

function prepareStatements(database: DatabaseSync) {
  return {
    find: database.prepare('select * from objects where bucket = ? and key = ?'),
    put: database.prepare(
      'insert or replace into objects (bucket, key, pieces, size, etag, modified_ms, detail) values (?, ?, ?, ?, ?, ?, ?)',
    ),
    remove: database.prepare('delete from objects where bucket = ? and key = ?'),
    list: database.prepare('select * from objects where bucket = ? and key >= ? and key > ? order by key limit ?'),
    addEvent: database.prepare('insert into outbox (queue_arn, body) values (?, ?)'),
    pendingEvents: database.prepare('select id, queue_arn, body from outbox order by id limit 100'),
    settleEvent: database.prepare('delete from outbox where id = ?'),
    files: database.prepare(
      `select value ->> 'file' as file from objects, json_each(pieces)
       union all select value ->> 'file' from parts, json_each(pieces)`,
    ),
  }
}

type Detail = Pick<StoredObject, 'system' | 'metadata' | 'checksums' | 'checksumType'>

function readObject(row: Record<string, SQLOutputValue>): StoredObject {
  const detail = JSON.parse(String(row['detail'])) as Detail
  return {
    bucket: String(row['bucket']),
    key: String(row['key']),
    pieces: JSON.parse(String(row['pieces'])) as Piece[],
    size: Number(row['size']),
    etag: String(row['etag']),
    modifiedMs: Number(row['modified_ms']),
    ...detail,
  }
}
