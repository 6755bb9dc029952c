/** A parameter as Postgres reads it: its text, or null. */
export function writeValue(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return `\\x${writeHex(value)}`
  return Array.isArray(value) ? writeArray(value) : JSON.stringify(value)
}

const writeHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

const writeArray = (values: readonly unknown[]): string => `{${values.map(writeElement).join(',')}}`

function writeElement(value: unknown): string {
  if (Array.isArray(value)) return writeArray(value)
  const text = writeValue(value)
  return text === null ? 'NULL' : `"${text.replaceAll(/[\\"]/g, String.raw`\$&`)}"`
}
