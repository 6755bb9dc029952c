// The copies that CloudFront keeps at its edges.
import { CloudFrontClient, CreateInvalidationCommand, GetInvalidationCommand } from '@aws-sdk/client-cloudfront'
import type { EdgeCopies } from '../purge/purge-deletions.ts'
import { clientSettings } from './client-settings.ts'

/** CloudFront is asked in the one region where it has an API. */
const createClient = (): CloudFrontClient => new CloudFrontClient({ ...clientSettings(), region: 'us-east-1' })

export const createCloudFrontCopies = (DistributionId: string, client = createClient()): EdgeCopies => ({
  async invalidate(paths, reference) {
    // The same reference with the same paths is the same invalidation, however often it is asked for.
    const InvalidationBatch = { CallerReference: reference, Paths: { Quantity: paths.length, Items: [...paths] } }
    const { Invalidation } = await client.send(new CreateInvalidationCommand({ DistributionId, InvalidationBatch }))
    if (Invalidation?.Id === undefined) throw new Error('CloudFront did not name the invalidation')
    return Invalidation.Id
  },

  async isInvalidated(Id) {
    const { Invalidation } = await client.send(new GetInvalidationCommand({ DistributionId, Id }))
    return Invalidation?.Status === 'Completed'
  },
})
