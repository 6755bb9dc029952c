// How people get pictures: CloudFront in front of the media bucket, for signed requests only. The bucket answers this
// one distribution and nobody else. Signatures stand in the query, which CloudFront strips before it looks in its cache,
// so everybody shares one cached picture whatever their signature.
import { evidenceKeys, exportKeys, mediaKeys, titleOf } from './plan.ts'
import { closeBucket, type Storage } from './storage.ts'
import type { Settings } from './settings.ts'

export type Delivery = {
  readonly origin: $util.Output<string>
  /** Of the key that signs. */
  readonly keyPairId: $util.Output<string>
  /** PKCS#8 PEM, EC P-256. */
  readonly privateKey: $util.Output<string>
  readonly distribution: $util.Output<aws.cloudfront.Distribution>
}

const daySeconds = 24 * 60 * 60

export function createDelivery(settings: Settings, storage: Storage): Delivery {
  const keys = settings.deliveryKeys.map(createKey)
  const [signing] = keys
  if (signing === undefined) throw new Error('There must be a key that signs.')
  const keyGroup = new aws.cloudfront.KeyGroup('DeliveryKeys', {
    name: `${$app.name}-${$app.stage}`,
    items: keys.map(({ publicKey }) => publicKey.id),
  })
  const distribution = createDistribution(settings, storage, keyGroup)
  closeBucket('media', storage.media, [
    {
      sid: 'OwnDistributionReads',
      principals: [{ type: 'Service', identifiers: ['cloudfront.amazonaws.com'] }],
      actions: ['s3:GetObject'],
      resources: [...mediaKeys, exportKeys, evidenceKeys].map(
        (pattern) => $interpolate`${storage.media.arn}/${pattern}`,
      ),
      // Without it, every distribution of every account could read.
      conditions: [{ test: 'ArnEquals', variable: 'AWS:SourceArn', values: [distribution.arn] }],
    },
  ])
  return {
    origin: $interpolate`https://${settings.mediaDomain ?? distribution.domainName}`,
    keyPairId: signing.publicKey.id,
    privateKey: $util.secret(signing.key.privateKeyPemPkcs8),
    distribution,
  }
}

/** ECDSA signs in 0.1 ms where RSA takes 0.8, and its signature is a fifth as long. */
function createKey(generation: number) {
  const key = new tls.PrivateKey(`DeliveryKey${generation}`, { algorithm: 'ECDSA', ecdsaCurve: 'P256' })
  const publicKey = new aws.cloudfront.PublicKey(`DeliveryPublicKey${generation}`, {
    name: `${$app.name}-${$app.stage}-${generation}`,
    encodedKey: key.publicKeyPem,
  })
  return { key, publicKey }
}

/**
 * What differs by kind is how long a copy may be kept: a generation never changes, but a taken-down one must end. And
 * whether S3 is told under which name a file is to be saved; the signature of what is not shown covers that name.
 */
const kinds = {
  pictures: { keptSeconds: 30 * daySeconds, handsOn: [] },
  recordings: { keptSeconds: 7 * daySeconds, handsOn: ['response-content-disposition'] },
  originals: { keptSeconds: daySeconds, handsOn: ['response-content-disposition'] },
  evidence: { keptSeconds: daySeconds, handsOn: [] },
} as const

function createDistribution(settings: Settings, storage: Storage, keyGroup: aws.cloudfront.KeyGroup) {
  const access = new aws.cloudfront.OriginAccessControl('MediaAccess', {
    name: `${$app.name}-${$app.stage}-media`,
    originAccessControlOriginType: 's3',
    signingBehavior: 'always',
    signingProtocol: 'sigv4',
  })
  const headers = createHeaders(settings)
  const kept = {
    pictures: createCachePolicy('pictures'),
    recordings: createCachePolicy('recordings'),
    originals: createCachePolicy('originals'),
    evidence: createCachePolicy('evidence'),
  }
  const behave = (kind: keyof typeof kinds) => ({
    targetOriginId: 'media',
    viewerProtocolPolicy: 'https-only',
    allowedMethods: ['GET', 'HEAD'],
    cachedMethods: ['GET', 'HEAD'],
    // WebP, JPEG, video and audio are compressed as they are.
    compress: false,
    trustedKeyGroups: [keyGroup.id],
    responseHeadersPolicyId: headers.id,
    cachePolicyId: kept[kind].id,
  })
  const cdn = new sst.aws.Cdn('Delivery', {
    comment: `${$app.name} ${$app.stage}: media`,
    origins: [
      {
        originId: 'media',
        domainName: storage.media.bucketRegionalDomainName,
        originAccessControlId: access.id,
      },
    ],
    defaultCacheBehavior: behave('pictures'),
    orderedCacheBehaviors: [
      { pathPattern: 'o/*', ...behave('originals') },
      { pathPattern: 'v/*/play*', ...behave('recordings') },
      { pathPattern: 'v/*/copy', ...behave('recordings') },
      { pathPattern: 'x/*', ...behave('originals') },
      { pathPattern: 'e/*', ...behave('evidence') },
    ],
    ...(settings.mediaDomain === null ? {} : { domain: { name: settings.mediaDomain, dns: sst.cloudflare.dns() } }),
    // A first deployment would wait ten minutes for every edge location.
    wait: false,
    transform: { distribution: { priceClass: 'PriceClass_100', httpVersion: 'http2and3', isIpv6Enabled: true } },
  })
  return cdn.nodes.distribution
}

function createCachePolicy(kind: keyof typeof kinds): aws.cloudfront.CachePolicy {
  const title = titleOf(kind)
  const { keptSeconds, handsOn } = kinds[kind]
  return new aws.cloudfront.CachePolicy(`${title}Cache`, {
    name: `${$app.name}-${$app.stage}-${kind}`,
    minTtl: 0,
    defaultTtl: keptSeconds,
    maxTtl: keptSeconds,
    parametersInCacheKeyAndForwardedToOrigin: {
      cookiesConfig: { cookieBehavior: 'none' },
      headersConfig: { headerBehavior: 'none' },
      queryStringsConfig:
        handsOn.length === 0
          ? { queryStringBehavior: 'none' }
          : { queryStringBehavior: 'whitelist', queryStrings: { items: [...handsOn] } },
      enableAcceptEncodingBrotli: false,
      enableAcceptEncodingGzip: false,
    },
  })
}

/** An uploaded file must stay a file: never a page that runs, never guessed to be one. */
function createHeaders({ siteOrigin }: Settings): aws.cloudfront.ResponseHeadersPolicy {
  return new aws.cloudfront.ResponseHeadersPolicy('DeliveryHeaders', {
    name: `${$app.name}-${$app.stage}-media`,
    corsConfig: {
      accessControlAllowCredentials: false,
      accessControlAllowHeaders: { items: ['range'] },
      accessControlAllowMethods: { items: ['GET', 'HEAD'] },
      accessControlAllowOrigins: { items: [siteOrigin] },
      accessControlExposeHeaders: { items: ['content-length', 'content-range', 'etag'] },
      accessControlMaxAgeSec: 3600,
      originOverride: true,
    },
    securityHeadersConfig: {
      contentTypeOptions: { override: true },
      contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'; sandbox", override: true },
      frameOptions: { frameOption: 'DENY', override: true },
      referrerPolicy: { referrerPolicy: 'no-referrer', override: true },
      strictTransportSecurity: { accessControlMaxAgeSec: 730 * daySeconds, includeSubdomains: true, override: true },
    },
    customHeadersConfig: {
      items: [{ header: 'Cross-Origin-Resource-Policy', value: 'cross-origin', override: true }],
    },
  })
}
