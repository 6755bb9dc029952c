// B16: everything of a group saved through a real browser and its service worker: 5 GB while every connection is cut in
// the middle, and 20 GB over whole ones. What is saved is read back file by file; what counts is that nothing is missing
// and that the browser does not grow with what it saves. All originals are the same bytes.
import { createHash, randomFillSync } from 'node:crypto'
import { openSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Download, Page } from 'playwright-core'
import { connectPool } from '@shoebox/db/connect-pool.ts'
import { replaceDelivery, type CuttingFront } from '@shoebox/e2e/cutting-front.ts'
import { startJourney, type Journey } from '@shoebox/e2e/journey.ts'
import type { S3 } from '@shoebox/local/s3/start-s3.ts'
import { idFromUuid, isId } from '@shoebox/shared/ids.ts'
import { readZipFile } from '@shoebox/testing/read-zip.ts'
import { startDatabase } from '@shoebox/testing/start-database.ts'
import { addPicture } from '../../apps/edge-api/test/group-world.ts'
import { median, type BenchLine, type BenchRow } from '../bench-row.ts'

const MB = 2 ** 20
const fileBytes = 50 * MB
/** By then everything that is loaded once is there. */
const settledBytes = 500 * MB
const sampleEveryMs = 500
const timeoutMs = 60 * 60_000

type Trial = { readonly name: string; readonly files: number; readonly cutAfterBytes: number | null }
const trials: readonly Trial[] = [
  { name: '5 GB, each connection cut after 30 MB', files: 103, cutAfterBytes: 30 * MB },
  { name: '20 GB', files: 410, cutAfterBytes: null },
]

type World = { readonly journey: Journey; readonly front: CuttingFront; readonly sha256: Buffer }

