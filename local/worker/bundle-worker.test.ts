import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bundleWorker, listModules } from './bundle-worker.ts'

/** Cloudflare's own limit is far away; a bundle that grows starts later for everyone. */
const gzBytesMax = 200 * 1024

test('the Worker is at most 200 kB, gzipped, with its wasm', async () => {
  const modules = listModules(await bundleWorker())
  const bytes = modules.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0)
  expect(bytes).toBeGreaterThan(100 * 1024)
  expect(bytes).toBeLessThan(gzBytesMax)
})

test('a start loads nothing but what more than one part needs, and no schema', async () => {
  const { script, parts } = await bundleWorker()
  const loaded = [script, parts.get('shared.js') ?? ''].flatMap((code) =>
    [...code.matchAll(/from"\.\/([\w.]+)"/g)].map(([, name]) => name),
  )
  expect(new Set(loaded)).toEqual(new Set(['argon2.wasm', 'shared.js']))
  expect([...parts.keys()]).toContain('feed.schema.js')
})
