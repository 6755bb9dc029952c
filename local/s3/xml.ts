// The little XML that S3 speaks: writing elements, and reading the two bodies that clients send us.
import { XMLParser } from 'fast-xml-parser'
import { malformedXml } from './s3-error.ts'

export const s3Namespace = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'

/** One element with escaped text, or nothing when there is no value. */
export function element(name: string, value: string | number | boolean | null | undefined): string {
  return value === null || value === undefined ? '' : `<${name}>${escapeXml(String(value))}</${name}>`
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"'\r\n]/g, (character) => `&#${character.charCodeAt(0)};`)
}

const repeated = new Set(['Part', 'Object'])

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => repeated.has(name),
})

/** Returns the fields of each `itemName` inside `rootName`, and the root's own text fields. */
export function readXmlList(
  body: Buffer,
  rootName: string,
  itemName: string,
): { items: Record<string, string>[]; fields: Record<string, string> } {
  let parsed: unknown
  try {
    parsed = parser.parse(body.toString('utf8'))
  } catch {
    throw malformedXml()
  }
  const root = readMember(parsed, rootName)
  const items = readMember(root, itemName)
  if (!Array.isArray(items) || items.length === 0) throw malformedXml()
  return { items: items.map(readTextFields), fields: readTextFields(root) }
}

function readMember(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined
}

function readTextFields(value: unknown): Record<string, string> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}
