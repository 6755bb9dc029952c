import { describe, expect, test } from 'vitest'
import { mailMessageSchema, type MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { composeMail } from './compose-mail.ts'

const site = 'https://shoebox.example'
const to = { version: 1, to: 'ann@example.org', name: 'Ann' } as const
const undoToken = 'T'.repeat(43)

const samples: Record<MailMessage['template'], MailMessage> = {
  'verify-sign-up': { ...to, template: 'verify-sign-up', code: '042137' },
  'already-signed-up': { ...to, template: 'already-signed-up' },
  'sign-in-code': { ...to, template: 'sign-in-code', code: '042137' },
  'reset-code': { ...to, template: 'reset-code', code: '042137' },
  'no-account': { ...to, template: 'no-account' },
  'address-code': { ...to, template: 'address-code', code: '042137' },
  'address-taken': { ...to, template: 'address-taken' },
  'step-up-code': { ...to, template: 'step-up-code', code: '042137' },
  'appeal-code': { ...to, template: 'appeal-code', code: '042137' },
  'not-banned': { ...to, template: 'not-banned' },
  banned: { ...to, template: 'banned', reason: 'Insults.', endsAt: '2026-06-15T12:00:00.000Z', isNew: true },
  'ban-lifted': { ...to, template: 'ban-lifted' },
  'appeal-decided': { ...to, template: 'appeal-decided', subject: 'ban', outcome: 'denied', answer: 'It was you.' },
  'password-changed': { ...to, template: 'password-changed', undoToken },
  'address-changed': { ...to, template: 'address-changed', undoToken },
  'account-deleted': {
    ...to,
    template: 'account-deleted',
    items: 3,
    objects: 14,
    bytes: 5 * 2 ** 20,
    itemsHandedOver: 0,
    itemsWithoutRoom: 0,
    groupsHandedOver: 0,
    groupsEnded: 0,
    copies: { shown: 0, dropped: 0, lastAt: null, paths: [] },
  },
  'export-ready': { ...to, template: 'export-ready' },
  'new-device': {
    ...to,
    template: 'new-device',
    browser: 'Firefox',
    system: 'Linux',
    country: 'TR',
    city: 'İzmir',
    at: '2026-06-15T12:00:00.000Z',
  },
}

test.each(Object.entries(samples))('%s says the same in text and in HTML, and has a subject', (_, message) => {
  expect(mailMessageSchema.parse(message)).toEqual(message)
  const { subject, text, html } = composeMail(message, site)
  expect(subject).toMatch(/\S/)
  expect(text).toContain('Hello Ann,')
  if ('code' in message) for (const part of [subject, text, html]) expect(part).toContain('042137')
  const links = [...text.matchAll(/https:\S+/g)].map(([link]) => link)
  for (const link of links) expect(html).toContain(`href="${link}"`)
  expect(html).not.toMatch(/<(script|img)/)
})

describe('the way back', () => {
  test.each(['password-changed', 'address-changed'] as const)(
    'of %s carries its token where no server sees it',
    (template) => {
      const { text } = composeMail(samples[template], site)
      expect(text).toContain(`${site}/undo#${undoToken}`)
    },
  )
})

test('a new place is named as far as it is known', () => {
  expect(composeMail(samples['new-device'], site).text).toMatch(
    /Firefox on Linux, near İzmir, (Türkiye|Turkey), on 15 June 2026/,
  )
  const unknown = { browser: null, system: null, country: null, city: null }
  const message = { ...samples['new-device'], ...unknown } as MailMessage
  expect(composeMail(message, site).text).toContain('an unknown browser, on 15 June 2026')
})

test('a ban says why, until when, and where to appeal', () => {
  const { text } = composeMail(samples['banned'], site)
  expect(text).toContain('The reason: Insults.')
  expect(text).toContain('15 June 2026')
  expect(text).toContain(`${site}/appeal`)
  expect(composeMail({ ...samples['banned'], endsAt: null } as MailMessage, site).text).toContain('no end')
})

test('the receipt says what went, and what others have now', () => {
  const plain = composeMail(samples['account-deleted'], site).text
  expect(plain).toContain('Items: 3.')
  expect(plain).toContain('14, 5.0 MB')
  expect(plain).not.toMatch(/Handed over|Groups/)
  const left = { itemsHandedOver: 21, itemsWithoutRoom: 22, groupsHandedOver: 23, groupsEnded: 24 }
  const { text } = composeMail({ ...samples['account-deleted'], ...left }, site)
  for (const count of Object.values(left)) expect(text).toContain(`: ${count}.`)
})

test('the receipt names what the delivery network dropped and when, or that there is none', () => {
  const say = (copies: object) => composeMail({ ...samples['account-deleted'], copies } as MailMessage, site).text
  const paths = ['/v/med_1/*', '/v/med_2/*']
  const dropped = say({ shown: 7, dropped: 7, lastAt: '2026-06-15T12:00:00.000Z', paths })
  expect(dropped).toMatch(/copies of 7 items everywhere, the last on 15 June 2026/)
  expect(dropped.replaceAll(/\s+/g, ' ')).toContain('/v/med_1/*, /v/med_2/* and 5 more.')
  expect(say({ shown: 7, dropped: 0, lastAt: null, paths: [] })).toContain('no delivery network')
  expect(say({ shown: 0, dropped: 0, lastAt: null, paths: [] })).toContain('has no copies')
})
