import { describe, expect, test } from 'vitest'
import { applyPatches, indexPatches, partBytesMin, planParts } from './plan-parts.ts'

const MiB = 2 ** 20

describe('planParts', () => {
  test('copies in one piece what has no change', () => {
    expect(planParts(2048 * MiB, [])).toEqual([{ way: 'copy', start: 0, end: 2048 * MiB }])
  })

  test('sends only the piece around a change, at either end or in the middle', () => {
    expect(planParts(75 * MiB, [{ at: 100, zeros: 50 }])).toEqual([
      { way: 'send', start: 0, end: 5 * MiB },
      { way: 'copy', start: 5 * MiB, end: 75 * MiB },
    ])
    expect(planParts(77 * MiB, [{ at: 76 * MiB, zeros: 50 }]).map(({ way }) => way)).toEqual(['copy', 'send'])
    expect(planParts(75 * MiB, [{ at: 31 * MiB, zeros: 1 }]).map(({ way }) => way)).toEqual(['copy', 'send', 'copy'])
  })

  test('covers every byte once, in order, with no part but the last too small for S3', () => {
    let seed = 3
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
    for (let round = 0; round < 200; round += 1) {
      const bytes = 1 + random(300 * MiB)
      const patches = Array.from({ length: random(6) }, () => ({ at: random(bytes), zeros: 1 + random(12 * MiB) })).map(
        ({ at, zeros }) => ({ at, zeros: Math.min(zeros, bytes - at) }),
      )
      const parts = planParts(bytes, patches)
      expect(parts[0]?.start).toBe(0)
      expect(parts.at(-1)?.end).toBe(bytes)
      parts.slice(1).forEach(({ start }, n) => expect(start).toBe(parts[n]?.end))
      for (const { start, end } of parts.slice(0, -1)) expect(end - start).toBeGreaterThanOrEqual(partBytesMin)
      for (const { at, zeros } of patches) {
        const touched = parts.filter(({ start, end }) => start < at + zeros && end > at)
        expect(touched.every(({ way }) => way === 'send')).toBe(true)
      }
    }
  })
})

describe('applyPatches', () => {
  test('changes only what lies within the piece, and not the original', () => {
    const bytes = Uint8Array.from({ length: 10 }, () => 9)
    const patches = [
      { at: 98, bytes: Uint8Array.of(1, 2, 3, 4) },
      { at: 107, zeros: 50 },
      { at: 300, zeros: 1 },
    ]
    expect([...applyPatches(bytes, 100, patches)]).toEqual([3, 4, 9, 9, 9, 9, 9, 0, 0, 0])
    expect([...bytes]).toEqual(Array.from({ length: 10 }, () => 9))
  })
})

test('what is found of many changes for a piece are all that touch it, in their order', () => {
  const patches = [
    { at: 0, zeros: 12 * MiB },
    { at: 4 * MiB, bytes: Uint8Array.of(1) },
    { at: 10 * MiB - 1, zeros: 1 },
    { at: 10 * MiB, bytes: Uint8Array.of(2) },
    { at: 40 * MiB, zeros: 1 },
  ]
  const find = indexPatches(patches)
  expect([...find(0, 11 * MiB)]).toEqual(patches.slice(0, 4))
  expect([...find(10 * MiB, 11 * MiB)]).toEqual([patches[0], patches[3]])
  expect([...find(20 * MiB, 30 * MiB)]).toEqual([])
})
