// Where chains of the audit log stood at a moment, kept in S3: what Postgres says later must still lead there.
import * as z from 'zod/mini'

const mac = z.string().check(z.regex(/^[0-9a-f]{64}$/))

export const anchoredHead = z.strictObject({ chain: z.uuid(), seq: z.int().check(z.nonnegative()), mac })
export type AnchoredHead = z.infer<typeof anchoredHead>

export const auditAnchor = z.strictObject({
  version: z.literal(1),
  /** From 1 on, without gaps: it names the object. */
  number: z.int().check(z.positive()),
  at: z.iso.datetime(),
  /** Chains that grew since the anchor before. */
  heads: z.array(anchoredHead),
  /** That a back-up was restored, so that these chains go on from here and what was anchored of them before is gone. */
  isRestored: z.boolean(),
  /** HMAC-SHA-256 of all the above with the secret of the log. */
  mac,
})
export type AuditAnchor = z.infer<typeof auditAnchor>

/** What its MAC covers. */
export const writeAnchorBody = ({ number, at, heads, isRestored }: Omit<AuditAnchor, 'version' | 'mac'>): string =>
  JSON.stringify(['anchor 1', number, at, heads.map(({ chain, seq, mac: of }) => [chain, seq, of]), isRestored])
