// The pre-flight of one batch: hash its files, ask once, ask again with the same batch id until there is an answer.
import { findRefusal, type Refusal } from '../api/refusal.ts'
import type { Outputs } from '../api/client.ts'
import { backOff, type BackOffDeps } from './back-off.ts'

/** A file as the pre-flight is told of it. */
export type HashedFile = {
  readonly name: string
  readonly type: string
  readonly bytes: number
  /** SHA-256 of the whole content, standard base64. */
  readonly sha256: string
}

export type BeginAnswer = Outputs['uploads']['begin']['files'][number]

export type DeclareDeps = BackOffDeps & {
  readonly begin: (batchId: string, files: HashedFile[]) => Promise<readonly BeginAnswer[]>
}

export type DeclareOutcome =
  | { readonly type: 'answered'; readonly answers: readonly BeginAnswer[] }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | { readonly type: 'sign-in-needed' }
  | { readonly type: 'failed' }

const attemptsMax = 6

/** The same batch id and order give the same rows, so a lost answer costs nothing. */
export async function declareBatch(deps: DeclareDeps, batchId: string, files: HashedFile[]): Promise<DeclareOutcome> {
  const { signal } = new AbortController()
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    if (attempt > 1) await backOff(deps, attempt, signal)
    try {
      return { type: 'answered', answers: await deps.begin(batchId, files) }
    } catch (error) {
      const refusal = findRefusal(error)
      if (refusal === null) continue
      if (refusal.code === 'sign_in_needed') return { type: 'sign-in-needed' }
      if (refusal.code !== 'rate_limited') return { type: 'refused', refusal }
      await deps.sleep((refusal.retryAfterSeconds ?? 5) * 1000, signal)
    }
  }
  return { type: 'failed' }
}
