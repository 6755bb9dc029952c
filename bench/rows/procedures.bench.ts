// B3: what each procedure costs in workerd: CPU time of its process, round trips to the database, bytes of the answer,
// and milliseconds until it is there; the feed's page at three sizes of its tables; signing alone.
import { signUpVisitor } from '@shoebox/edge-api/test/visitor.ts'
import { formatCursor } from '@shoebox/edge-api/src/feed/feed-cursor.ts'
import type { BenchLine, BenchRow, Comparison } from '../bench-row.ts'
import { canReadCpu } from './process-cpu.ts'
import { measureCosts, send, type Call, type Cost, type Way } from './procedures-calls.ts'
import {
  callsPerRound,
  listAccount,
  listLikes,
  listReads,
  listUploads,
  query,
  type Procedure,
  type Viewer,
} from './procedures-list.ts'
import { listGroups, openGroup } from './procedures-groups.ts'
import { startProceduresRig, type ProceduresRig } from './procedures-rig.ts'
import { itemAt, itemPublishedAtMs, openRows } from './procedures-rows.ts'

const sizes = [1_000, 10_000, 100_000] as const
const pageSize = 30
const signaturesPerCall = 200

const noCost: Cost = { cpuMs: 0, wallMs: 0, bytes: 0 }

async function countTrips({ edge, ours }: ProceduresRig, { calls }: Pick<Procedure, 'calls'>): Promise<number> {
  const [call] = await calls()
  if (call === undefined) return 0
  // Once before, for what the edge keeps for a while.
  if (call.method === undefined) await (await send(ours, call)).arrayBuffer()
  edge.neon.resetCounts()
  await (await send(ours, call)).arrayBuffer()
  return edge.neon.counts.trips
}

/** Has the bare handler ask what a call of ours asks. Returns what to call it with. */
async function plan({ recorder, ours, bare }: ProceduresRig, name: string, call: Call): Promise<string> {
  const trips = await recorder.record(async () => (await send(ours, call)).arrayBuffer())
  const path = `/plans/${encodeURIComponent(name)}`
  await fetch(bare.origin + path, { method: 'PUT', body: JSON.stringify(trips) })
  return `/run/${encodeURIComponent(name)}`
}

const repeat =
  (call: Call, count = callsPerRound) =>
  async () =>
    Array.from({ length: count }, () => call)

async function measureProcedure(rig: ProceduresRig, procedure: Procedure): Promise<BenchLine[]> {
  const { name, calls, tripsMax, isRepeatable, peerCalls } = procedure
  const trips = await countTrips(rig, procedure)
  const ways: Way[] = [{ side: rig.ours, calls }]
  const [first] = isRepeatable === true ? await calls() : []
  if (first !== undefined) ways.push({ side: rig.bare, calls: repeat({ path: await plan(rig, name, first) }) })
  if (peerCalls !== undefined) ways.push({ side: rig.peer, calls: peerCalls })
  const [ours = noCost, ...others] = await measureCosts(ways)
  const floor = first === undefined ? undefined : others.shift()
  return describe(name, ours, { trips, tripsMax, floor, peer: others.shift() })
}

type Beside = {
  readonly trips: number
  readonly tripsMax: number
  readonly floor?: Cost | undefined
  readonly peer?: Cost | undefined
  readonly cpuMsMax?: number
}

function describe(work: string, ours: Cost, { trips, tripsMax, floor, peer, cpuMsMax }: Beside): BenchLine[] {
  const compare = (of: (cost: Cost) => number, ratioMax?: number): Comparison[] => [
    ...(floor === undefined
      ? []
      : [{ against: 'floor: bare handler, same SQL', value: of(floor), ...(ratioMax !== undefined && { ratioMax }) }]),
    ...(peer === undefined ? [] : [{ against: 'peer: media-feed’s way, in Node', value: of(peer) }]),
  ]
  const cpu = { work, measure: 'CPU ms', ours: ours.cpuMs, comparisons: compare(({ cpuMs }) => cpuMs, 1.5) }
  return [
    cpuMsMax === undefined ? cpu : { ...cpu, oursMax: cpuMsMax },
    { work: '', measure: 'wall ms', ours: ours.wallMs, comparisons: compare(({ wallMs }) => wallMs) },
    { work: '', measure: 'bytes', ours: ours.bytes, comparisons: compare(({ bytes }) => bytes) },
    { work: '', measure: 'trips', ours: trips, comparisons: [], oursMax: tripsMax },
  ]
}

async function measureIdle({ ours, bare }: ProceduresRig): Promise<BenchLine[]> {
  const [health = noCost, empty = noCost] = await measureCosts([
    { side: ours, calls: repeat({ path: '/api/health' }) },
    { side: bare, calls: repeat({ path: '/empty' }) },
  ])
  const comparisons = [{ against: 'floor: a handler that does nothing', value: empty.cpuMs }]
  return [{ work: 'GET /api/health', measure: 'CPU ms', ours: health.cpuMs, comparisons }]
}

