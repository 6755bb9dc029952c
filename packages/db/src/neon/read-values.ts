// From Postgres's text to values, by the type's oid, as `pg` reads them: whole numbers of 64 bits, `numeric` and whatever
// is not listed stay text. `pg-types` itself cannot be loaded without Node's Buffer.
import { parse } from 'postgres-array'

type Reader = (text: string) => unknown

const readBoolean: Reader = (text) => text === 't' || text === 'true'
const readNumber: Reader = (text) => Number(text)
const readJson: Reader = (text) => JSON.parse(text) as unknown
const readText: Reader = (text) => text
const listOf =
  (read: Reader): Reader =>
  (text) =>
    parse(text, read)

/** `pg_type.oid`; these never change. */
const read: readonly (readonly [Reader, readonly number[]])[] = [
  [readBoolean, [16]],
  // int2, int4, oid, float4, float8
  [readNumber, [21, 23, 26, 700, 701]],
  // json, jsonb
  [readJson, [114, 3802]],
  [listOf(readBoolean), [1000]],
  [listOf(readNumber), [1005, 1007, 1028, 1021, 1022]],
  [listOf(readJson), [199, 3807]],
  // int8, bpchar, text, char, varchar, uuid
  [listOf(readText), [1016, 1014, 1009, 1008, 1015, 2951]],
]

export const parsers = new Map(read.flatMap(([reader, oids]) => oids.map((oid) => [oid, reader] as const)))

export const setTypeParser = (oid: number, reader: Reader): void => void parsers.set(oid, reader)
