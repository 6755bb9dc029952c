// What tests ask of a copy that is played: what is left in it of traces, and what whoever reads it sees and hears.
import { createHash } from 'node:crypto'
import { afterAll } from 'vitest'
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import { applyPatches } from '../src/video/play/plan-parts.ts'
import { planScrub } from '../src/video/play/plan-scrub.ts'
import { createReader } from '../src/video/reader/reader-process.ts'

const reader = createReader({ entry: new URL('../src/video/reader/reader.child.ts', import.meta.url), env: {} })
afterAll(() => reader.stop())

export const plan = (file: Uint8Array, type: TimedType) =>
  planScrub(type, file.length, async (from, to) => file.subarray(from, to))

export async function scrub(file: Uint8Array, type: TimedType): Promise<Buffer> {
  const planned = await plan(file, type)
  if (planned.plan !== 'patches') throw new Error(`${planned.plan}: ${planned.detail}`)
  return Buffer.from(applyPatches(file, 0, planned.patches))
}

export async function readAll(file: Uint8Array, type: TimedType) {
  const verdict = await reader.read({ type, bytes: file.length }, async (from, to) => file.subarray(from, to))
  if (!verdict.ok) throw new Error(verdict.refusal.detail)
  const { facts, frame, peaks } = verdict.value
  // As a sum: a hundred thousand differing pixels would be listed for minutes.
  const pixels = frame === null ? null : createHash('sha256').update(frame.rgb).digest('hex')
  // Words may go; what is seen and heard may not.
  return { type: facts.type, durationMs: facts.durationMs, video: facts.video, audio: facts.audio, pixels, peaks }
}

export const traces = ['Secret', '35.43', 'example.org', 'com.apple.quicktime.location']

/** In any of the encodings that tags use. */
export const holds = (file: Buffer, trace: string): boolean =>
  file.includes(trace) || file.includes(Buffer.from(trace, 'utf16le'))
