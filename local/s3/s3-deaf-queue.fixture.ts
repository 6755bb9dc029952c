// Run as a process of its own by events.aws.test.ts and killed there: an S3 whose queue never answers.
import { startS3Fixture } from './s3-fixture.ts'

const [, , dataDir = ''] = process.argv
const { s3 } = await startS3Fixture({ dataDir, sendEvent: () => new Promise(() => {}) })
process.stdout.write(`${s3.endpoint}\n`)
