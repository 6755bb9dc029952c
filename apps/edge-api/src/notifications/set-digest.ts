import type { DigestFrequency } from '@shoebox/shared/notices/digest.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'

export type SetDigestDeps = {
  readonly nowMs: () => number
  readonly keepDigest: (wish: {
    author: Author
    frequency: DigestFrequency
    timeZone: string | null
    nowMs: number
  }) => Promise<void>
}

/** Stores how often somebody is mailed what they have not read, and where they are. */
export async function setDigest(
  deps: SetDigestDeps,
  user: EmailVerified<User>,
  { digest, zone }: { readonly digest: DigestFrequency; readonly zone?: string | undefined },
): Promise<Record<string, never>> {
  await deps.keepDigest({ author: authorOf(user), frequency: digest, timeZone: zone ?? null, nowMs: deps.nowMs() })
  return {}
}
