// A process that renders the files it is given and prints its peak memory in MB. Started by B1:
// node images-memory.child.ts <way> <rounds> <type>:<file> …
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { decodeImage } from '@shoebox/processor/src/inspect/decoder/decode-image.ts'
import { isDecodable } from '@shoebox/processor/src/inspect/decoder/picture.ts'
import { findMediaType } from '@shoebox/shared/media/kinds.ts'
import { renderLikeImmich, renderPerOutput } from './images-peers.ts'
import { sumPeakMb } from './peak-memory.ts'

const [way, rounds, ...files] = process.argv.slice(2)
sharp.cache(false)

async function render(name: string, body: Buffer): Promise<unknown> {
  if (way === 'immich') return renderLikeImmich(body)
  if (way === 'per-output') return renderPerOutput(body)
  const type = findMediaType(name)
  if (type === null || !isDecodable(type)) throw new Error(`${name} is not decodable`)
  const verdict = await decodeImage(body, type)
  if (!verdict.ok) throw new Error(verdict.refusal.detail)
  return verdict
}

for (let round = 0; round < Number(rounds); round += 1) {
  for (const file of files) {
    const [name = '', path = ''] = file.split(':')
    // Read anew each time, as a decoder gets each upload.
    await render(name, readFileSync(path))
  }
}
process.stdout.write(String(Math.round(sumPeakMb())))
