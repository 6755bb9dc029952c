// What many hands do in one group at once is all in its log, in one order, and none of them waits for ever.
import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { makeId, uuidOf, type Id, type IdKind } from '@shoebox/shared/ids.ts'
import type { AuditAct } from '@shoebox/shared/safety/audit-entry.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { sealForTest } from '@shoebox/testing/seal-audit.ts'
import { auditEntries, auditHeads } from '../schema/audit.ts'
import { groups, memberships } from '../schema/groups.ts'
import { moveToTrash, restoreItems } from './gallery-trash-store.ts'
import { editGroup, setLocationPolicy } from './group-store.ts'
import { createInvite } from './invite-store.ts'
import { leaveGroup } from './leave-store.ts'
import { handOver, removeMember, setRole } from './member-change-store.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const nowMs = start.getTime()
const { rows, edge } = await openDatabase(start)

const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, nowMs, crypto.getRandomValues(new Uint8Array(10)))

test('fifty different actions at once in two groups, items and quota among them, are each written once', async () => {
  const people = await Promise.all(Array.from({ length: 12 }, () => rows.addAuthor()))
  const [owner, ...others] = people as [(typeof people)[number], ...typeof people]
  const groupIds = [newId('group'), newId('group')] as const
  const items = await Promise.all(
    groupIds.map(async (id) => {
      const dates = { createdAt: start, activeAt: start }
      await rows.db.insert(groups).values({ id, name: 'Friends', joining: 'open', memberCount: 12, ...dates })
      await rows.db.insert(memberships).values(
        people.map(({ userId }, n) => ({
          groupId: id,
          userId,
          role: n === 0 ? ('owner' as const) : n < 4 ? ('admin' as const) : ('contributor' as const),
          joinedAt: rows.later(n),
          seenAt: start,
        })),
      )
      return await Promise.all(others.map((author) => rows.addItem(author, start, { groupId: id })))
    }),
  )

  const done = await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      const which = Math.floor(n / 8) % 2
      const [groupId, mediaIds] = [groupIds[which]!, items[which]!]
      const author = n % 8 === 0 || n % 8 === 7 ? owner : people[1 + (n % 3)]!
      const target = people[4 + ((n * 5 + which) % 8)]!
      const change = { author, groupId, nowMs }
      const seal = (action: AuditAct['action'], id: Id<IdKind> = target.userId) =>
        sealForTest({ chain: groupId, action, actorId: author.userId, subject: { kind: 'user', id }, atMs: nowMs })
      const sealItems = (action: AuditAct['action']) => mediaIds.map((id) => seal(action, id))
      switch (n % 8) {
        case 0:
          return setRole(edge, { ...change, userId: target.userId, role: 'viewer', audit: seal('member.role_changed') })
        case 1:
          return removeMember(edge, {
            ...change,
            userId: target.userId,
            items: 'withdraw',
            audit: seal('member.removed'),
          })
        case 2:
          return moveToTrash(edge, { ...change, mediaIds, audits: sealItems('item.removed_by_admin') })
        case 3:
          return restoreItems(edge, { ...change, mediaIds, audits: sealItems('item.restored_by_admin') })
        case 4: {
          const audits = { edited: seal('group.edited'), joining: seal('group.joining_changed') }
          return editGroup(edge, { ...change, name: `Friends ${n}`, joining: n % 16 === 4 ? 'closed' : 'open', audits })
        }
        case 5: {
          const audits = {
            left: seal('member.left'),
            handedOver: seal('group.handed_over'),
            ended: seal('group.deleted'),
          }
          const leaver = { ...change, author: target }
          return leaveGroup(edge, { ...leaver, items: 'handOver', successorId: null, audits })
        }
        case 6: {
          const invite = {
            id: newId('invite'),
            code: crypto.randomUUID(),
            role: 'viewer',
            needsApproval: false,
          } as const
          const limits = { expiresAt: null, usesMax: null, openMax: 100 }
          return createInvite(edge, { ...change, ...invite, ...limits, audit: seal('invite.created') })
        }
        default:
          return n % 16 === 7
            ? handOver(edge, { ...change, author: owner, userId: people[1]!.userId, audit: seal('group.handed_over') })
            : setLocationPolicy(edge, {
                ...change,
                locationPolicy: 'keep',
                audit: seal('group.location_policy_changed'),
              })
      }
    }),
  )

  for (const groupId of groupIds) {
    const chain = uuidOf(groupId)
    const entries = await rows.db
      .select({ seq: auditEntries.seq })
      .from(auditEntries)
      .where(eq(auditEntries.chain, chain))
      .orderBy(auditEntries.seq)
    const [head] = await rows.db.select().from(auditHeads).where(eq(auditHeads.chain, chain))
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, n) => n + 1))
    expect(head?.seq).toBe(entries.length)
    expect(entries.length).toBeGreaterThan(10)
    // One owner, and as many of its entries as people were removed or left.
    expect(
      await rows.db.$count(memberships, and(eq(memberships.groupId, groupId), eq(memberships.role, 'owner'))),
    ).toBe(1)
    const gone = sql`${auditEntries.chain} = ${chain}::uuid and ${auditEntries.action} in ('member.removed', 'member.left')`
    const stay = await rows.db.$count(memberships, eq(memberships.groupId, groupId))
    expect(await rows.db.$count(auditEntries, gone)).toBe(people.length - stay)
  }
  expect(done).toHaveLength(50)
})
