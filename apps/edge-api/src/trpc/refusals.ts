// Refusals on their way out: one table from our codes to tRPC's, and the shape clients read them in. Whatever is not
// a refusal is a fault, and a fault says nothing but the id of its request.
import { TRPCError } from '@trpc/server'
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc'
import { $ZodError } from 'zod/v4/core'
import { findDatabaseFault, isBusyFault } from '@shoebox/db/database-fault.ts'
import { isSchemaFault } from '@shoebox/db/schema-state.ts'
import type { RefusalCode } from '@shoebox/shared/refusals.ts'
import type { Result } from '@shoebox/shared/result.ts'
import { StorageBusy } from '../uploads/multipart-storage.ts'

/** One row per refusal. A new code does not compile until it stands here. */
export const trpcCodeByRefusal = {
  invalid_input: 'BAD_REQUEST',
  body_too_large: 'PAYLOAD_TOO_LARGE',
  wrong_origin: 'FORBIDDEN',
  sign_in_needed: 'UNAUTHORIZED',
  banned: 'UNAUTHORIZED',
  not_found: 'NOT_FOUND',
  rate_limited: 'TOO_MANY_REQUESTS',
  wrong_credentials: 'UNAUTHORIZED',
  wrong_password: 'UNPROCESSABLE_CONTENT',
  step_up_needed: 'FORBIDDEN',
  last_administrator: 'CONFLICT',
  owns_groups: 'CONFLICT',
  terms_not_accepted: 'FORBIDDEN',
  link_spent: 'UNPROCESSABLE_CONTENT',
  wrong_code: 'UNPROCESSABLE_CONTENT',
  code_spent: 'UNPROCESSABLE_CONTENT',
  passwords_differ: 'UNPROCESSABLE_CONTENT',
  password_too_short: 'UNPROCESSABLE_CONTENT',
  password_too_long: 'UNPROCESSABLE_CONTENT',
  password_too_common: 'UNPROCESSABLE_CONTENT',
  password_is_address: 'UNPROCESSABLE_CONTENT',
  role_too_low: 'FORBIDDEN',
  invite_not_valid: 'NOT_FOUND',
  request_declined: 'FORBIDDEN',
  group_full: 'CONFLICT',
  too_many_groups: 'CONFLICT',
  too_many_invites: 'CONFLICT',
  name_differs: 'UNPROCESSABLE_CONTENT',
  no_successor: 'UNPROCESSABLE_CONTENT',
  no_room_for_items: 'CONFLICT',
  no_copy: 'CONFLICT',
  already_reported: 'CONFLICT',
  bans_self: 'UNPROCESSABLE_CONTENT',
  bans_staff: 'FORBIDDEN',
  already_banned: 'CONFLICT',
  appeal_open: 'CONFLICT',
  appeal_decided: 'CONFLICT',
  own_decision: 'FORBIDDEN',
  blocks_self: 'UNPROCESSABLE_CONTENT',
  too_many_blocked: 'CONFLICT',
  push_service_unknown: 'UNPROCESSABLE_CONTENT',
  upload_settled: 'CONFLICT',
  upload_not_open: 'CONFLICT',
  parts_missing: 'CONFLICT',
  file_empty: 'UNPROCESSABLE_CONTENT',
  file_too_large: 'UNPROCESSABLE_CONTENT',
  type_not_allowed: 'UNPROCESSABLE_CONTENT',
  duplicate: 'CONFLICT',
  too_large_for_plan: 'UNPROCESSABLE_CONTENT',
  over_day_quota: 'UNPROCESSABLE_CONTENT',
  over_total_quota: 'UNPROCESSABLE_CONTENT',
  type_unknown: 'UNPROCESSABLE_CONTENT',
  content_mismatch: 'UNPROCESSABLE_CONTENT',
  image_damaged: 'UNPROCESSABLE_CONTENT',
  image_unsupported: 'UNPROCESSABLE_CONTENT',
  image_too_many_pixels: 'UNPROCESSABLE_CONTENT',
  image_too_slow: 'UNPROCESSABLE_CONTENT',
  file_hides_other: 'UNPROCESSABLE_CONTENT',
  media_damaged: 'UNPROCESSABLE_CONTENT',
  media_no_track: 'UNPROCESSABLE_CONTENT',
  media_too_long: 'UNPROCESSABLE_CONTENT',
  owner_banned: 'UNPROCESSABLE_CONTENT',
  content_blocked: 'UNPROCESSABLE_CONTENT',
  processing_failed: 'UNPROCESSABLE_CONTENT',
} as const satisfies Record<RefusalCode, TRPC_ERROR_CODE_KEY>

