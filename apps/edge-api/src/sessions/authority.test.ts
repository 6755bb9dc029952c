import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const source = fileURLToPath(new URL('..', import.meta.url))

test('only the session check claims that somebody is signed in', () => {
  const claims = globSync('**/*.ts', { cwd: source })
    .filter((path) => !path.endsWith('.test.ts'))
    .filter((path) =>
      /\bas (EmailVerified|CheckedRead)\b|<(EmailVerified<User>|CheckedRead<[^>]*>)>\s*[({]/.test(
        readFileSync(source + path, 'utf8'),
      ),
    )
  expect(claims).toEqual(['sessions/check-session.ts'])
})
