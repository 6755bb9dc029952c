import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const source = fileURLToPath(new URL('..', import.meta.url))

test('only the checks claim that somebody is signed in or may do more', () => {
  const claims = globSync('**/*.ts', { cwd: source })
    .filter((path) => !path.endsWith('.test.ts'))
    .filter((path) =>
      /\bas (EmailVerified|CheckedRead|SteppedUp|Moderator|Administrator|MemberOf)\b|<(EmailVerified<User>|CheckedRead<[^>]*>|SteppedUp<[^>]*>|Moderator|Administrator|MemberOf<[^>]*>)>\s*[({]/.test(
        readFileSync(source + path, 'utf8'),
      ),
    )
  expect(claims.toSorted()).toEqual([
    'groups/check-membership.ts',
    'sessions/check-authority.ts',
    'sessions/check-session.ts',
  ])
})
