import { describe, expect, test } from 'vitest'
import { readEnd, readGraph } from './read-recording.ts'
import { rules } from './rules/rules.ts'
import { summarise } from './summarise.ts'

describe.each(['production', 'preview'] as const)('in %s', (name) => {
  test.each(rules.map((rule) => [rule.name, rule] as const))('%s', (_, rule) => {
    expect(rule.find(readGraph(name))).toEqual([])
  })

  test('nothing changes unseen: the whole deployment is as the reviewed summary says', async () => {
    await expect(summarise(readGraph(name))).toMatchFileSnapshot(`snapshots/${name}.snap`)
  })
})

test('a stage without a database ends with a sentence, before anything is made', () => {
  const { exitCode, output, recording } = readEnd('empty')
  expect(exitCode).not.toBe(0)
  expect(output).toContain('set NEON_API_KEY to have one made, or the secret DatabaseUrl')
  expect(recording?.resources.filter(({ isCustom }) => isCustom)).toEqual([])
})

test('during a rotation the new key signs and the old one is still accepted', () => {
  const graph = readGraph('preview')
  const keys = graph.all('cloudfront/publicKey:PublicKey').map(({ name }) => name)
  expect(keys.sort()).toEqual(['DeliveryPublicKey1', 'DeliveryPublicKey2'])
  const worker = graph.need('index/workerVersion:WorkerVersion', 'SiteVersion')
  const bound = JSON.stringify(worker.inputs['bindings'])
  expect(bound).toContain(graph.need('cloudfront/publicKey:PublicKey', 'DeliveryPublicKey2').id)
  expect(bound).toContain(graph.need('iam/accessKey:AccessKey', 'WorkerKey2').id)
  expect(bound).not.toContain(graph.need('iam/accessKey:AccessKey', 'WorkerKey1').id)
})
