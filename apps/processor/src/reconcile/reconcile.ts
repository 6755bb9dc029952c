// Holds rows against objects and ledgers against rows, both ways: what a row promises and S3 does not have, what S3 has
// and no row knows. Reports all of it and mends what the run says. It walks in steps and keeps how far it has come after
// each, so that millions are done by as many invocations as it takes, and a killed one costs a step. Mending may be done
// twice.
import type { Finding, ReconcileCursor, ReconcileReport } from '@shoebox/db/schema/upkeep.ts'
import type { Stray } from '@shoebox/db/stores/deletion-store.ts'
import type { Ledger, Reconciliation, ReconciledRow } from '@shoebox/db/stores/reconcile-store.ts'
import { isId, type MediaId, type UserId } from '@shoebox/shared/ids.ts'
import { originalKey, parseIncomingKey } from '@shoebox/shared/upload/object-keys.ts'
import type { Log } from '../log.ts'
import { joinItems } from './join-items.ts'
import { judgeItem, strayAfterMs, type ItemFinding, type ItemObject } from './judge-item.ts'

type Listed = { list(prefix: string, after?: string): AsyncIterable<readonly ItemObject[]> }

export type ReconcileDeps = {
  readonly nowMs: () => number
  readonly media: Listed
  readonly incoming: Listed
  readonly findRowsAfter: (after: MediaId | null, rowsMax: number) => Promise<readonly ReconciledRow[]>
  /** Those of the keys that have a row. */
  readonly findKnownArrivals: (keys: readonly string[]) => Promise<ReadonlySet<string>>
  readonly findLedgersAfter: (after: UserId | null, rowsMax: number) => Promise<readonly Ledger[]>
  readonly keepProgress: (
    run: Pick<Reconciliation, 'id' | 'steps'>,
    progress: Pick<Reconciliation, 'cursor' | 'report' | 'endedAt'>,
  ) => Promise<boolean>
  readonly askForStray: (stray: Stray, nowMs: number) => Promise<void>
  /** Notes that the clock has an item's files made again. False: that was in vain too often. */
  readonly noteRemake: (mediaId: MediaId) => Promise<boolean>
  /** Has what is missing beside an original made again. */
  readonly remake: (originalKey: string) => Promise<void>
  readonly mendLedger: (userId: UserId) => Promise<void>
  readonly log: Log
}

export const rowsPerPage = 1000
const peoplePerPage = 200
const samplesMax = 100

/** Items whose files one run of the clock has made again: what is lost of more than these, somebody should look at. */
const remakesMax = 1000

/** Whatever one step has looked at. */
type Step = {
  readonly cursor: ReconcileCursor | null
  readonly rows: number
  readonly objects: number
  readonly bytes: number
  readonly findings: readonly Finding[]
}

/** Goes on with a run until it ends or the time is over. Answers the report if it has ended. */
export async function reconcile(
  deps: ReconcileDeps,
  run: Reconciliation,
  untilMs: number,
): Promise<ReconcileReport | null> {
  let { steps, report } = run
  for await (const step of walkFrom(deps, run)) {
    report = addStep(report, step)
    const endedAt = step.cursor === null ? new Date(deps.nowMs()) : null
    const isKept = await deps.keepProgress(
      { id: run.id, steps },
      { cursor: step.cursor ?? run.cursor, report, endedAt },
    )
    if (!isKept) return null
    steps += 1
    if (endedAt !== null) return report
    if (deps.nowMs() >= untilMs) return null
  }
  throw new Error('a reconciliation ends with a step that says so')
}

async function* walkFrom(deps: ReconcileDeps, run: Reconciliation): AsyncGenerator<Step> {
  const { mends, cursor } = run
  const { phase, after } = cursor
  if (phase === 'media') yield* walkMedia(deps, run, after === null || !isId('media', after) ? null : after)
  if (phase === 'media' || phase === 'incoming') yield* walkIncoming(deps, mends, phase === 'incoming' ? after : null)
  yield* walkLedgers(deps, mends, phase === 'quota' && after !== null && isId('user', after) ? after : null)
}

