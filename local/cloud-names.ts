// What things are called, the same here as in the cloud. Used by every part of the local stack and by its tests.
export const region = 'us-east-1'
export const accountId = '000000000000'

/** The only key the local S3 and SQS know. Not a secret: everything listens on loopback. */
export const credentials = {
  accessKeyId: 'AKIALOCALSHOEBOX0000',
  secretAccessKey: 'local/secret+key+of+nothing+worth+stealing',
} as const

export const buckets = { incoming: 'shoebox-incoming', media: 'shoebox-media' } as const

export { lambdaNames, queueNames, type LambdaName, type QueueName } from '../infra/plan.ts'

export const mailFrom = 'Shoebox <hello@shoebox.local>'
