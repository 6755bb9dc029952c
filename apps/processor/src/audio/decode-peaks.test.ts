import { ALL_FORMATS, BufferSource, Input } from 'mediabunny'
import { expect, test } from 'vitest'
import { makeBareAac } from '@shoebox/testing/samples/time-based/sounds.ts'
import { soundSourceOf } from '../video/reader/track-packets.ts'
import { decodePeaks } from './decode-peaks.ts'

const unlimited = { spentMs: () => 0, limitMs: 1 }

async function openSound(file: Buffer) {
  const input = new Input({ source: new BufferSource(file), formats: ALL_FORMATS })
  const track = await input.getPrimaryAudioTrack()
  if (track === null) throw new Error('no sound')
  return { track, [Symbol.dispose]: () => input.dispose() }
}

/** HE-AAC states the rate of its core and comes out at twice that. No encoder here makes it. */
test('measures a sound by the rate at which it comes out, whatever its header states', async () => {
  using sound = await openSound(await makeBareAac())
  for (const share of [1, 0.5]) {
    const source = await soundSourceOf(sound.track)
    const decoded = await decodePeaks({ ...source, sampleRateHz: source.sampleRateHz * share }, unlimited)
    expect(decoded.end).toBe('decoded')
    expect(decoded.waveform.durationMs).toBeGreaterThan(2950)
    expect(decoded.waveform.durationMs).toBeLessThan(3150)
  }
})

test('gives up a sound that takes more time than its budget, and reads no further', async () => {
  const file = await makeBareAac()
  using sound = await openSound(Buffer.concat([file, file, file]))
  let packets = 0
  const decode = async (spentMs: number) => {
    packets = 0
    const source = await soundSourceOf(sound.track)
    return decodePeaks({ ...source, packets: countEach(source.packets) }, { spentMs: () => spentMs, limitMs: 50 })
  }
  async function* countEach(all: AsyncIterable<Uint8Array>) {
    for await (const packet of all) {
      packets += 1
      yield packet
    }
  }
  expect((await decode(50)).end).toBe('decoded')
  const whole = packets
  expect((await decode(51)).end).toBe('over budget')
  expect(packets).toBeLessThan(whole)
})
