// Column kinds that every table uses: ids carry their prefix in code and are a plain `uuid` in Postgres, moments are
// timestamptz with the precision that JavaScript's Date has, so that a value read back equals the one written.
import { customType, timestamp } from 'drizzle-orm/pg-core'
import { idFromUuid, uuidOf, type Id, type IdKind } from '@shoebox/shared/ids.ts'

/** A prefixed id of one kind, stored as its bare UUID. */
export const idColumn = <K extends IdKind>(kind: K, name: string) =>
  customType<{ data: Id<K>; driverData: string }>({
    dataType: () => 'uuid',
    toDriver: (id) => uuidOf(id),
    fromDriver: (uuid) => idFromUuid(kind, uuid),
  })(name)

/** A moment. Always given as a parameter: SQL here never reads the database's clock. */
export const momentColumn = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

/** Words as the list of an SQL `in`, for check constraints. */
export const quote = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ')
