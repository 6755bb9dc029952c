// Which loopback ports the local cloud listens on. People get a row of fixed numbers that survive restarts, so
// bookmarks and cookies keep working; tests get free ones. A taken port moves only the part that wanted it.
import { createServer } from 'node:net'

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
} as const

export type PortName = keyof typeof preferredPorts

/** How far above a taken port to look before giving up. */
const attemptsMax = 50

/** Returns a port that is free now: the wanted one, or the next free one above it; any free one when none is wanted. */
export async function findFreePort(wanted?: number): Promise<number> {
  if (wanted === undefined || wanted === 0) return (await tryPort(0)) ?? refuse('no free port was found on 127.0.0.1')
  // Steps of ten keep the row recognisable when a whole second stack runs beside the first.
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const port = await tryPort(wanted + attempt * 10)
    if (port !== null) return port
  }
  return refuse(`port ${wanted} and the next ${attemptsMax} tried after it are taken; stop what uses them`)
}

/** Listens for a moment: the only test that also sees ports held by other users' processes. */
function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(null))
    probe.listen({ port, host: loopbackHost, exclusive: true }, () => {
      const address = probe.address()
      const bound = typeof address === 'object' && address !== null ? address.port : port
      probe.close(() => resolve(bound))
    })
  })
}

function refuse(sentence: string): never {
  throw new Error(sentence)
}
