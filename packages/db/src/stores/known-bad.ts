// Content that moderators removed, so that it does not come back: the same bytes are refused, and what looks like it
// waits for a review. Parts of other statements: of those that remove an item, and of the one that settles uploads.
import { sql, type SQL } from 'drizzle-orm'
import {
  alikeBitsMax,
  fingerprintWindows,
  hashBits,
  keyBits,
  keysOfHash,
  mirrorBits,
} from '@shoebox/shared/media/fingerprint.ts'
import type { UserId } from '@shoebox/shared/ids.ts'
import { uuid } from './id-param.ts'
import { moment } from './moment.ts'

const windowsMax = fingerprintWindows.length - 1

/** The keys of every hash of a fingerprint: what `probesOf` asks for. */
const keysOf = (hashes: SQL): SQL =>
  sql
    .raw(`array(
          select distinct (place << ${keyBits})
            | substring(hashes from nth * ${hashBits} + place * ${keyBits} + 1 for ${keyBits})::bit(${keyBits})::int
          from generate_series(0, ${windowsMax}) as nth, generate_series(0, ${keysOfHash - 1}) as place,
            (select `)
    .append(sql`${hashes} as hashes) as fingerprint where hashes is not null)`)

/**
 * A part of a statement, `known as (…)`, that keeps the content of items from coming back. Answers their ids; one of
 * which nothing is known that could be found again is not among them.
 * @param removed the name of a part that has the `id` of each
 */
export const addKnownBad = (removed: SQL, by: UserId, nowMs: number): SQL => sql`
        insert into known_bad (media_id, kind, sha256, hashes, keys, thumbhash, added_by, added_at)
        select media.id, media.kind, media.sha256, fingerprints.hashes, ${keysOf(sql`fingerprints.hashes`)},
          media.thumbhash, ${uuid(by)}, ${moment(nowMs)}
        from ${removed} as bad join media on media.id = bad.id left join fingerprints on fingerprints.media_id = bad.id
        where media.kind is not null and (media.sha256 is not null or fingerprints.hashes is not null)
        order by media.id
        on conflict (media_id) do update set added_by = excluded.added_by, added_at = excluded.added_at,
          lifted_by = null, lifted_at = null
        returning media_id as id`

/** Whether S3 reports the same bytes. */
export const isKnownBad = (sha256: string): string =>
  `exists (select 1 from known_bad as bad where bad.sha256 = ${sha256} and bad.lifted_at is null)`

/**
 * The keys under which hashes lie that may be alike to this one, mirrored or not: its own, and those that differ in one
 * bit. Whatever differs in less than twice as many of those bits as there are keys is found for certain.
 * @param hash an expression of `hashBits` bits
 */
export const probesOf = (hash: string): string => `array(
        select ((place << ${keyBits}) | substring(${hash} # mirror from place * ${keyBits} + 1 for ${keyBits})::bit(${keyBits})::int) # flip
        from unnest(array[b'${'0'.repeat(hashBits)}', ${mirrors.map((mirror) => `b'${mirror}'`).join(', ')}]) as mirror,
          generate_series(0, ${keysOfHash - 1}) as place,
          unnest(array[0, ${Array.from({ length: keyBits }, (_, bit) => 2 ** bit).join(', ')}]) as flip)`

/**
 * Which removed item a picture looks like, the latest of several, or null. The keys find the few that may be; their
 * hashes decide. Aggregated and not limited: for one row of many, Postgres would read them all in the hope of an early one.
 * @param fingerprint an expression of bits, the hash of the whole picture first
 */
export const alikeTo = (fingerprint: string): string => {
  const whole = `substring(${fingerprint} from 1 for ${hashBits})`
  return `(
      select (array_agg(bad.media_id order by bad.added_at desc))[1] from known_bad as bad
      where bad.lifted_at is null and bad.keys && ${probesOf(whole)} and exists (
        select 1 from generate_series(0, ${windowsMax}) as nth, lateral (
          select substring(bad.hashes from nth * ${hashBits} + 1 for ${hashBits}) # ${whole} as apart) as held
        where least(bit_count(apart), ${mirrors.map((mirror) => `bit_count(apart # b'${mirror}')`).join(', ')})
          <= ${alikeBitsMax}))`
}

const binary = (hexadecimal: string): string => BigInt(`0x${hexadecimal}`).toString(2).padStart(hashBits, '0')
const mirrors = [mirrorBits.across, mirrorBits.down, mirrorBits.both].map(binary)
