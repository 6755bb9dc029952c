// Objects on disk: bytes in one file each, everything else in SQLite. A row and the events it causes are committed in
// one transaction before the client hears 200, so that a killed server has either both or neither.
// Everything here is synchronous on purpose: a check and the write that relies on it cannot be interleaved.
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import type { Checksums, ChecksumType } from './checksums.ts'
import { objectStoreSchema } from './object-store-schema.ts'

export type ObjectHeaders = {
  /** Content-Type and the like, by lower-case name. */
  system: Record<string, string>
  /** x-amz-meta-*, without the prefix. */
  metadata: Record<string, string>
}

export type StoredObject = ObjectHeaders & {
  bucket: string
  key: string
  /** Names the file. New bytes always get a new id, so a reader of the old ones is never disturbed. */
  id: string
  size: number
  /** Without quotes. */
  etag: string
  modifiedMs: number
  checksums: Checksums
  checksumType: ChecksumType
}

export type NewObject = Omit<StoredObject, 'id' | 'modifiedMs'>

export type PendingEvent = { id: number; queueArn: string; body: string }
export type NewEvent = Omit<PendingEvent, 'id'>

export type ObjectStore = ReturnType<typeof openObjectStore>

export function openObjectStore(dataDir: string, now: () => number) {
  const temporaryDir = join(dataDir, 'temporary')
  const bytesDir = join(dataDir, 'bytes')
  rmSync(temporaryDir, { recursive: true, force: true })
  for (const folder of [temporaryDir, bytesDir]) mkdirSync(folder, { recursive: true })
  const database = new DatabaseSync(join(dataDir, 'objects.sqlite'))
  database.exec(objectStoreSchema)

  const sql = prepareStatements(database)

  function find(bucket: string, key: string): StoredObject | null {
    const row = sql.find.get(bucket, key)
    return row === undefined ? null : readObject(row)
  }

  function bytesPath(id: string): string {
    return join(bytesDir, id)
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
    find,
    bytesPath,
    transact,
    /** A path for bytes still on their way in; what is left there is removed at the next start. */
    temporaryPath: () => join(temporaryDir, randomUUID()),

    /** Takes over the file at `path` and makes it the object, together with the events this causes. */
    put(object: NewObject, path: string, describeEvents: (object: StoredObject) => NewEvent[]): StoredObject {
      const replaced = find(object.bucket, object.key)
      // S3's timestamps have whole seconds.
      const stored = { ...object, id: randomUUID(), modifiedMs: Math.floor(now() / 1000) * 1000 }
      renameSync(path, bytesPath(stored.id))
      transact(() => {
        const { bucket, key, id, size, etag, modifiedMs, ...detail } = stored
        sql.put.run(bucket, key, id, size, etag, modifiedMs, JSON.stringify(detail))
        for (const event of describeEvents(stored)) sql.addEvent.run(event.queueArn, event.body)
      })
      if (replaced !== null) rmSync(bytesPath(replaced.id), { force: true })
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
      rmSync(bytesPath(object.id), { force: true })
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
      'insert or replace into objects (bucket, key, id, size, etag, modified_ms, detail) values (?, ?, ?, ?, ?, ?, ?)',
    ),
    remove: database.prepare('delete from objects where bucket = ? and key = ?'),
    list: database.prepare('select * from objects where bucket = ? and key >= ? and key > ? order by key limit ?'),
    addEvent: database.prepare('insert into outbox (queue_arn, body) values (?, ?)'),
    pendingEvents: database.prepare('select id, queue_arn, body from outbox order by id limit 100'),
    settleEvent: database.prepare('delete from outbox where id = ?'),
  }
}

type Detail = Pick<StoredObject, 'system' | 'metadata' | 'checksums' | 'checksumType'>

function readObject(row: Record<string, SQLOutputValue>): StoredObject {
  const detail = JSON.parse(String(row['detail'])) as Detail
  return {
    bucket: String(row['bucket']),
    key: String(row['key']),
    id: String(row['id']),
    size: Number(row['size']),
    etag: String(row['etag']),
    modifiedMs: Number(row['modified_ms']),
    ...detail,
  }
}
