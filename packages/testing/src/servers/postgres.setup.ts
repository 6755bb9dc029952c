// globalSetup of every project whose tests need Postgres.
import type { TestProject } from 'vitest/node'
import { shareOnce } from './share-once.ts'
import { isTestPostgres, startTestPostgres } from './start-test-postgres.ts'

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { value, release } = await shareOnce('postgres', startTestPostgres, isTestPostgres)
  project.provide('postgres', value.address)
  return release
}
