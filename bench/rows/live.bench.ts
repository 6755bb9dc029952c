// B15: what it costs to keep viewers of the feed and uploaders informed, per minute and by how many look: our stream
// beside a question every five seconds and beside a durable object with hibernating sockets. One new item every five
// seconds, more than most feeds ever see.
import { once } from 'node:events'
import { join } from 'node:path'
import { build } from 'esbuild'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { formatCursor } from '@shoebox/edge-api/src/feed/feed-cursor.ts'
import { signUpVisitor } from '@shoebox/edge-api/test/visitor.ts'
import { findChildren } from '@shoebox/local/processes/find-children.ts'
import { findFreePort } from '@shoebox/local/ports.ts'
import type { BenchLine, BenchRow } from '../bench-row.ts'
import { canReadCpu, readCpuMs } from './process-cpu.ts'
import { send } from './procedures-calls.ts'
import { query } from './procedures-list.ts'
import { startProceduresRig, type ProceduresRig, type Side } from './procedures-rig.ts'
import { itemAt, itemPublishedAtMs, openRows } from './procedures-rows.ts'

const clientCounts = [10, 1000] as const
const windowMs = 20_000
const everyMs = 5000
const perMinute = 60_000 / windowMs
/** From one question of an uploader's browser to the next; see watch-loop.ts. */
const watchEveryMs = 800

const wait = (ms: number) => new Promise((resolve) => void setTimeout(resolve, ms))

type Cost = { readonly cpuMs: number; readonly trips: number; readonly requests: number }

type Scene = { readonly rig: ProceduresRig; readonly publish: () => Promise<string>; readonly after: () => string }

/** Clients open, then time passes and items arrive; what that costs the process, per minute. */
async function measureWindow({ rig, publish }: Scene, side: Side, counted: { requests: number }): Promise<Cost> {
  await wait(everyMs)
  rig.edge.neon.resetCounts()
  counted.requests = 0
  const cpuBefore = readCpuMs(side.pid)
  for (let ms = 0; ms < windowMs; ms += everyMs) {
    await publish()
    await wait(everyMs)
  }
  const cpuMs = readCpuMs(side.pid) - cpuBefore
  const trips = rig.edge.neon.counts.trips
  return { cpuMs: cpuMs * perMinute, trips: trips * perMinute, requests: counted.requests * perMinute }
}

async function measureStream(scene: Scene, clients: number): Promise<Cost> {
  const { ours } = scene.rig
  const abort = new AbortController()
  const path = `/api/feed/arrivals?after=${scene.after()}`
  const open = Array.from({ length: clients }, async () => {
    const response = await fetch(ours.origin + path, { signal: abort.signal })
    void response.body?.pipeTo(new WritableStream(), { signal: abort.signal }).catch(() => {})
  })
  await Promise.all(open)
  const cost = await measureWindow(scene, ours, { requests: 0 })
  abort.abort()
  // Each stream ends after ten minutes and is opened anew.
  return { ...cost, requests: clients / 10 }
}

async function measureQuestions(scene: Scene, clients: number): Promise<Cost> {
  const { ours } = scene.rig
  const counted = { requests: 0 }
  let isOver = false
  const running = Array.from({ length: clients }, async () => {
    await wait(Math.random() * everyMs)
    while (!isOver) {
      const askedAtMs = performance.now()
      counted.requests += 1
      try {
        await (await send(ours, query('feed.since', { after: scene.after() }))).arrayBuffer()
      } catch {
        // Overrun: it is asked again at its next time, as a browser would.
      }
      await wait(Math.max(0, everyMs - (performance.now() - askedAtMs)))
    }
  })
  const cost = await measureWindow(scene, ours, counted)
  isOver = true
  await Promise.all(running)
  return cost
}

async function measureSockets(scene: Scene, clients: number): Promise<Cost> {
  const { miniflare, side } = await startSockets()
  const address = side.origin.replace('http', 'ws')
  const sockets = Array.from({ length: clients }, () => new WebSocket(address))
  await Promise.all(sockets.map((socket) => once(socket, 'open')))
  const publish = async () => {
    const body = await scene.publish()
    await fetch(side.origin, { method: 'POST', body })
    return body
  }
  const cost = await measureWindow({ ...scene, publish }, side, { requests: 0 })
  for (const socket of sockets) socket.close()
  await miniflare.dispose()
  // One from the persister for each item.
  return { ...cost, trips: 0, requests: 60_000 / everyMs }
}