async function measurePages(rig: ProceduresRig, viewer: Viewer, items: number): Promise<BenchLine[]> {
  const page = { size: pageSize }
  const cold = repeat(query('feed.page', page, { cookie: viewer.cookie }))
  const warm = repeat(query('feed.page', page))
  const [call] = await cold()
  const path = await plan(rig, `page ${items}`, call ?? { path: '/' })
  const peer = repeat({ path: `/media?page=1&size=${pageSize}`, headers: { authorization: viewer.token } })
  const [fromDatabase = noCost, fromCache = noCost, floor = noCost, theirs = noCost] = await measureCosts([
    { side: rig.ours, calls: cold },
    { side: rig.ours, calls: warm },
    { side: rig.bare, calls: repeat({ path }) },
    { side: rig.peer, calls: peer },
  ])
  const among = `of ${items.toLocaleString('en')} items`
  return [
    ...describe(`feed.page, past the cache, ${among}`, fromDatabase, {
      trips: await countTrips(rig, { calls: cold }),
      tripsMax: 1,
      floor,
      peer: theirs,
      cpuMsMax: 4,
    }),
    ...describe(`feed.page, cached, ${among}`, fromCache, {
      trips: await countTrips(rig, { calls: warm }),
      tripsMax: 0,
      peer: theirs,
      cpuMsMax: 2,
    }),
  ]
}

/** Walks down the feed, so that every one of a page's signatures is made for it. */
async function measureColdPages(rig: ProceduresRig, viewer: Viewer, newest: number): Promise<BenchLine[]> {
  let at = newest
  const walk = async () =>
    Array.from({ length: callsPerRound }, () => {
      at -= pageSize
      const cursor = formatCursor({ publishedAtMs: itemPublishedAtMs(at), id: itemAt(at) })
      return query('feed.page', { size: pageSize, cursor }, { cookie: viewer.cookie })
    })
  const [call] = await walk()
  const path = await plan(rig, 'page unsigned', call ?? { path: '/' })
  const [ours = noCost, floor = noCost] = await measureCosts([
    { side: rig.ours, calls: walk },
    { side: rig.bare, calls: repeat({ path: `${path}?sign` }) },
  ])
  const trips = await countTrips(rig, { calls: walk })
  return describe('feed.page, 30 signatures made', ours, { trips, tripsMax: 1, floor, cpuMsMax: 4 })
}

async function measureSigning({ bare }: ProceduresRig): Promise<BenchLine[]> {
  const names = ['put-ours', 'put-sdk', 'put-hmac', 'delivery-ours', 'delivery-ecdsa'] as const
  const costs = await measureCosts(
    names.map((name) => ({ side: bare, calls: repeat({ path: `/sign/${name}?times=${signaturesPerCall}` }, 2) })),
  )
  const [put = 0, sdk = 0, hmac = 0, delivery = 0, ecdsa = 0] = costs.map(({ cpuMs }) => cpuMs / signaturesPerCall)
  const measure = 'CPU ms'
  return [
    {
      work: 'signing a PUT, in workerd',
      measure,
      ours: put,
      oursMax: 0.15,
      comparisons: [
        { against: 'peer: getSignedUrl of a client', value: sdk },
        { against: 'floor: bare HMAC', value: hmac },
      ],
    },
    {
      work: 'signing a delivery, in workerd',
      measure,
      ours: delivery,
      oursMax: 0.15,
      comparisons: [{ against: 'floor: one ECDSA signature', value: ecdsa }],
    },
  ]
}

async function measureAll(rig: ProceduresRig, say: (progress: string) => void): Promise<BenchLine[]> {
  const rows = openRows(rig.edge.databaseUrl)
  try {
    const visitor = await signUpVisitor(rig.edge)
    const userUuid = await rows.findUserUuid(visitor.email)
    const viewer: Viewer = { cookie: visitor.cookie ?? '', userUuid, token: rig.tokenFor(userUuid) }
    const lines: BenchLine[] = []
    let items = 0
    for (const size of sizes) {
      say(`the feed's page among ${size} items`)
      await rows.addItems(userUuid, items, size)
      items = size
      lines.push(...(await measurePages(rig, viewer, size)))
    }
    lines.push(...(await measureColdPages(rig, viewer, items - 1)))
    lines.unshift(...(await measureIdle(rig)))
    const group = await openGroup(rig, viewer, rows.moveOldest)
    const procedures = [
      ...listReads(items - 1, viewer),
      ...listLikes(items - 1, viewer),
      ...listGroups(viewer, group),
      ...listUploads(rig, viewer),
      ...listAccount(rig, visitor.email, (count) => rows.openSessions(userUuid, count)),
    ]
    for (const procedure of procedures) {
      say(procedure.name)
      lines.push(...(await measureProcedure(rig, procedure)))
    }
    say('signing')
    return [...lines, ...(await measureSigning(rig))]
  } finally {
    await rows.end()
  }
}

async function run(say: (progress: string) => void): Promise<BenchLine[]> {
  if (!canReadCpu) {
    say('needs Linux: the CPU time of another process is read from /proc')
    return []
  }
  const rig = await startProceduresRig()
  try {
    return await measureAll(rig, say)
  } finally {
    await rig.stop()
  }
}

export const row: BenchRow = { id: 'B3', name: 'procedures', title: 'what each procedure costs in workerd', run }
