// What every part said, as CloudWatch Logs keeps it: for a week, found by group, time and words. Written by the stack.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export type LogLine = { id: string; timeMs: number; message: string }

export type LogSearch = {
  group: string
  fromMs: number
  toMs: number
  /** Only lines that hold this text; all when empty. */
  words: string
  /** The id of the line after which to go on. */
  after: string
  linesMax: number
}

export type LogStore = ReturnType<typeof openLogStore>

const keptMs = 7 * 24 * 60 * 60 * 1000

export function openLogStore(dataDir: string, now: () => number = Date.now) {
  mkdirSync(dataDir, { recursive: true })
  const database = new DatabaseSync(join(dataDir, 'lines.sqlite'))
  database.exec(`
    pragma journal_mode = wal;
    pragma synchronous = off;
    create table if not exists lines (
      position integer primary key autoincrement, part text not null, time_ms integer not null, message text not null
    );
    create index if not exists lines_by_part on lines (part, position);
  `)
  database.prepare('delete from lines where time_ms < ?').run(now() - keptMs)
  const insert = database.prepare('insert into lines (part, time_ms, message) values (?, ?, ?)')
  const search = database.prepare(
    `select position, time_ms, message from lines
     where part = ? and position > ? and time_ms >= ? and time_ms <= ? and (? = '' or instr(message, ?) > 0)
     order by position limit ?`,
  )
  let isOpen = true
  const any = database.prepare('select 1 from lines where part = ? limit 1')
  return {
    /** What is said after the end is not kept. */
    add(part: string, message: string): void {
      if (isOpen) insert.run(part, now(), message)
    },
    has: (part: string): boolean => any.get(part) !== undefined,
    /** Oldest first. */
    find: ({ group, fromMs, toMs, words, after, linesMax }: LogSearch): LogLine[] =>
      search.all(group, Number(after || 0), fromMs, toMs, words, words, linesMax).map((row) => ({
        id: String(row['position']),
        timeMs: Number(row['time_ms']),
        message: String(row['message']),
      })),
    close(): void {
      isOpen = false
      database.close()
    },
  }
}
