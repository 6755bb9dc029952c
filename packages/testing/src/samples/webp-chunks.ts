// Writes an animated WebP chunk by chunk, for animations that would take an encoder minutes.

function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 0, 'latin1')
  head.writeUInt32LE(data.length, 4)
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)])
}

/** Shows one still, lossy, opaque WebP again and again: few bytes in all, and every frame costs its full decode. */
export function repeatWebpFrame(still: Buffer, frames: number, widthPx: number, heightPx: number): Buffer {
  const size = Buffer.alloc(6)
  size.writeUIntLE(widthPx - 1, 0, 3)
  size.writeUIntLE(heightPx - 1, 3, 3)
  // A simple lossy file is the RIFF head and one `VP8 ` chunk; the chunk is the frame.
  const picture = still.subarray(12)
  const frame = chunk('ANMF', Buffer.concat([Buffer.alloc(6), size, Buffer.from([80, 0, 0, 0]), picture]))
  const hasAnimation = 0x02
  const body = Buffer.concat([
    Buffer.from('WEBP', 'latin1'),
    chunk('VP8X', Buffer.concat([Buffer.from([hasAnimation, 0, 0, 0]), size])),
    chunk('ANIM', Buffer.alloc(6)),
    ...Array.from({ length: frames }, () => frame),
  ])
  const head = Buffer.alloc(8)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}
