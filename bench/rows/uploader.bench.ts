// B7: the uploader in a real browser: 5,000 files accepted, 1 GB over loopback, a poor mobile line, a kill in between.
// Peers: Uppy with its S3 plugin, and one `curl` stream.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { launchBrowser, launchProfile } from '@shoebox/e2e/browser.ts'
import { startJourney } from '@shoebox/e2e/journey.ts'
import { partBytesMin } from '@shoebox/shared/upload/plan-parts.ts'
import { parallelUploads } from '@shoebox/shared/upload/policy.ts'
import { startDatabase } from '@shoebox/testing/start-database.ts'
import { measureWallMs, median, type BenchLine, type BenchRow } from '../bench-row.ts'
import { carryMs } from '../line-accidents.ts'
import { startLink, type Link, type LinkOptions } from '../slow-link.ts'
import { measureAccepting } from './uploader-accept.ts'
import { measureCrowd } from './uploader-crowd.ts'
import { chooseNatively, MB, openOurs, openUppy, servePages, writeFilm, type Rig } from './uploader-rig.ts'
import { createApi, signWhole, startStore, sumHeader } from './uploader-store.ts'

const run = promisify(execFile)
/** A way that has not got through by then never does, as far as people care. */
const timeoutMs = 75_000
const loopbackTimeoutMs = 300_000

/** 20 Mbit/s and 100 ms there and back. */
const mobile = { bytesPerSecond: 2_500_000, delayMs: 50 } as const
const accidents = { stallEveryMs: 10_000, stallMs: 1500, resetEveryMs: 8000 } as const
/** Five lines, each with accidents of its own. */
const roughSeeds = [1, 2, 3, 4, 5] as const
/** Whoever has not got through by then counts as if just then, which flatters them. */
const roughTimeoutMs = 45_000

/** Until all of it has arrived. Looking what became of it comes after, each 0.8 s, and is nobody's line. */
const waitUntilSent = (page: Page, withinMs = timeoutMs) =>
  page.waitForFunction(() => ['received', 'inspecting', 'ready'].includes(window.states[0] ?? ''), null, {
    timeout: withinMs,
    polling: 50,
  })

async function sendInPage(
  rig: Rig,
  path: string,
  port: number,
  openPage: (rig: Rig, page: Page, port: number) => Promise<unknown>,
  withinMs = timeoutMs,
): Promise<number> {
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    await openPage(rig, page, port)
    return await measureWallMs(async () => {
      await page.locator('input').setInputFiles(path)
      await waitUntilSent(page, withinMs)
    })
  } finally {
    await browser.close()
  }
}

async function sendWithCurl(rig: Rig, path: string, port: number, withinMs = timeoutMs): Promise<number> {
  const url = await signWhole(port, rig.newKey())
  return measureWallMs(() => curl(url, path, withinMs))
}

function curl(url: string, path: string, withinMs: number, headers: readonly string[] = []) {
  const retries = ['--retry', '50', '--retry-all-errors', '--retry-delay', '1', '--max-time', String(withinMs / 1000)]
  return run('curl', ['-sS', '-f', '-o', '/dev/null', ...retries, ...headers, '-T', path, url])
}

/** Sums the file first, as nobody can sign for bytes they have not read. */
const sendSummedWithCurl = (rig: Rig, path: string, port: number): Promise<number> =>
  measureWallMs(async () => {
    const hash = createHash('sha256')
    await pipeline(createReadStream(path), hash)
    const sha256 = hash.digest('base64')
    await curl(await signWhole(port, rig.newKey(), sha256), path, timeoutMs, ['-H', `${sumHeader}: ${sha256}`])
  })

/** Infinity for a way that did not get through. */
const orNever = (work: Promise<number>): Promise<number> => work.catch(() => Number.POSITIVE_INFINITY)

async function measureLoopback(rig: Rig, rounds: number): Promise<BenchLine> {
  const path = await writeFilm(rig.folder, 1024)
  const figures = { ours: [] as number[], uppy: [] as number[], curl: [] as number[], summed: [] as number[] }
  for (let round = 0; round < rounds; round += 1) {
    figures.ours.push(await sendInPage(rig, path, rig.s3.port, openOurs, loopbackTimeoutMs))
    figures.uppy.push(await orNever(sendInPage(rig, path, rig.s3.port, openUppy, loopbackTimeoutMs)))
    figures.curl.push(await sendWithCurl(rig, path, rig.s3.port))
    figures.summed.push(await sendSummedWithCurl(rig, path, rig.s3.port))
  }
  await rm(path)
  const rate = (ms: readonly number[]) => (1024 / median(ms)) * 1000
  return {
    work: '1 GB over loopback, hashed and verified',
    measure: 'MB a second',
    ours: rate(figures.ours),
    comparisons: [
      { against: 'peer: Uppy 6, unhashed', value: rate(figures.uppy) },
      { against: 'floor: one curl stream, hashed and verified', value: rate(figures.summed), ratioMin: 0.95 },
      { against: 'one curl stream, unhashed', value: rate(figures.curl) },
    ],
  }
}

async function withLink<T>(options: LinkOptions, work: (link: Link) => Promise<T>): Promise<T> {
  const link = await startLink(options)
  try {
    return await work(link)
  } finally {
    await link.stop()
  }
}

const toMbits = (bytes: number, ms: number) => ((bytes * 8) / ms) * 1e-3

