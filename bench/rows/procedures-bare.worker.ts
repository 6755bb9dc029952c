// The floor of the row of procedures, in workerd: a bare Hono handler that asks the database what it was told to and
// answers with the rows, without sessions, schemas, limits or headers. Beside it, signing in a loop.
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { neon, neonConfig } from '@neondatabase/serverless'
import { makeDeliverySigner } from '@shoebox/edge-api/src/adapters/delivery-signer.ts'
import { makeSignPut } from '@shoebox/edge-api/src/adapters/presigner.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { Hono } from 'hono'
import type { Trip } from './record-trips.ts'
import { makeBareSigner } from './sign-bare.ts'

type Env = { readonly DATABASE_URL: string; readonly DATABASE_HTTP_ENDPOINT: string }

const plans = new Map<string, readonly Trip[]>()
const settings = {
  region: 'eu-central-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
  bucket: 'shoebox-incoming',
}
const ecdsa = { name: 'ECDSA', hash: 'SHA-256', namedCurve: 'P-256' } as const
let key: CryptoKey | null = null

async function findKey(): Promise<CryptoKey> {
  key ??= (await crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify'])).privateKey
  return key
}

const signText = async (text: string): Promise<string> => {
  const signature = await crypto.subtle.sign(ecdsa, await findKey(), new TextEncoder().encode(text))
  return btoa(String.fromCharCode(...new Uint8Array(signature)))
}

const checksum = `${'A'.repeat(43)}=`
const objectKey = (n: number) => `u/${n}/${n}`
const subject = (n: number) => ({
  incomingKey: objectKey(n),
  declaredType: 'image/jpeg',
  declaredBytes: 3_000_000,
  declaredSha256: checksum,
})

/** Each signs the n-th of many different things, as pages and pre-flights do. */
const signers: Readonly<Record<string, () => (n: number) => Promise<unknown>>> = {
  'put-ours': () => {
    const sign = makeSignPut(settings, Date.now)
    return (n) => sign(subject(n) as Parameters<typeof sign>[0])
  },
  'put-sdk': () => {
    const s3 = new S3Client({ region: settings.region, credentials: settings.credentials })
    return (n) => {
      const wish = { Bucket: settings.bucket, Key: objectKey(n), ContentType: 'image/jpeg', ContentLength: 3_000_000 }
      return getSignedUrl(s3, new PutObjectCommand({ ...wish, ChecksumSHA256: checksum }), { expiresIn: 900 })
    }
  },
  'put-hmac': () => {
    const sign = makeBareSigner(settings)
    return (n) => sign(objectKey(n))
  },
  'delivery-ours': () => {
    const made = findKey().then((own) =>
      makeDeliverySigner({ mediaOrigin: 'https://m.example', keyPairId: 'K', bucketSeconds: 300 }, own)(Date.now),
    )
    return async (n) => (await made)(numberedId('media', n), '0123456789abcdef')
  },
  'delivery-ecdsa': () => (n) => signText(`{"Statement":[{"Resource":"https://m.example/v/${n}/*"}]}`),
}

const app = new Hono<{ Bindings: Env }>()

app.get('/empty', (c) => c.json({ isUp: true }))

app.put('/plans/:name', async (c) => {
  plans.set(c.req.param('name'), await c.req.json())
  return c.body(null, 204)
})

app.get('/run/:name', async (c) => {
  neonConfig.fetchEndpoint = c.env.DATABASE_HTTP_ENDPOINT
  const sql = neon(c.env.DATABASE_URL)
  const answers: unknown[] = []
  for (const trip of plans.get(c.req.param('name')) ?? []) {
    const [first, ...others] = trip.map(({ query, params }) => sql.query(query, params))
    if (first !== undefined) answers.push(others.length === 0 ? await first : await sql.transaction([first, ...others]))
  }
  if (c.req.query('sign') === undefined) return c.json(answers)
  const rows = answers.flat() as { id: string }[]
  return c.json(await Promise.all(rows.map(async (row) => ({ ...row, signature: await signText(row.id) }))))
})

app.get('/sign/:signer', async (c) => {
  const sign = signers[c.req.param('signer')]?.()
  const times = Number(c.req.query('times'))
  for (let n = 0; n < times; n += 1) await sign?.(n)
  return c.json({ times })
})

// workerd takes a module's default export.
// oxlint-disable-next-line import/no-default-export
export default app
