/**
 * SHA-256, or HMAC-SHA-256 when given a secret, by the platform's own crypto, in the shape that AWS's signers take.
 * The signers' own choice is a JavaScript implementation: larger and slower.
 */
export class WebSha256 {
  private readonly secret: Uint8Array<ArrayBuffer> | null
  private parts: Uint8Array[] = []

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.secret = secret === undefined ? null : toBytes(secret)
  }

  update(part: string | ArrayBuffer | ArrayBufferView): void {
    this.parts.push(toBytes(part))
  }

  reset(): void {
    this.parts = []
  }

  async digest(): Promise<Uint8Array> {
    const whole = new Uint8Array(this.parts.reduce((length, part) => length + part.length, 0))
    let at = 0
    for (const part of this.parts) {
      whole.set(part, at)
      at += part.length
    }
    if (this.secret === null) return new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
    const algorithm = { name: 'HMAC', hash: 'SHA-256' }
    const key = await crypto.subtle.importKey('raw', this.secret, algorithm, false, ['sign'])
    return new Uint8Array(await crypto.subtle.sign('HMAC', key, whole))
  }
}

function toBytes(data: string | ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBuffer> {
  if (typeof data === 'string') return new TextEncoder().encode(data)
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice()
}
