// Records the deployments that the tests ask about: once per run, three evaluations of the real `sst deploy`.
//   production   everything that can be set is set
//   preview      nothing is, Neon makes the database, a key rotation is under way, x86_64 so that the result runs here
//   empty        no database: must end before anything is made
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { installPlatform, recordDeployment, type Deployment } from './recorder/record-deployment.ts'

const login = 'app:offline'
export const databaseAddress = `postgresql://${login}@ep-offline-pooler.us-east-1.aws.neon.tech/shoebox`

const deployments = {
  production: {
    stage: 'production',
    settings: {
      SITE_DOMAIN: 'shoebox.example.com',
      MEDIA_DOMAIN: 'media.shoebox.example.com',
      ALARM_EMAIL: 'alarms@example.com',
      BUDGET_USD: '50',
    },
    secrets: { DatabaseUrl: databaseAddress },
  },
  preview: {
    stage: 'pr-12',
    settings: { NEON_API_KEY: 'offline', LAMBDA_ARCHITECTURE: 'x86_64', DELIVERY_KEYS: '2,1', WORKER_KEYS: '2,1' },
  },
  empty: { stage: 'empty' },
} as const satisfies Record<string, Deployment>

export type DeploymentName = keyof typeof deployments

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- vitest has it extended like this
  interface ProvidedContext {
    recordings: string
  }
}

const withoutProgress = (output: string): string =>
  output
    .split('\n')
    .filter((line) => !/^\|\s+Created/.test(line))
    .join('\n')

export async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-recordings-'))
  mkdirSync(folder, { recursive: true })
  await installPlatform()
  // One after the other: SST builds into one folder.
  for (const [name, deployment] of Object.entries(deployments)) {
    const end = await recordDeployment(deployment)
    if (end.exitCode !== 0 && name !== 'empty')
      throw new Error(`the deployment "${name}" failed\n${withoutProgress(end.output)}`)
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(end))
  }
  project.provide('recordings', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
