import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { findSecrets } from './check-secrets.ts'

const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })
const repeat = (text: string, times: number) => text.repeat(times)

test.each([
  ['a private key', pem.toString()],
  ['an AWS access key', `key: AKIA${repeat('Q7', 8)}`],
  ['an AWS secret key', `AWS_SECRET_ACCESS_KEY=${repeat('aB3/', 10)}`],
  ['a GitHub token', `token ghp_${repeat('aB3', 12)}`],
  ['an npm token', ['//registry.example/:_auth', 'Token=abc'].join('')],
  ['a password in a database address', ['postgres', '://me:pw@ep-1.eu.aws.neon.tech/db'].join('')],
])('finds %s', (what, text) => {
  expect(findSecrets('notes.md', text)).toEqual([`notes.md: holds ${what}`])
})

test('finds a registry in the lockfile', () => {
  expect(findSecrets('pnpm-lock.yaml', 'resolution: {tarball: https://registry.example/a.tgz}')).toHaveLength(1)
})

test.each(['AKIAIOSFODNN7EXAMPLE', 'AWS_SECRET_ACCESS_KEY=local', 'postgres://shoebox:local@127.0.0.1:5432/shoebox'])(
  'leaves alone what is not one: %s',
  (text) => {
    expect(findSecrets('notes.md', text)).toEqual([])
  },
)
