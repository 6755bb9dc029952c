import { afterEach, expect, test, vi } from 'vitest'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { connectApi } from './connect.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('a question goes by GET, so that a Worker of before answers it; only one about many uploads by POST', async () => {
  const asked: { method: string | undefined; length: number }[] = []
  vi.stubGlobal('fetch', async (address: string, { method }: RequestInit) => {
    asked.push({ method, length: address.length })
    return Response.json({ result: { data: { items: [] } } })
  })
  const api = connectApi((call) => call())
  const watch = (count: number) =>
    api.uploads.watch.query({ mediaIds: Array.from({ length: count }, (_, n) => numberedId('media', n)) })
  await watch(1)
  await watch(100)
  await watch(101)
  await watch(1000)
  expect(asked.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST', 'POST'])
  // What servers and proxies take at least.
  for (const { length } of asked) expect(length).toBeLessThan(8000)
})
