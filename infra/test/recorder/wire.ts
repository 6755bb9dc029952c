// Pulumi's wire encoding: secrets, files and references travel as objects marked by a signature.

const signatureKey = '4dabf18193072939515e22adb298388d'
export const secretSignature = '1b47061264138c4ac30d75fd1eb44270'
const assetSignature = 'c44067f5952c0a294b673a41bacd8c17'
const archiveSignature = '0def7320c3a5731c473e5ecbe6d01bc7'
const resourceSignature = '5cf8f73096256a8f31e491e813e4eb8e'
const unknownValue = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

export type Plain = null | boolean | number | string | undefined | Plain[] | { [key: string]: Plain }
export type PlainObject = { [key: string]: Plain }

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Takes the encoding off, and adds the path of each secret to `secrets`. */
export function decode(value: unknown, secrets: string[] = [], path = ''): Plain {
  if (value === unknownValue) return undefined
  if (Array.isArray(value)) return value.map((item, index) => decode(item, secrets, `${path}[${index}]`))
  if (!isObject(value)) return value as Plain
  switch (value[signatureKey]) {
    case secretSignature:
      secrets.push(path)
      return decode(value['value'], secrets, path)
    case assetSignature:
      return { asset: decode(value['path'] ?? value['uri'] ?? value['text']) }
    case archiveSignature:
      return { archive: decode(value['path'] ?? value['uri'] ?? value['assets'], secrets, path) }
    case resourceSignature:
      return { urn: decode(value['urn']), id: decode(value['id']) }
    default:
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, decode(item, secrets, path === '' ? key : `${path}.${key}`)]),
      )
  }
}

export const isSecret = (value: unknown): boolean => isObject(value) && value[signatureKey] === secretSignature

export const encodeSecret = (value: unknown): unknown =>
  isSecret(value) ? value : { [signatureKey]: secretSignature, value }
