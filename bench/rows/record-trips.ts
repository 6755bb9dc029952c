// Stands between the Worker and the database's HTTP front and writes down what a procedure asked, so that the bare
// handler can be made to ask the very same. Used by the row of procedures.
import { createServer, type IncomingMessage } from 'node:http'
import { listenOnLoopback, loopbackHost } from '@shoebox/local/ports.ts'

export type Statement = { readonly query: string; readonly params: unknown[] }
/** One request to the database: a statement, or several in one transaction. */
export type Trip = readonly Statement[]

/** @param delayMs how far away the database seems to be */
export async function startRecorder(delayMs = 0) {
  let target = ''
  let recorded: Trip[] | null = null

  const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    void readBody(request).then(async (body) => {
      recorded?.push(readTrip(body))
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
      const headers = Object.entries(request.headers).filter(([name]) => /^neon-|^content-type$/.test(name))
      const answer = await fetch(target, { method: 'POST', headers: headers as [string, string][], body })
      const bytes = Buffer.from(await answer.arrayBuffer())
      response.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': bytes.length })
      response.end(bytes)
    })
  })
  const port = await listenOnLoopback(server)

  return {
    url: `http://${loopbackHost}:${port}/sql`,
    forwardTo(url: string) {
      target = url
    },
    async record(work: () => Promise<unknown>): Promise<Trip[]> {
      recorded = []
      await work()
      const trips = recorded
      recorded = null
      return trips
    },
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function readTrip(body: string): Trip {
  const parsed = JSON.parse(body) as Statement | { readonly queries: Statement[] }
  return 'queries' in parsed ? parsed.queries : [parsed]
}
