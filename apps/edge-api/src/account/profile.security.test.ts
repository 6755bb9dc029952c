import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { users } from '@shoebox/db/schema/accounts.ts'
import { dataExports } from '@shoebox/db/schema/leaving.ts'
import { media } from '@shoebox/db/schema/media.ts'
import { suppressAddress } from '@shoebox/db/stores/suppression-store.ts'
import { databaseRows } from '@shoebox/testing/database-rows.ts'
import { openEdge } from '../../test/open-edge.ts'
import { mediaOrigin } from '../../test/start-edge.ts'
import { signUpVisitor, Visitor } from '../../test/visitor.ts'

const { edge } = await openEdge()
let rows: ReturnType<typeof databaseRows>

beforeAll(async () => {
  rows = databaseRows(edge.databaseUrl, new Date())
})

afterAll(async () => {
  await rows.end()
})

const phone = '+90 532 123 45 67'
const picture = {
  type: 'image/webp',
  bytes: 1000,
  sha256: createHash('sha256').update('a picture').digest('base64'),
}
const idOf = async ({ email }: { email: string }) =>
  (await rows.db.select({ id: users.id }).from(users).where(eq(users.email, email)))[0]!.id

describe('a profile', () => {
  test('is read and changed by nobody but its owner', async () => {
    const stranger = new Visitor(edge)
    expect((await stranger.query('account.profile')).refusal).toEqual({ code: 'sign_in_needed' })
    const calls = {
      'account.editProfile': { name: 'Eve' },
      'account.beginAvatar': picture,
      'account.setAvatar': { mediaId: null },
    }
    for (const [procedure, input] of Object.entries(calls)) {
      expect((await stranger.mutate(procedure, input)).refusal, procedure).toEqual({ code: 'sign_in_needed' })
    }
    const owner = await signUpVisitor(edge)
    expect((await owner.mutate('account.editProfile', { name: 'Anna', phone })).data).toEqual({})
    expect((await owner.query('account.profile')).data).toMatchObject({
      name: 'Anna',
      email: owner.email,
      phone: '+905321234567',
      role: 'member',
      avatar: null,
      hasPassword: true,
      terms: { isCurrent: true },
      steppedUpUntil: null,
    })
  })

  test('says that mail to its address comes back, until it has another', async () => {
    const owner = await signUpVisitor(edge)
    const trouble = async () =>
      ((await owner.query('account.profile')).data as { addressTrouble: unknown }).addressTrouble
    expect(await trouble()).toBeNull()
    await suppressAddress(rows.db, { address: owner.email, reason: 'bounce', nowMs: Date.now() })
    expect(await trouble()).toBe('bounce')
    await rows.db
      .update(users)
      .set({ email: `new-${owner.email}` })
      .where(eq(users.email, owner.email))
    expect(await trouble()).toBeNull()
  })

  test('takes no id, no role, no plan and no address from whoever edits it', async () => {
    const owner = await signUpVisitor(edge)
    for (const forged of [
      { userId: await idOf(owner) },
      { role: 'administrator' },
      { plan: 'studio' },
      { email: 'x@y.zz' },
    ]) {
      const { refusal } = await owner.mutate('account.editProfile', { name: 'Ann', ...forged })
      expect(refusal).toEqual({ code: 'invalid_input', fields: Object.keys(forged) })
    }
    const wrong = await owner.mutate('account.editProfile', { phone: 'call me' })
    expect(wrong.refusal).toEqual({ code: 'invalid_input', fields: ['phone'] })
    const line = await owner.mutate('account.editProfile', { name: 'Ann\r\nBcc: all@example.org' })
    expect(line.refusal).toEqual({ code: 'invalid_input', fields: ['name'] })
  })
})

