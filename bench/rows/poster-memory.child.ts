// Takes the poster of a stored film once, and prints the most memory in MB that this took. Started by B8:
// node poster-memory.child.ts <ours|peer> <key in the incoming bucket> <S3's endpoint> <where to download to>
import { S3Client } from '@aws-sdk/client-s3'
import { buckets, credentials, region } from '@shoebox/local/cloud-names.ts'
import { createS3MediaObjects } from '@shoebox/processor/src/adapters/s3-media-objects.ts'
import { sumPeakMb } from './peak-memory.ts'
import { downloadPoster, findFilm, readPoster, startReader } from './poster-ways.ts'

const [way = '', key = '', endpoint = '', path = ''] = process.argv.slice(2)
const s3 = new S3Client({ endpoint, region, credentials })
const stores = { s3, incomingBucket: buckets.incoming, mediaBucket: buckets.media }
const film = await findFilm(createS3MediaObjects(stores), key)
await (way === 'ours' ? readPoster(startReader(), film) : downloadPoster(film, path))
process.stdout.write(String(sumPeakMb()))
// The reader ends with whoever started it.
process.exit(0)
