// A TCP proxy that behaves like a poor mobile link: one rate for everything that goes up, a delay each way, and, where
// wished, pauses of the whole line and connections that break: at the same moments for the same seed, counted from the
// first byte, so that whoever starts slowly meets them no sooner.
import { connect, createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createRandom, startAccidents, type AccidentRates } from './line-accidents.ts'

export type LinkOptions = {
  readonly targetPort: number
  /** Upwards, all connections together. */
  readonly bytesPerSecond: number
  /** One way. */
  readonly delayMs: number
  /** None where it is left out. */
  readonly accidents?: AccidentRates
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

/** How much waits for the line at its near end. */
const bufferMs = 30

const isPut = (chunk: Buffer): boolean => chunk.subarray(0, 4).toString('latin1') === 'PUT '
const busyAnswer =
  'HTTP/1.1 503 Slow Down\r\naccess-control-allow-origin: *\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'

export async function startLink(options: LinkOptions): Promise<Link> {
  const seed = options.seed ?? 1
  const random = createRandom(seed)
  const open = new Set<Socket>()
  /** Those with a request under way. */
  const inUse = new Set<Socket>()
  const happened = { stalls: 0, resets: 0, busy: 0 }
  let sentBytes = 0
  let stopAccidents = () => {}
  /** When the line is free for the next bytes. */
  let freeAtMs = 0

  const carryUp = (client: Socket, target: Socket) => {
    let isRefused = false
    const arriveAfter = createArrivals(target)
    client.on('data', (chunk: Buffer) => {
      if (isRefused) return
      if (isPut(chunk) && random() < (options.busyShare ?? 0)) {
        happened.busy += 1
        isRefused = true
        client.write(busyAnswer)
        // What is already on its way is thrown away, so that the answer is not lost with the connection.
        return void setTimeout(() => client.destroy(), 1000)
      }
      if (sentBytes === 0) begin()
      sentBytes += chunk.length
      inUse.add(client)
      const now = performance.now()
      freeAtMs = Math.max(now, freeAtMs) + (chunk.length / options.bytesPerSecond) * 1000
      client.pause()
      // A little waits at the line's end, as in any modem: else a connection that is alone would leave gaps.
      setTimeout(() => client.resume(), Math.max(0, freeAtMs - now - bufferMs))
      arriveAfter(freeAtMs - now + options.delayMs, chunk)
    })
  }
  const server = createServer({ allowHalfOpen: false }, (client) => {
    const target = connect(options.targetPort, '127.0.0.1')
    open.add(client)
    carryUp(client, target)
    target.on('data', (chunk: Buffer) => {
      inUse.delete(client)
      setTimeout(() => client.writable && client.write(chunk), options.delayMs)
    })
    client.on('close', () => {
      open.delete(client)
      inUse.delete(client)
    })
    joinEnds(client, target, options.delayMs)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const stall = (stallMs: number) => {
    happened.stalls += 1
    freeAtMs = Math.max(performance.now(), freeAtMs) + stallMs
  }
  const reset = () => {
    // One that carries something: a break that nobody notices is none.
    const unlucky = [...inUse][Math.floor(random() * inUse.size)]
    if (unlucky !== undefined) happened.resets += 1
    unlucky?.resetAndDestroy()
  }
  const begin = () => {
    if (options.accidents !== undefined) stopAccidents = startAccidents(options.accidents, seed, { stall, reset })
  }

  return {
    port: (server.address() as AddressInfo).port,
    sentBytes: () => sentBytes,
    accidents: happened,
    async stop() {
      stopAccidents()
      for (const client of open) client.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Timers that are late together fire in another order than they were due: what is written is whatever is next. */
function createArrivals(target: Socket): (ms: number, chunk: Buffer) => void {
  const underway: Buffer[] = []
  const arrive = () => {
    const chunk = underway.shift()
    if (chunk !== undefined && target.writable) target.write(chunk)
  }
  return (ms, chunk) => {
    underway.push(chunk)
    setTimeout(arrive, ms)
  }
}

/** Either end may vanish at any time: that is what this is for. */
function joinEnds(client: Socket, target: Socket, delayMs: number) {
  for (const [end, other] of [
    [client, target],
    [target, client],
  ] as const) {
    end.on('error', () => undefined)
    end.on('close', () => setTimeout(() => other.destroy(), delayMs + 50))
  }
}
