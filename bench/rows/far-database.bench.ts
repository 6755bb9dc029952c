// B14: the feed of people who are not signed in, and every procedure of the API, with 150 ms put in front of Postgres:
// what a caller waits for is the number of trips and little else.
import { connectPool, type PoolDatabase } from '@shoebox/db/connect-pool.ts'
import { actors, makeWorld, type Actor } from '@shoebox/edge-api/test/authorisation-world.ts'
import { isQuery } from '@shoebox/edge-api/test/is-query.ts'
import { matrix } from '@shoebox/edge-api/test/matrix/matrix.ts'
import type { Row } from '@shoebox/edge-api/test/matrix/row.ts'
import { startEdge, type Edge } from '@shoebox/edge-api/test/start-edge.ts'
import { Visitor } from '@shoebox/edge-api/test/visitor.ts'
import { startDatabase } from '@shoebox/testing/start-database.ts'
import { median, type BenchLine, type BenchRow } from '../bench-row.ts'
import { startRecorder } from './record-trips.ts'

const delayMs = 150
const rounds = 5

type Waited = { readonly path: string; readonly isQuery: boolean; readonly trips: number; readonly ms: number }

/** Asks a procedure for somebody who is not refused, each in a world of their own. */
async function ask(db: PoolDatabase, edge: Edge, path: string, row: Row): Promise<Waited | null> {
  const actor = [...actors].reverse().find((candidate: Actor) => row.expected[candidate] === 'ok')
  if (actor === undefined) return null
  const world = await makeWorld(db, edge)
  const visitor = await world.visitorOf(actor)
  const input = row.input?.(world)
  edge.neon.resetCounts()
  const startedMs = performance.now()
  const { status, text } = isQuery(path) ? await visitor.query(path, input) : await visitor.mutate(path, input)
  const ms = performance.now() - startedMs
  if (status !== 200) throw new Error(`${path}: ${text}`)
  return { path, isQuery: isQuery(path), trips: edge.neon.counts.trips, ms }
}

async function measureFeed(edge: Edge): Promise<BenchLine[]> {
  const stranger = new Visitor(edge)
  const waits: number[] = []
  let trips = 0
  for (let round = -1; round < rounds; round += 1) {
    edge.neon.resetCounts()
    const startedMs = performance.now()
    await stranger.query('feed.page', {})
    if (round < 0) continue
    waits.push(performance.now() - startedMs)
    trips = Math.max(trips, edge.neon.counts.trips)
  }
  const work = 'the feed of a visitor, cached'
  return [
    { work, measure: 'trips', ours: trips, comparisons: [], oursMax: 0 },
    { work: '', measure: 'ms', ours: median(waits), comparisons: [{ against: 'one trip', value: delayMs }] },
  ]
}

function summarise(work: string, waited: readonly Waited[], tripsMax: number): BenchLine[] {
  const beyond = median(waited.map(({ ms, trips }) => ms - trips * delayMs))
  const slowest = waited.toSorted((one, other) => other.ms - one.ms)[0]
  return [
    {
      work: `${waited.length} ${work}`,
      measure: 'most trips',
      ours: Math.max(...waited.map(({ trips }) => trips)),
      comparisons: [],
      oursMax: tripsMax,
    },
    { work: '', measure: 'ms, median', ours: median(waited.map(({ ms }) => ms)), comparisons: [] },
    { work: '', measure: 'of these beyond the trips', ours: beyond, comparisons: [] },
    { work: '', measure: `ms of the slowest, ${slowest?.path ?? ''}`, ours: slowest?.ms ?? 0, comparisons: [] },
  ]
}

async function run(say: (progress: string) => void): Promise<BenchLine[]> {
  const recorder = await startRecorder(delayMs)
  const edge = await startEdge({ DATABASE_HTTP_ENDPOINT: recorder.url }, await startDatabase())
  recorder.forwardTo(edge.neon.httpUrl)
  const db = connectPool({ connectionString: edge.databaseUrl, connectionsMax: 4 })
  try {
    const waited: Waited[] = []
    for (const [path, row] of Object.entries<Row>(matrix)) {
      say(path)
      const answer = await ask(db, edge, path, row)
      if (answer !== null) waited.push(answer)
    }
    return [
      ...(await measureFeed(edge)),
      ...summarise(
        'reads',
        waited.filter((answer) => answer.isQuery),
        1,
      ),
      ...summarise(
        'writes',
        waited.filter((answer) => !answer.isQuery),
        2,
      ),
    ]
  } finally {
    await db.$client.end()
    await edge.stop()
    recorder.stop()
  }
}

export const row: BenchRow = { id: 'B14', name: 'far-database', title: 'with the database 150 ms away', run }
