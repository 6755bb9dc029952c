// The key pair that tells push services who we are (VAPID): the private half goes to the notifier, the public half to
// browsers. Made at the first start and kept: a browser that was subscribed with another one takes nothing from us.
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type PushKey = {
  /** PKCS#8 PEM, EC P-256. */
  readonly privateKey: string
  /** SPKI PEM. */
  readonly publicKey: string
}

export function openPushKey(folder: string): PushKey {
  const path = join(folder, 'push-key.pem')
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  }
  const privateKey = readFileSync(path, 'utf8')
  const publicKey = createPublicKey(createPrivateKey(privateKey)).export({ type: 'spki', format: 'pem' })
  return { privateKey, publicKey: publicKey.toString() }
}
