// `node bench/gigabyte.ts [megabytes] [Mbit/s]`: one large film over a poor mobile line with everything that happens on
// one: 300 ms there and back, the line standing still, connections that break, S3 answering 503, the browser killed a
// third of the way and the page reloaded at two thirds. Then what S3 has is compared byte by byte. Takes as long as the line does, so it is no
// row and no test.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchProfile } from '@shoebox/e2e/browser.ts'
import { readPieces } from '@shoebox/local/s3/blob-files.ts'
import { chooseNatively, MB, openOurs, servePages, writeFilm, type Rig } from './rows/uploader-rig.ts'
import { bucket, createApi, startStore } from './rows/uploader-store.ts'
import { startLink } from './slow-link.ts'

const [megabytes = 1024, megabits = 40] = process.argv.slice(2).map(Number)
const bytes = megabytes * MB
const bytesPerSecond = (megabits * 1e6) / 8

async function sumOf(bytes: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of bytes) hash.update(chunk)
  return hash.digest('hex')
}

const until = async (isSo: () => boolean | Promise<boolean>) => {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 200))
}
const stateOf = (page: Page) => page.evaluate(() => window.states[0])

const folder = await mkdtemp(join(tmpdir(), 'shoebox-gigabyte-'))
const pages = await servePages()
const s3 = await startStore(join(folder, 's3'))
const link = await startLink({
  targetPort: s3.port,
  bytesPerSecond,
  delayMs: 150,
  busyShare: 0.1,
  accidents: { stallEveryMs: 15_000, stallMs: 3000, resetEveryMs: 12_000 },
})
const rig: Rig = { s3, folder, pages: pages.origin, newKey: () => 'unused' }
const api = createApi(s3, link.port)
const profile = join(folder, 'profile')
const path = await writeFilm(folder, megabytes)
/** How requests ended, after the kill. */
const answers = new Map<string, number>()
const startedAtMs = performance.now()
try {
  const first = await launchProfile(profile)
  await openOurs(rig, first.page, link.port, api)
  await chooseNatively(first.page, path)
  await until(() => link.sentBytes() > bytes / 3)
  first.kill()
  const second = await launchProfile(profile)
  try {
    const count = (what: string) => answers.set(what, (answers.get(what) ?? 0) + 1)
    second.page.on('response', (response) => count(`${response.request().method()} ${response.status()}`))
    second.page.on('requestfailed', (request) => count(request.failure()?.errorText ?? 'failed'))
    await openOurs(rig, second.page, link.port, api)
    await chooseNatively(second.page, path)
    await until(() => link.sentBytes() > (bytes * 2) / 3)
    await second.page.reload()
    await chooseNatively(second.page, path)
    await until(async () => {
      const state = await stateOf(second.page)
      if (state === 'failed' || state === 'refused') {
        const trouble = await second.page.evaluate(() => window.troubles[0])
        throw new Error(
          `${state} (${trouble}) after ${JSON.stringify([...answers])}, ${JSON.stringify(link.accidents)}`,
        )
      }
      return state === 'ready'
    })
  } finally {
    second.kill()
  }
  const seconds = (performance.now() - startedAtMs) / 1000
  const stored = s3.findObject(bucket, 'med_01990000-0000-7000-8000-000000000000')
  const isSame = stored !== null && (await sumOf(readPieces(stored.open()))) === (await sumOf(createReadStream(path)))
  const again = (link.sentBytes() - bytes) / MB
  process.stdout.write(
    `${JSON.stringify({
      megabytes,
      megabits,
      seconds: Math.round(seconds),
      sentAgainMegabytes: Math.round(again),
      shareOfLine: Math.round((bytes / bytesPerSecond / seconds) * 100) / 100,
      ...link.accidents,
      isSame,
    })}\n`,
  )
  if (!isSame) process.exitCode = 1
} finally {
  await link.stop()
  pages.close()
  await s3.stop()
  await rm(folder, { recursive: true, force: true })
}
