// Ways to spoil a recorded deployment, for the test that plants mistakes.
import { Graph } from './graph.ts'
import type { Resource } from './recorder/recorded.ts'
import { isObject, type Plain, type PlainObject } from './recorder/wire.ts'

/** What is wrong, how it comes about, and the rule that must find it. */
export type Mistake = readonly [what: string, plant: (graph: Graph) => Graph, foundBy: string]

/** Changes the named resource's inputs. */
export const change =
  (name: string, spoil: (inputs: PlainObject) => void) =>
  (graph: Graph): Graph => {
    spoil(needByName(graph, name).inputs)
    return graph
  }

/** Sets one input, by its path; `undefined` takes it away. */
export const set = (name: string, path: string, value: Plain) =>
  change(name, (inputs) => {
    const keys = path.split('.')
    const last = keys.pop() ?? ''
    const holder = keys.reduce<Plain>(
      (inner, key) => (Array.isArray(inner) ? inner[Number(key)] : isObject(inner) ? inner[key] : undefined),
      inputs,
    )
    if (Array.isArray(holder)) holder[Number(last)] = value
    else if (isObject(holder)) holder[last] = value
    else throw new Error(`${name} has no ${path}`)
  })

/** Rewrites a policy, or another document that is sent as text. */
export const rewrite = (name: string, path: string, from: string, to: string) =>
  change(name, (inputs) => {
    const text = JSON.stringify(inputs)
    const spoiled = JSON.stringify(inputs, (key, value: unknown) =>
      key === path && typeof value === 'string' ? value.replaceAll(from, to) : value,
    )
    if (spoiled === text) throw new Error(`${name}.${path} does not hold ${from}`)
    Object.assign(inputs, JSON.parse(spoiled))
  })

export const remove =
  (name: string) =>
  (graph: Graph): Graph => {
    const gone = needByName(graph, name)
    return rebuild(
      graph,
      graph.resources.filter((resource) => resource !== gone),
    )
  }

export const add =
  (type: string, name: string, inputs: PlainObject) =>
  (graph: Graph): Graph => {
    const extra: Resource = {
      urn: `urn:pulumi:${graph.stage}::shoebox::${type}::${name}`,
      type,
      name,
      parent: '',
      isCustom: true,
      isRead: false,
      id: name,
      inputs,
      outputs: { ...inputs, name, arn: `arn:aws:none:us-east-1:111122223333:${name}` },
      secretInputs: [],
      dependencies: [],
      isProtected: false,
      isRetained: false,
    }
    return rebuild(graph, [...graph.resources, extra])
  }

/** Forgets that one resource waits for another. */
export const unorder =
  (name: string, earlier: string) =>
  (graph: Graph): Graph => {
    const before = new Set(graph.resources.filter((resource) => resource.name === earlier).map(({ urn }) => urn))
    const seen = new Set<Resource>()
    const cut = (resource: Resource | undefined): void => {
      if (resource === undefined || seen.has(resource)) return
      seen.add(resource)
      resource.dependencies = resource.dependencies.filter((urn) => !before.has(urn))
      for (const urn of [...resource.dependencies, resource.parent])
        cut(graph.resources.find((other) => other.urn === urn))
    }
    cut(needByName(graph, name))
    return graph
  }

export const edit =
  (name: string, spoil: (resource: { isProtected: boolean; isRetained: boolean; secretInputs: string[] }) => void) =>
  (graph: Graph): Graph => {
    const resource = needByName(graph, name)
    const marks = {
      isProtected: resource.isProtected,
      isRetained: resource.isRetained,
      secretInputs: resource.secretInputs,
    }
    spoil(marks)
    return rebuild(
      graph,
      graph.resources.map((other) => (other === resource ? { ...other, ...marks } : other)),
    )
  }

function needByName(graph: Graph, name: string): Resource {
  const found = graph.resources.filter((resource) => resource.name === name)
  const [only] = found
  if (only === undefined || found.length > 1) throw new Error(`${found.length} resources are named ${name}`)
  return only
}

const rebuild = ({ stage, outputs }: Graph, resources: readonly Resource[]): Graph =>
  new Graph({ stage, outputs, resources: [...resources], exitCode: 0, messages: [], stderr: '' })
