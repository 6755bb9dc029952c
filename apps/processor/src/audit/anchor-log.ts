// Writes down in S3 where the chains stand that grew since the last time. Only of chains that are whole: where one is
// not, the anchors from before are what tells.
import type { AnchoredHead, AuditAnchor } from '@shoebox/shared/safety/audit-anchor.schema.ts'
import { anchorKey } from '@shoebox/shared/upload/object-keys.ts'
import { signAnchor, type VerifiedLog } from './verify-log.ts'

export type AnchorLogDeps = {
  readonly nowMs: () => number
  readonly secret: string
  /** Fails where something lies already: of two that write the same number one does. */
  readonly putAnchor: (key: string, json: string) => Promise<void>
}

/** Returns how many chains were anchored; when none grew, nothing is written. */
export async function anchorLog(deps: AnchorLogDeps, log: VerifiedLog): Promise<number> {
  const grown = log.sound.filter(({ chain, seq }) => seq > (log.anchored.get(chain) ?? 0))
  if (grown.length > 0) await putAnchor(deps, log, grown, false)
  return grown.length
}

/**
 * After a back-up was restored: the chains that it cut off go on from where they are now. That this was said stays
 * written, as all anchors do. Returns how many chains there were.
 */
export async function acceptRestored(deps: AnchorLogDeps, log: VerifiedLog): Promise<number> {
  if (log.cut.length > 0) await putAnchor(deps, log, log.cut, true)
  return log.cut.length
}

async function putAnchor(
  deps: AnchorLogDeps,
  { anchors }: VerifiedLog,
  heads: readonly AnchoredHead[],
  isRestored: boolean,
): Promise<void> {
  const number = anchors + 1
  const body = { number, at: new Date(deps.nowMs()).toISOString(), heads: [...heads], isRestored }
  const anchor: AuditAnchor = { version: 1, ...body, mac: signAnchor(body, deps.secret) }
  await deps.putAnchor(anchorKey(number), JSON.stringify(anchor))
}
