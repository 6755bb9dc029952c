// Whether a film is marked as HDR is what its brightness curve says, wherever it is said, and not how wide its colours are.
import { afterAll, expect, test } from 'vitest'
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import { conventionNames, makeColoured } from '../../../test/coloured-films.ts'
import { createReader } from './reader-process.ts'

const reader = createReader({ entry: new URL('./reader.child.ts', import.meta.url), env: {} })
afterAll(() => reader.stop())

async function isMarked(type: TimedType, film: Buffer): Promise<boolean | undefined> {
  const verdict = await reader.read({ type, bytes: film.length }, async (from, to) => film.subarray(from, to))
  return verdict.ok ? verdict.value.facts.video?.isHdr : undefined
}

test.each([
  ['mp4', 'libx264', 'video/mp4'],
  ['mp4', 'libx265', 'video/mp4'],
  ['mp4', 'libsvtav1', 'video/mp4'],
  ['mov', 'libx265', 'video/quicktime'],
  ['matroska', 'libx265', 'video/matroska'],
  ['webm', 'libvpx-vp9', 'video/webm'],
] as const)('%s of %s: PQ and HLG are, and nothing else of ten bits', async (format, encoder, type) => {
  const seen: Record<string, boolean | undefined> = {}
  for (const name of conventionNames) seen[name] = await isMarked(type, await makeColoured(format, encoder, name))
  expect(seen).toEqual({ PQ: true, HLG: true, 'BT.2020': false, 'Display P3': false, 'BT.709': false })
})
