// The strict S3 of the local cloud with both buckets, empty, for a test file that needs nothing else of the cloud.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { S3Client } from '@aws-sdk/client-s3'
import { afterAll } from 'vitest'
import { buckets, credentials, region } from '@shoebox/local/cloud-names.ts'
import { startS3, type S3 } from '@shoebox/local/s3/start-s3.ts'

/** To be awaited once, at the top of a test file: the buckets go after the last of its tests. */
export async function openBuckets(): Promise<{ readonly s3: S3; readonly client: S3Client }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'shoebox-buckets-'))
  const names = [{ name: buckets.incoming }, { name: buckets.media }]
  const s3 = await startS3({ dataDir, buckets: names, sendEvent: async () => {} })
  const client = new S3Client({ endpoint: s3.endpoint, region, credentials })
  afterAll(async () => {
    client.destroy()
    await s3.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return { s3, client }
}
