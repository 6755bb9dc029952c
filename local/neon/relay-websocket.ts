// The WebSocket half of the Neon stand-in: bytes in, bytes out, to the address in the query (`/v2?address=host:port`).
// Loopback addresses only: any page in a browser on this machine may open a WebSocket to us.
import type { Server } from 'node:http'
import { connect } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { loopbackHost } from '../ports.ts'

export function relayWebSockets(server: Server): void {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  server.on('upgrade', (request, socket, head) => {
    const address = new URL(request.url ?? '/', 'http://local').searchParams.get('address') ?? ''
    const [host, port] = address.split(':')
    const isLocal = host === loopbackHost || host === 'localhost'
    // A browser names its page's origin; the driver in Workers and Node sends none.
    if (!isLocal || request.headers.origin !== undefined) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => relay(webSocket, Number(port)))
  })
}

function relay(webSocket: WebSocket, port: number): void {
  const tcp = connect({ host: loopbackHost, port, noDelay: true })
  tcp.on('data', (bytes) => webSocket.send(bytes))
  tcp.on('close', () => webSocket.close())
  tcp.on('error', () => webSocket.close())
  webSocket.on('message', (data: Buffer) => tcp.write(data))
  webSocket.on('close', () => tcp.destroy())
  webSocket.on('error', () => tcp.destroy())
}
