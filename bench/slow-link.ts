// A TCP proxy that behaves like a poor mobile link: one rate for everything that goes up, a delay each way, and, where
// wished, pauses of the whole line and connections that break. The same seed gives the same accidents.
import { connect, createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

export type LinkOptions = {
  readonly targetPort: number
  /** Upwards, all connections together. */
  readonly bytesPerSecond: number
  /** One way. */
  readonly delayMs: number
  /** Mean time between accidents of each kind; none where it is left out. */
  readonly accidents?: { readonly stallEveryMs: number; readonly stallMs: number; readonly resetEveryMs: number }
  /** Of all PUTs, so many are answered 503 as soon as they begin, as S3 does when it is asked too much. From 0 to 1. */
  readonly busyShare?: number
  readonly seed?: number
}

export type Link = {
  readonly port: number
  /** Everything that clients sent so far, headers and repeated bytes included. */
  sentBytes(): number
  /** What went wrong so far. */
  readonly accidents: { readonly stalls: number; readonly resets: number; readonly busy: number }
  stop(): Promise<void>
}

/** mulberry32: small, and the same on every machine. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const isPut = (chunk: Buffer): boolean => chunk.subarray(0, 4).toString('latin1') === 'PUT '
const busyAnswer =
  'HTTP/1.1 503 Slow Down\r\naccess-control-allow-origin: *\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'

export async function startLink(options: LinkOptions): Promise<Link> {
  const random = createRandom(options.seed ?? 1)
  const open = new Set<Socket>()
  const happened = { stalls: 0, resets: 0, busy: 0 }
  let sentBytes = 0
  /** When the line is free for the next bytes. */
  let freeAtMs = 0

  const carryUp = (client: Socket, target: Socket) => {
    let isRefused = false
    // Timers that are late together fire in another order than they were due: what is written is whatever is next.
    const underway: Buffer[] = []
    const arrive = () => {
      const chunk = underway.shift()
      if (chunk !== undefined && target.writable) target.write(chunk)
    }
    client.on('data', (chunk: Buffer) => {
      if (isRefused) return
      if (isPut(chunk) && random() < (options.busyShare ?? 0)) {
        happened.busy += 1
        isRefused = true
        client.write(busyAnswer)
        // What is already on its way is thrown away, so that the answer is not lost with the connection.
        return void setTimeout(() => client.destroy(), 1000)
      }
      sentBytes += chunk.length
      const now = performance.now()
      freeAtMs = Math.max(now, freeAtMs) + (chunk.length / options.bytesPerSecond) * 1000
      client.pause()
      setTimeout(() => client.resume(), freeAtMs - now)
      underway.push(chunk)
      setTimeout(arrive, freeAtMs - now + options.delayMs)
    })
  }
  const server = createServer({ allowHalfOpen: false }, (client) => {
    const target = connect(options.targetPort, '127.0.0.1')
    open.add(client)
    carryUp(client, target)
    target.on('data', (chunk: Buffer) => {
      setTimeout(() => client.writable && client.write(chunk), options.delayMs)
    })
    client.on('close', () => open.delete(client))
    // Either end may vanish at any time: that is what this is for.
    for (const [end, other] of [
      [client, target],
      [target, client],
    ] as const) {
      end.on('error', () => undefined)
      end.on('close', () => setTimeout(() => other.destroy(), options.delayMs + 50))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const stall = (stallMs: number) => {
    happened.stalls += 1
    freeAtMs = Math.max(performance.now(), freeAtMs) + stallMs
  }
  const reset = () => {
    const unlucky = [...open][Math.floor(random() * open.size)]
    if (unlucky !== undefined) happened.resets += 1
    unlucky?.resetAndDestroy()
  }
  const timers = options.accidents === undefined ? [] : startAccidents(options.accidents, random, { stall, reset })

  return {
    port: (server.address() as AddressInfo).port,
    sentBytes: () => sentBytes,
    accidents: happened,
    async stop() {
      for (const timer of timers) clearInterval(timer)
      for (const client of open) client.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function startAccidents(
  { stallEveryMs, stallMs, resetEveryMs }: NonNullable<LinkOptions['accidents']>,
  random: () => number,
  happen: { readonly stall: (stallMs: number) => void; readonly reset: () => void },
) {
  const every = (meanMs: number, accident: () => void) =>
    setInterval(() => {
      // Ten looks per mean time: about a Poisson process, without drift.
      if (random() < 0.1) accident()
    }, meanMs / 10)
  return [every(stallEveryMs, () => happen.stall(stallMs)), every(resetEveryMs, happen.reset)]
}
