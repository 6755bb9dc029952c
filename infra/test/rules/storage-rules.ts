import { at, listAt, readPolicy, textAt, listResourcePolicies, type Graph, type Statement } from '../graph.ts'
import type { Resource } from '../recorder/recorded.ts'
import { isSame, unless, type Rule } from './rule.ts'

const buckets = (graph: Graph) => graph.all('s3/bucket:Bucket')
const bucketOf = (graph: Graph, part: 'incoming' | 'media'): Resource =>
  graph.need('s3/bucket:Bucket', `shoebox-${graph.stage}-${part}`)

const settingsOf = (graph: Graph, type: string, bucket: Resource): Resource[] =>
  graph.all(type).filter(({ inputs }) => inputs['bucket'] === bucket.outputs['bucket'])

const policyOf = (graph: Graph, bucket: Resource): Statement[] =>
  settingsOf(graph, 's3/bucketPolicy:BucketPolicy', bucket).flatMap(({ inputs }) => readPolicy(inputs['policy']))

const closed = ['blockPublicAcls', 'blockPublicPolicy', 'ignorePublicAcls', 'restrictPublicBuckets']

const denies = (statements: readonly Statement[], resources: readonly string[]): boolean =>
  statements.some(
    ({ effect, principals, conditions, ...statement }) =>
      effect === 'Deny' &&
      principals === '*' &&
      textAt(conditions, 'Bool.aws:SecureTransport') === 'false' &&
      resources.every((resource) => statement.resources.includes(resource)),
  )

