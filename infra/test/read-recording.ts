import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { Graph } from './graph.ts'
import type { DeploymentEnd } from './recorder/record-deployment.ts'
import type { DeploymentName } from './recordings.setup.ts'

export const readEnd = (name: DeploymentName): DeploymentEnd =>
  JSON.parse(readFileSync(join(inject('recordings'), `${name}.json`), 'utf8')) as DeploymentEnd

/** A fresh copy of what a deployment asked for: a test may change it. */
export function readGraph(name: DeploymentName): Graph {
  const { recording } = readEnd(name)
  if (recording === undefined) throw new Error(`the deployment "${name}" asked for nothing`)
  return new Graph(recording)
}
