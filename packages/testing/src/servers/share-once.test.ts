import { expect, test } from 'vitest'
import { shareOnce } from './share-once.ts'

type Probe = { readonly id: number; readonly stop: () => Promise<void> }
const isProbe = (value: object): value is Probe => 'id' in value

test('starts once for all who ask, and stops after the last', async () => {
  let starts = 0
  let stops = 0
  const start = (): Promise<Probe> => {
    starts += 1
    return Promise.resolve({
      id: starts,
      stop: () => {
        stops += 1
        return Promise.resolve()
      },
    })
  }
  const [one, other] = await Promise.all([shareOnce('probe', start, isProbe), shareOnce('probe', start, isProbe)])
  expect([one.value.id, other.value.id]).toEqual([1, 1])
  await one.release()
  expect(stops).toBe(0)
  await other.release()
  expect(stops).toBe(1)
  const again = await shareOnce('probe', start, isProbe)
  expect(again.value.id).toBe(2)
  await again.release()
})

test('a start that failed is not kept for the next who asks', async () => {
  const fail = (): Promise<Probe> => Promise.reject(new Error('no room'))
  await expect(shareOnce('failing', fail, isProbe)).rejects.toThrow('no room')
  const lease = await shareOnce('failing', () => Promise.resolve({ id: 1, stop: () => Promise.resolve() }), isProbe)
  expect(lease.value.id).toBe(1)
  await lease.release()
})
