// Decodes the pixels of a HEIC picture with libheif, as WebAssembly: sharp's libvips reads such files but for their
// pixels. Called by decode-image, which has judged the header. libheif is LGPL: it stays a file of its own, unmodified,
// and is loaded with the first such picture. Each picture gets an instance of its own, so that memory is given back and
// one that breaks the decoder breaks nothing for the next.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { MainModule } from 'libheif-js/libheif-wasm/libheif.js'
import type { Pixels } from './pixels.ts'

export type HeifPlan = { readonly widthPx: number; readonly heightPx: number; readonly hasAlpha: boolean }

/** As much of WebAssembly as is used here: neither Node's types nor the language's name it. */
type Memory = { readonly buffer: ArrayBuffer; grow: (pages: number) => number }
type Instance = { readonly exports: Readonly<Record<string, unknown>> }
type WebAssemblyApi = {
  readonly compile: (bytes: Uint8Array) => Promise<object>
  readonly Instance: new (compiled: object, imports: object) => Instance
  readonly Memory: new (size: { initial: number }) => Memory
}
const webAssembly = Reflect.get(globalThis, 'WebAssembly') as WebAssemblyApi

type LibheifOptions = {
  readonly instantiateWasm: (imports: object, done: (instance: Instance) => unknown) => unknown
  readonly print: () => void
  readonly printErr: () => void
}

type Channel = { readonly width: number; readonly height: number; readonly stride: number; readonly data: Uint8Array }
type Handle = Parameters<MainModule['heif_image_handle_release']>[0]
type Decoded = { readonly channels: readonly Channel[] }
/** What libheif's calls return instead of a result. */
type Failure = { readonly code: unknown; readonly message?: string }

/**
 * What the decoder may hold. A photo of 48 megapixels takes 435 MB. The frame inside can claim to be larger than the
 * container says, which nobody has judged: then the picture is damaged, and the Lambda's memory is not.
 */
const memoryBytesMax = 1024 * 1024 * 1024
const wasmPageBytes = 65_536

/** libheif itself cannot be loaded: our fault, for which no picture may be refused. */
export class LibheifMissing extends Error {}
/** libheif cannot make a picture of this file, be it for want of the memory that it is given. */
export class LibheifRefusal extends Error {}

type Libheif = { readonly makeLibheif: (options: LibheifOptions) => MainModule; readonly wasm: object }
let loaded: Promise<Libheif> | undefined

async function loadLibheif(): Promise<Libheif> {
  try {
    const path = createRequire(import.meta.url).resolve('libheif-js/libheif-wasm/libheif.wasm')
    const wasm = await webAssembly.compile(await readFile(path))
    const { default: makeLibheif } = await import('libheif-js/libheif-wasm/libheif.js')
    return { makeLibheif, wasm }
  } catch (error) {
    loaded = undefined
    throw new LibheifMissing('libheif cannot be loaded', { cause: error })
  }
}

function startLibheif({ makeLibheif, wasm }: Libheif): MainModule {
  const options: LibheifOptions = {
    instantiateWasm(imports, done) {
      const instance = new webAssembly.Instance(wasm, imports)
      for (const part of Object.values(instance.exports)) if (part instanceof webAssembly.Memory) capMemory(part)
      return done(instance)
    },
    print: () => {},
    printErr: () => {},
  }
  return makeLibheif(options)
}

/** libheif takes a refusal to grow as the want of memory that it is. */
function capMemory(memory: Memory): void {
  const grow = memory.grow.bind(memory)
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * wasmPageBytes > memoryBytesMax) throw new RangeError('enough')
    return grow(pages)
  }
}

/**
 * The main picture, upright and with nothing but its own colours: turns and crops of the container are applied, its
 * profile is not. Refuses what libheif cannot decode or finds another size in than the header said.
 */
export async function decodeHeif(file: Buffer, plan: HeifPlan): Promise<Pixels> {
  const pixels = await decodeApart(file, plan)
  collectGarbage()
  return pixels
}

/** Else the decoder's memory, hundreds of megabytes, may still be there while the pixels are encoded. */
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

async function decodeApart(file: Buffer, plan: HeifPlan): Promise<Pixels> {
  const libheif = startLibheif(await (loaded ??= loadLibheif()))
  try {
    return decodeMain(libheif, file, plan)
  } catch (error) {
    // Where C++ throws, this is not even an Error.
    throw new LibheifRefusal(`libheif: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function decodeMain(libheif: MainModule, file: Buffer, { widthPx, heightPx, hasAlpha }: HeifPlan): Pixels {
  const context = libheif.heif_context_alloc()
  if (context === null) throw new Error('no context')
  const read = libheif.heif_context_read_from_memory(context, file)
  if (read.code !== libheif.heif_error_code.heif_error_Ok)
    throw new Error(typeof read.message === 'string' ? read.message : 'unreadable')
  const handle = requireResult<Handle>(libheif.heif_js_context_get_primary_image_handle(context))
  const isSize = (width: number, height: number): boolean => width === widthPx && height === heightPx
  if (!isSize(libheif.heif_image_handle_get_width(handle), libheif.heif_image_handle_get_height(handle)))
    throw new Error('another size')
  const { heif_chroma_interleaved_RGBA: withAlpha, heif_chroma_interleaved_RGB: opaque } = libheif.heif_chroma
  const { heif_colorspace_RGB: rgb } = libheif.heif_colorspace
  const { channels } = requireResult<Decoded>(libheif.heif_js_decode_image2(handle, rgb, hasAlpha ? withAlpha : opaque))
  const [channel] = channels
  if (channel === undefined || !isSize(channel.width, channel.height)) throw new Error('pixels of another size')
  return { data: copyRows(channel, hasAlpha ? 4 : 3), widthPx, heightPx, channels: hasAlpha ? 4 : 3 }
}

function requireResult<T>(result: unknown): T {
  const failure = result as Failure | null
  if (failure === null || failure.code !== undefined) throw new Error(failure?.message ?? 'no result')
  return result as T
}

/** Rows without their padding, outside of the decoder's memory. */
function copyRows({ data, width, height, stride }: Channel, channels: 3 | 4): Buffer {
  const rowBytes = width * channels
  const rows = Buffer.allocUnsafeSlow(rowBytes * height)
  for (let row = 0; row < height; row += 1)
    rows.set(data.subarray(row * stride, row * stride + rowBytes), row * rowBytes)
  return rows
}
