import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bundleWorker } from './bundle-worker.ts'

/** Cloudflare's own limit is far away; a bundle that grows starts later for everyone. */
const gzBytesMax = 200 * 1024

test('the Worker is at most 200 kB, gzipped, with its wasm', async () => {
  const { script, wasm } = await bundleWorker()
  const bytes = [script, ...wasm.values()].reduce((sum, part) => sum + gzipSync(part).length, 0)
  expect(bytes).toBeGreaterThan(100 * 1024)
  expect(bytes).toBeLessThan(gzBytesMax)
})
