// Who is in the pictures. Each has a session that a browser is given as a cookie: nobody signs in by hand here.
import { createHash } from 'node:crypto'
import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { daysAgo, hoursAgo, minutesAgo } from './moment.ts'
import { uuid, type Tables } from './tables.ts'

/** What each is there for stands behind the name. */
export const people = {
  ada: { n: 1, name: 'Ada Lind' }, // owns a group and has something on every page
  bora: { n: 2, name: 'Bora Çelik' }, // an admin of that group
  chidi: { n: 3, name: 'Chidi Okafor' }, // a contributor
  ela: { n: 4, name: 'Ela Novák' }, // a viewer, and blocked by Ada
  deniz: { n: 5, name: 'Deniz Yılmaz' }, // has nothing anywhere: the empty pages
  finn: { n: 6, name: 'Finn Berg' }, // is reported, warned and banned
  gul: { n: 7, name: 'Gül Şahin' }, // asks to join, and waits for a review
  mo: { n: 8, name: 'Mo Haddad' }, // administrator
  uma: { n: 9, name: 'Uma Rao' }, // sends files
  pat: { n: 10, name: 'Pat Quinn' }, // an administrator whose code has run out
  wren: { n: 11, name: 'Wren Hall' }, // has a warning to read
} as const

export type PersonName = keyof typeof people

export const personUuid = (name: PersonName): string => uuid('user', people[name].n)
export const personId = (name: PersonName) => numberedId('user', people[name].n)
export const emailOf = (name: PersonName): string => `${name}@example.org`

/** Forty letters of base32, as real tokens are, and never a secret. */
export const tokenOf = (name: PersonName): string => name.padEnd(40, 'a')

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'

const farAway = new Date(Date.UTC(2100, 0, 1))
const roleOf = (name: PersonName): string => (name === 'mo' || name === 'pat' ? 'administrator' : 'member')

export async function seedPeople({ insert }: Tables): Promise<void> {
  for (const name of Object.keys(people) as PersonName[]) {
    await insert('users', {
      id: personUuid(name),
      email: emailOf(name),
      name: people[name].name,
      password_hash: '-',
      email_verified_at: daysAgo(400),
      created_at: daysAgo(400 - people[name].n),
      role: roleOf(name),
      plan: 'pro',
      terms_version: termsVersion,
      terms_accepted_at: daysAgo(200),
    })
    await insert('sessions', {
      ...seen(hoursAgo(1)),
      id: sessionId(tokenOf(name)),
      user_id: personUuid(name),
      created_at: daysAgo(20),
      stepped_up_until: name === 'mo' ? farAway : null,
      country: 'DE',
      city: 'Leipzig',
    })
  }
  const others = { user_id: personUuid('ada'), created_at: daysAgo(90) }
  await insert(
    'sessions',
    { ...seen(minutesAgo(25)), ...others, id: sessionId('a phone'), user_agent: safari, country: 'TR', city: 'İzmir' },
    { ...seen(daysAgo(3)), ...others, id: sessionId('a desk'), country: null, city: null },
  )
}

const sessionId = (token: string): string => createHash('sha256').update(token).digest('base64url')

const seen = (at: Date) => ({ expires_at: farAway, last_seen_at: at, user_agent: firefox })
