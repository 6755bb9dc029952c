// The key pair whose signatures open pictures: the private half goes to the Worker, the public half to the front.
// Made at the first start and kept, so that URLs handed out before a restart stay good.
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type DeliveryKey = {
  /** What CloudFront would call the public key. */
  readonly keyPairId: string
  /** PKCS#8 PEM, EC P-256. */
  readonly privateKey: string
  readonly publicKey: KeyObject
}

const keyPairId = 'KLOCALSHOEBOX'

export function openDeliveryKey(folder: string): DeliveryKey {
  const path = join(folder, 'delivery-key.pem')
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  }
  const privateKey = readFileSync(path, 'utf8')
  return { keyPairId, privateKey, publicKey: createPublicKey(privateKey) }
}