export const storageRules: readonly Rule[] = [
  {
    name: 'there are two buckets',
    find: (graph) =>
      isSame(
        buckets(graph).map(({ name }) => name),
        ['incoming', 'media'].map((part) => `shoebox-${graph.stage}-${part}`),
      )
        ? []
        : [
            `buckets: ${buckets(graph)
              .map(({ name }) => name)
              .join(', ')}`,
          ],
  },
  {
    name: 'no bucket is public',
    find: (graph) => [
      ...unless(
        buckets(graph),
        (bucket) => {
          const [block, ...more] = settingsOf(graph, 's3/bucketPublicAccessBlock:BucketPublicAccessBlock', bucket)
          return block !== undefined && more.length === 0 && closed.every((key) => block.inputs[key] === true)
        },
        ({ name }) => `${name} does not block public access`,
      ),
      ...unless(
        buckets(graph),
        (bucket) =>
          settingsOf(graph, 's3/bucketOwnershipControls:BucketOwnershipControls', bucket).some(
            ({ inputs }) => textAt(inputs, 'rule.objectOwnership') === 'BucketOwnerEnforced',
          ),
        ({ name }) => `${name} still has access lists`,
      ),
      ...['s3/bucketAcl:BucketAcl', 's3/bucketWebsiteConfiguration:BucketWebsiteConfiguration']
        .flatMap((type) => graph.all(type))
        .map(({ name }) => `${name} opens a bucket`),
    ],
  },
  {
    name: 'nothing is granted to everybody',
    find: (graph) =>
      listResourcePolicies(graph).flatMap(({ resource, statements }) =>
        unless(
          statements.filter(({ effect }) => effect === 'Allow'),
          ({ principals }) =>
            isSame(Object.keys(principals ?? {}), ['Service']) && textAt(principals, 'Service') !== '',
          () => `${resource.name} lets in more than a service`,
        ),
      ),
  },
  {
    name: 'a service is let in only for a thing of ours',
    find: (graph) =>
      listResourcePolicies(graph).flatMap(({ resource, statements }) =>
        unless(
          statements.filter(({ effect }) => effect === 'Allow'),
          ({ conditions }) => {
            const source =
              textAt(conditions, 'ArnEquals.aws:SourceArn') || textAt(conditions, 'ArnEquals.AWS:SourceArn')
            return source.startsWith('arn:aws:') && !source.includes('*')
          },
          () => `${resource.name} lets a service in without saying for what`,
        ),
      ),
  },
  {
    name: 'buckets and queues speak TLS only',
    find: (graph) => [
      ...unless(
        buckets(graph),
        (bucket) =>
          denies(policyOf(graph, bucket), [textAt(bucket.outputs, 'arn'), `${textAt(bucket.outputs, 'arn')}/*`]),
        ({ name }) => `${name} answers without TLS`,
      ),
      ...unless(
        graph.all('sqs/queue:Queue').filter(({ name }) => name !== 'MailReturnsQueue'),
        ({ outputs }) =>
          graph
            .all('sqs/queuePolicy:QueuePolicy')
            .some(
              ({ inputs }) =>
                inputs['queueUrl'] === outputs['url'] && denies(readPolicy(inputs['policy']), [textAt(outputs, 'arn')]),
            ),
        ({ name }) => `${name} answers without TLS`,
      ),
    ],
  },
  {
    name: 'nothing is versioned',
    find: (graph) =>
      graph.all('s3/bucketVersioning:BucketVersioning').map(({ name }) => `${name} keeps what was deleted`),
  },
  {
    name: 'browsers may put from the site alone, and read what they must',
    find: (graph) => {
      const rules = graph.all('s3/bucketCorsConfiguration:BucketCorsConfiguration')
      const incoming = bucketOf(graph, 'incoming').outputs['bucket']
      const [only] = rules.flatMap(({ inputs }) => listAt(inputs, 'corsRules'))
      const expected = {
        allowedHeaders: ['content-type', 'if-none-match', 'x-amz-checksum-sha256', 'x-amz-meta-request-id'],
        allowedMethods: ['PUT'],
        allowedOrigins: [graph.outputs['site']],
        exposeHeaders: ['ETag', 'x-amz-checksum-sha256'],
      }
      const isRight =
        rules.length === 1 &&
        listAt(rules[0]?.inputs, 'corsRules').length === 1 &&
        rules[0]?.inputs['bucket'] === incoming &&
        Object.entries(expected).every(([key, value]) => isSame(at(only, key), value))
      return isRight
        ? []
        : [`CORS is not what the site needs and no more: ${JSON.stringify(rules.map(({ inputs }) => inputs))}`]
    },
  },
  {
    name: 'what is incoming expires, and unfinished uploads are aborted',
    find: (graph) => {
      const enabled = (bucket: Resource) =>
        settingsOf(graph, 's3/bucketLifecycleConfiguration:BucketLifecycleConfiguration', bucket)
          .flatMap(({ inputs }) => listAt(inputs, 'rules'))
          .filter((rule) => at(rule, 'status') === 'Enabled' && textAt(rule, 'filter.prefix') === '')
      const aborts = (bucket: Resource) =>
        enabled(bucket).some((rule) => at(rule, 'abortIncompleteMultipartUpload.daysAfterInitiation') === 7)
      const expires = (bucket: Resource) => enabled(bucket).flatMap((rule) => listAt(rule, 'expiration.days'))
      return [
        ...unless(buckets(graph), aborts, ({ name }) => `${name} keeps the parts of unfinished uploads`),
        ...(isSame(expires(bucketOf(graph, 'incoming')), [30]) ? [] : ['incoming objects do not expire after 30 days']),
        ...(isSame(expires(bucketOf(graph, 'media')), []) ? [] : ['media expire']),
      ]
    },
  },
  {
    name: 'nobody changes or removes an anchor of the audit log',
    find: (graph) => {
      const media = bucketOf(graph, 'media')
      const refused = policyOf(graph, media).filter(
        ({ effect, principals, resources }) =>
          effect === 'Deny' && principals === '*' && isSame(resources, [`${textAt(media.outputs, 'arn')}/a/*.json`]),
      )
      const isRefused = (action: string, conditions: unknown) =>
        refused.some((statement) => isSame(statement.actions, [action]) && isSame(statement.conditions, conditions))
      return [
        ...(isRefused('s3:DeleteObject', undefined) ? [] : ['anchors may be removed']),
        ...(isRefused('s3:PutObject', { Null: { 's3:if-none-match': 'true' } }) ? [] : ['anchors may be written over']),
      ]
    },
  },
  {
    name: 'only the own distribution reads media, and only what is shown',
    find: (graph) => {
      const media = bucketOf(graph, 'media')
      const allowed = policyOf(graph, media).filter(({ effect }) => effect === 'Allow')
      const arn = textAt(media.outputs, 'arn')
      const [distribution] = graph.all('cloudfront/distribution:Distribution')
      const isRight =
        allowed.length === 1 &&
        isSame(allowed[0]?.principals, { Service: 'cloudfront.amazonaws.com' }) &&
        isSame(allowed[0]?.actions, ['s3:GetObject']) &&
        isSame(allowed[0]?.resources, [`${arn}/o/med_*`, `${arn}/v/med_*`, `${arn}/x/usr_*/exp_*`, `${arn}/e/evd_*`]) &&
        isSame(allowed[0]?.conditions, { ArnEquals: { 'AWS:SourceArn': distribution?.outputs['arn'] } })
      const others = policyOf(graph, bucketOf(graph, 'incoming')).filter(({ effect }) => effect === 'Allow')
      return [
        ...(isRight ? [] : [`media may be read otherwise: ${JSON.stringify(allowed)}`]),
        ...others.map((statement) => `incoming is opened: ${statement.actions.join(', ')}`),
      ]
    },
  },
  {
    name: 'production is kept, everything else goes with its stage',
    find: (graph) => {
      const { isProduction } = graph
      return unless(
        [...buckets(graph), ...graph.all('index/project:Project')],
        ({ inputs, isProtected, isRetained }) =>
          isProtected === isProduction &&
          isRetained === isProduction &&
          (inputs['forceDestroy'] ?? !isProduction) === !isProduction,
        ({ name }) => `${name} is ${isProduction ? 'not kept' : 'kept for ever'}`,
      )
    },
  },
]
