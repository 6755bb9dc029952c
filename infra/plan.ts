// What runs and what it may do, as data: one entry per queue, per Lambda and per schedule. The resources are made from
// this (queues.ts, lambdas.ts, alarms.ts), and the tests hold the resolved deployment against it. The local cloud takes its
// figures from here too (local/lambda/declare-functions.ts, local/s3/declare-buckets.ts). Adding a Lambda is
// its entry here and its `.lambda.ts`; what a right or a variable stands for is a line in lambda-surroundings.ts.

export type Grant =
  | 'readIncoming'
  | 'deleteIncoming'
  | 'abortIncoming'
  | 'tellAbsent'
  | 'listIncoming'
  | 'listMedia'
  | 'readMedia'
  | 'writeMedia'
  | 'deleteMedia'
  | 'invalidateDelivery'
  | 'readShown'
  | 'keepEvidence'
  | 'abortPlay'
  | 'sendUploads'
  | 'sendOutcomes'
  | 'sendVideos'
  | 'sendMail'
  | 'queueMail'
  | 'writeExports'
  | 'readAnchors'
  | 'writeAnchors'
  | 'putCanary'
  | 'readCanary'
  | 'deleteCanary'
  | 'measureQueues'
  | 'readMetrics'
  | 'sendNotices'

export type Variable =
  | 'INCOMING_BUCKET'
  | 'MEDIA_BUCKET'
  | 'OUTCOMES_QUEUE_URL'
  | 'VIDEOS_QUEUE_URL'
  | 'UPLOADS_QUEUE_URL'
  | 'DATABASE_URL'
  | 'AUDIT_HMAC_KEY'
  | 'DIRECT_DATABASE_URL'
  | 'MAIL_QUEUE_URL'
  | 'MAIL_FROM'
  | 'SITE_ORIGIN'
  | 'DELIVERY_DISTRIBUTION_ID'
  | 'QUEUES'
  | 'NOTICES_QUEUE_URL'
  | 'PUSH_PRIVATE_KEY'
  | 'LINK_HMAC_KEY'

export type QueuePlan = {
  /** How long the oldest message may wait before someone is told. */
  readonly oldestMessageSecondsMax: number
}

export const queues = {
  uploads: { oldestMessageSecondsMax: 15 * 60 },
  videos: { oldestMessageSecondsMax: 30 * 60 },
  outcomes: { oldestMessageSecondsMax: 10 * 60 },
  mail: { oldestMessageSecondsMax: 5 * 60 },
  // What SES says of mails that came back or were called unwanted.
  bounces: { oldestMessageSecondsMax: 30 * 60 },
  // Pushes and digests on their way out.
  notices: { oldestMessageSecondsMax: 10 * 60 },
} as const satisfies Record<string, QueuePlan>

export type QueueName = keyof typeof queues

/** Keys of the incoming bucket are `<user>/<item>`, of the media bucket originals and what people are shown. */
export const incomingKeys = 'usr_*/med_*'
export const mediaKeys = ['o/med_*', 'v/med_*'] as const
/** Whatever the canary writes: its ids begin like no others. */
export const canaryIncomingKeys = 'usr_00000000-0000-7000-8000-00000000ca11/med_00000000-0000-7*'
export const canaryMediaKeys = ['o/med_00000000-0000-7*', 'v/med_00000000-0000-7*'] as const
/** What people asked for of their own data, by person. */
export const exportKeys = 'x/usr_*/exp_*'
/** What people are shown, and copies of that which are kept to judge a report by. */
export const shownKeys = 'v/med_*'
export const evidenceKeys = 'e/evd_*'
/** Where the audit log was seen to stand. */
export const anchorKeys = 'a/*.json'
/** The copy of a film or sound that is played. */
export const playKeys = 'v/med_*/*/play'

/** By bucket, in days: how long an object stays, and the parts of an upload that nobody completes. */
export const lifecycles = {
  // Dead letters keep their messages 14 days, and someone needs time to act on them.
  incoming: { expireAfterDays: 30, abortMultipartAfterDays: 7 },
  // The copy of a film that is played is assembled in parts.
  media: { abortMultipartAfterDays: 7 },
} as const

/** A message is tried this often before it rests in the dead-letter queue, where it stays for 14 days. */
export const receivesMax = 5
export const deadLetterSeconds = 14 * 24 * 60 * 60

/** Amazon's advice: a message stays hidden six times as long as its consumer may run, or it is handed out twice. */
export const visibilityTimeouts = 6

export type Consumption = {
  readonly queue: QueueName
  readonly batch: number
  /** How long SQS may wait for a batch to fill; above 10 messages it asks for at least one second. */
  readonly windowSeconds: number
  /** How many run at a time, at most; Amazon's smallest is 2. */
  readonly concurrencyMax: number
}

