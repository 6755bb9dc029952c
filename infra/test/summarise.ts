// A recorded deployment as text to review: every resource with all that it was given, less what differs from machine to
// machine or from build to build, and without secrets.
import { repositoryRoot } from '../build/repository-root.ts'
import type { Graph } from './graph.ts'
import type { Resource } from './recorder/recorded.ts'
import { isObject, type Plain } from './recorder/wire.ts'

export function summarise(graph: Graph): string {
  const resources = graph.resources
    .filter(({ type }) => !type.startsWith('pulumi:pulumi:') && type !== 'sst:sst:LinkRef')
    .map((resource) => describe(graph, resource))
  return `${resources.sort().join('\n')}\n`
}

function describe(
  graph: Graph,
  { type, name, inputs, secretInputs, isProtected, isRetained, dependencies }: Resource,
): string {
  const marks = [isProtected ? 'protected' : '', isRetained ? 'retained' : ''].filter((mark) => mark !== '').join(' ')
  const after = graph.resources.filter(({ urn }) => dependencies.includes(urn)).map((other) => other.name)
  const lines = [...walk(inputs, '', secretInputs)].map(([path, text]) => `  ${path}: ${text}`)
  return [
    `${type} ${name} ${marks}`.trimEnd(),
    ...lines,
    ...(after.length === 0 ? [] : [`  after: ${after.sort().join(', ')}`]),
    '',
  ].join('\n')
}

function* walk(value: Plain, path: string, secrets: readonly string[]): Generator<readonly [string, string]> {
  if (secrets.includes(path)) yield [path, '(secret)']
  else if (path === 'files' && Array.isArray(value)) yield [path, value.length > 0 ? 'some' : 'none']
  else if (Array.isArray(value) && value.length > 0)
    for (const [index, item] of value.entries()) yield* walk(item, `${path}[${index}]`, secrets)
  else if (isObject(value) && Object.keys(value).length > 0)
    for (const [key, item] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      yield* walk(item, path === '' ? key : `${path}.${key}`, secrets)
  else if (value !== undefined) yield [path, steady(typeof value === 'string' ? value : JSON.stringify(value))]
}

const steady = (text: string): string =>
  text
    .replaceAll(repositoryRoot, '<root>')
    .replaceAll(/\b[0-9a-f]{64}\b/g, '<sha256>')
    .replaceAll(/[0-9a-f]{40}(?=-)/g, '<hash>')
    .replaceAll(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----\s*/g, '<public key>')
