// Who the Worker is to AWS: a user with exactly the rights that its code uses, and its access key. Signing requests is
// all it does with it, so a key that was replaced must outlive the longest request it signed: see
// docs/runbook/rotation.md.
import { incomingKeys } from './plan.ts'
import type { Queues } from './queues.ts'
import type { Settings } from './settings.ts'
import type { Storage } from './storage.ts'

export type WorkerIdentity = {
  readonly accessKeyId: $util.Output<string>
  readonly secretAccessKey: $util.Output<string>
}

export function createWorkerIdentity(settings: Settings, storage: Storage, queues: Queues): WorkerIdentity {
  const user = new aws.iam.User('WorkerUser', { name: `${$app.name}-${$app.stage}-worker`, forceDestroy: true })
  new aws.iam.UserPolicy('WorkerRights', {
    user: user.name,
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [
        {
          // PutObject also opens and completes uploads in parts.
          actions: ['s3:PutObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
          resources: [$interpolate`${storage.incoming.arn}/${incomingKeys}`],
        },
        // Tells whether an upload became an object; reading what is in it stays forbidden.
        { actions: ['s3:ListBucket'], resources: [storage.incoming.arn] },
        { actions: ['sqs:SendMessage'], resources: [queues.mail.arn] },
      ],
    }).json,
  })
  const [signing] = settings.workerKeys.map(
    (generation) => new aws.iam.AccessKey(`WorkerKey${generation}`, { user: user.name }),
  )
  if (signing === undefined) throw new Error('There must be a key that signs.')
  return { accessKeyId: signing.id, secretAccessKey: $util.secret(signing.secret) }
}
