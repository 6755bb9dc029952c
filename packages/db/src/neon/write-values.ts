/** A parameter as Postgres reads it: its text, or null. */
export function writeValue(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return `\\x${writeHex(value)}`
  if (Array.isArray(value)) return writeArray(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const writeHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

const writeArray = (values: readonly unknown[]): string => `{${values.map(writeElement).join(',')}}`

function writeElement(value: unknown): string {
  if (Array.isArray(value)) return writeArray(value)
  const text = writeValue(value)
  return text === null ? 'NULL' : `"${text.replaceAll(/[\\"]/g, String.raw`\$&`)}"`
}
