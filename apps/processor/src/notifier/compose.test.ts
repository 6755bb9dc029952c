import { describe, expect, test } from 'vitest'
import { noticeKinds } from '@shoebox/shared/notices/kinds.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { composeDigest } from './compose-digest.ts'
import { composePush } from './compose-push.ts'

const userId = numberedId('user', 1)
const [alps, beach] = [numberedId('group', 1), numberedId('group', 2)]
const line = {
  kind: 'items_added',
  count: 3,
  actorName: 'Ada',
  groupId: alps,
  groupName: 'Alps',
  role: 'viewer',
  lastAt: new Date('2026-06-15T22:30:00.000Z'),
} as const
const digest = { userId, email: 'a@b.cc', name: 'Bob', timeZone: null, suppression: null, lines: [line] }
const compose = (changes: Partial<Parameters<typeof composeDigest>[1]>) =>
  composeDigest(
    { siteOrigin: 'https://shoebox.example', signMute: ({ groupId }) => `token-${groupId ?? 'digest'}` },
    { ...digest, ...changes },
  )

describe('a digest', () => {
  test('has a place for each group, with a link into it and one out of it', () => {
    const { text } = compose({
      lines: [
        line,
        { ...line, kind: 'liked', groupId: beach, groupName: 'Beach' },
        { ...line, groupId: null, kind: 'liked' },
      ],
    })
    for (const group of [alps, beach])
      expect(text).toMatch(
        new RegExp(`https://shoebox.example/g/${group}\\n[^]*https://shoebox.example/mute\\?t=token-${group}\\n`),
      )
    expect(text).toContain('The public feed')
  })

  test('tells the time where its reader is, and in UTC where that is not known', () => {
    expect(compose({}).text).toContain('Monday 15 June at 22:30')
    expect(compose({}).text).toContain('Times are those of UTC.')
    expect(compose({ timeZone: 'Europe/Istanbul' }).text).toContain('Tuesday 16 June at 01:30')
    expect(compose({ timeZone: 'Mars/Olympus' }).text).toContain('Monday 15 June at 22:30')
  })

  test('carries no stranger’s address or markup, whatever they call themselves or their group', () => {
    const { text, html } = compose({
      lines: [{ ...line, actorName: 'Win at bad.example', groupName: '<b>https://bad.example</b>' }],
    })
    expect(text + html).not.toMatch(/bad|<b>/)
    expect(text).toContain('Somebody added 3 items to a group')
  })
})

describe('a push', () => {
  const push = {
    ...line,
    endpoint: 'https://push.example.org/1',
    p256dh: '',
    auth: '',
    showsNames: true,
    mediaId: numberedId('media', 1),
    others: 0,
  }

  test('says one sentence and what else waits, and where it leads', () => {
    expect(JSON.parse(composePush({ ...push, others: 2 }).body)).toEqual({
      text: 'Ada added 3 items to Alps, and 2 more',
      path: `/g/${alps}`,
      tag: alps.slice(4).replaceAll('-', ''),
    })
    expect(composePush({ ...push, groupId: null, kind: 'liked' }).topic).toBe('feed')
  })

  test.each(noticeKinds)('names nobody on a locked screen when it may not: %s', (kind) => {
    expect(composePush({ ...push, kind, showsNames: false }).body).not.toMatch(/Ada|Alps/)
  })

  test('of every kind fits into what a push service takes, with the longest names there are', () => {
    for (const kind of noticeKinds) {
      const { body } = composePush({ ...push, kind, actorName: '𝕏'.repeat(60), groupName: '𝕏'.repeat(80) })
      expect(Buffer.byteLength(body)).toBeLessThan(3900)
    }
  })
})
