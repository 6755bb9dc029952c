// What a deployment is told from outside: names and switches, never secrets. Nothing else in infra/ reads the
// environment. A missing or malformed setting ends the deployment with a sentence, before anything is touched.

/** Instruction sets a Lambda can have. Production runs arm64; the tests also build x86_64, to run the result here. */
export type Architecture = 'arm64' | 'x86_64'

export type Settings = {
  readonly stage: string
  readonly isProduction: boolean
  /** Where people reach the site. Known before anything exists, so that no two resources wait for one another. */
  readonly siteOrigin: string
  /** A host name in a Cloudflare zone of the account, or null for an address under workers.dev. */
  readonly siteDomain: string | null
  readonly cloudflareAccount: string
  /** A host name for the pictures, or null for CloudFront's own. */
  readonly mediaDomain: string | null
  /** A domain, or a single address, that SES may send from. */
  readonly mailSender: string
  /** Who gets the alarms; null leaves the topic without a reader. */
  readonly alarmAddress: string | null
  /** Monthly spending on AWS that is told to `alarmAddress`. */
  readonly budgetUsd: number | null
  /** True to have Neon make this stage's database; else the secret DatabaseUrl has the address of one. */
  readonly makesDatabase: boolean
  readonly neonOrganization: string | null
  readonly architecture: Architecture
  /** Generations of each signing key: the first signs, the others are still accepted. See docs/runbook/rotation.md. */
  readonly deliveryKeys: readonly number[]
  readonly workerKeys: readonly number[]
}

type Source = Readonly<Record<string, string | undefined>>

/**
 * Key generations of production. A rotation is a commit here, so that the next deployment, whoever starts it, knows of
 * it. Other stages may rehearse one with DELIVERY_KEYS and WORKER_KEYS.
 */
const productionKeys = { delivery: [1], worker: [1] } as const

export const workerName = (stage: string): string => `shoebox-${stage}`

/** @param stage the name of the deployment: `production`, `pr-12`, or a person's own */
export function readSettings(stage: string, source: Source = process.env): Settings {
  // It becomes part of host and bucket names.
  if (!/^[a-z](-?[a-z0-9]){0,19}$/.test(stage))
    throw new Error(
      `The stage "${stage}" must be 1 to 20 small letters, digits and single dashes, and begin with a letter.`,
    )
  const isProduction = stage === 'production'
  const siteDomain = readHost(source, 'SITE_DOMAIN')
  const keys = (variable: string, committed: readonly number[]) =>
    isProduction ? committed : (readGenerations(source, variable) ?? committed)
  return {
    stage,
    isProduction,
    siteDomain,
    cloudflareAccount: readAccount(source),
    siteOrigin: `https://${siteDomain ?? `${workerName(stage)}.${readSubdomain(source)}.workers.dev`}`,
    mediaDomain: readHost(source, 'MEDIA_DOMAIN'),
    mailSender: readMailSender(source),
    alarmAddress: read(source, 'ALARM_EMAIL'),
    budgetUsd: readNumber(source, 'BUDGET_USD'),
    makesDatabase: readDatabase(stage, source),
    neonOrganization: read(source, 'NEON_ORG_ID'),
    architecture: read(source, 'LAMBDA_ARCHITECTURE') === 'x86_64' ? 'x86_64' : 'arm64',
    deliveryKeys: keys('DELIVERY_KEYS', productionKeys.delivery),
    workerKeys: keys('WORKER_KEYS', productionKeys.worker),
  }
}

const read = (source: Source, name: string): string | null => source[name]?.trim() || null

const hostPattern = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/

function readHost(source: Source, name: string): string | null {
  const host = read(source, name)
  if (host !== null && !hostPattern.test(host))
    throw new Error(`${name} must be a bare host name such as photos.example.com, not "${host}".`)
  return host
}

function readAccount(source: Source): string {
  const account = read(source, 'CLOUDFLARE_DEFAULT_ACCOUNT_ID')
  if (account === null || !/^[0-9a-f]{32}$/.test(account))
    throw new Error(
      'Set CLOUDFLARE_DEFAULT_ACCOUNT_ID to the 32 digits that the Cloudflare dashboard shows as Account ID.',
    )
  return account
}

function readSubdomain(source: Source): string {
  const subdomain = read(source, 'WORKERS_SUBDOMAIN')
  if (subdomain === null || !/^[a-z0-9-]+$/.test(subdomain))
    throw new Error(
      'Set SITE_DOMAIN to the host name of the site, or WORKERS_SUBDOMAIN to the part before ".workers.dev" that your Cloudflare account has.',
    )
  return subdomain
}

function readMailSender(source: Source): string {
  const sender = read(source, 'MAIL_SENDER')
  if (sender === null || !hostPattern.test(sender.slice(sender.indexOf('@') + 1)))
    throw new Error('Set MAIL_SENDER to the domain, or the single address, that mail is sent from.')
  return sender
}

/** SST hands a stage's secrets over like this, and would miss one only when half of the deployment is done. */
function readDatabase(stage: string, source: Source): boolean {
  const makesDatabase = read(source, 'NEON_API_KEY') !== null
  const address = read(source, 'SST_SECRET_DatabaseUrl')
  if (!makesDatabase && !/^postgres(ql)?:\/\//.test(address ?? ''))
    throw new Error(
      `The stage "${stage}" has no database: set NEON_API_KEY to have one made, or the secret DatabaseUrl to the pooled address of a Neon database (npm run sst -- secret set DatabaseUrl <address> --stage ${stage}).`,
    )
  return makesDatabase
}

function readNumber(source: Source, name: string): number | null {
  const text = read(source, name)
  if (text === null) return null
  const value = Number(text)
  if (!(value > 0)) throw new Error(`${name} must be a number above zero, not "${text}".`)
  return value
}

function readGenerations(source: Source, name: string): readonly number[] | null {
  const text = read(source, name)
  if (text === null) return null
  const generations = text.split(',').map(Number)
  // AWS allows a user two access keys.
  if (generations.length > 2 || generations.some((generation) => !Number.isInteger(generation) || generation < 1))
    throw new Error(`${name} must be one or two whole numbers such as "2,1", the one that signs first.`)
  return generations
}