async function startSockets() {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'live-sockets.worker.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
  })
  const runtimes = () => findChildren().flatMap(({ pid, command }) => (command === 'workerd' ? [pid] : []))
  const known = new Set(runtimes())
  const port = await findFreePort()
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port,
      cf: false,
      modules: [{ type: 'ESModule', path: 'worker.js', contents: outputFiles[0]?.text ?? '' }],
      compatibilityDate: '2026-11-01',
      durableObjects: { VIEWERS: 'Viewers' },
    }),
  )
  await miniflare.ready
  const pid = runtimes().find((candidate) => !known.has(candidate)) ?? 0
  return { miniflare, side: { origin: `http://127.0.0.1:${port}`, pid } }
}

/** Everybody who uploads asks for what is in flight: one person's questions are measured, the rest is multiplied. */
async function measureUploaders({ rig }: Scene, cookie: string, newest: number): Promise<BenchLine[]> {
  const questions = 200
  const watch = query('uploads.watch', { mediaIds: [0, 1, 2, 3].map((n) => itemAt(newest - n)) }, { cookie })
  for (let n = 0; n < 50; n += 1) await (await send(rig.ours, watch)).arrayBuffer()
  const before = readCpuMs(rig.ours.pid)
  for (let n = 0; n < questions; n += 1) await (await send(rig.ours, watch)).arrayBuffer()
  const cpuMs = (readCpuMs(rig.ours.pid) - before) / questions
  const perClient = 60_000 / watchEveryMs
  const reckon = (clients: number) => [
    line(`reckoned: ${clients} with uploads in flight`, 'CPU ms a minute', cpuMs * perClient * clients),
    line('', 'requests a minute', perClient * clients),
    line('', 'trips a minute', perClient * clients),
  ]
  return [line('a question about 4 uploads in flight', 'CPU ms', cpuMs), ...[...clientCounts, 100_000].flatMap(reckon)]
}

const line = (work: string, measure: string, ours: number, comparisons: BenchLine['comparisons'] = []): BenchLine => ({
  work,
  measure,
  ours,
  comparisons,
})

function describe(clients: number, stream: Cost, questions: Cost, sockets: Cost): BenchLine[] {
  const against = (of: (cost: Cost) => number) => [
    { against: 'a question every 5 s', value: of(questions) },
    { against: 'hibernating sockets', value: of(sockets) },
  ]
  const measures: [string, (cost: Cost) => number][] = [
    ['CPU ms a minute', ({ cpuMs }) => cpuMs],
    ['requests a minute', ({ requests }) => requests],
    ['trips a minute', ({ trips }) => trips],
  ]
  return measures.map(([measure, of], n) =>
    line(n === 0 ? `${clients} at the feed` : '', measure, of(stream), against(of)),
  )
}

async function run(say: (progress: string) => void): Promise<BenchLine[]> {
  if (!canReadCpu) {
    say('needs Linux: the CPU time of another process is read from /proc')
    return []
  }
  const rig = await startProceduresRig()
  const rows = openRows(rig.edge.databaseUrl)
  try {
    const visitor = await signUpVisitor(rig.edge)
    const owner = await rows.findUserUuid(visitor.email)
    let items = 100
    await rows.addItems(owner, 0, items)
    const after = () => formatCursor({ publishedAtMs: itemPublishedAtMs(items - 1), id: itemAt(items - 1) })
    const publish = async () => {
      await rows.addItems(owner, items, items + 1)
      items += 1
      return JSON.stringify({ id: itemAt(items - 1), filling: 'x'.repeat(1500) })
    }
    const scene = { rig, publish, after }
    const lines: BenchLine[] = []
    for (const clients of clientCounts) {
      say(`${clients} streams`)
      const stream = await measureStream(scene, clients)
      say(`${clients} who ask`)
      const questions = await measureQuestions(scene, clients)
      say(`${clients} sockets`)
      lines.push(...describe(clients, stream, questions, await measureSockets(scene, clients)))
    }
    say('uploaders')
    return [...lines, ...(await measureUploaders(scene, visitor.cookie ?? '', items - 1))]
  } finally {
    await rows.end()
    await rig.stop()
  }
}

export const row: BenchRow = { id: 'B15', name: 'live', title: 'viewers and uploaders kept informed', run }
