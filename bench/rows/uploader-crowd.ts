// Whether the page goes on answering while 5,000 files are summed, declared, sent, inspected and shown: the whole app,
// panel and feed and all, over an API and an S3 that answer at once and without work of their own.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page, Route } from 'playwright-core'
import sharp from 'sharp'
import type { Journey } from '@shoebox/e2e/journey.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { median, type BenchLine } from '../bench-row.ts'
import { forgetLongTasks, readSeen, watchPage } from './watch-page.ts'

const count = 5000
const rounds = 3
/** From the last byte of a file to its end, as on a free inspector. */
const inspectedAfterMs = 1500
/** By then everything that the last file set off has been drawn. */
const settleMs = 1500

type Uploads = { readonly receivedAtMs: Map<string, number>; readonly ready: Set<string> }

/** Takes whatever is put, from any page. */
async function startSink({ receivedAtMs }: Uploads): Promise<{ readonly origin: string; readonly close: () => void }> {
  const everything = { 'access-control-allow-origin': '*', 'access-control-allow-methods': '*' }
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (request.method === 'PUT') receivedAtMs.set(request.url?.slice(1) ?? '', performance.now())
      response.writeHead(200, { ...everything, 'access-control-allow-headers': '*' }).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

/** Answers the queue's questions as the API does. */
async function answerUploads(page: Page, { receivedAtMs, ready }: Uploads, putOrigin: string): Promise<void> {
  let begun = 0
  const answer = (route: Route, data: unknown) => route.fulfill({ json: { result: { data } } })
  await page.route('**/api/trpc/uploads.begin', async (route) => {
    const { files } = route.request().postDataJSON() as { files: readonly { sha256: string }[] }
    await answer(route, {
      files: files.map(({ sha256 }) => {
        const mediaId = `med_01990000-0000-7000-8000-${String((begun += 1)).padStart(12, '0')}`
        const headers = { 'x-amz-checksum-sha256': sha256 }
        const expiresAt = new Date(Date.now() + 900_000).toISOString()
        const request = { method: 'PUT', url: `${putOrigin}/${mediaId}`, headers, expiresAt }
        return { ok: true, mediaId, method: 'put', request }
      }),
    })
  })
  await page.route('**/api/trpc/uploads.watch**', async (route) => {
    const request = route.request()
    const asked = request.postData() ?? new URL(request.url()).searchParams.get('input') ?? '{}'
    const { mediaIds } = JSON.parse(asked) as { mediaIds: readonly string[] }
    const isReady = (id: string) => performance.now() - (receivedAtMs.get(id) ?? Infinity) > inspectedAfterMs
    for (const id of mediaIds.filter(isReady)) ready.add(id)
    await answer(route, { items: mediaIds.map((id) => describeUpload(id, ready.has(id))) })
  })
}

/** As the API tells of it; the item is one without a picture, which nobody has to deliver. */
function describeUpload(mediaId: string, isReady: boolean) {
  const type = 'image/jpeg'
  const upload = { mediaId, reason: null, duplicateOf: null, declaredType: type, detectedType: type }
  if (!isReady) return { ...upload, state: 'reserved', item: null }
  const now = new Date().toISOString()
  const item = {
    id: mediaId,
    kind: 'image',
    type,
    bytes: 1000,
    owner: { id: 'usr_01990000-0000-7000-8000-000000000001', name: 'Ann' },
    caption: '',
    altText: '',
    widthPx: 160,
    heightPx: 120,
    thumbhash: null,
    dominantColor: '#336699',
    takenLocal: null,
    isCutToFirstFrame: false,
    durationMs: null,
    hasPoster: false,
    hasPlay: false,
    isHdr: false,
    publishedAt: now,
    likeCount: 0,
    derivatives: [],
    delivery: { base: '', query: '', expiresAt: new Date(Date.now() + 3_600_000).toISOString() },
  }
  return { ...upload, state: 'ready', item }
}

/** Pictures of a real format, each another: the panel draws those of the rows it shows. */
async function putFilesIntoPicker(page: Page): Promise<void> {
  const picture = await sharp({ create: { width: 160, height: 120, channels: 3, background: '#336699' } })
    .jpeg()
    .toBuffer()
  await page.evaluate(
    ({ base64, files }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const transfer = new DataTransfer()
      for (let n = 0; n < files; n += 1)
        transfer.items.add(new File([bytes, String(n)], `IMG_${n}.jpg`, { type: 'image/jpeg' }))
      const input = document.querySelector<HTMLInputElement>('input[type=file]')
      if (input !== null) input.files = transfer.files
    },
    { base64: picture.toString('base64'), files: count },
  )
}

type Busy = { readonly longestMs: number; readonly over50: number; readonly seconds: number }

async function sendAll(journey: Journey, name: string): Promise<Busy> {
  const uploads: Uploads = { receivedAtMs: new Map(), ready: new Set() }
  const sink = await startSink(uploads)
  // The page may speak to no origin but its own and S3.
  const page = await journey.openPage('/health', { bypassCSP: true })
  await page.addInitScript(watchPage)
  await journey.enterAs(page, name)
  await answerUploads(page, uploads, sink.origin)
  // The queue itself is fetched when the page has come to rest.
  await page.waitForTimeout(3000)
  await putFilesIntoPicker(page)
  await forgetLongTasks(page)
  const beganAtMs = performance.now()
  await page.evaluate(
    () => void document.querySelector('input[type=file]')?.dispatchEvent(new Event('change', { bubbles: true })),
  )
  await pollUntil(() => uploads.ready.size === count, { timeoutMs: 300_000, everyMs: 100, what: 'every file' })
  const seconds = (performance.now() - beganAtMs) / 1000
  await page.waitForTimeout(settleMs)
  const { longMs } = await readSeen(page)
  await page.context().close()
  sink.close()
  return { longestMs: Math.max(0, ...longMs), over50: longMs.length, seconds }
}

export async function measureCrowd(journey: Journey): Promise<BenchLine[]> {
  const runs: Busy[] = []
  for (let round = 0; round < rounds; round += 1) runs.push(await sendAll(journey, `Sender ${round}`))
  const work = '5,000 files chosen, summed, declared, sent and watched to their end'
  const line = (measure: string, of: (run: Busy) => number): BenchLine => ({
    work,
    measure,
    ours: median(runs.map(of)),
    comparisons: [],
  })
  return [
    { ...line('ms of the longest task', ({ longestMs }) => longestMs), oursMax: 200 },
    line('tasks over 50 ms', ({ over50 }) => over50),
    line('s', ({ seconds }) => seconds),
  ]
}
