// The other way to tell viewers what is new, for the row of live clients: one durable object that holds their sockets,
// hibernating between messages, and is told of each item by whoever settles it. As small as it can be.
type Socket = { send(text: string): void }
type State = { acceptWebSocket(socket: Socket): void; getWebSockets(): Socket[] }
type Pair = new () => { 0: Socket; 1: Socket }
type Room = { idFromName(name: string): unknown; get(id: unknown): { fetch(request: Request): Promise<Response> } }

export class Viewers {
  private readonly state: State
  constructor(state: State) {
    this.state = state
  }

  async fetch(request: Request): Promise<Response> {
    if (request.method === 'POST') {
      const text = await request.text()
      for (const socket of this.state.getWebSockets()) socket.send(text)
      return new Response()
    }
    const pair = new (Reflect.get(globalThis, 'WebSocketPair') as Pair)()
    this.state.acceptWebSocket(pair[1])
    const init: ResponseInit & { webSocket: Socket } = { status: 101, webSocket: pair[0] }
    return new Response(null, init)
  }

  webSocketMessage(): void {}
}

// workerd takes a module's default export.
// oxlint-disable-next-line import/no-default-export
export default {
  fetch: (request: Request, { VIEWERS }: { VIEWERS: Room }) =>
    new URL(request.url).pathname === '/empty'
      ? new Response()
      : VIEWERS.get(VIEWERS.idFromName('feed')).fetch(request),
}
