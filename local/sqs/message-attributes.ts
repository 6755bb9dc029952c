// Message attributes and the MD5 that SQS gives of them, over a binary form that only its documentation describes.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
import { createHash } from 'node:crypto'

export type MessageAttribute = { DataType: string; StringValue?: string; BinaryValue?: string }
export type MessageAttributes = Record<string, MessageAttribute>

export function md5Hex(text: string | Buffer): string {
  return createHash('md5').update(text).digest('hex')
}

/** Null when there are none. */
export function md5OfAttributes(attributes: MessageAttributes): string | null {
  const names = Object.keys(attributes).toSorted()
  if (names.length === 0) return null
  const pieces = names.flatMap((name) => {
    const attribute = attributes[name]
    if (attribute === undefined) return []
    const { DataType, StringValue, BinaryValue } = attribute
    const isBinary = DataType.startsWith('Binary')
    const value = isBinary ? Buffer.from(BinaryValue ?? '', 'base64') : Buffer.from(StringValue ?? '')
    return [
      withLength(Buffer.from(name)),
      withLength(Buffer.from(DataType)),
      Buffer.from([isBinary ? 2 : 1]),
      withLength(value),
    ]
  })
  return md5Hex(Buffer.concat(pieces))
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

export function readAttributes(value: unknown): MessageAttributes {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, attribute]): [string, MessageAttribute][] => {
      if (!isAttribute(attribute)) return []
      return [[name, attribute]]
    }),
  )
}

function isAttribute(value: unknown): value is MessageAttribute {
  return typeof value === 'object' && value !== null && 'DataType' in value && typeof value.DataType === 'string'
}
