// Every id is a UUIDv7 behind a prefix that names its kind, so that ids sort by creation and cannot be mixed up.

const prefixes = {
  user: 'usr',
  media: 'med',
  verification: 'ver',
  group: 'grp',
  invite: 'inv',
  comment: 'cmt',
  export: 'exp',
  report: 'rep',
  case: 'cas',
  evidence: 'evd',
  ban: 'ban',
  warning: 'wrn',
  appeal: 'apl',
  audit: 'aud',
} as const

export type IdKind = keyof typeof prefixes

declare const kindOf: unique symbol
export type Id<K extends IdKind> = `${(typeof prefixes)[K]}_${string}` & { readonly [kindOf]: K }

export type UserId = Id<'user'>
export type MediaId = Id<'media'>
export type VerificationId = Id<'verification'>
export type GroupId = Id<'group'>
export type InviteId = Id<'invite'>
export type CommentId = Id<'comment'>
export type ExportId = Id<'export'>
export type ReportId = Id<'report'>
export type CaseId = Id<'case'>
export type EvidenceId = Id<'evidence'>
export type BanId = Id<'ban'>
export type WarningId = Id<'warning'>
export type AppealId = Id<'appeal'>
export type AuditId = Id<'audit'>

const uuidPattern = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** The whole id as a pattern, for schemas and for keys that carry ids. */
export const idPattern = (kind: IdKind): RegExp => new RegExp(`^${prefixes[kind]}_${uuidPattern}$`)

const patterns = Object.fromEntries(
  (Object.keys(prefixes) as IdKind[]).map((kind) => [kind, idPattern(kind)]),
) as Readonly<Record<IdKind, RegExp>>

export const isId = <K extends IdKind>(kind: K, text: string): text is Id<K> => patterns[kind].test(text)

/** Whether it is an id of one kind or another. */
export const isAnyId = (text: string): text is Id<IdKind> =>
  Object.values(patterns).some((pattern) => pattern.test(text))

/**
 * Makes a UUIDv7 (RFC 9562): 48 bits of time, then random bits.
 * @param nowMs milliseconds since 1970
 * @param random 10 random bytes
 */
export function makeId<K extends IdKind>(kind: K, nowMs: number, random: Uint8Array): Id<K> {
  const bytes = new Uint8Array(16)
  let rest = nowMs
  for (let i = 5; i >= 0; i -= 1) {
    bytes[i] = rest % 256
    rest = Math.floor(rest / 256)
  }
  bytes.set(random.subarray(0, 10), 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  return `${prefixes[kind]}_${uuid}` as Id<K>
}

/** The bare UUID, as Postgres stores it. */
export const uuidOf = <K extends IdKind>(id: Id<K>): string => id.slice(id.indexOf('_') + 1)

/** An id from a UUID that Postgres returned. */
export const idFromUuid = <K extends IdKind>(kind: K, uuid: string): Id<K> => `${prefixes[kind]}_${uuid}` as Id<K>
