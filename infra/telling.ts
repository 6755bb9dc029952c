// The keys with which people are told: one that push services know us by, one that signs the links in digests. Made once
// and known to nobody. Changing them: docs/runbook/rotation.md.

export type Telling = {
  /** SPKI PEM: what browsers subscribe with. */
  readonly pushPublicKey: $util.Output<string>
  /** PKCS#8 PEM, EC P-256: the only curve that web push has. */
  readonly pushPrivateKey: $util.Output<string>
  readonly linkKey: $util.Output<string>
}

export function createTelling(): Telling {
  const pushKey = new tls.PrivateKey('PushKey', { algorithm: 'ECDSA', ecdsaCurve: 'P256' })
  const linkKey = new random.RandomPassword('LinkKey', { length: 64, special: false })
  return {
    pushPublicKey: pushKey.publicKeyPem,
    pushPrivateKey: $util.secret(pushKey.privateKeyPemPkcs8),
    linkKey: $util.secret(linkKey.result),
  }
}