async function measureSmooth(rig: Rig, path: string, bytes: number): Promise<BenchLine> {
  const options = { ...mobile, targetPort: rig.s3.port }
  const ours = await orNever(withLink(options, ({ port }) => sendInPage(rig, path, port, openOurs)))
  const uppy = await orNever(withLink(options, ({ port }) => sendInPage(rig, path, port, openUppy)))
  const curl = await orNever(withLink(options, ({ port }) => sendWithCurl(rig, path, port)))
  return {
    work: `${bytes / MB} MB at 20 Mbit/s, 100 ms`,
    measure: 'Mbit/s',
    ours: toMbits(bytes, ours),
    comparisons: [
      { against: 'peer: Uppy 6', value: toMbits(bytes, uppy) },
      { against: 'floor: one curl stream', value: toMbits(bytes, curl) },
      { against: 'capacity of the line', value: (mobile.bytesPerSecond * 8) / 1e6, ratioMin: 0.95 },
    ],
  }
}

/** All three at once, each over a line of its own: they wait for their lines and not for the machine. */
async function measureRough(rig: Rig, path: string, bytes: number): Promise<BenchLine> {
  const spent = { ours: 0, uppy: 0, curl: 0, line: 0, inParts: 0 }
  for (const seed of roughSeeds) {
    const over = (send: (port: number) => Promise<number>) =>
      withLink({ ...mobile, accidents, seed, targetPort: rig.s3.port }, ({ port }) =>
        send(port).catch(() => roughTimeoutMs),
      )
    const [ours, uppy, curl] = await Promise.all([
      over((port) => sendInPage(rig, path, port, openOurs, roughTimeoutMs)),
      over((port) => sendInPage(rig, path, port, openUppy, roughTimeoutMs)),
      over((port) => sendWithCurl(rig, path, port, roughTimeoutMs)),
    ])
    spent.ours += ours
    spent.uppy += uppy
    spent.curl += curl
    const line = { bytesPerSecond: mobile.bytesPerSecond, accidents, seed }
    spent.line += carryMs(line, bytes, null)
    spent.inParts += carryMs(line, bytes, partBytesMin)
  }
  const rate = (ms: number) => toMbits(bytes * roughSeeds.length, ms)
  return {
    work: `${bytes / MB} MB at 20 Mbit/s, 100 ms, stalls and resets`,
    measure: 'Mbit/s',
    ours: rate(spent.ours),
    comparisons: [
      { against: 'peer: Uppy 6', value: rate(spent.uppy) },
      { against: 'floor: one curl stream', value: rate(spent.curl) },
      { against: 'the line, if a break lost nothing', value: rate(spent.line) },
      { against: 'capacity: parts of 8 MB, without a pause', value: rate(spent.inParts), ratioMin: 0.95 },
    ],
  }
}

/** Kills the browser when about half has gone up, starts another on its profile and chooses the same file. */
async function measureKill(rig: Rig, megabytes: number): Promise<BenchLine> {
  const path = await writeFilm(rig.folder, megabytes)
  const bytes = megabytes * MB
  const line = { bytesPerSecond: 30e6, delayMs: 1, targetPort: rig.s3.port }
  const resend = (open: (rig: Rig, page: Page, port: number) => Promise<unknown>) =>
    withLink(line, async (link) => {
      const profile = await mkdtemp(join(rig.folder, 'profile-'))
      const first = await launchProfile(profile)
      await open(rig, first.page, link.port)
      await chooseNatively(first.page, path)
      while (link.sentBytes() < bytes / 2) await new Promise((resolve) => setTimeout(resolve, 20))
      first.kill()
      const second = await launchProfile(profile)
      try {
        await open(rig, second.page, link.port)
        await chooseNatively(second.page, path)
        await waitUntilSent(second.page)
        return (link.sentBytes() - bytes) / MB
      } finally {
        second.kill()
      }
    })
  // The API outlives the browser, as it does in life.
  let api: ReturnType<typeof createApi> | undefined
  const ours = await resend((place, page, port) => openOurs(place, page, port, (api ??= createApi(place.s3, port))))
  return {
    work: `${megabytes} MB, the browser killed half-way`,
    measure: 'MB sent again',
    ours,
    comparisons: [{ against: 'peer: Uppy 6', value: await resend(openUppy) }],
    oursMax: (parallelUploads * partBytesMin) / MB + 0.5,
  }
}

async function measureInApp(pagesOrigin: string, say: (progress: string) => void): Promise<BenchLine[]> {
  const journey = await startJourney({ database: await startDatabase() })
  try {
    say('5,000 files chosen')
    const accepting = await measureAccepting(journey, pagesOrigin)
    say('5,000 files on their whole way')
    return [...accepting, ...(await measureCrowd(journey))]
  } finally {
    await journey.stop()
  }
}

async function runAll(say: (progress: string) => void): Promise<BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'shoebox-bench-'))
  const pages = await servePages()
  const s3 = await startStore(join(folder, 's3'))
  let keys = 0
  const rig: Rig = { s3, folder, pages: pages.origin, newKey: () => `whole-${(keys += 1)}` }
  try {
    const lines = await measureInApp(pages.origin, say)
    say('a kill half-way through 128 MB')
    lines.push(await measureKill(rig, 128))
    const film = await writeFilm(folder, 32)
    say('20 Mbit/s')
    lines.push(await measureSmooth(rig, film, 32 * MB))
    say('20 Mbit/s with stalls and resets')
    lines.push(await measureRough(rig, film, 32 * MB))
    say('1 GB over loopback')
    lines.push(await measureLoopback(rig, 1))
    return lines
  } finally {
    pages.close()
    await s3.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

export const row: BenchRow = {
  id: 'B7',
  name: 'uploader',
  title: 'files accepted, sent and taken up again',
  run: runAll,
}
