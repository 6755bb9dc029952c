import { ALL_FORMATS, BufferSource, Input } from 'mediabunny'
import { expect, test } from 'vitest'
import { makeBareAac } from '@shoebox/testing/samples/time-based/sounds.ts'
import { soundSourceOf } from '../video/reader/track-packets.ts'
import { decodePeaks } from './decode-peaks.ts'

const unlimited = { spentMs: () => 0, limitMs: 1 }

/** HE-AAC states the rate of its core and comes out at twice that. No encoder here makes it. */
test('measures a sound by the rate at which it comes out, whatever its header states', async () => {
  using input = new Input({ source: new BufferSource(await makeBareAac()), formats: ALL_FORMATS })
  const track = await input.getPrimaryAudioTrack()
  if (track === null) throw new Error('no sound')
  for (const share of [1, 0.5]) {
    const source = await soundSourceOf(track)
    const decoded = await decodePeaks({ ...source, sampleRateHz: source.sampleRateHz * share }, unlimited)
    if (decoded.end !== 'decoded') throw new Error(decoded.end)
    expect(decoded.waveform.durationMs).toBeGreaterThan(2950)
    expect(decoded.waveform.durationMs).toBeLessThan(3150)
  }
})