export type LambdaPlan = {
  /** Absent for one that is called directly. */
  readonly consumes?: Consumption
  /** For one that the clock calls. */
  readonly everyMinutes?: number
  readonly memoryMb: number
  readonly timeoutSeconds: number
  /** Folder of natives/ whose packages are installed for the Lambda's own processor. */
  readonly natives?: 'sharp' | 'video'
  readonly variables: readonly Variable[]
  /** Beyond its own log and its own queue, nothing else. */
  readonly may: readonly Grant[]
}

/** By the name of the entry: `apps/processor/src/<name>.lambda.ts`. */
export const lambdas = {
  inspect: {
    // One message at a time: a decode needs the whole Lambda, and a slow neighbour must not hold up a small picture.
    consumes: { queue: 'uploads', batch: 1, windowSeconds: 0, concurrencyMax: 50 },
    // The heaviest legal picture, a PNG of 120 megapixels, 16 bits and alpha, interlaced, is what ADR 11 says;
    // three quarters of this are 1536. From 1769 MB on there is a whole processor.
    memoryMb: 2048,
    // A picture has 30 s to decode and a second try if it crashes the decoder; of a bare sound that ends in something else,
    // all 200 MB are streamed past once.
    timeoutSeconds: 120,
    natives: 'sharp',
    variables: ['INCOMING_BUCKET', 'MEDIA_BUCKET', 'OUTCOMES_QUEUE_URL', 'VIDEOS_QUEUE_URL'],
    may: ['readIncoming', 'tellAbsent', 'readMedia', 'writeMedia', 'sendOutcomes', 'sendVideos'],
  },
  video: {
    consumes: { queue: 'videos', batch: 1, windowSeconds: 0, concurrencyMax: 20 },
    // FFmpeg and the picture decoder are processes of their own beside Node. The heaviest legal film, in 8K with 16
    // pictures to refer to, takes what ADR 11 says; three quarters of this are 2256 MB. Processors come with memory.
    memoryMb: 3008,
    // Reading takes at most 45 s of a film and 165 s of a sound; looking for what `play` may not hold ends in time for the
    // copies inside S3 (process-timed-media says when).
    timeoutSeconds: 300,
    natives: 'video',
    variables: ['INCOMING_BUCKET', 'MEDIA_BUCKET', 'OUTCOMES_QUEUE_URL'],
    may: ['readIncoming', 'tellAbsent', 'readMedia', 'writeMedia', 'abortPlay', 'sendOutcomes'],
  },
  persist: {
    // Each holds one connection, so this is also the number of connections: what a database proxy would otherwise be for.
    consumes: { queue: 'outcomes', batch: 100, windowSeconds: 1, concurrencyMax: 4 },
    // Waits for the database nearly all the time; 512 MB halves the cold start against 256.
    memoryMb: 512,
    // One statement of at most 10 s, and the same again message by message when one of them is refused.
    timeoutSeconds: 60,
    variables: ['DATABASE_URL'],
    may: [],
  },
  mail: {
    // Two at a time stay below the 14 mails a second that SES gives a new account.
    consumes: { queue: 'mail', batch: 10, windowSeconds: 0, concurrencyMax: 2 },
    // Ten mails in hand, and the rest of the time waiting for SES.
    memoryMb: 256,
    // Ten mails at 4 attempts each.
    timeoutSeconds: 60,
    variables: ['MAIL_FROM', 'SITE_ORIGIN', 'DATABASE_URL'],
    may: ['sendMail'],
  },
  bounces: {
    consumes: { queue: 'bounces', batch: 10, windowSeconds: 0, concurrencyMax: 2 },
    // Ten small messages in hand, and the rest of the time waiting for the database.
    memoryMb: 256,
    // Ten statements of at most 10 s, of which none takes one.
    timeoutSeconds: 60,
    variables: ['DATABASE_URL'],
    may: [],
  },
  janitor: {
    everyMinutes: 5,
    // One page of keys at a time; reading S3's XML is what it computes, and processor comes with memory.
    memoryMb: 512,
    // Takes nothing new after 200 s; what it does not reach, the next round does.
    timeoutSeconds: 240,
    variables: ['INCOMING_BUCKET', 'UPLOADS_QUEUE_URL', 'DATABASE_URL'],
    may: ['readIncoming', 'deleteIncoming', 'abortIncoming', 'listIncoming', 'sendUploads'],
  },
  canary: {
    everyMinutes: 15,
    // Three samples of some kilobytes.
    memoryMb: 256,
    // Waits 100 s for its files and then removes them.
    timeoutSeconds: 150,
    variables: ['INCOMING_BUCKET', 'MEDIA_BUCKET', 'DATABASE_URL'],
    may: ['putCanary', 'tellAbsent', 'readCanary', 'deleteCanary'],
  },
  // The one that may delete what people have, and nothing else than that.
  purge: {
    everyMinutes: 1,
    // One page of keys at a time, as the janitor; S3 itself makes the copies that are kept.
    memoryMb: 512,
    // Takes nothing new after 50 s; what it works on then is at most a few thousand objects.
    timeoutSeconds: 120,
    variables: ['INCOMING_BUCKET', 'MEDIA_BUCKET', 'DATABASE_URL', 'DELIVERY_DISTRIBUTION_ID'],
    may: [
      'listIncoming',
      'deleteIncoming',
      'abortIncoming',
      'listMedia',
      'deleteMedia',
      'invalidateDelivery',
      'readShown',
      'keepEvidence',
    ],
  },
  reconcile: {
    // Goes on with what is not ended; a new comparison begins once a day.
    everyMinutes: 15,
    // A page of keys beside a page of rows.
    memoryMb: 512,
    // Lambda's longest. It stops by itself after 13 minutes and goes on with the next call.
    timeoutSeconds: 900,
    variables: ['INCOMING_BUCKET', 'MEDIA_BUCKET', 'UPLOADS_QUEUE_URL', 'DATABASE_URL'],
    may: ['listIncoming', 'listMedia', 'sendUploads'],
  },
  accounts: {
    everyMinutes: 1,
    // One export at a time in memory: a few hundred bytes for each item.
    memoryMb: 512,
    // A few exports a round; one is some pages of rows and one object.
    timeoutSeconds: 120,
    variables: ['MEDIA_BUCKET', 'MAIL_QUEUE_URL', 'DATABASE_URL'],
    may: ['writeExports', 'queueMail'],
  },
  notify: {
    everyMinutes: 1,
    // Waits for the database nearly all the time.
    memoryMb: 256,
    // Takes nothing new after 40 s; a statement may take 10.
    timeoutSeconds: 60,
    variables: ['DATABASE_URL', 'NOTICES_QUEUE_URL'],
    may: ['sendNotices'],
  },
  notifier: {
    // Ten pushes at a time wait for ten services; two Lambdas stay below what SES sends for a new account, beside `mail`.
    consumes: { queue: 'notices', batch: 10, windowSeconds: 0, concurrencyMax: 2 },
    // Ten deliveries in hand; encrypting a push takes a millisecond.
    memoryMb: 256,
    // As long as a delivery stays claimed: a service has 10 s to answer, SES four attempts.
    timeoutSeconds: 60,
    variables: ['DATABASE_URL', 'MAIL_FROM', 'SITE_ORIGIN', 'PUSH_PRIVATE_KEY', 'LINK_HMAC_KEY'],
    may: ['sendMail'],
  },
  // Looks at every queue and takes nothing from any, for the pages that tell how the system is.
  observe: {
    everyMinutes: 1,
    // Holds a few numbers for each queue.
    memoryMb: 256,
    // Three questions for each queue at once, and three statements.
    timeoutSeconds: 60,
    variables: ['QUEUES', 'DATABASE_URL'],
    may: ['measureQueues', 'readMetrics'],
  },
  audit: {
    // An anchor an hour: so much could be cut off the end of the log without a trace.
    everyMinutes: 60,
    // A thousand entries at a time; hashing them is what it computes, and processor comes with memory.
    memoryMb: 512,
    // Walks the whole log, some ten thousand entries a second.
    timeoutSeconds: 900,
    variables: ['MEDIA_BUCKET', 'AUDIT_HMAC_KEY', 'DATABASE_URL'],
    may: ['listMedia', 'readAnchors', 'writeAnchors'],
  },
  migrate: {
    // Sends text and waits; the database does the work.
    memoryMb: 512,
    // As long as one statement of a migration may take; a longer one does not belong into a deployment.
    timeoutSeconds: 600,
    variables: ['DIRECT_DATABASE_URL'],
    may: [],
  },
} as const satisfies Record<string, LambdaPlan>

export type LambdaName = keyof typeof lambdas
export const lambdaNames = Object.keys(lambdas) as LambdaName[]
export const queueNames = Object.keys(queues) as QueueName[]

export const planOf = (name: LambdaName): LambdaPlan => lambdas[name]

/** The Lambda that empties a queue. */
export function consumerOf(queue: QueueName): LambdaPlan {
  const consumer = lambdaNames.map(planOf).find((plan) => plan.consumes?.queue === queue)
  if (consumer === undefined) throw new Error(`Nothing empties the queue "${queue}": see plan.ts.`)
  return consumer
}

/** What a thing is called in the names of resources. */
export const titleOf = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`
