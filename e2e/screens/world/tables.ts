// Writes rows as the application would have left them: what is shown of a row, and when it happened, is then known.
import { databaseRows } from '@shoebox/testing/database-rows.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { uuidOf, type IdKind } from '@shoebox/shared/ids.ts'
import { takenAt } from './moment.ts'

/** A jsonb column takes an object; an array is one of Postgres's own. */
type Value = string | number | boolean | Date | null | readonly string[] | { readonly [key: string]: unknown }
export type Row = Readonly<Record<string, Value>>

export type Tables = {
  readonly insert: (table: string, ...rows: readonly Row[]) => Promise<void>
  readonly query: (statement: string, values?: readonly Value[]) => Promise<void>
  readonly end: () => Promise<void>
}

export function openTables(databaseUrl: string): Tables {
  const { db, end } = databaseRows(databaseUrl, takenAt)
  const query: Tables['query'] = async (statement, values = []) => void (await db.$client.query(statement, [...values]))
  return {
    query,
    async insert(table, ...rows) {
      for (const row of rows) {
        const names = Object.keys(row)
        const places = names.map((_, index) => `$${index + 1}`)
        await query(`insert into ${table} (${names.join(', ')}) values (${places.join(', ')})`, Object.values(row))
      }
    },
    end,
  }
}

/** As columns have it: the n-th id of a kind, the same in every run. */
export const uuid = (kind: IdKind, n: number): string => uuidOf(numberedId(kind, n))
