// Does what a Lambda does with one file, in as many processes, and prints what that took as JSON. Started by B9:
// node worst-file.child.ts <type> <file>
import { open, readFile, stat } from 'node:fs/promises'
import { wrapAsTiff } from '@shoebox/processor/src/video/frame-tiff.ts'
import { createDecoder } from '@shoebox/processor/src/inspect/decoder/decoder-process.ts'
import { isDecodable, type DecodableType } from '@shoebox/processor/src/inspect/decoder/picture.ts'
import { planScrub } from '@shoebox/processor/src/video/play/plan-scrub.ts'
import { createReader } from '@shoebox/processor/src/video/reader/reader-process.ts'
import { findMediaType } from '@shoebox/shared/media/kinds.ts'
import { isTimed, type TimedType } from '@shoebox/shared/messages/video.schema.ts'

export type FileCost = { readonly ms: number; readonly peakMb: number; readonly outcome: string }

const [name = '', path = ''] = process.argv.slice(2)
const sources = new URL('../../apps/processor/src/', import.meta.url)
const decoder = createDecoder({
  entry: new URL('inspect/decoder/decoder.child.ts', sources),
  env: { MALLOC_ARENA_MAX: '2' },
})
const reader = createReader({ entry: new URL('video/reader/reader.child.ts', sources), env: { MALLOC_ARENA_MAX: '2' } })

type PictureJob = { readonly type: DecodableType; readonly bytes: number; readonly wantsCopy?: boolean }

async function showPicture(job: PictureJob, open: () => AsyncIterable<Uint8Array>): Promise<string> {
  const verdict = await decoder.decode(job, open)
  return verdict.ok ? 'ready' : verdict.refusal.reason
}

async function inspectPicture(type: DecodableType): Promise<string> {
  const file = await open(path)
  const { size: bytes } = await file.stat()
  return showPicture({ type, bytes, wantsCopy: true }, () => file.createReadStream())
}

async function readTimed(type: TimedType): Promise<string> {
  const [file, { size: bytes }] = [await open(path), await stat(path)]
  const fetchRange = async (start: number, end: number) => {
    const part = Buffer.alloc(end - start)
    await file.read(part, 0, part.length, start)
    return part
  }
  const verdict = await reader.read({ type, bytes }, fetchRange)
  if (!verdict.ok) return verdict.refusal.reason
  const { frame } = verdict.value
  const tiff = frame === null ? null : wrapAsTiff(frame.rgb, frame.widthPx, frame.heightPx)
  if (tiff !== null)
    await showPicture({ type: 'image/tiff', bytes: tiff.length }, async function* () {
      yield tiff
    })
  await planScrub(type, bytes, fetchRange)
  return 'ready'
}

/** Not getrusage: its maximum is inherited from whoever started a process. */
async function readPeakMb(pid: number | string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024
}

async function sumPeaks(): Promise<number> {
  const children = await readFile('/proc/self/task/self/children', 'utf8').catch(() =>
    readFile(`/proc/self/task/${process.pid}/children`, 'utf8'),
  )
  const peaks = await Promise.all(['self', ...children.split(' ').filter(Boolean)].map(readPeakMb))
  return peaks.reduce((sum, peak) => sum + peak, 0)
}

const type = findMediaType(name)
const begin = performance.now()
const outcome =
  type === null
    ? 'unknown'
    : isTimed(type)
      ? await readTimed(type)
      : isDecodable(type)
        ? await inspectPicture(type)
        : ''
const cost: FileCost = { ms: performance.now() - begin, peakMb: await sumPeaks(), outcome }
process.stdout.write(JSON.stringify(cost))
decoder.stop()
reader.stop()
process.exit(0)
