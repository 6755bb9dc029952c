import { createPublicKey } from 'node:crypto'
import { at, listAt, textAt, texts, type Graph } from '../graph.ts'
import type { Plain } from '../recorder/wire.ts'
import { isSame, unless, type Rule } from './rule.ts'

const distribution = (graph: Graph) => graph.need('cloudfront/distribution:Distribution', 'DeliveryDistribution')

const behaviours = (graph: Graph): { readonly path: string; readonly behaviour: Plain }[] => [
  { path: '*', behaviour: at(distribution(graph).inputs, 'defaultCacheBehavior') },
  ...listAt(distribution(graph).inputs, 'orderedCacheBehaviors').map((behaviour) => ({
    path: textAt(behaviour, 'pathPattern'),
    behaviour,
  })),
]

/** Nothing of a query, or under which name a file is to be saved: what signs stays out. */
const handsOnNamesAlone = (config: Plain): boolean =>
  textAt(config, 'queryStringBehavior') === 'none' ||
  (textAt(config, 'queryStringBehavior') === 'whitelist' &&
    isSame(at(config, 'queryStrings.items'), ['response-content-disposition']))

export const deliveryRules: readonly Rule[] = [
  {
    name: 'every path of the delivery asks for a signature',
    find: (graph) => {
      const groups = graph.all('cloudfront/keyGroup:KeyGroup')
      return [
        ...(groups.length === 1 && graph.all('cloudfront/distribution:Distribution').length === 1
          ? []
          : ['more than one delivery']),
        ...unless(
          behaviours(graph),
          ({ behaviour }) =>
            isSame(at(behaviour, 'trustedKeyGroups'), [groups[0]?.id]) &&
            listAt(behaviour, 'trustedSigners').length === 0,
          ({ path }) => `${path} is open to everybody`,
        ),
      ]
    },
  },
  {
    name: 'every path of the delivery is read-only, over TLS, and with our headers',
    find: (graph) =>
      unless(
        behaviours(graph),
        ({ behaviour }) =>
          at(behaviour, 'viewerProtocolPolicy') === 'https-only' &&
          isSame(at(behaviour, 'allowedMethods'), ['GET', 'HEAD']) &&
          at(behaviour, 'responseHeadersPolicyId') ===
            graph.all('cloudfront/responseHeadersPolicy:ResponseHeadersPolicy')[0]?.id &&
          at(behaviour, 'targetOriginId') === 'media',
        ({ path }) => `${path} is served otherwise`,
      ),
  },
  {
    name: 'the delivery proves its own name, with TLS 1.2 or later',
    find: (graph) => {
      const { inputs } = distribution(graph)
      const names = texts(listAt(inputs, 'aliases'))
      const certificate = at(inputs, 'viewerCertificate')
      const issued = graph.all('acm/certificate:Certificate')
      const isRight =
        names.length === 0
          ? at(certificate, 'cloudfrontDefaultCertificate') === true
          : isSame(
              issued.map(({ inputs: asked }) => textAt(asked, 'domainName')),
              names,
            ) &&
            textAt(certificate, 'acmCertificateArn') === issued[0]?.outputs['arn'] &&
            /^TLSv1\.[23]_20(2[1-9]|[3-9]\d)$/.test(textAt(certificate, 'minimumProtocolVersion'))
      return isRight ? [] : [`certificate: ${JSON.stringify(certificate)}`]
    },
  },
  {
    name: 'each kind has its own cache policy, which no signature gets into',
    find: (graph) => {
      const policies = graph.all('cloudfront/cachePolicy:CachePolicy')
      const key = 'parametersInCacheKeyAndForwardedToOrigin'
      return [
        ...(isSame(
          behaviours(graph).map(({ path }) => path),
          ['*', 'o/*', 'v/*/play*', 'v/*/copy', 'x/*', 'e/*'],
        )
          ? []
          : ['other paths than planned']),
        ...(new Set(behaviours(graph).map(({ behaviour }) => textAt(behaviour, 'cachePolicyId'))).size === 4
          ? []
          : ['kinds share a policy']),
        ...unless(
          behaviours(graph),
          ({ behaviour }) => policies.some(({ id }) => id === textAt(behaviour, 'cachePolicyId')),
          ({ path }) => `${path} has a cache policy of somebody else`,
        ),
        ...unless(
          policies,
          ({ inputs }) =>
            textAt(inputs, `${key}.cookiesConfig.cookieBehavior`) === 'none' &&
            textAt(inputs, `${key}.headersConfig.headerBehavior`) === 'none' &&
            handsOnNamesAlone(at(inputs, `${key}.queryStringsConfig`)) &&
            inputs['minTtl'] === 0 &&
            Number(inputs['maxTtl']) <= 30 * 86_400,
          ({ name }) => `${name} would keep one copy per viewer, or one for ever`,
        ),
      ]
    },
  },
  {
    name: 'the delivery reads the media bucket with its own signature',
    find: (graph) => {
      const access = graph.all('cloudfront/originAccessControl:OriginAccessControl')
      const [control] = access
      const bucket = graph.need('s3/bucket:Bucket', `shoebox-${graph.stage}-media`)
      const isRight =
        access.length === 1 &&
        control?.inputs['signingBehavior'] === 'always' &&
        control.inputs['signingProtocol'] === 'sigv4' &&
        control.inputs['originAccessControlOriginType'] === 's3' &&
        isSame(at(distribution(graph).inputs, 'origins'), [
          {
            domainName: bucket.outputs['bucketRegionalDomainName'],
            originAccessControlId: control.id,
            originId: 'media',
          },
        ]) &&
        at(distribution(graph).inputs, 'enabled') === true
      return isRight ? [] : ['CloudFront cannot read media, or reads something else']
    },
  },
  {
    name: 'the key that signs is one that is accepted, and it is EC P-256',
    find: (graph) => {
      const keys = graph.all('cloudfront/publicKey:PublicKey')
      const group = graph.all('cloudfront/keyGroup:KeyGroup')[0]
      const bindings = listAt(graph.need('index/workerVersion:WorkerVersion', 'SiteVersion').inputs, 'bindings')
      const bound = (name: string) =>
        textAt(
          bindings.find((binding) => textAt(binding, 'name') === name),
          'text',
        )
      const signing = keys.find(({ id }) => id === bound('DELIVERY_KEY_PAIR_ID'))
      const publicOf = (pem: string) => createPublicKey(pem).export({ type: 'spki', format: 'pem' })
      const isPair =
        signing !== undefined &&
        bound('DELIVERY_PRIVATE_KEY').includes('PRIVATE KEY') &&
        publicOf(bound('DELIVERY_PRIVATE_KEY')) === publicOf(textAt(signing.inputs, 'encodedKey'))
      return [
        ...(isSame(texts(listAt(group?.inputs, 'items')).sort(), keys.map(({ id }) => id).sort())
          ? []
          : ['a key is not accepted']),
        ...(isPair ? [] : ['the Worker signs with a key that CloudFront does not know by that name']),
        ...unless(
          keys,
          ({ inputs }) =>
            createPublicKey(textAt(inputs, 'encodedKey')).asymmetricKeyDetails?.namedCurve === 'prime256v1',
          ({ name }) => `${name} is not P-256`,
        ),
        ...unless(
          graph.all('index/privateKey:PrivateKey'),
          ({ inputs }) => inputs['algorithm'] === 'ECDSA' && inputs['ecdsaCurve'] === 'P256',
          ({ name }) => `${name} is not P-256`,
        ),
      ]
    },
  },
  {
    name: 'a delivered file can never be a page',
    find: (graph) => {
      const [policy, ...more] = graph.all('cloudfront/responseHeadersPolicy:ResponseHeadersPolicy')
      const security = at(policy?.inputs, 'securityHeadersConfig')
      const cors = at(policy?.inputs, 'corsConfig')
      const isRight =
        more.length === 0 &&
        at(security, 'contentTypeOptions.override') === true &&
        textAt(security, 'contentSecurityPolicy.contentSecurityPolicy') === "default-src 'none'; sandbox" &&
        at(security, 'contentSecurityPolicy.override') === true &&
        Number(at(security, 'strictTransportSecurity.accessControlMaxAgeSec')) >= 31_536_000 &&
        isSame(at(cors, 'accessControlAllowOrigins.items'), [graph.outputs['site']]) &&
        isSame(at(cors, 'accessControlAllowMethods.items'), ['GET', 'HEAD']) &&
        at(cors, 'accessControlAllowCredentials') === false
      return isRight ? [] : ['the delivery sends other headers']
    },
  },
]
