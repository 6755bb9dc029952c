// Which loopback ports the local cloud listens on. People get a row of fixed numbers that survive restarts, so
// bookmarks and cookies keep working; tests get free ones. A taken port moves only the part that wanted it.
import { createServer, type Server } from 'node:net'

export const loopbackHost = '127.0.0.1'

/** The ports `npm start` asks for first. One row, so that they are easy to recognise. */
export const preferredPorts = {
  site: 7420,
  delivery: 7421,
  s3: 7422,
  sqs: 7423,
  mail: 7424,
  neon: 7425,
  postgres: 7426,
  control: 7427,
  push: 7428,
} as const

export type PortName = keyof typeof preferredPorts

/** How often to try before giving up. */
const attemptsMax = 50

/** Below the range from which the kernel takes ports for outgoing connections: nobody takes one between look and use. */
const freeRange = { first: 20_000, count: 12_000 }

/** For programs that must be told their port. Returns the wanted one, or the next free one; any when none is wanted. */
export async function findFreePort(wanted?: number): Promise<number> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const port = await tryPort(candidate(wanted, attempt))
    if (port !== null) return port
  }
  throw portsTaken(wanted)
}

/** Starts a server of our own process on the wanted port, or the next free one; on any when none is wanted. */
export async function listenOnLoopback(server: Server, wanted?: number): Promise<number> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const port = await listen(server, wanted === undefined ? 0 : candidate(wanted, attempt))
    if (port !== null) return port
  }
  throw portsTaken(wanted)
}

function candidate(wanted: number | undefined, attempt: number): number {
  // Steps of ten keep the row recognisable when a whole second stack runs beside the first.
  if (wanted !== undefined) return wanted + attempt * 10
  return freeRange.first + Math.floor(Math.random() * freeRange.count)
}

function portsTaken(wanted: number | undefined): Error {
  return new Error(
    wanted === undefined
      ? 'no free port was found on 127.0.0.1; stop some of the servers on this machine'
      : `port ${wanted} and the next ${attemptsMax} tried after it are taken; stop what uses them`,
  )
}

/** Null when the port is taken. */
function listen(server: Server, port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null)
      else reject(error)
    }
    server.once('error', onError)
    server.listen({ port, host: loopbackHost, exclusive: true }, () => {
      server.off('error', onError)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

/** Listens for a moment: the only test that also sees ports held by other users' processes. */
async function tryPort(port: number): Promise<number | null> {
  const probe = createServer()
  const bound = await listen(probe, port)
  if (bound !== null) await new Promise((resolve) => probe.close(resolve))
  return bound
}
