// Asks a fresh deployment what only a real one can answer: `npm run probe` after `npm run deploy`. Reads the addresses
// that SST left in .sst/outputs.json and ends with 1 when one of them does not behave.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from './build/repository-root.ts'
import { probeDeployment, type Addresses } from './probe-deployment.ts'

const outputs = JSON.parse(readFileSync(join(repositoryRoot, '.sst/outputs.json'), 'utf8')) as {
  readonly site: string
  readonly media: string
  readonly incomingBucket: string
}
const addresses: Addresses = {
  site: outputs.site,
  media: outputs.media,
  incoming: `https://${outputs.incomingBucket}.s3.us-east-1.amazonaws.com`,
}

// A new host name takes a while to be known everywhere.
const deadlineMs = Date.now() + 5 * 60_000
let findings = await probeDeployment(addresses)
while (findings.length > 0 && Date.now() < deadlineMs) {
  await new Promise((resolve) => setTimeout(resolve, 10_000))
  findings = await probeDeployment(addresses)
}
for (const finding of findings) process.stdout.write(`✗ ${finding}\n`)
if (findings.length > 0) process.exitCode = 1
else
  process.stdout.write(
    `✓ ${addresses.site} answers, takes uploads from its own page only, and shows nothing unsigned\n`,
  )