describe('an avatar', () => {
  test('goes the way of every upload, bound to its bytes, and never into the feed', async () => {
    const owner = await signUpVisitor(edge)
    const begun = await owner.mutate('account.beginAvatar', picture)
    const { mediaId, request } = begun.data as { mediaId: `med_${string}`; request: { url: string } }
    expect(request.url).toContain(`/${await idOf(owner)}/${mediaId}`)
    const [row] = await rows.db
      .select()
      .from(media)
      .where(eq(media.incomingKey, `${await idOf(owner)}/${mediaId}`))
    expect(row).toMatchObject({ purpose: 'avatar', state: 'reserved', declaredBytes: 1000 })
    expect((await owner.mutate('account.setAvatar', { mediaId })).refusal).toEqual({ code: 'not_found' })
  })

  test.each([
    [{ type: 'video/mp4' }, 'type_not_allowed'],
    [{ type: 'image/svg+xml' }, 'type_not_allowed'],
    [{ bytes: 0 }, 'file_empty'],
    [{ bytes: 20 * 2 ** 20 }, 'file_too_large'],
  ])('that cannot be one is refused before a byte is sent: %o', async (change, code) => {
    const owner = await signUpVisitor(edge)
    expect((await owner.mutate('account.beginAvatar', { ...picture, ...change })).refusal).toEqual({ code })
  })

  test('of somebody else cannot be put on', async () => {
    const [owner, thief] = [await signUpVisitor(edge), await signUpVisitor(edge, 'Thief')]
    const mediaId = await rows.addItem({ userId: await idOf(owner), sessionId: '' }, new Date(), { purpose: 'avatar' })
    expect((await thief.mutate('account.setAvatar', { mediaId })).refusal).toEqual({ code: 'not_found' })
    expect((await owner.mutate('account.setAvatar', { mediaId })).data).toEqual({})
    const { avatar } = (await owner.query('account.profile')).data as { avatar: { base: string } }
    expect(avatar.base).toContain(`/v/${mediaId}/`)
  })
})

describe('an export', () => {
  test('is asked for and found by its owner alone, at an address that names it', async () => {
    const [owner, other] = [await signUpVisitor(edge), await signUpVisitor(edge, 'Other')]
    expect((await new Visitor(edge).mutate('account.requestExport')).refusal).toEqual({ code: 'sign_in_needed' })
    expect((await new Visitor(edge).query('account.findExport')).refusal).toEqual({ code: 'sign_in_needed' })
    expect((await owner.mutate('account.requestExport')).data).toEqual({})
    expect((await owner.query('account.findExport')).data).toMatchObject({ export: { isReady: false, url: null } })
    expect((await other.query('account.findExport')).data).toEqual({ export: null })

    const later = new Date(Date.now() + 86_400_000)
    await rows.db.update(dataExports).set({ readyAt: new Date(), expiresAt: later, bytes: 10 })
    const found = (await owner.query('account.findExport')).data as { export: { url: string } }
    const [path, query = ''] = found.export.url.split('?')
    expect(path).toMatch(new RegExp(`^${mediaOrigin}/x/${await idOf(owner)}/exp_[0-9a-f-]{36}[.]json$`))
    const policy = new URLSearchParams(query)
      .get('Policy')
      ?.replaceAll('_', '=')
      .replaceAll('~', '/')
      .replaceAll('-', '+')
    const [{ Resource, Condition }] = JSON.parse(atob(policy ?? '')).Statement
    expect(Resource).toBe(path)
    const minutes = (Condition.DateLessThan['AWS:EpochTime'] * 1000 - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(14)
    expect(minutes).toBeLessThanOrEqual(15)
    await rows.db.update(dataExports).set({ expiresAt: new Date(Date.now() - 1) })
    expect((await owner.query('account.findExport')).data).toEqual({ export: null })
  })
})

describe('a person', () => {
  test('is a name, a picture and what is public of theirs, to everybody alike', async () => {
    const owner = await signUpVisitor(edge)
    await owner.mutate('account.editProfile', { phone })
    const userId = await idOf(owner)
    const item = await rows.addItem({ userId, sessionId: '' }, new Date())
    await rows.addUpload({ userId, sessionId: '' })
    for (const visitor of [new Visitor(edge), await signUpVisitor(edge, 'Other'), owner]) {
      const found = await visitor.query('people.find', { userId })
      expect(found.data).toEqual({ person: { id: userId, name: 'Ann', avatar: null } })
      const page = await visitor.query('people.page', { userId })
      expect(page.data).toMatchObject({ person: { id: userId }, items: [{ id: item }], nextCursor: null })
      for (const { text } of [found, page]) expect(text).not.toMatch(/90532|@example|administrator|plan/)
    }
  })

  test('who does not exist is not found, and cursors are not guessed at', async () => {
    const visitor = new Visitor(edge)
    const userId = 'usr_00000000-0000-7000-8000-00000000dead'
    expect((await visitor.query('people.find', { userId })).refusal).toEqual({ code: 'not_found' })
    expect((await visitor.query('people.page', { userId })).refusal).toEqual({ code: 'not_found' })
    const forged = await visitor.query('people.page', { userId, cursor: 'forged' })
    expect(forged.refusal).toEqual({ code: 'invalid_input', fields: ['cursor'] })
    expect((await visitor.query('people.page', { userId, size: 101 })).status).toBe(400)
  })
})
