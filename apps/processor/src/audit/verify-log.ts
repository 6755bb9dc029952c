// Holds the audit log against its own MACs and against where it was seen to stand. What is found: an entry that was
// changed, put in between, moved or taken out; an end that was cut off; a head or an anchor that was tampered with. What
// is not: an end cut off since the last anchor together with its head, an hour of one chain at most.
import { createHmac } from 'node:crypto'
import {
  auditAnchor,
  writeAnchorBody,
  type AnchoredHead,
  type AuditAnchor,
} from '@shoebox/shared/safety/audit-anchor.schema.ts'
import { anchorKey } from '@shoebox/shared/upload/object-keys.ts'
import { genesisMac, labelRowKey, writeAuditBody } from '@shoebox/shared/safety/audit-entry.ts'
import type { AuditHead, AuditRow } from '@shoebox/db/stores/audit-verify-store.ts'

export type VerifyLogDeps = {
  /** AUDIT_HMAC_KEY. */
  readonly secret: string
  /** Anchors as they lie in S3, in the order of their keys. */
  readonly readAnchors: () => AsyncIterable<{ readonly key: string; readonly json: string }>
  readonly findHeads: () => Promise<readonly AuditHead[]>
  readonly findRows: (
    chain: string,
    after: Pick<AuditRow, 'seq' | 'id'> | null,
    rowsMax: number,
  ) => Promise<readonly AuditRow[]>
}

export type FindingKind =
  /** An entry is not what was appended in its place: changed, put in between or moved. */
  | 'entry_broken'
  /** An entry is not there. */
  | 'entry_missing'
  /** Entries stand where the chain has ended already. */
  | 'entry_beyond_head'
  /** The head does not say where the chain ends. */
  | 'head_wrong'
  /** The chain was longer once, or went another way. */
  | 'anchor_not_met'
  | 'anchor_broken'
  | 'anchor_missing'

export type Finding = {
  readonly kind: FindingKind
  /** The chain's UUID; of an anchor null. */
  readonly chain: string | null
  /** The place in the chain; of an anchor its key. */
  readonly place: number | string
}

export type VerifiedLog = {
  readonly chains: number
  readonly entries: number
  readonly anchors: number
  /** Chains without a finding, as they end. */
  readonly sound: readonly AnchoredHead[]
  /** Chains that end before they were seen to end, and are whole so far: as after a back-up was restored. */
  readonly cut: readonly AnchoredHead[]
  /** Of each chain no more than `findingsMax`. */
  readonly findings: readonly Finding[]
  /** The place that was anchored last of each chain. */
  readonly anchored: ReadonlyMap<string, number>
}

/** One entry in the wrong place puts all that follow there. */
const findingsMax = 20
const rowsMax = 1_000

/** Walks every chain there is or was, with what was seen of it. Throws only where Postgres or S3 do not answer. */
export async function verifyLog(deps: VerifyLogDeps): Promise<VerifiedLog> {
  // Anchors first: whatever they name was in Postgres before it is looked for.
  const { marks, findings, anchors } = await readMarks(deps)
  const heads = await deps.findHeads()
  const seen = new Set(heads.map(({ chain }) => chain))
  const unseen = [...marks.keys()].filter((chain) => !seen.has(chain))
  const [sound, cut]: [AnchoredHead[], AnchoredHead[]] = [[], []]
  let entries = 0
  for (const head of [...heads, ...unseen.map((chain) => ({ chain, seq: null, mac: null, lastSeq: 0 }))]) {
    const walked = await walkChain(deps, head, marks.get(head.chain) ?? new Map())
    entries += walked.entries
    findings.push(...walked.findings.slice(0, findingsMax))
    const end = { chain: head.chain, seq: head.seq ?? 0, mac: head.mac ?? genesisMac }
    if (walked.findings.length === 0) sound.push(end)
    else if (walked.findings.every(({ kind }) => kind === 'anchor_not_met')) cut.push(end)
  }
  const anchored = new Map([...marks].map(([chain, places]) => [chain, [...places.keys()].at(-1) ?? 0]))
  return { chains: heads.length + unseen.length, entries, anchors, sound, cut, findings, anchored }
}

