// A recorded deployment to ask questions of. Values are what the clouds would have been sent.
import type { Recording, Resource } from './recorder/recorded.ts'
import { isObject, type Plain, type PlainObject } from './recorder/wire.ts'

export class Graph {
  readonly stage: string
  readonly resources: readonly Resource[]
  readonly outputs: PlainObject
  readonly #byUrn: ReadonlyMap<string, Resource>

  constructor({ stage, resources, outputs }: Recording) {
    this.stage = stage
    this.resources = resources
    this.outputs = outputs as PlainObject
    this.#byUrn = new Map(resources.map((resource) => [resource.urn, resource]))
  }

  get isProduction(): boolean {
    return this.stage === 'production'
  }

  /** @param type the last part of Pulumi's type, with its service: `s3/bucket:Bucket` */
  all(type: string): Resource[] {
    return this.resources.filter((resource) => resource.type.endsWith(`:${type}`))
  }

  find(type: string, name: string): Resource | undefined {
    return this.all(type).find((resource) => resource.name === name)
  }

  need(type: string, name: string): Resource {
    const found = this.find(type, name)
    if (found === undefined) throw new Error(`there is no ${type} named ${name}`)
    return found
  }

  /** True when `later` is made or changed only after `earlier` was. */
  isAfter(later: Resource, earlier: Resource): boolean {
    const seen = new Set<string>()
    const reaches = (urn: string): boolean => {
      if (urn === earlier.urn) return true
      if (seen.has(urn)) return false
      seen.add(urn)
      const { dependencies = [], parent = '' } = this.#byUrn.get(urn) ?? {}
      return [...dependencies, parent].some(reaches)
    }
    return [...later.dependencies, later.parent].some(reaches)
  }
}

/** The value under a path such as `defaultCacheBehavior.trustedKeyGroups`. */
export function at(value: Plain, path: string): Plain {
  return path
    .split('.')
    .reduce<Plain>(
      (inner, key) => (isObject(inner) ? inner[key] : Array.isArray(inner) ? inner[Number(key)] : undefined),
      value,
    )
}

export const textAt = (value: Plain, path: string): string => {
  const found = at(value, path)
  return typeof found === 'string' ? found : ''
}

export const listAt = (value: Plain, path: string): Plain[] => {
  const found = at(value, path)
  return found === undefined || found === null ? [] : Array.isArray(found) ? found : [found]
}

export const texts = (values: readonly Plain[]): string[] =>
  values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))

export type Statement = {
  readonly effect: string
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly principals: Plain
  readonly conditions: Plain
}

/** Reads a policy, as text or as an object. */
export function readPolicy(policy: Plain): Statement[] {
  const document = (typeof policy === 'string' ? JSON.parse(policy) : policy) as Plain
  return listAt(document, 'Statement').map((statement) => ({
    effect: textAt(statement, 'Effect'),
    actions: texts(listAt(statement, 'Action')),
    resources: texts(listAt(statement, 'Resource')),
    principals: at(statement, 'Principal'),
    conditions: at(statement, 'Condition'),
  }))
}

export type Principal = { readonly resource: Resource; readonly statements: Statement[] }

/** Whoever acts in the account: roles and users, with all that they may do. */
export function listPrincipals(graph: Graph): Principal[] {
  const roles = graph.all('iam/role:Role').map((resource) => ({
    resource,
    statements: listAt(resource.inputs, 'inlinePolicies').flatMap((policy) => readPolicy(at(policy, 'policy'))),
  }))
  const users = graph.all('iam/user:User').map((resource) => ({
    resource,
    statements: graph
      .all('iam/userPolicy:UserPolicy')
      .filter(({ inputs }) => inputs['user'] === resource.outputs['name'])
      .flatMap(({ inputs }) => readPolicy(inputs['policy'])),
  }))
  return [...roles, ...users]
}

/** Policies that hang on things: buckets, queues, topics. */
export const listResourcePolicies = (
  graph: Graph,
): { readonly resource: Resource; readonly statements: Statement[] }[] =>
  ['s3/bucketPolicy:BucketPolicy', 'sqs/queuePolicy:QueuePolicy', 'sns/topicPolicy:TopicPolicy']
    .flatMap((type) => graph.all(type))
    .map((resource) => ({ resource, statements: readPolicy(resource.inputs['policy']) }))
