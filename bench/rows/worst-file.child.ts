// Does what the Lambdas do with one file, in as many processes, and prints what that took as JSON. Started by B9:
// node worst-file.child.ts <key in the incoming bucket> <S3's endpoint>
import { sumPeakMb } from './peak-memory.ts'
import { startLambdas } from './worst-file-lambdas.ts'

export type FileCost = { readonly ms: number; readonly peakMb: number; readonly outcome: string }

const [key = '', endpoint = ''] = process.argv.slice(2)
const lambdas = startLambdas(endpoint)
const begin = performance.now()
const outcome = await lambdas.inspect(key)
const cost: FileCost = { ms: performance.now() - begin, peakMb: sumPeakMb(), outcome }
process.stdout.write(JSON.stringify(cost))
lambdas.stop()
process.exit(0)
