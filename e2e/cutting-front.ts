// Stands before the delivery front and cuts connections in the middle, as bad networks do: below HTTP, so that the front
// itself, its signatures and its headers, is the real one.
import { createServer, connect, type Socket } from 'node:net'
import { startDelivery, type DeliveryOptions } from '@shoebox/local/delivery/start-delivery.ts'
import { loopbackHost } from '@shoebox/local/ports.ts'
import type { Stack } from '@shoebox/local/stack.ts'

export type CuttingFront = {
  /** So many bytes pass on a connection before it is cut; null: as many as there are. */
  cutAfterBytes: number | null
  readonly cuts: number
  readonly passedBytes: number
  stop(): Promise<void>
}

/** Takes the place of a system's delivery front, at its address. */
export async function replaceDelivery(
  stack: Stack,
  findObject: DeliveryOptions['findObject'] = stack.s3.findObject,
): Promise<CuttingFront> {
  const { origin, port, key } = stack.delivery
  await stack.delivery.stop()
  const keys = new Map([[key.keyPairId, key.publicKey]])
  const front = await startDelivery({ origin, keys, siteOrigin: stack.siteOrigin, findObject })
  const sockets = new Set<Socket>()
  const state = { cutAfterBytes: null as number | null, cuts: 0, passedBytes: 0 }
  const server = createServer((browser) => {
    const upstream = connect(front.port, loopbackHost)
    let passed = 0
    const close = () => {
      browser.destroy()
      upstream.destroy()
      sockets.delete(browser)
    }
    sockets.add(browser)
    browser.on('error', close).on('close', close).pipe(upstream)
    upstream.on('error', close).on('close', () => browser.end())
    upstream.on('data', (chunk: Buffer) => {
      passed += chunk.length
      state.passedBytes += chunk.length
      if (state.cutAfterBytes !== null && passed > state.cutAfterBytes) {
        state.cuts += 1
        return close()
      }
      if (browser.write(chunk)) return
      upstream.pause()
      browser.once('drain', () => upstream.resume())
    })
  })
  await new Promise<void>((resolve) => server.listen(port, loopbackHost, resolve))
  return Object.assign(state, {
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      await front.stop()
    },
  })
}
