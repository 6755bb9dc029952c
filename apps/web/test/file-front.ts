// A server of files that breaks its promises on demand, as networks do: real connections, cut and refused.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Served = {
  readonly bytes: Uint8Array
  /** Cuts a connection after so many bytes of an answer; each number once. */
  cuts?: number[]
  /** Statuses to answer with first, each once. */
  statuses?: number[]
  etag?: () => string
  ignoresRange?: boolean
  /** Every answer ends at once, without a byte. */
  isBroken?: boolean
}

export type FileFront = {
  readonly origin: string
  /** `path` and the range asked for. */
  readonly asked: string[]
  stop(): Promise<void>
}

export async function startFileFront(files: ReadonlyMap<string, Served>): Promise<FileFront> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(`${path} ${request.headers.range ?? ''}`.trim())
    const file = files.get(path)
    if (file === undefined) return void response.writeHead(404).end()
    answer(file, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function answer(file: Served, request: IncomingMessage, response: ServerResponse): void {
  const status = file.statuses?.shift()
  if (status !== undefined) return void response.writeHead(status).end()
  if (file.isBroken === true) return void response.destroy()
  const wished = file.ignoresRange === true ? undefined : /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1]
  const from = Number(wished ?? 0)
  const body = file.bytes.subarray(from)
  response.writeHead(wished === undefined ? 200 : 206, {
    etag: file.etag?.() ?? '"same"',
    'content-length': body.length,
    ...(wished === undefined ? {} : { 'content-range': `bytes ${from}-${file.bytes.length - 1}/${file.bytes.length}` }),
  })
  const cut = file.cuts?.shift()
  if (cut === undefined) return void response.end(body)
  response.write(body.subarray(0, cut), () => response.destroy())
}