/** By chain: which MAC was seen at which place, the latest last. */
type Marks = Map<string, Map<number, string>>

async function readMarks({ readAnchors, secret }: VerifyLogDeps) {
  const marks: Marks = new Map()
  const findings: Finding[] = []
  let anchors = 0
  for await (const { key, json } of readAnchors()) {
    for (anchors += 1; anchorKey(anchors) < key; anchors += 1)
      findings.push({ kind: 'anchor_missing', chain: null, place: anchorKey(anchors) })
    const anchor = parseAnchor(json, secret)
    if (anchor !== null && anchorKey(anchor.number) === key) keepMarks(marks, anchor)
    else findings.push({ kind: 'anchor_broken', chain: null, place: key })
  }
  return { marks, findings, anchors }
}

function parseAnchor(json: string, secret: string): AuditAnchor | null {
  try {
    const anchor = auditAnchor.parse(JSON.parse(json))
    return anchor.mac === signAnchor(anchor, secret) ? anchor : null
  } catch {
    return null
  }
}

export const signAnchor = (anchor: Omit<AuditAnchor, 'version' | 'mac'>, secret: string): string =>
  createHmac('sha256', secret).update(writeAnchorBody(anchor)).digest('hex')

function keepMarks(marks: Marks, { heads, isRestored }: AuditAnchor): void {
  for (const { chain, seq, mac } of heads) {
    const places = (isRestored ? undefined : marks.get(chain)) ?? new Map<number, string>()
    // A chain that a back-up does not have at all begins anew.
    if (seq > 0) places.set(seq, mac)
    marks.set(chain, places)
  }
}

async function walkChain(deps: VerifyLogDeps, head: AuditHead, marks: ReadonlyMap<number, string>) {
  const findings: Finding[] = []
  const find = (kind: FindingKind, place: number): void => void findings.push({ kind, chain: head.chain, place })
  const unmet = new Map(marks)
  let last: Pick<AuditRow, 'seq' | 'mac'> | null = { seq: 0, mac: genesisMac }
  let seq = 0
  let entries = 0
  for await (const row of walkRows(deps, head)) {
    entries += 1
    if (row.seq > seq + 1) {
      find('entry_missing', seq + 1)
      // What it was bound to is gone with it.
      last = null
    }
    if (row.seq <= seq || (last !== null && bindEntry(row, last.mac, deps.secret) !== row.mac))
      find('entry_broken', row.seq)
    if (unmet.get(row.seq) === row.mac) unmet.delete(row.seq)
    ;({ seq } = row)
    last = row
  }
  if (head.lastSeq > (head.seq ?? 0)) find('entry_beyond_head', (head.seq ?? 0) + 1)
  if (seq < (head.seq ?? 0)) find('entry_missing', seq + 1)
  else if (last !== null && head.seq === seq && head.mac !== last.mac) find('head_wrong', seq)
  for (const place of unmet.keys()) find('anchor_not_met', place)
  return { entries, findings }
}

/** Up to the end as it was when the heads were read: what is appended meanwhile is verified the next time. */
async function* walkRows({ findRows }: VerifyLogDeps, { chain, seq, lastSeq }: AuditHead): AsyncGenerator<AuditRow> {
  let after: AuditRow | null = null
  for (;;) {
    const rows: readonly AuditRow[] = await findRows(chain, after, rowsMax)
    for (const row of rows) {
      if (row.seq > Math.max(seq ?? 0, lastSeq)) return
      // Beyond the head nothing is bound to anything.
      if (row.seq <= (seq ?? 0)) yield row
    }
    if (rows.length < rowsMax) return
    after = rows.at(-1) ?? null
  }
}

function bindEntry(row: AuditRow, lastMac: string, secret: string): string {
  const key = createHmac('sha256', secret).update(labelRowKey(row.id)).digest()
  return createHmac('sha256', key).update(Buffer.from(lastMac, 'hex')).update(writeAuditBody(row)).digest('hex')
}
