// Entries of the audit log, sealed as the Worker seals them, with a secret of the tests.
import { createHmac, randomBytes } from 'node:crypto'
import { makeId, uuidOf, type GroupId, type MediaId } from '@shoebox/shared/ids.ts'
import { labelRowKey, padRowKey, type AuditAct, type AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'

export const auditSecret = 'a secret of tests, at least thirty-two characters long'

export function sealForTest(act: AuditAct): AuditEntry {
  const id = makeId('audit', act.atMs, randomBytes(10))
  const rowKey = createHmac('sha256', auditSecret)
    .update(labelRowKey(uuidOf(id)))
    .digest()
  return { ...act, id, rowKey: padRowKey(rowKey) }
}

/**
 * What a store does, with whatever entries it asks for: for tests that look at something else. They say nothing true
 * but the group.
 */
export const audited =
  <Db, Wish extends object, Answer>(action: (db: Db, wish: Wish) => Promise<Answer>) =>
  async (db: Db, wish: Omit<Wish, 'audit' | 'audits'>): Promise<Answer> =>
    await action(db, { ...wish, ...makeEntries(wish) } as Wish)

function makeEntries(wish: { readonly groupId?: GroupId; readonly mediaIds?: readonly MediaId[] }) {
  const seal = (id: MediaId | null = null): AuditEntry =>
    sealForTest({
      chain: wish.groupId ?? null,
      action: 'group.edited',
      actorId: null,
      subject: { kind: 'media', id },
      atMs: Date.UTC(2026, 5, 15),
    })
  const audits = { left: seal(), handedOver: seal(), ended: seal(), edited: seal(), joining: seal() }
  return { audit: seal(), audits: wish.mediaIds?.map(seal) ?? audits }
}
