import { expect, test } from 'vitest'
import { makeZip } from '@shoebox/testing/samples/hostile.ts'
import { makeMp3 } from '@shoebox/testing/samples/time-based/sounds.ts'
import { searchAsRead } from './search-as-read.ts'

async function search(file: Buffer, stepBytes: number): Promise<string | null> {
  const { fetch, found } = searchAsRead(async (start, end) => file.subarray(start, end))
  for (let at = 0; at < file.length; at += stepBytes) await fetch(at, Math.min(file.length, at + stepBytes))
  return found()
}

const hideInMiddle = async (payload: Buffer): Promise<Buffer> => {
  const sound = await makeMp3()
  const middle = Math.floor(sound.length / 2)
  return Buffer.concat([sound.subarray(0, middle), payload, sound.subarray(middle)])
}

test('finds an archive and a script in the middle of a sound, wherever the reads cut them', async () => {
  const zip = await hideInMiddle(makeZip())
  const php = await hideInMiddle(Buffer.from('<?php system(1); ?>'))
  const script = await hideInMiddle(Buffer.from(`<script>/*${' '.repeat(2000)}*/alert(1)</script>`))
  for (const stepBytes of [997, 1024, 65_536]) {
    expect(await search(zip, stepBytes)).toBe('zip')
    expect(await search(php, stepBytes)).toBe('html')
    expect(await search(script, stepBytes)).toBe('html')
  }
})

test('finds nothing in a sound', async () => {
  expect(await search(await makeMp3(), 1024)).toBeNull()
})