/** A group with so many originals, on the screen. */
async function openGroup({ journey, sha256 }: World, name: string, files: number): Promise<Page> {
  const page = await journey.openPage('/', { serviceWorkers: 'allow', acceptDownloads: true })
  const { email } = await journey.signUp(page, 'Bea')
  await page.goto(`${journey.stack.siteOrigin}/groups`)
  await page.getByRole('button', { name: 'New group' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Create group' }).click()
  await page.waitForURL(/\/g\/grp_/)
  const groupId = new URL(page.url()).pathname.split('/')[2] ?? ''
  if (!isId('group', groupId)) throw new Error(`${page.url()} is no group`)
  const db = connectPool({ connectionString: journey.stack.postgres.url, connectionsMax: 1 })
  const { rows } = await db.$client.query<{ id: string }>('select id from users where email = $1', [email])
  const owner = { userId: idFromUuid('user', rows[0]?.id ?? '') }
  const columns = { bytes: fileBytes, sha256: sha256.toString('base64'), allowDuplicate: true }
  for (let i = 0; i < files; i += 1) await addPicture(db, owner, groupId, columns)
  await db.$client.end()
  await page.reload()
  return page
}

/** Proportional memory of the browser and all its processes, in bytes. */
function readBrowserBytes(): number {
  const parents = new Map<number, number>()
  const browsers = new Set<number>()
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      const [, command = '', rest = ''] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${entry}/stat`, 'utf8')) ?? []
      parents.set(Number(entry), Number(rest.split(' ')[1]))
      if (/chrom/.test(command) && Number(rest.split(' ')[1]) === process.pid) browsers.add(Number(entry))
    } catch {
      // It has ended.
    }
  }
  const isOurs = (pid: number): boolean => browsers.has(pid) || (pid > 1 && isOurs(parents.get(pid) ?? 0))
  const pss = (pid: number) =>
    Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) * 1024
  return [...parents.keys()].filter(isOurs).reduce((sum, pid) => {
    try {
      return sum + pss(pid)
    } catch {
      return sum
    }
  }, 0)
}

/** Files that are in the zip byte by byte. */
async function countRight(download: Download, sha256: Buffer): Promise<number> {
  let right = 0
  await readZipFile(await download.path(), async ({ name, stream }) => {
    if (name.startsWith('manifest-')) return stream.resume()
    const hash = createHash('sha256')
    for await (const chunk of stream) hash.update(chunk as Buffer)
    if (hash.digest().equals(sha256)) right += 1
  })
  await download.delete()
  return right
}

async function measure(world: World, trial: Trial, say: (progress: string) => void): Promise<BenchLine[]> {
  const { front, sha256 } = world
  const page = await openGroup(world, trial.name, trial.files)
  const downloads: Download[] = []
  page.on('download', (download) => downloads.push(download))
  await page.getByRole('button', { name: 'Download all that is shown' }).click()
  const state = { right: 0, partsRead: 0, savedMs: 0 }
  const memory: number[] = []
  front.cutAfterBytes = trial.cutAfterBytes
  const cutsBefore = front.cuts
  const bytesBefore = front.passedBytes
  const startedMs = performance.now()
  const deadlineMs = startedMs + timeoutMs
  while (state.savedMs === 0 && performance.now() < deadlineMs) {
    await wait(sampleEveryMs)
    const bytes = readBrowserBytes()
    if (front.passedBytes - bytesBefore > settledBytes) memory.push(bytes)
    const isSaved = await page.getByText('Everything is saved', { exact: true }).isVisible()
    if (isSaved) state.savedMs = performance.now() - startedMs
    const done = await page.locator('[data-state="done"]').count()
    for (const download of downloads.slice(state.partsRead, done)) {
      state.right += await countRight(download, sha256)
      state.partsRead += 1
      say(
        `${trial.name}: part ${state.partsRead} read, ${Math.round(bytes / MB)} MB of memory, ${front.cuts - cutsBefore} cuts`,
      )
    }
  }
  front.cutAfterBytes = null
  await page.context().close()
  const work = trial.name
  const quarter = Math.ceil(memory.length / 4)
  const early = median(memory.slice(0, quarter)) / MB
  const late = median(memory.slice(-quarter)) / MB
  return [
    { work, measure: 'files missing or wrong', ours: trial.files - state.right, oursMax: 0, comparisons: [] },
    { work, measure: 'connections cut', ours: front.cuts - cutsBefore, comparisons: [] },
    { work, measure: 'MB the browser uses in the first quarter', ours: early, comparisons: [] },
    { work, measure: 'MB more it uses in the last', ours: Math.max(0, late - early), oursMax: 64, comparisons: [] },
    { work, measure: 'MB at most', ours: Math.max(...memory) / MB, comparisons: [] },
    { work, measure: 'MB/s', ours: (trial.files * fileBytes) / MB / (state.savedMs / 1000), comparisons: [] },
  ]
}

export const row: BenchRow = {
  id: 'B16',
  name: 'download',
  title: 'a whole group saved through a browser',
  async run(say) {
    const folder = await mkdtemp(join(tmpdir(), 'shoebox-download-'))
    const bytes = randomFillSync(Buffer.alloc(fileBytes))
    const path = join(folder, 'original')
    await writeFile(path, bytes)
    const sha256 = createHash('sha256').update(bytes).digest()
    const journey = await startJourney({ database: await startDatabase() })
    const original: ReturnType<S3['findObject']> = {
      bucket: '',
      key: '',
      open: (start = 0, endInclusive = fileBytes - 1) => [
        { fd: openSync(path, 'r'), start, bytes: endInclusive + 1 - start },
      ],
      size: fileBytes,
      etag: sha256.toString('hex'),
      modifiedMs: 0,
      checksums: {},
      checksumType: 'FULL_OBJECT',
      system: { 'content-type': 'image/jpeg', 'content-disposition': 'attachment' },
      metadata: {},
    }
    const front = await replaceDelivery(journey.stack, (_bucket, key) => (key.startsWith('o/') ? original : null))
    try {
      const lines: BenchLine[] = []
      for (const trial of trials) lines.push(...(await measure({ journey, front, sha256 }, trial, say)))
      return lines
    } finally {
      await front.stop()
      await journey.stop()
      await rm(folder, { recursive: true })
    }
  },
}
