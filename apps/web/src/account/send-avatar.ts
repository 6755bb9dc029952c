// Sends a square picture on the way of every upload and makes it somebody's avatar once it has been looked at.
import type { InspectionRefusal } from '@shoebox/shared/refusals.ts'
import type { Outputs } from '../api/client.ts'
import type { PutFile } from '../upload/put-request.ts'

type Watched = Outputs['uploads']['watch']['items'][number]
type MediaId = Watched['mediaId']
type Begun = Outputs['account']['beginAvatar']

export type SendAvatarDeps = {
  readonly begin: (file: { type: string; bytes: number; sha256: string }) => Promise<Begun>
  readonly put: PutFile
  readonly watch: (mediaId: MediaId) => Promise<Watched | undefined>
  readonly set: (mediaId: MediaId) => Promise<unknown>
  readonly hash: (file: Blob) => Promise<string>
  readonly sleep: (milliseconds: number) => Promise<void>
}

export type AvatarOutcome =
  | { readonly type: 'set' }
  | { readonly type: 'refused'; readonly code: InspectionRefusal | null }
  | { readonly type: 'not-sent' }
  /** It will be there some day; nobody waits any longer. */
  | { readonly type: 'slow' }

const askEveryMs = 700
const asksMax = 90

/** Rejects with what the API refused or failed with. */
export async function sendAvatar(deps: SendAvatarDeps, picture: Blob, signal: AbortSignal): Promise<AvatarOutcome> {
  const sha256 = await deps.hash(picture)
  const { mediaId, request } = await deps.begin({ type: picture.type, bytes: picture.size, sha256 })
  const status = await deps.put(request, picture, { onProgress: () => undefined, signal })
  if (status < 200 || status >= 300) return { type: 'not-sent' }
  for (let ask = 0; ask < asksMax && !signal.aborted; ask += 1) {
    await deps.sleep(askEveryMs)
    const found = await deps.watch(mediaId)
    if (found?.state === 'ready') {
      await deps.set(mediaId)
      return { type: 'set' }
    }
    if (found?.state === 'refused') return { type: 'refused', code: found.reason }
    if (found !== undefined && isEnded(found)) return { type: 'not-sent' }
  }
  return { type: 'slow' }
}

const isEnded = ({ state }: Watched): boolean => state === 'expired' || state === 'cancelled'
