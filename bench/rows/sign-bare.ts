// SigV4's presigned PUT with nothing around it: one hash and one HMAC a URL, the day's key made once.
type Settings = {
  readonly region: string
  readonly bucket: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
}

const encoder = new TextEncoder()
const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')

async function hmac(key: BufferSource, text: string): Promise<ArrayBuffer> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return crypto.subtle.sign('HMAC', imported, encoder.encode(text))
}

export function makeBareSigner({ region, bucket, credentials }: Settings): (key: string) => Promise<string> {
  const at = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const scope = `${at.slice(0, 8)}/${region}/s3/aws4_request`
  const host = `${bucket}.s3.${region}.amazonaws.com`
  const signingKey = scope
    .split('/')
    .reduce<Promise<ArrayBuffer | Uint8Array<ArrayBuffer>>>(
      async (key, part) => hmac(await key, part),
      Promise.resolve(encoder.encode(`AWS4${credentials.secretAccessKey}`)),
    )
    .then((key) => crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']))
  return async (key) => {
    const credential = encodeURIComponent(`${credentials.accessKeyId}/${scope}`)
    const query =
      `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}&X-Amz-Date=${at}` +
      `&X-Amz-Expires=900&X-Amz-SignedHeaders=host`
    const canonical = `PUT\n/${key}\n${query}\nhost:${host}\n\nhost\nUNSIGNED-PAYLOAD`
    const hash = hex(await crypto.subtle.digest('SHA-256', encoder.encode(canonical)))
    const toSign = encoder.encode(`AWS4-HMAC-SHA256\n${at}\n${scope}\n${hash}`)
    const signature = hex(await crypto.subtle.sign('HMAC', await signingKey, toSign))
    return `https://${host}/${key}?${query}&X-Amz-Signature=${signature}`
  }
}