async function* walkMedia(deps: ReconcileDeps, run: Reconciliation, after: MediaId | null): AsyncGenerator<Step> {
  let remade = run.report.found.derivative_missing?.repaired ?? 0
  // `0` follows `/`: the first key after all of that item's.
  const start = (root: string) => (after === null ? undefined : `${root}${after}0`)
  const objects = ['o/', 'v/'].map((root) => deps.media.list(root, start(root)))
  let step = emptyStep({ phase: 'media', after })
  for await (const item of joinItems({ rows: pageRows(deps, after), objects })) {
    const findings: Finding[] = []
    for (const found of judgeItem(item, deps.nowMs())) {
      const isRepaired = await mendItem(deps, run, item.id, found, remade)
      if (isRepaired && found.kind === 'derivative_missing') remade += 1
      findings.push({ ...found, subject: item.id, isRepaired })
    }
    step = {
      cursor: { phase: 'media', after: item.id },
      rows: step.rows + (item.row === null ? 0 : 1),
      objects: step.objects + item.objects.length,
      bytes: step.bytes + item.objects.reduce((sum, { bytes }) => sum + bytes, 0),
      findings: [...step.findings, ...findings],
    }
    if (step.rows + step.objects < rowsPerPage) continue
    yield step
    step = emptyStep(step.cursor)
  }
  yield { ...step, cursor: { phase: 'incoming', after: null } }
}

async function* pageRows(deps: ReconcileDeps, from: MediaId | null): AsyncGenerator<readonly ReconciledRow[]> {
  for (let after: MediaId | null | undefined = from; after !== undefined;) {
    const page: readonly ReconciledRow[] = await deps.findRowsAfter(after, rowsPerPage)
    yield page
    after = page.length < rowsPerPage ? undefined : page.at(-1)?.id
  }
}

/** What has no original left cannot be mended here: it stays in the report until somebody restores it. */
async function mendItem(
  deps: ReconcileDeps,
  { mends, remakesOnly }: Reconciliation,
  mediaId: MediaId,
  { kind, generation }: ItemFinding,
  remade: number,
): Promise<boolean> {
  if (kind === 'original_missing') return false
  if (kind === 'derivative_missing') {
    if (!mends && !(remakesOnly && remade < remakesMax && (await deps.noteRemake(mediaId)))) return false
    await deps.remake(originalKey(mediaId, generation ?? ''))
    return true
  }
  if (!mends) return false
  await deps.askForStray({ mediaId, generation, incomingKey: null }, deps.nowMs())
  return true
}

async function* walkIncoming(deps: ReconcileDeps, mends: boolean, after: string | null): AsyncGenerator<Step> {
  for await (const page of deps.incoming.list('', after ?? undefined)) {
    const known = await deps.findKnownArrivals(page.map(({ key }) => key))
    const findings: Finding[] = []
    for (const { key, bytes, modifiedMs } of page) {
      const mediaId = parseIncomingKey(key)?.mediaId
      if (mediaId === undefined || known.has(key) || modifiedMs > deps.nowMs() - strayAfterMs) continue
      if (mends) await deps.askForStray({ mediaId, generation: null, incomingKey: key }, deps.nowMs())
      const where = { subject: mediaId, generation: null, objects: 1, bytes }
      findings.push({ kind: 'stray_arrival', ...where, isRepaired: mends })
    }
    const last = page.at(-1)?.key ?? after
    const bytes = page.reduce((sum, object) => sum + object.bytes, 0)
    yield { cursor: { phase: 'incoming', after: last }, rows: 0, objects: page.length, bytes, findings }
  }
  yield emptyStep({ phase: 'quota', after: null })
}

async function* walkLedgers(deps: ReconcileDeps, mends: boolean, from: UserId | null): AsyncGenerator<Step> {
  for (let after: UserId | null = from; ;) {
    const page: readonly Ledger[] = await deps.findLedgersAfter(after, peoplePerPage)
    const findings: Finding[] = []
    for (const { userId, driftBytes } of page) {
      if (driftBytes === 0) continue
      if (mends) await deps.mendLedger(userId)
      const where = { subject: userId, generation: null, objects: 0, bytes: driftBytes }
      findings.push({ kind: 'quota_drift', ...where, isRepaired: mends })
    }
    const last: UserId | undefined = page.length < peoplePerPage ? undefined : page.at(-1)?.userId
    yield { ...emptyStep(last === undefined ? null : { phase: 'quota', after: last }), findings }
    if (last === undefined) return
    after = last
  }
}

const emptyStep = (cursor: ReconcileCursor | null): Step => ({ cursor, rows: 0, objects: 0, bytes: 0, findings: [] })

function addStep(report: ReconcileReport, step: Step): ReconcileReport {
  const found = { ...report.found }
  for (const { kind, bytes, isRepaired } of step.findings) {
    const before = found[kind] ?? { count: 0, bytes: 0, repaired: 0 }
    found[kind] = {
      count: before.count + 1,
      bytes: before.bytes + bytes,
      repaired: before.repaired + (isRepaired ? 1 : 0),
    }
  }
  return {
    rows: report.rows + step.rows,
    objects: report.objects + step.objects,
    bytes: report.bytes + step.bytes,
    found,
    samples: [...report.samples, ...step.findings].slice(0, samplesMax),
  }
}
