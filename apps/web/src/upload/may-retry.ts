// Which uploads can be sent again as they are. The panel still has their files; "My uploads" asks for them.
import type { RefusalCode } from '@shoebox/shared/refusals.ts'
import type { UploadItem } from './upload-item.ts'

/** They pass by waiting, or once people have done elsewhere what the sentence asks of them. */
const limits: ReadonlySet<RefusalCode> = new Set([
  'too_large_for_plan',
  'over_day_quota',
  'over_total_quota',
  'owner_banned',
  'terms_not_accepted',
])

/** They pass so, or by trying. */
const passing: ReadonlySet<RefusalCode> = new Set([
  ...limits,
  'processing_failed',
  'content_mismatch',
  'upload_settled',
])

/** Whether a refusal says nothing against the file itself. */
export const isPassing = (code: RefusalCode): boolean => passing.has(code)

/** Nothing is wrong with it: it can be sent once the limit has passed. */
export const isOverLimit = ({ state, refusal }: UploadItem): boolean =>
  state === 'refused' && refusal !== null && limits.has(refusal.code)

export const mayRetry = ({ state, refusal }: UploadItem): boolean =>
  state === 'failed' || (state === 'refused' && refusal !== null && isPassing(refusal.code))
