// What tests of the upload queue share: a world that ends with its test, photos, and waiting for what becomes of them.
import { onTestFinished } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { photo, startWorld } from './upload-world.ts'

export async function openWorld() {
  const world = await startWorld()
  onTestFinished(() => void world.close())
  return world
}

export const photos = (count: number, bytes?: number): File[] =>
  Array.from({ length: count }, (_, i) => photo(`${i}.jpg`, bytes))

export const until = (done: () => boolean, what = 'the queue to settle') => pollUntil(done, { what })
