// Drizzle's session, which reads rows by how each column is to be read, found once for a query and not for every value.
import { Column, is, SQL, type DriverValueDecoder, type Query } from 'drizzle-orm'
import { NeonHttpSession } from 'drizzle-orm/neon-http/session'
import type { PgPreparedQuery, PreparedQueryConfig, SelectedFieldsOrdered } from 'drizzle-orm/pg-core'

export class EdgeSession extends NeonHttpSession<Record<string, never>, Record<string, never>> {
  override prepareQuery<T extends PreparedQueryConfig = PreparedQueryConfig>(
    query: Query,
    fields: SelectedFieldsOrdered | undefined,
    name: string | undefined,
    isInArrayMode: boolean,
    readRows = fields === undefined ? undefined : makeReader(fields),
  ): PgPreparedQuery<T> {
    return super.prepareQuery(query, undefined, name, isInArrayMode, readRows)
  }
}

type Decoder = DriverValueDecoder<unknown, unknown>

/** Rows come as arrays, in the order of the fields. Fields within fields are not selected anywhere. */
function makeReader(fields: SelectedFieldsOrdered): (rows: unknown[][]) => object[] {
  const columns = fields.map(({ path, field }) => {
    const [name, ...within] = path
    if (name === undefined || within.length > 0) throw new Error(`a field within a field: ${path.join('.')}`)
    return { name, decoder: decoderOf(field) }
  })
  return (rows) =>
    rows.map((row) => {
      const read: Record<string, unknown> = {}
      let n = 0
      for (const { name, decoder } of columns) {
        const value = row[n]
        n += 1
        read[name] = value === null ? null : decoder.mapFromDriverValue(value)
      }
      return read
    })
}

function decoderOf(field: SelectedFieldsOrdered[number]['field']): Decoder {
  if (is(field, Column)) return field
  const written = is(field, SQL) ? field : field.getSQL()
  // Drizzle's own, which its types do not show.
  return Reflect.get(written, 'decoder') as Decoder
}
