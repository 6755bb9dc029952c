// The pre-flight of one batch: ask once, ask again with the same batch id until there is an answer.
import type { Refusal } from '../api/refusal.ts'
import type { Outputs } from '../api/client.ts'
import { askApi } from './ask-api.ts'
import type { BackOffDeps } from './back-off.ts'
import type { Destination } from './destination.ts'

/** A file as the pre-flight is told of it. */
export type HashedFile = {
  readonly name: string
  readonly type: string
  readonly bytes: number
  /** SHA-256 of the whole content, standard base64. Only of files that go in one PUT; parts carry their own. */
  readonly sha256?: string
  readonly allowDuplicate?: boolean
}

export type BeginAnswer = Outputs['uploads']['begin']['files'][number]

export type DeclareDeps = BackOffDeps & {
  readonly begin: (batchId: string, files: HashedFile[], destination: Destination) => Promise<readonly BeginAnswer[]>
}

export type DeclareOutcome =
  | { readonly type: 'answered'; readonly answers: readonly BeginAnswer[] }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | { readonly type: 'sign-in-needed' }
  | { readonly type: 'failed' }

/** The same batch id and order give the same rows, so a lost answer costs nothing. */
export async function declareBatch(
  deps: DeclareDeps,
  signal: AbortSignal,
  { id, destination }: { readonly id: string; readonly destination: Destination },
  files: HashedFile[],
): Promise<DeclareOutcome> {
  const asked = await askApi(deps, signal, () => deps.begin(id, files, destination))
  if (asked.type === 'answered') return { type: 'answered', answers: asked.answer }
  if (asked.type !== 'refused') return { type: 'failed' }
  return asked.refusal.code === 'sign_in_needed' ? { type: 'sign-in-needed' } : asked
}
