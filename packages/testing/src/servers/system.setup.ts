// globalSetup of the projects whose tests use the whole system.
import type { TestProject } from 'vitest/node'
import { shareOnce } from './share-once.ts'
import { isTestSystem, startTestSystem } from './start-test-system.ts'

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { value, release } = await shareOnce('system', startTestSystem, isTestSystem)
  project.provide('system', value.address)
  return release
}
