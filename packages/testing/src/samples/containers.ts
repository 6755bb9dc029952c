// The fewest bytes that are honestly video or audio: real containers with real headers, and no frame to play.

function box(type: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8, 0)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}

const text = (latin1: string): Buffer => Buffer.from(latin1, 'latin1')

/** @param brands the major brand, then the compatible ones; four characters each */
export function makeIsoFile(brands: readonly string[], handler: 'vide' | 'soun' | 'pict'): Buffer {
  const [major = 'isom'] = brands
  const handlerBox = box('hdlr', Buffer.alloc(8), text(handler), Buffer.alloc(13))
  return Buffer.concat([
    box('ftyp', text(major), Buffer.alloc(4), text(brands.join(''))),
    box('moov', box('mvhd', Buffer.alloc(100)), box('trak', box('mdia', handlerBox))),
    box('mdat', Buffer.alloc(64)),
  ])
}

/** EBML element with a one-byte size. */
const element = (id: number[], content: Buffer): Buffer =>
  Buffer.concat([Buffer.from(id), Buffer.from([0x80 | content.length]), content])

export function makeMatroskaFile(docType: 'webm' | 'matroska'): Buffer {
  const header = Buffer.concat([
    element([0x42, 0x86], Buffer.from([1])),
    element([0x42, 0xf7], Buffer.from([1])),
    element([0x42, 0xf2], Buffer.from([4])),
    element([0x42, 0xf3], Buffer.from([8])),
    element([0x42, 0x82], text(docType)),
    element([0x42, 0x87], Buffer.from([4])),
    element([0x42, 0x85], Buffer.from([2])),
  ])
  return Buffer.concat([element([0x1a, 0x45, 0xdf, 0xa3], header), element([0x18, 0x53, 0x80, 0x67], Buffer.alloc(64))])
}

/** MPEG-1 layer III, 128 kbit/s, 44.1 kHz: frames of 417 bytes behind an ID3 tag. */
export function makeMp3File(): Buffer {
  const frame = Buffer.alloc(417)
  frame.set([0xff, 0xfb, 0x90, 0x00])
  const tag = Buffer.concat([text('ID3'), Buffer.from([3, 0, 0, 0, 0, 0, 10]), Buffer.alloc(10)])
  return Buffer.concat([tag, ...Array.from({ length: 8 }, () => frame)])
}

/** @param payload what the first packet says it is: Opus or Vorbis sound, or Theora pictures */
export function makeOggFile(payload: 'opus' | 'vorbis' | 'theora'): Buffer {
  const packets = { opus: text('OpusHead\x01\x02'), vorbis: text('\x01vorbis'), theora: text('\x80theora') }
  const packet = Buffer.concat([packets[payload], Buffer.alloc(40)])
  const page = Buffer.alloc(28)
  page.write('OggS', 0, 'latin1')
  page.writeUInt8(2, 5)
  page.writeUInt8(1, 26)
  page.writeUInt8(packet.length, 27)
  return Buffer.concat([page, packet])
}

export const makeFlacFile = (): Buffer =>
  Buffer.concat([text('fLaC'), Buffer.from([0x80, 0, 0, 34]), Buffer.alloc(34 + 32)])

export function makeWavFile(): Buffer {
  const samples = Buffer.alloc(200)
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + samples.length, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(16000, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(samples.length, 40)
  return Buffer.concat([head, samples])
}
