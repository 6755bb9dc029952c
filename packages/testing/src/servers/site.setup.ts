// globalSetup of the projects that speak to the Worker.
import type { TestProject } from 'vitest/node'
import { shareOnce } from './share-once.ts'
import { isTestSite, startTestSite } from './start-test-site.ts'

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { value, release } = await shareOnce('site', startTestSite, isTestSite)
  project.provide('site', value.address)
  return release
}
