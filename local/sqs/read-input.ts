// Reads the fields of a request's JSON body, with SQS's own words for what is wrong with them.
import { invalidParameter, SqsError } from './sqs-error.ts'

export type Input = Readonly<Record<string, unknown>>

export function readText(input: Input, name: string): string {
  const value = input[name]
  if (typeof value !== 'string' || value === '') {
    throw new SqsError('MissingParameter', `The request must contain the parameter ${name}.`)
  }
  return value
}

export function readNumber(input: Input, name: string, fallback: number, [min, max]: [number, number]): number {
  const value = input[name] ?? fallback
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw invalidParameter(name, `Must be between ${min} and ${max}.`)
  }
  return value
}

export function readNames(input: Input, ...names: string[]): string[] {
  return names.flatMap((name) => {
    const value = input[name]
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  })
}

/** AWS's limit for one batch. */
const entriesMax = 10

export function readEntries(input: Input): { id: string; entry: Input }[] {
  const value = input['Entries']
  if (!Array.isArray(value) || value.length === 0) {
    throw new SqsError('EmptyBatchRequest', 'There should be at least one entry in the request.')
  }
  if (value.length > entriesMax) {
    throw new SqsError('TooManyEntriesInBatchRequest', `Maximum number of entries per request are ${entriesMax}.`)
  }
  const entries = value.map((item) => {
    const entry = toInput(item)
    return { id: readText(entry, 'Id'), entry }
  })
  if (new Set(entries.map(({ id }) => id)).size < entries.length) {
    throw new SqsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.')
  }
  return entries
}

export function toInput(value: unknown): Input {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}
