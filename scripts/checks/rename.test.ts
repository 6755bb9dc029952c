// The client is held to the API by types alone: what is renamed there must stop compiling here, at each place where it
// is used. Proved on a copy in which every procedure, then some output fields, are renamed.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { procedures } from '../../apps/edge-api/test/is-query.ts'
import { repositoryRoot } from '../repository.ts'
import { copyForTypeCheck, type TypeCheckCopy } from './type-check-copy.ts'

const webDir = join(repositoryRoot, 'apps/web/src')
const sources = globSync('**/*.{ts,tsx}', { cwd: webDir }).filter((path) => !/[.]test[.]/.test(path))

/** Where the client uses something, as `path:line`. */
function findUses(pattern: RegExp): string[] {
  return sources.flatMap((path) => {
    const text = readFileSync(join(webDir, path), 'utf8')
    return [...text.matchAll(pattern)].map((match) => {
      const end = match.index + match[0].length
      return `src/${path}:${text.slice(0, end).split('\n').length}`
    })
  })
}

let copy: TypeCheckCopy
beforeAll(() => {
  copy = copyForTypeCheck()
})
afterEach(() => copy.restore())
afterAll(() => copy.drop())

const findErrors = async () =>
  new Set((await copy.check()).map(({ path, line }) => `${path.replace(/^.*apps\/web\//, '')}:${line}`))

test('the copy compiles as it is, or the other tests prove nothing', async () => {
  expect(await copy.check()).toEqual([])
}, 60_000)

test('a renamed procedure breaks each of its uses', async () => {
  const uses = new Set<string>()
  for (const path of Object.keys(procedures)) {
    const [group = '', name = ''] = path.split('.')
    const renamed = copy.edit(
      `apps/edge-api/src/${group}/${group}.router.ts`,
      new RegExp(`^  ${name}: `, 'gm'),
      `  ${name}X: `,
    )
    expect(renamed, path).toBe(1)
    for (const use of findUses(new RegExp(`\\bapi\\s*\\.\\s*${group}\\s*\\.\\s*${name}\\b`, 'g'))) uses.add(use)
    for (const use of findUses(new RegExp(`\\bOutputs\\['${group}'\\]\\['${name}'\\]`, 'g'))) uses.add(use)
  }
  expect(uses.size).toBeGreaterThan(10)
  const errors = await findErrors()
  expect([...uses].filter((use) => !errors.has(use))).toEqual([])
}, 60_000)

/** Fields of the feed's items and pages, with where the client reads them off an answer. */
const fields: readonly [field: string, use: RegExp][] = [
  ['likeCount', /\bitem[.]likeCount\b/g],
  ['dominantColor', /[.]dominantColor\b/g],
  ['thumbhash', /\bitem[.]thumbhash\b/g],
  ['nextCursor', /[.]nextCursor\b/g],
  ['sinceCursor', /\b(?:answer|page)[.]sinceCursor\b/g],
]

test.each(fields)(
  'the renamed output field %s breaks each of its uses',
  async (field, use) => {
    const renamed = copy.edit(
      'apps/edge-api/src/**/*.schema.ts',
      new RegExp(`^(\\s+)${field}: `, 'gm'),
      `$1${field}X: `,
    )
    expect(renamed).toBeGreaterThan(0)
    const uses = findUses(use)
    expect(uses.length).toBeGreaterThan(0)
    const errors = await findErrors()
    expect(uses.filter((place) => !errors.has(place))).toEqual([])
  },
  60_000,
)
