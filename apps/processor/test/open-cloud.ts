// The local cloud as far as a journey of the Lambdas needs it, over a database of its own.
import { S3Client } from '@aws-sdk/client-s3'
import { afterAll } from 'vitest'
import type { PartName } from '@shoebox/local/stack-context.ts'
import type { StackOptions } from '@shoebox/local/stack-options.ts'
import { startStack } from '@shoebox/local/stack.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'

const always = ['postgres', 's3', 'sqs', 'lambdas'] as const

type CloudOptions<P extends PartName> = Omit<StackOptions, 'parts' | 'databaseUrl'> & {
  /** Parts beside Postgres, S3, SQS and the Lambdas. */
  readonly also?: readonly P[]
}

/** To be awaited once, at the top of a test file: everything goes after the last of its tests. */
export async function openCloud<const P extends PartName = never>(
  start: Date,
  { also = [], ...options }: CloudOptions<P> = {},
) {
  const { url, rows, edge } = await openDatabase(start)
  // Most journeys use two or three of the functions: none is started before it is needed. And none by itself, where a
  // journey takes longer than a minute: what a round finds and does is counted.
  const stack = await startStack({
    warm: false,
    clock: false,
    ...options,
    parts: [...always, ...also],
    databaseUrl: url,
  })
  const { endpoint } = stack.s3
  const s3 = new S3Client({ endpoint, region: stack.region, credentials: stack.credentials })
  afterAll(async () => {
    s3.destroy()
    await stack.stop()
  })
  return { stack, s3, rows, edge, db: rows.db }
}
