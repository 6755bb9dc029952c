// From a wish to parts: asks for every item what may be had of it, and gives each file its name and its part.
import type { MediaId, UserId } from '@shoebox/shared/ids.ts'
import { api, type Outputs } from '../api/client.ts'
import type { Part, PlannedFile } from './download-part.ts'
import type { DownloadRequest } from './download-requests.ts'
import { createNames, nameZip } from './name-files.ts'
import { planParts, sumBytes } from './plan-parts.ts'
import { signedMax } from './signatures.ts'

type Found = Outputs['originals']['signMany']

/** About, since the export says it only roughly. */
const dataBytes = 1_000_000

export type PlanDeps = {
  readonly userId: UserId
  readonly dataName: string
  readonly newId: () => string
  readonly nowMs: () => number
  /** How many items were looked at so far. */
  readonly onFound: (count: number) => void
}

/** Empty: there was nothing to download. */
export async function planDownload(deps: PlanDeps, request: DownloadRequest, signal: AbortSignal): Promise<Part[]> {
  const name = createNames()
  const files: PlannedFile[] = []
  if (request.withData === true) files.push(planData(name(deps.dataName), new Date(deps.nowMs())))
  const seen = new Set<MediaId>()
  for await (const page of request.list()) {
    const ids = page.filter((id) => !seen.has(id))
    for (let from = 0; from < ids.length; from += signedMax) {
      const mediaIds = ids.slice(from, from + signedMax)
      files.push(...planFiles(await api.originals.signMany.query({ mediaIds }, signal), name))
      for (const id of mediaIds) seen.add(id)
      deps.onFound(seen.size)
    }
    signal.throwIfAborted()
  }
  if (files.every(({ refusal }) => refusal !== undefined)) return []
  const { userId } = deps
  const shared = { downloadId: deps.newId(), userId, title: request.title, begunAtMs: deps.nowMs() }
  return planParts(files).map((planned, i) => ({
    ...shared,
    number: i + 1,
    fileName: nameZip(request.title, i + 1),
    state: 'waiting',
    files: planned,
    bytes: sumBytes(planned),
    failures: [],
  }))
}

export function planFiles({ items, refused }: Found, name: (wished: string) => string): PlannedFile[] {
  const files = items.map(({ mediaId, fileName, bytes, takenLocal, addedAt }): PlannedFile => {
    const localTime = takenLocal ?? localTimeOf(new Date(addedAt))
    return { mediaId, name: name(fileName), bytes, localTime, takenAt: takenLocal }
  })
  // Nobody knows how they are called: the id is what the manifest can say of them.
  const missing = refused.map(({ mediaId, code }): PlannedFile => {
    const refusal = code === 'no_copy' ? 'no_copy' : 'gone'
    return { mediaId, name: name(mediaId), bytes: 0, localTime: '', takenAt: null, refusal }
  })
  return [...files, ...missing]
}

const planData = (name: string, now: Date): PlannedFile => ({
  mediaId: null,
  name,
  bytes: dataBytes,
  localTime: localTimeOf(now),
  takenAt: null,
})

/** `YYYY-MM-DDTHH:MM:SS` on the viewer's clock. */
function localTimeOf(date: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day}T${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`
}
