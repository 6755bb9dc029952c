// What infra says twice, because it may import nothing of the applications, is held together here.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { canaryUserId, makeCanaryMediaId } from '@shoebox/shared/canary.ts'
import { makeId } from '@shoebox/shared/ids.ts'
import { derivativeNames } from '@shoebox/shared/media/derivatives.ts'
import { everyMinutes, oldestSecondsMax } from '@shoebox/shared/operations/expectations.ts'
import {
  evidenceFolder,
  anchorKey,
  derivativeKey,
  incomingKey,
  originalKey,
  playKey,
} from '@shoebox/shared/upload/object-keys.ts'
import { repositoryRoot } from '../build/repository-root.ts'
import { meters } from '../meter-plan.ts'
import {
  anchorKeys,
  canaryIncomingKeys,
  canaryMediaKeys,
  evidenceKeys,
  incomingKeys,
  lambdaNames,
  mediaKeys,
  planOf,
  playKeys,
  queues,
  shownKeys,
  type LambdaName,
} from '../plan.ts'
import { readGraph } from './read-recording.ts'
import { bindingTypes } from './rules/site-rules.ts'

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8')
const random = new Uint8Array(10)
const mediaId = makeId('media', 1, random)
const matches = (pattern: string, key: string) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(key)

test('the rights cover every key that the code makes', () => {
  expect(matches(incomingKeys, incomingKey(makeId('user', 1, random), mediaId))).toBe(true)
  const keys = [originalKey(mediaId, 'a'), ...derivativeNames.map((name) => derivativeKey(mediaId, 'a', name))]
  expect(matches(playKeys, playKey(mediaId, 'a'))).toBe(true)
  expect(matches(shownKeys, playKey(mediaId, 'a'))).toBe(true)
  expect(matches(evidenceKeys, `${evidenceFolder(makeId('evidence', 1, random))}/play`)).toBe(true)
  expect(matches(anchorKeys, anchorKey(1))).toBe(true)
  for (const key of keys) expect(mediaKeys.some((pattern) => matches(pattern, key))).toBe(true)
})

test("the canary's rights cover its own keys and nobody else's", () => {
  const own = makeCanaryMediaId(new Uint8Array(10).fill(255))
  expect(matches(canaryIncomingKeys, incomingKey(canaryUserId, own))).toBe(true)
  const real = makeId('media', Date.UTC(2026, 0), random)
  for (const id of [own, real]) {
    const keys = [
      originalKey(id, 'a'),
      playKey(id, 'a'),
      ...derivativeNames.map((name) => derivativeKey(id, 'a', name)),
    ]
    for (const key of keys) expect(canaryMediaKeys.some((pattern) => matches(pattern, key))).toBe(id === own)
  }
})

test('the memory and the time of every Lambda stand beside their reason', () => {
  const lines = read('infra/plan.ts')
    .split('\n')
    .map((line) => line.trim())
  const bare = lines.filter(
    (line, index) => /^(memoryMb|timeoutSeconds): \d/.test(line) && !lines[index - 1]?.startsWith('//'),
  )
  expect(lines.filter((line) => /^memoryMb: \d/.test(line))).toHaveLength(lambdaNames.length)
  expect(bare).toEqual([])
})

test('the Worker is given what it asks for', () => {
  const asked = [...read('apps/edge-api/src/env.ts').matchAll(/^ {2}([A-Z_0-9]+): (?!optional|z\._default)/gm)].map(
    ([, name]) => name,
  )
  expect(new Set(asked)).toEqual(new Set(Object.keys(bindingTypes)))
})

test.each(['sharp', 'video'])('the native code of "%s" is of the versions that are tested', (set) => {
  const { dependencies } = JSON.parse(read(`infra/natives/${set}/package.json`)) as { dependencies: object }
  for (const [name, version] of Object.entries(dependencies))
    expect(read('pnpm-workspace.yaml')).toContain(`\n  ${name}: ${version}\n`)
})

test('the providers that types come from are the ones that are deployed with', () => {
  expect(read('sst.config.ts')).toContain(`version: '${/\n {2}sst: (.*)\n/.exec(read('pnpm-workspace.yaml'))?.[1]}'`)
})

test('every event that is counted is one that the code says', () => {
  const sources = [
    'handle-batch.ts',
    'inspect/inspect-upload.ts',
    'video/process-timed-media.ts',
    'persist/persist-outcomes.ts',
    'mail/send-mail.ts',
    'bounces/keep-return.ts',
    'notifier/deliver.ts',
    'canary.lambda.ts',
    'purge/purge-deletions.ts',
    'reconcile.lambda.ts',
    'audit.lambda.ts',
  ]
  const said = sources.map((file) => read(`apps/processor/src/${file}`)).join('\n')
  for (const { event } of Object.values(meters)) expect(said).toContain(`'${event}'`)
})

