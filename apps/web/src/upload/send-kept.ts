// Sends what pages kept and could not send before they were gone. Runs in the service worker, where there is no screen:
// what is refused stays kept, and the next page that opens says why.
import type { Id } from '@shoebox/shared/ids.ts'
import { methodFor } from '@shoebox/shared/upload/policy.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { askApi } from './ask-api.ts'
import type { BeginAnswer, HashedFile } from './declare-batch.ts'
import type { Destination } from './destination.ts'
import type { KeptFile } from './kept-files.ts'
import { sendFile, type HeldRequest, type SendDeps } from './send-file.ts'
import type { WatchDeps } from './watch-loop.ts'

export type SendKeptDeps = SendDeps &
  Pick<WatchDeps, 'watch'> & {
    readonly whoAmI: () => Promise<Id<'user'> | null>
    readonly take: (userId: Id<'user'>) => Promise<readonly KeptFile[]>
    readonly note: (id: number, mediaId: MediaId | null) => Promise<unknown>
    readonly drop: (id: number) => Promise<unknown>
    readonly hash: (file: Blob) => Promise<string>
    readonly begin: (
      batchId: string,
      files: HashedFile[],
      destination: Destination,
      userId: Id<'user'>,
    ) => Promise<readonly BeginAnswer[]>
    readonly makeBatchId: () => string
  }

export type KeptSent = { readonly sent: number; readonly refused: number }

/** `over`: it had another end before, of which nothing is to be told here. */
type End = 'sent' | 'over' | 'refused' | 'again'

/** Sends what nobody alive owns. What is not sent stays kept, whatever the reason. */
export async function sendKept(deps: SendKeptDeps, signal: AbortSignal): Promise<KeptSent> {
  const asked = await askApi(deps, signal, deps.whoAmI)
  // Nobody is signed in: whoever signs in finds it all in the page.
  const kept = asked.type === 'answered' && asked.answer !== null ? await deps.take(asked.answer) : []
  const count = { sent: 0, over: 0, refused: 0, again: 0 }
  for (const each of kept) {
    // Parts are for the next page.
    const mayGo = !signal.aborted && methodFor(each.file.size) === 'put'
    const end = mayGo ? await sendOne(deps, each, signal) : 'again'
    if (end === 'sent' || end === 'over') await deps.drop(each.id)
    count[end] += 1
  }
  return { sent: count.sent, refused: count.refused }
}

async function sendOne(deps: SendKeptDeps, kept: KeptFile, signal: AbortSignal): Promise<End> {
  const reserved = kept.mediaId === null ? await reserve(deps, kept, signal) : { mediaId: kept.mediaId, held: null }
  if (typeof reserved === 'string') return reserved
  const nobodyLooks = { onAttempt: () => undefined, onProgress: () => undefined }
  const outcome = await sendFile(deps, { ...reserved, file: kept.file, signal, ...nobodyLooks })
  if (outcome.type === 'received') return 'sent'
  if (outcome.type === 'settled') return findEnd(deps, kept, reserved.mediaId, signal)
  // A reservation that is no more: the next page begins anew.
  if (outcome.type === 'lost') await deps.note(kept.id, null)
  const isFault = outcome.type === 'aborted' || (outcome.type === 'failed' && outcome.trouble === 'network')
  return isFault ? 'again' : 'refused'
}

/** Its reservation has ended, which says nothing of its bytes: one that has expired never got them. */
async function findEnd(deps: SendKeptDeps, kept: KeptFile, mediaId: MediaId, signal: AbortSignal): Promise<End> {
  const asked = await askApi(deps, signal, () => deps.watch([mediaId]))
  const state = asked.type === 'answered' ? asked.answer[0]?.state : undefined
  if (state === undefined || state === 'reserved') return 'again'
  if (state !== 'expired') return state === 'ready' ? 'sent' : 'over'
  await deps.note(kept.id, null)
  return sendOne(deps, { ...kept, mediaId: null }, signal)
}

type Reserved = { readonly mediaId: MediaId; readonly held: HeldRequest }

/** The same content for the same place has one reservation, so one that a page began is found again. */
async function reserve(deps: SendKeptDeps, kept: KeptFile, signal: AbortSignal): Promise<Reserved | End> {
  const { name, type, size } = kept.file
  let sha256: string
  try {
    sha256 = await deps.hash(kept.file)
  } catch {
    return 'refused'
  }
  const file = { name, type, bytes: size, sha256, allowDuplicate: kept.allowDuplicate ?? false }
  const batchId = deps.makeBatchId()
  const asked = await askApi(deps, signal, () => deps.begin(batchId, [file], kept.destination, kept.userId))
  // Whose it is has left meanwhile: nothing is wrong with the file.
  if (asked.type === 'refused') return asked.refusal.code === 'sign_in_needed' ? 'again' : 'refused'
  if (asked.type !== 'answered') return 'again'
  const [answer] = asked.answer
  if (answer?.ok !== true) return answer?.code === 'upload_settled' ? 'sent' : 'refused'
  if (answer.method !== 'put') return 'refused'
  await deps.note(kept.id, answer.mediaId)
  return { mediaId: answer.mediaId, held: { request: answer.request, gotAtMs: deps.nowMs() } }
}
