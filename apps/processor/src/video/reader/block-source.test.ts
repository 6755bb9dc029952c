import { expect, test } from 'vitest'
import { BlockSource, OutOfTime } from './block-source.ts'

test('whoever may read all of a file has no more time for it than before', async () => {
  const fetch = async (start: number, end: number) => new Uint8Array(end - start)
  const source = new BlockSource(100, fetch, { bytesMax: 0, readsMax: 0, isLate: () => true })
  source.readThrough()
  await expect(source.read(0, 10)).rejects.toThrow(new OutOfTime('no time left'))
})
