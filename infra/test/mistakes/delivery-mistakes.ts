import { set, type Mistake } from '../plant.ts'

export const deliveryMistakes: readonly Mistake[] = [
  [
    'a missing key group',
    set('DeliveryDistribution', 'defaultCacheBehavior.trustedKeyGroups', undefined),
    'every path of the delivery asks for a signature',
  ],
  [
    'originals without a signature',
    set('DeliveryDistribution', 'orderedCacheBehaviors.0.trustedKeyGroups', []),
    'every path of the delivery asks for a signature',
  ],
  [
    'a path without TLS',
    set('DeliveryDistribution', 'orderedCacheBehaviors.1.viewerProtocolPolicy', 'allow-all'),
    'every path of the delivery is read-only, over TLS, and with our headers',
  ],
  [
    'a path that takes PUT',
    set('DeliveryDistribution', 'defaultCacheBehavior.allowedMethods', [
      'GET',
      'HEAD',
      'OPTIONS',
      'PUT',
      'POST',
      'PATCH',
      'DELETE',
    ]),
    'every path of the delivery is read-only, over TLS, and with our headers',
  ],
  [
    'an old TLS',
    set('DeliveryDistribution', 'viewerCertificate.minimumProtocolVersion', 'TLSv1'),
    'the delivery proves its own name, with TLS 1.2 or later',
  ],
  [
    "another name's certificate",
    set('DeliverySslCertificate', 'domainName', 'example.org'),
    'the delivery proves its own name, with TLS 1.2 or later',
  ],
  [
    'one copy per viewer',
    set('PicturesCache', 'parametersInCacheKeyAndForwardedToOrigin.queryStringsConfig.queryStringBehavior', 'all'),
    'each kind has its own cache policy, which no signature gets into',
  ],
  [
    'a copy for ever',
    set('OriginalsCache', 'maxTtl', 31_536_000),
    'each kind has its own cache policy, which no signature gets into',
  ],
  [
    'an origin read without a signature',
    set('MediaAccess', 'signingBehavior', 'never'),
    'the delivery reads the media bucket with its own signature',
  ],
  [
    'the wrong bucket delivered',
    set('DeliveryDistribution', 'origins.0.domainName', 'shoebox-production-incoming.s3.us-east-1.amazonaws.com'),
    'the delivery reads the media bucket with its own signature',
  ],
  [
    'a signing key that is not accepted',
    set('DeliveryKeys', 'items', []),
    'the key that signs is one that is accepted, and it is EC P-256',
  ],
  [
    'an RSA key',
    set('DeliveryKey1', 'algorithm', 'RSA'),
    'the key that signs is one that is accepted, and it is EC P-256',
  ],
  [
    'a file that may be a page',
    set('DeliveryHeaders', 'securityHeadersConfig.contentTypeOptions', undefined),
    'a delivered file can never be a page',
  ],
  [
    'pictures for every site',
    set('DeliveryHeaders', 'corsConfig.accessControlAllowOrigins.items', ['*']),
    'a delivered file can never be a page',
  ],
]
