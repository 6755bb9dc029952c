import { expect, test } from 'vitest'
import { isAtLeast, mayGovern, roles } from './roles.ts'

test('a role holds every right of the roles below it and none of those above', () => {
  const table = roles.map((role) => roles.filter((least) => isAtLeast(role, least)))
  expect(table).toEqual([['viewer'], ['viewer', 'contributor'], ['viewer', 'contributor', 'admin'], [...roles]])
})

test('admins govern those below them, owners everyone else, and nobody their equals', () => {
  const table = roles.map((role) => roles.filter((other) => mayGovern(role, other)))
  expect(table).toEqual([[], [], ['viewer', 'contributor'], ['viewer', 'contributor', 'admin']])
})
