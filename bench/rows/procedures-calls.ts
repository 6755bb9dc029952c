// Sending calls to one of the servers of the row of procedures and reading what they cost it.
import { median } from '../bench-row.ts'
import { readCpuMs } from './process-cpu.ts'
import type { Side } from './procedures-rig.ts'

export type Call = {
  readonly path: string
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Of one call, in the mean. */
export type Cost = { readonly cpuMs: number; readonly wallMs: number; readonly bytes: number }

/** What is asked of one server for a unit of work; made anew for each round and not measured. */
export type Way = { readonly side: Side; readonly calls: () => Promise<readonly Call[]> }

let networks = 0

/** From a network of its own each time: limits count by it. */
export async function send(
  { origin, site = origin }: Side,
  { path, method = 'GET', body, headers = {} }: Call,
): Promise<Response> {
  networks += 1
  const network = `10.${(networks >> 16) & 255}.${(networks >> 8) & 255}.${networks & 255}`
  const response = await fetch(origin + path, {
    method,
    body: body === undefined ? null : JSON.stringify(body),
    headers: { 'cf-connecting-ip': network, 'content-type': 'application/json', origin: site, ...headers },
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response
}

async function measureRound({ side, calls }: Way): Promise<Cost> {
  const planned = await calls()
  let bytes = 0
  const cpuBefore = readCpuMs(side.pid)
  const wallBefore = performance.now()
  for (const call of planned) bytes += (await (await send(side, call)).arrayBuffer()).byteLength
  const count = planned.length
  return {
    wallMs: (performance.now() - wallBefore) / count,
    cpuMs: (readCpuMs(side.pid) - cpuBefore) / count,
    bytes: bytes / count,
  }
}

/** As measureInTurns, of all that a call costs. One round before the first warms everything up. */
export async function measureCosts(ways: readonly Way[], rounds = 5): Promise<Cost[]> {
  const costs = ways.map((): Cost[] => [])
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, way] of ways.entries()) {
      const cost = await measureRound(way)
      if (round >= 0) costs[index]?.push(cost)
    }
  }
  return costs.map((all) => ({
    cpuMs: median(all.map(({ cpuMs }) => cpuMs)),
    wallMs: median(all.map(({ wallMs }) => wallMs)),
    bytes: median(all.map(({ bytes }) => bytes)),
  }))
}
