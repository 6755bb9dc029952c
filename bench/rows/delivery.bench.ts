// B10: signing what a gallery's page of 60 needs, for the first time and again within the bucket, against what WMORY
// does: three SigV4 signatures a row, each time. In Node, with the code of the Worker. And how long an address that was
// signed before goes on working for a removed member. That no byte of a picture travels again after a bucket's change and
// a reload is a test: e2e/kept-pictures.e2e.ts.
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { makeDeliverySigner, type SignDelivery } from '@shoebox/edge-api/src/adapters/delivery-signer.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { measureCpuMs, measureInTurns, type BenchLine, type BenchRow } from '../bench-row.ts'
import { measureRemovals } from './delivery-removal.ts'

const rowsPerPage = 60
const pagesPerRound = 20
const generation = '0123456789abcdef'
const settings = { mediaOrigin: 'https://media.example', keyPairId: 'KBENCH', bucketSeconds: 300 }
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const ecdsa = { name: 'ECDSA', hash: 'SHA-256', namedCurve: 'P-256' } as const

const signPage = (sign: SignDelivery, page: number) =>
  Promise.all(
    Array.from({ length: rowsPerPage }, (_, n) => sign(numberedId('media', page * rowsPerPage + n + 1), generation)),
  )

/** CPU milliseconds of a page, over several of them. */
const perPage = (work: (page: number) => Promise<unknown>) => () =>
  measureCpuMs(async () => {
    for (let page = 0; page < pagesPerRound; page += 1) await work(page)
  }).then((ms) => ms / pagesPerRound)

async function run(): Promise<BenchLine[]> {
  const { privateKey } = await crypto.subtle.generateKey(ecdsa, false, ['sign', 'verify'])
  const s3 = new S3Client({ region: 'eu-central-1', credentials })
  const warmSigner = makeDeliverySigner(settings, privateKey)(Date.now)
  const presignRow = (row: number) =>
    Promise.all(
      ['thumb', 'preview', 'original'].map((name) =>
        getSignedUrl(s3, new GetObjectCommand({ Bucket: 'media', Key: `g/${row}/${name}` }), { expiresIn: 900 }),
      ),
    )
  const signBare = (n: number) => crypto.subtle.sign(ecdsa, privateKey, new TextEncoder().encode(`a policy ${n}`))
  const rows = Array.from({ length: rowsPerPage }, (_, n) => n)

  const [cold = 0, warm = 0, presigned = 0, bare = 0] = await measureInTurns([
    () => {
      const signer = makeDeliverySigner(settings, privateKey)(Date.now)
      return perPage((page) => signPage(signer, page))()
    },
    perPage((page) => signPage(warmSigner, page)),
    perPage(() => Promise.all(rows.map(presignRow))),
    perPage((page) => Promise.all(rows.map((n) => signBare(page * rowsPerPage + n)))),
  ])
  const comparisons = [
    { against: 'peer: three SigV4 signatures a row', value: presigned },
    { against: 'floor: one ECDSA signature a row', value: bare },
  ]
  return [
    { work: 'signing a page of 60, cold', measure: 'CPU ms', ours: cold, oursMax: 6, comparisons },
    { work: 'signing a page of 60, warm', measure: 'CPU ms', ours: warm, oursMax: 0.5, comparisons },
    await measureRemovals(),
  ]
}

export const row: BenchRow = {
  id: 'B10',
  name: 'delivery',
  title: 'signatures for a gallery’s page, and their end',
  run,
}
