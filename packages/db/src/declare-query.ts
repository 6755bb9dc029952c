// What a query says is the same for every request: its text and how its rows are read are made when it is first asked, and
// a request fills in its values. Every read of the edge is declared so in its store, and what is written most often.
import {
  eq,
  fillPlaceholders,
  Placeholder,
  QueryPromise,
  sql,
  type AnyColumn,
  type Param,
  type Query,
  type SQL,
} from 'drizzle-orm'
import type { PgPreparedQuery, PreparedQueryConfig } from 'drizzle-orm/pg-core'
import type { EdgeDatabase } from './connect-http.ts'

/** The place of a value in a query. */
export type Slot<T> = Placeholder<string, T>

type Leaf = string | number | Date | readonly unknown[]
declare const wishOf: unique symbol

/**
 * What a declaration sees of a wish: which of its parts are there and what is on or off, since that decides what the query
 * says; of all else the place, which the compiler lets nobody compare with anything.
 */
export type Slots<W> = { readonly [K in keyof W]: SlotOf<W[K]> } & { readonly [wishOf]?: W }
type SlotOf<T> = T extends null | undefined | boolean ? T : T extends Leaf ? Slot<T> : Slots<T>

/** The same for conditions that queries built for one request use as well: places, or the values themselves. */
export type Given<W> = { readonly [K in keyof W]: GivenOf<W[K]> }
type GivenOf<T> = T extends null | undefined | boolean ? T : T extends Leaf ? T | Slot<T> : Given<T>

/** A value as a column writes it, or its place. Drizzle sees to that by itself only for values. */
export const valueOf = <T>(column: AnyColumn, value: T | Slot<T>): Param => sql.param(value, column)

/** The same as a function writes it. */
export const written = <T>(value: T | Slot<T>, write: (value: T) => string): Param =>
  sql.param(value, { mapToDriverValue: write })

/** A condition: the column has this value. */
export const matches = <T>(column: AnyColumn, value: T | Slot<T>): SQL => eq(column, valueOf(column, value))

/** What `db.select` and `db.execute` make. */
type Built = { readonly _: { readonly dialect: 'pg'; readonly result: unknown } } & (
  | { prepare(name: string): PgPreparedQuery<PreparedQueryConfig> }
  | { getQuery(): Query }
)

/**
 * @param build says the query for wishes of one shape
 * @returns the query with the values of a wish, to be awaited or put into a batch
 */
export function declareQuery<S extends object, B extends Built>(build: (db: EdgeDatabase, wish: S) => B) {
  type Wish = S extends { readonly [wishOf]?: infer W } ? NonNullable<W> & object : never
  const keptBy = new WeakMap<EdgeDatabase, Map<string, Kept>>()
  return (db: EdgeDatabase, wish: Wish): DeclaredQuery<B['_']['result']> => {
    const values: Values = {}
    const shape = cutOut(wish, '', values)
    const keptByShape = keptBy.get(db) ?? new Map<string, Kept>()
    const kept = keptByShape.get(shape) ?? keep(db, build(db, makeSlots(wish, '') as S))
    keptBy.set(db, keptByShape.set(shape, kept))
    return new DeclaredQuery(kept, values)
  }
}

type Kept = { readonly prepared: PgPreparedQuery<PreparedQueryConfig>; readonly isInArrayMode: boolean }

function keep(db: EdgeDatabase, built: Built): Kept {
  if ('prepare' in built) return { prepared: built.prepare(''), isInArrayMode: true }
  return { prepared: db._.session.prepareQuery(built.getQuery(), undefined, undefined, false), isInArrayMode: false }
}

/** One request's asking of a declared query. */
class DeclaredQuery<T> extends QueryPromise<T> {
  declare readonly _: { readonly dialect: 'pg'; readonly result: T }
  private readonly kept: Kept
  private readonly values: Values

  constructor(kept: Kept, values: Values) {
    super()
    this.kept = kept
    this.values = values
  }

  async execute(): Promise<T> {
    return (await this.kept.prepared.execute(this.values)) as T
  }

  // The rest is what Drizzle's batch asks of a query. It fills in no values itself.

  _prepare(): this {
    return this
  }

  getQuery(): Query {
    const { sql: text, params } = this.kept.prepared.getQuery()
    return { sql: text, params: fillPlaceholders(params, this.values) }
  }

  isResponseInArrayMode(): boolean {
    return this.kept.isInArrayMode
  }

  mapResult(response: unknown, isFromBatch?: boolean): unknown {
    return this.kept.prepared.mapResult(response, isFromBatch)
  }
}

/** By their path in the wish. */
type Values = Record<string, unknown>

type Part = Leaf | object | boolean | null | undefined

const partsOf = (wish: object) => Object.entries(wish) as [string, Part][]

const isLeaf = (part: Part): part is Leaf =>
  typeof part === 'string' || typeof part === 'number' || Array.isArray(part) || part instanceof Date

/** Takes the values out of a wish. Returns what is left: the same for all wishes that a query says the same for. */
function cutOut(wish: object, path: string, values: Values): string {
  let shape = ''
  for (const [name, part] of partsOf(wish)) {
    if (isLeaf(part)) {
      values[path + name] = part
      shape += `${name},`
    } else if (typeof part === 'object' && part !== null) shape += `${name}{${cutOut(part, `${path}${name}.`, values)}}`
    else if (part !== undefined) shape += `${name}=${String(part)},`
  }
  return shape
}

function makeSlots(wish: object, path: string): object {
  const slotOf = (name: string, part: Part): unknown => {
    if (isLeaf(part)) return new Placeholder(path + name)
    return typeof part === 'object' && part !== null ? makeSlots(part, `${path}${name}.`) : part
  }
  return Object.fromEntries(partsOf(wish).map(([name, part]) => [name, slotOf(name, part)]))
}
