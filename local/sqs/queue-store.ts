// Messages in SQLite: each change is one transaction that survives SIGKILL, so a message is taken, hidden, counted and
// dead-lettered exactly as the service would, whoever dies in between. Synchronous, like the object store, so that two
// receivers can never get the same message at once.
import { mkdirSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import type { MessageAttributes } from './message-attributes.ts'

export type Queue = {
  name: string
  visibilityTimeoutSeconds: number
  /** After this many deliveries a message goes there instead. */
  deadLetter?: { queue: string; maxReceiveCount: number }
}

export type NewMessage = { body: string; attributes: MessageAttributes; delaySeconds: number }

export type ReceivedMessage = {
  id: string
  receipt: string
  body: string
  attributes: MessageAttributes
  sentMs: number
  receiveCount: number
  firstReceiveMs: number
  /** The queue whose redrive policy brought it here. */
  deadLetterSource: string | null
}

export type QueueCounts = { visible: number; inFlight: number; delayed: number }

export type QueueStore = ReturnType<typeof openQueueStore>

const schema = `
pragma journal_mode = wal;
pragma synchronous = off;
create table if not exists messages (
  position integer primary key autoincrement,
  id text not null,
  queue text not null,
  body text not null,
  attributes text not null,
  sent_ms integer not null,
  receive_count integer not null default 0,
  first_receive_ms integer,
  visible_at_ms integer not null,
  receipt text,
  dead_letter_source text
);
create index if not exists messages_by_visibility on messages (queue, visible_at_ms);
create index if not exists messages_by_receipt on messages (receipt);
`

export function openQueueStore(dataDir: string, now: () => number) {
  mkdirSync(dataDir, { recursive: true })
  const database = new DatabaseSync(join(dataDir, 'messages.sqlite'))
  database.exec(schema)
  const sql = prepareStatements(database)

  return {
    send(queue: Queue, message: NewMessage): string {
      const id = randomUUID()
      const sentMs = now()
      const visibleAtMs = sentMs + message.delaySeconds * 1000
      sql.insert.run(id, queue.name, message.body, JSON.stringify(message.attributes), sentMs, visibleAtMs)
      return id
    },

    /** Takes up to `count` visible messages and hides them; moves those that were delivered too often. */
    receive(queue: Queue, count: number, visibilitySeconds: number): { taken: ReceivedMessage[]; moved: number } {
      const time = now()
      const taken: ReceivedMessage[] = []
      let moved = 0
      transact(database, () => {
        for (const row of sql.visible.all(queue.name, time, 100)) {
          if (taken.length >= count) return
          const { deadLetter } = queue
          if (deadLetter !== undefined && Number(row['receive_count']) >= deadLetter.maxReceiveCount) {
            sql.deadLetter.run(deadLetter.queue, queue.name, time, row['position'] ?? null)
            moved += 1
            continue
          }
          const receipt = Buffer.from(`${String(row['id'])} ${randomUUID()}`).toString('base64')
          sql.hide.run(time + visibilitySeconds * 1000, receipt, time, row['position'] ?? null)
          taken.push(readMessage(row, receipt, time))
        }
      })
      return { taken, moved }
    },

    /** True for a message that is here under this receipt. */
    remove: (queue: Queue, receipt: string) => sql.remove.run(queue.name, receipt).changes > 0,

    /** False when the message is not in flight any more. */
    changeVisibility(queue: Queue, receipt: string, seconds: number): boolean {
      const time = now()
      return sql.changeVisibility.run(time + seconds * 1000, queue.name, receipt, time).changes > 0
    },

    giveBackAll: (queue: Queue) => void sql.giveBackAll.run(now(), queue.name, now()),

    /** When the next hidden message becomes visible, or null. */
    nextVisibleAtMs(queue: Queue): number | null {
      const at = sql.nextVisible.get(queue.name)?.['at']
      return at === null || at === undefined ? null : Number(at)
    },

    counts(queue: Queue): QueueCounts {
      const time = now()
      const row = sql.counts.get(time, time, time, queue.name) ?? {}
      return {
        visible: Number(row['visible'] ?? 0),
        inFlight: Number(row['in_flight'] ?? 0),
        delayed: Number(row['delayed'] ?? 0),
      }
    },

    /** When the oldest message that is here, hidden or not, was sent. */
    oldestSentMs(queue: Queue): number | null {
      const at = sql.oldest.get(queue.name)?.['at']
      return at === null || at === undefined ? null : Number(at)
    },

    /** Looks without taking: for tests and for `npm start`'s summary. */
    bodies: (queue: Queue): string[] => sql.bodies.all(queue.name).map((row) => String(row['body'])),

    purge: (queue: Queue) => void sql.purge.run(queue.name),

    /** Sends dead letters back to where each came from. Returns to which queues. */
    redrive(queue: Queue): string[] {
      const sources = sql.sources.all(queue.name).map((row) => String(row['dead_letter_source']))
      sql.redrive.run(now(), queue.name)
      return sources
    },

    close: () => database.close(),
  }
}

function prepareStatements(database: DatabaseSync) {
  return {
    insert: database.prepare(
      'insert into messages (id, queue, body, attributes, sent_ms, visible_at_ms) values (?, ?, ?, ?, ?, ?)',
    ),
    visible: database.prepare(
      'select * from messages where queue = ? and visible_at_ms <= ? order by visible_at_ms, position limit ?',
    ),
    hide: database.prepare(
      `update messages set visible_at_ms = ?, receipt = ?, receive_count = receive_count + 1,
         first_receive_ms = coalesce(first_receive_ms, ?) where position = ?`,
    ),
    deadLetter: database.prepare(
      `update messages set queue = ?, dead_letter_source = ?, visible_at_ms = ?, receipt = null, receive_count = 0
         where position = ?`,
    ),
    remove: database.prepare('delete from messages where queue = ? and receipt = ?'),
    changeVisibility: database.prepare(
      'update messages set visible_at_ms = ? where queue = ? and receipt = ? and visible_at_ms > ?',
    ),
    giveBackAll: database.prepare(
      'update messages set visible_at_ms = ? where queue = ? and receipt is not null and visible_at_ms > ?',
    ),
    nextVisible: database.prepare('select min(visible_at_ms) as at from messages where queue = ?'),
    counts: database.prepare(
      `select sum(visible_at_ms <= ?) as visible,
         sum(visible_at_ms > ? and receipt is not null) as in_flight,
         sum(visible_at_ms > ? and receipt is null) as delayed
       from messages where queue = ?`,
    ),
    oldest: database.prepare('select min(sent_ms) as at from messages where queue = ?'),
    bodies: database.prepare('select body from messages where queue = ? order by position'),
    purge: database.prepare('delete from messages where queue = ?'),
    sources: database.prepare(
      'select distinct dead_letter_source from messages where queue = ? and dead_letter_source is not null',
    ),
    redrive: database.prepare(
      `update messages set queue = dead_letter_source, dead_letter_source = null, visible_at_ms = ?, receipt = null
         where queue = ? and dead_letter_source is not null`,
    ),
  }
}

function transact(database: DatabaseSync, work: () => void): void {
  database.exec('begin immediate')
  try {
    work()
    database.exec('commit')
  } catch (error) {
    database.exec('rollback')
    throw error
  }
}

function readMessage(row: Record<string, SQLOutputValue>, receipt: string, time: number): ReceivedMessage {
  const attributes = JSON.parse(String(row['attributes'])) as MessageAttributes
  return {
    id: String(row['id']),
    receipt,
    body: String(row['body']),
    attributes,
    sentMs: Number(row['sent_ms']),
    receiveCount: Number(row['receive_count']) + 1,
    firstReceiveMs: Number(row['first_receive_ms'] ?? time),
    deadLetterSource: row['dead_letter_source'] === null ? null : String(row['dead_letter_source']),
  }
}