test('what the pages about health expect is what the clock and the alarms keep', () => {
  const scheduled = (periodOf: (name: LambdaName) => number | undefined) =>
    Object.fromEntries(lambdaNames.flatMap((name) => (periodOf(name) === undefined ? [] : [[name, periodOf(name)]])))
  expect(scheduled((name) => planOf(name).everyMinutes)).toEqual(everyMinutes)
  const limits = Object.entries(queues).map(([name, { oldestMessageSecondsMax }]) => [name, oldestMessageSecondsMax])
  expect(Object.fromEntries(limits)).toEqual(oldestSecondsMax)
})

test('the configuration itself stays short', () => {
  expect(read('sst.config.ts').split('\n').length).toBeLessThanOrEqual(41)
})

test('every alarm has its row in the runbook, and every row its alarm', () => {
  const page = read('docs/runbook/alarms.md')
  const rows = [...page.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, names = '']) => names.replaceAll('`', '').split(', '))
  const made = readGraph('production').all('cloudwatch/metricAlarm:MetricAlarm')
  expect(rows.sort(inOrder)).toEqual(made.map(({ name }) => name).sort(inOrder))
})

test('what it costs, and what it asks of Lambda, is counted as it is made', () => {
  const guide = read('docs/runbook/deploy.md')
  const graph = readGraph('production')
  const alarms = graph.all('cloudwatch/metricAlarm:MetricAlarm').length
  expect(guide).toContain(`CloudWatch (${Object.keys(meters).length} metrics, ${alarms} alarms,`)
  const atOnce = lambdaNames.reduce((sum, name) => sum + (planOf(name).consumes?.concurrencyMax ?? 0), 0)
  expect(guide).toContain(`\`plan.ts\` asks for ${atOnce} at most`)
})

/** Where IAM calls a service otherwise than Pulumi. */
const iamNames: Readonly<Record<string, string>> = {
  sesv2: 'ses',
  'cloudwatch/event': 'events',
  'cloudwatch/log': 'logs',
}

test('the guide names every service that a deployment needs rights for', () => {
  const resources = (['production', 'preview'] as const).flatMap((name) => readGraph(name).resources)
  const services = resources.flatMap(({ type }) => {
    const [, service, kind = ''] = /^aws:([a-z0-9]+)\/(event|log)?/.exec(type) ?? []
    return service === undefined ? [] : [iamNames[`${service}/${kind}`] ?? iamNames[service] ?? service]
  })
  expect(services).toContain('events')
  const [, rights = ''] = /Its rights: (.*?)\. In GitHub/s.exec(read('docs/runbook/deploy.md')) ?? []
  expect([...new Set(services)].filter((service) => !rights.includes(`\`${service}\``))).toEqual([])
})

test('every secret has its row in the page on changing keys', () => {
  const page = read('docs/runbook/rotation.md')
  const secrets = Object.entries(bindingTypes).filter(([, type]) => type === 'secret_text')
  // What the two generations are of, and the database, under the names that people set.
  const named: Readonly<Record<string, string>> = {
    AWS_SECRET_ACCESS_KEY: "Worker's key",
    DELIVERY_PRIVATE_KEY: 'delivery key',
    DATABASE_URL: '`DatabaseUrl`',
  }
  for (const [name] of secrets) expect(page).toContain(named[name] ?? `\`${name}\``)
  expect(page).toContain('`PUSH_PRIVATE_KEY`')
  const guide = read('docs/runbook/deploy.md')
  for (const name of [...secrets.map(([secret]) => secret), 'PUSH_PRIVATE_KEY'])
    expect(guide).toContain(`\`${name === 'DATABASE_URL' ? 'DatabaseUrl' : name}\``)
  const removable = [...page.matchAll(/state remove (\w+)/g)].map(([, name]) => name)
  const made = readGraph('production').resources.map(({ name }) => name)
  expect(removable.filter((name) => !made.includes(name ?? ''))).toEqual([])
  expect(removable).toContain('LinkKey')
})

test('every setting of a deployment is in the guide, and handed over by its workflow', () => {
  const asked = [...read('infra/settings.ts').matchAll(/'([A-Z][A-Z_]{4,})'/g)].map(([, name = '']) => name)
  const onlyForTests = ['LAMBDA_ARCHITECTURE', 'DELIVERY_KEYS', 'WORKER_KEYS']
  for (const name of new Set(asked.filter((setting) => !onlyForTests.includes(setting)))) {
    expect(read('docs/runbook/deploy.md')).toContain(`\`${name}\``)
    expect(read('.github/workflows/deploy.yml')).toContain(` ${name}: \${{`)
  }
})

const inOrder = (a: string, b: string) => (a < b ? -1 : 1)
