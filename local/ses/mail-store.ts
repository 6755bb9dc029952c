// Mails that were sent, newest first. They stay over restarts, so that a code can be looked up after one.
import { mkdirSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export type Mail = {
  id: string
  sentMs: number
  from: string
  to: string
  subject: string
  text: string
  html: string
  /** Those that were given beside the usual ones. */
  headers: Record<string, string>
}

const listedMax = 200

export function openMailStore(dataDir: string) {
  mkdirSync(dataDir, { recursive: true })
  const database = new DatabaseSync(join(dataDir, 'mails.sqlite'))
  database.exec(`
    pragma journal_mode = wal;
    pragma synchronous = off;
    create table if not exists mails (
      position integer primary key autoincrement,
      id text not null, sent_ms integer not null, sender text not null, recipient text not null,
      subject text not null, text text not null, html text not null, headers text not null default '{}'
    );
  `)
  // A folder from before mails had headers.
  const columns = database.prepare('pragma table_info(mails)').all()
  if (!columns.some((column) => column['name'] === 'headers'))
    database.exec("alter table mails add column headers text not null default '{}'")
  const insert = database.prepare(
    'insert into mails (id, sent_ms, sender, recipient, subject, text, html, headers) values (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const list = database.prepare(
    "select * from mails where ? = '' or lower(recipient) = lower(?) order by position desc limit ?",
  )
  return {
    add({ sentMs, from, to, subject, text, html, headers }: Omit<Mail, 'id'>): string {
      const id = randomUUID()
      insert.run(id, sentMs, from, to, subject, text, html, JSON.stringify(headers))
      return id
    },
    /** All, or those to one address. */
    list(to = ''): Mail[] {
      return list.all(to, to, listedMax).map((row) => ({
        id: String(row['id']),
        sentMs: Number(row['sent_ms']),
        from: String(row['sender']),
        to: String(row['recipient']),
        subject: String(row['subject']),
        text: String(row['text']),
        html: String(row['html']),
        headers: JSON.parse(String(row['headers'])) as Record<string, string>,
      }))
    },
    close: () => database.close(),
  }
}