/** What clients find at `error.data.refusal`. */
export type Refusal = {
  readonly code: RefusalCode
  /** With `invalid_input`: the paths of the fields that are wrong, such as `files.3.sha256`. */
  readonly fields?: readonly string[]
  /** With `rate_limited`: also in the Retry-After header. */
  readonly retryAfterSeconds?: number
  /** With `banned`: why, and until when; null: until it is lifted. Absent where the ban came in this very moment. */
  readonly ban?: { readonly reason: string; readonly endsAt: string | null }
  /** With `parts_missing`: their numbers. */
  readonly missing?: readonly number[]
}

class RefusalError extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** Turns a use case's answer into a procedure's: the value, or the refusal as a tRPC error. */
export function unwrap<T>(result: Result<T, Refusal>): T {
  if (result.ok) return result.value
  throw refusalError(result.refusal)
}

export const refusalError = (refusal: Refusal): TRPCError =>
  new TRPCError({ code: trpcCodeByRefusal[refusal.code], cause: new RefusalError(refusal), message: refusal.code })

/**
 * Why a fault will pass by itself, where it will: a statement named what the database does not have yet, or too many
 * wanted the same of it or of S3 at this moment. Null for any other, and for refusals.
 */
export function findPassing(error: TRPCError): 'schema_behind' | 'busy' | null {
  const fault = error.cause ?? error
  if (isSchemaFault(findDatabaseFault(fault)?.sqlState ?? null)) return 'schema_behind'
  return isBusyFault(fault) || fault instanceof StorageBusy ? 'busy' : null
}

/** Whether a fault is a write that refers to a row that is gone by now. */
export const isGone = (error: TRPCError): boolean => findDatabaseFault(error.cause ?? error)?.sqlState === '23503'

/** Of what tRPC itself throws, these are the sender's doing; any other code is a fault. */
const refusalByTrpcCode: Partial<Record<TRPC_ERROR_CODE_KEY, RefusalCode>> = {
  PARSE_ERROR: 'invalid_input',
  BAD_REQUEST: 'invalid_input',
  NOT_FOUND: 'not_found',
  METHOD_NOT_SUPPORTED: 'invalid_input',
  UNSUPPORTED_MEDIA_TYPE: 'invalid_input',
  PAYLOAD_TOO_LARGE: 'body_too_large',
}

/** The refusal behind an error, or null for a fault. */
export function findRefusal(error: TRPCError): Refusal | null {
  if (error.cause instanceof RefusalError) return error.cause.refusal
  const code = refusalByTrpcCode[error.code]
  if (code === undefined) return null
  if (!(error.cause instanceof $ZodError)) return { code }
  return { code, fields: [...new Set(error.cause.issues.flatMap(pathsOf))] }
}

/** An unknown field is named itself, not the object that holds it. */
function pathsOf(issue: $ZodError['issues'][number]): string[] {
  const path = issue.path.map(String)
  const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path]
  return paths.map((names) => names.join('.').slice(0, fieldCharactersMax)).slice(0, fieldsMax)
}

/** Field names come from the sender; an answer must not grow with them. */
const fieldCharactersMax = 100
const fieldsMax = 20
