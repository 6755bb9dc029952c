// What the uploader's benchmarks stand on: the pages in the browser, films on disk, an S3 and the API in memory.
import { randomFillSync } from 'node:crypto'
import { open } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import type { S3 } from '@shoebox/local/s3/start-s3.ts'
import { bucket, createApi } from './uploader-store.ts'

export const MB = 2 ** 20

export type Rig = { s3: S3; folder: string; pages: string; newKey: () => string }

/** Serves the two pages and the worker from memory, as one origin that counts as secure. */
export async function servePages(): Promise<{ origin: string; close: () => void }> {
  const web = join(import.meta.dirname, '../../apps/web/src/upload')
  const entryPoints = {
    ours: join(import.meta.dirname, 'uploader-page.ts'),
    uppy: join(import.meta.dirname, 'uploader-peer-page.ts'),
    'hash.worker': join(web, 'hash.worker.ts'),
  }
  const built = await build({ entryPoints, bundle: true, format: 'esm', outdir: '/', write: false, minify: true })
  const scripts = new Map(built.outputFiles.map((file) => [file.path, file.text]))
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const script = scripts.get(path)
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript')
    response.end(script ?? `<!doctype html><script type="module" src="${path}.js"></script>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

export async function writeFilm(folder: string, megabytes: number): Promise<string> {
  const path = join(folder, `${megabytes}.mp4`)
  const file = await open(path, 'w')
  const chunk = Buffer.alloc(MB)
  for (let written = 0; written < megabytes; written += 1) await file.write(randomFillSync(chunk))
  await file.close()
  return path
}

/** `port`: where S3 is reached, direct or through a link. */
export async function openOurs(rig: Rig, page: Page, port: number, api = createApi(rig.s3, port)): Promise<void> {
  await page.exposeFunction('callApi', (name: keyof typeof api, ...input: never[]) =>
    (api[name] as (...input: never[]) => unknown)(...input),
  )
  await page.goto(`${rig.pages}/ours`)
}
export const openUppy = (rig: Rig, page: Page, port: number) =>
  page.goto(`${rig.pages}/uppy#${encodeURIComponent(`http://127.0.0.1:${port}/${bucket}`)}`)

/** The browser opens the file by itself, so that its age is the file's. */
export async function chooseNatively(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const { root } = await session.send('DOM.getDocument')
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'input' })
  await session.send('DOM.setFileInputFiles', { nodeId, files: [path] })
}
