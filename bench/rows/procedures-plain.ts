// The Worker as it is deployed, with two of the platform's services put in memory. Miniflare stands in for them with
// workers of their own (a durable object that writes SQLite for each count, a blob store for each cached answer), whose
// cost would be counted as ours; on Cloudflare they are not run by the Worker's CPU time.
import { generateKeyPairSync } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Miniflare } from 'miniflare'
import { findFreePort, loopbackHost } from '@shoebox/local/ports.ts'
import { webDir } from '@shoebox/local/worker/build-web.ts'
import type { WorkerBundle } from '@shoebox/local/worker/bundle-worker.ts'
import { planWorker } from '@shoebox/local/worker/start-worker.ts'

export type PlainWorker = { readonly origin: string; stop(): Promise<void> }

export async function startPlain(bundle: WorkerBundle, vars: Record<string, string>): Promise<PlainWorker> {
  const assetsDir = mkdtempSync(join(tmpdir(), 'shoebox-plain-'))
  writeFileSync(join(assetsDir, 'index.html'), '<!doctype html>')
  copyFileSync(join(webDir, 'public/common-passwords.txt'), join(assetsDir, 'common-passwords.txt'))
  const port = await findFreePort()
  const miniflare = new Miniflare(planWorker({ port, assetsDir, vars }, bundle))
  await miniflare.ready
  return {
    origin: `http://${loopbackHost}:${port}`,
    async stop() {
      await miniflare.dispose()
      rmSync(assetsDir, { recursive: true, force: true })
    },
  }
}

/** Wraps the built Worker: its one export is taken, and given back with the services in memory. */
export function keepServicesInMemory(bundle: WorkerBundle): WorkerBundle {
  const [found, name] = /export\s*\{\s*([\w$]+) as default\s*\};?/.exec(bundle.script) ?? []
  if (found === undefined) throw new Error('the Worker’s bundle has another shape than expected')
  const script = `${bundle.script.replace(found, '')}
const kept = new Map()
const memory = {
  async match(url) {
    const entry = kept.get(url)
    return entry === undefined ? undefined : new Response(entry.body, { headers: entry.headers })
  },
  async put(url, response) { kept.set(url, { body: await response.arrayBuffer(), headers: [...response.headers] }) },
}
Object.defineProperty(globalThis, 'caches', { value: { default: memory } })
let bindings
export default {
  fetch(request, env, execution) {
    bindings ??= { ...env, BURST_LIMIT: { limit: async () => ({ success: true }) } }
    return ${name}.fetch(request, bindings, execution)
  },
}`
  return { ...bundle, script }
}

/** What the Worker needs to sign what is delivered. */
export function makeDeliveryVars(): Record<string, string> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const pushKey = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  return {
    MEDIA_ORIGIN: 'http://media.test',
    DELIVERY_KEY_PAIR_ID: 'KTEST',
    DELIVERY_PRIVATE_KEY: pem,
    PUSH_PUBLIC_KEY: pushKey,
  }
}
