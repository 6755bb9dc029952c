// What every command has in common: `--stage` and `--json`, one sentence for what a person can mend, and an exit code.
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { OperatorError } from './operator-error.ts'
import { openStage, type Stage } from './stage.ts'

export type CommandCall = {
  readonly stage: Stage
  readonly isJson: boolean
  readonly words: readonly string[]
  readonly options: Readonly<Record<string, string | boolean | undefined>>
}

type Command = {
  /** Printed when the arguments make no sense. */
  readonly usage: string
  readonly options?: ParseArgsOptionsConfig
  /** Returns the exit code; 0 when it returns nothing. */
  run(call: CommandCall): Promise<number | void>
}

export async function runCommand({ usage, options, run }: Command): Promise<void> {
  let stage: Stage | null = null
  try {
    const { values, positionals } = readArguments(usage, options)
    stage = openStage(typeof values['stage'] === 'string' ? values['stage'] : null)
    process.exitCode = (await run({ stage, isJson: values['json'] === true, words: positionals, options: values })) ?? 0
  } catch (error) {
    console.error(explain(error))
    process.exitCode = 1
  } finally {
    stage?.close()
  }
}

function readArguments(usage: string, options: ParseArgsOptionsConfig = {}) {
  try {
    const known = { stage: { type: 'string' }, json: { type: 'boolean' }, ...options } as const
    const { values, positionals } = parseArgs<{ options: ParseArgsOptionsConfig; allowPositionals: true }>({
      options: known,
      allowPositionals: true,
    })
    return { values: readValues(values), positionals }
  } catch {
    throw new OperatorError(`usage: npm run ${usage}`)
  }
}

/** No option of ours may be given twice. */
const readValues = (values: object): Record<string, string | boolean> =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string | boolean] => !Array.isArray(entry[1])),
  )

function explain(error: unknown): string {
  if (error instanceof OperatorError) return error.message
  if (!(error instanceof Error)) return String(error)
  if (/credential/i.test(error.name)) {
    return `No AWS credentials: sign in first (\`aws sso login\`, or AWS_PROFILE). ${error.message}`
  }
  if (/ECONNREFUSED/.test(`${error.message} ${String(error.cause)}`)) {
    return 'Nothing answers there. Is Shoebox still running?'
  }
  return `${error.name}: ${error.message}`
}
