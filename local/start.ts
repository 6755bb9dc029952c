// `npm start`: the whole system, until Ctrl+C. `--hot` serves the page with hot reload.
import { existsSync, writeFileSync } from 'node:fs'
import { countFreeBytes, dataFolder, demoMark, takeFolder } from './data-folder.ts'
import { demoAccount, seedDemo } from './demo/seed-demo.ts'
import { explainFailure } from './explain-failure.ts'
import { forgetRunning, noteRunning } from './operate/running.ts'
import { printLine } from './print-line.ts'
import { startStack } from './stack.ts'

async function main(): Promise<void> {
  const giveBack = takeFolder()
  if (giveBack === null) throw new Error('Shoebox is already running here. Use that one, or stop it with Ctrl+C first.')
  process.on('exit', giveBack)
  const startedMs = performance.now()
  let isStopping = false

  console.log('Starting Shoebox …')
  const starting = startStack({
    dataDir: dataFolder,
    ports: 'preferred',
    log: printLine,
    onDeath(part, how) {
      if (isStopping) return
      printLine(
        part,
        `ended unexpectedly (${how}). The rest is stopped too; start again, nothing that was saved is lost.`,
      )
      void stop(1)
    },
    worker: { watch: true, hot: process.argv.includes('--hot') },
  })

  async function stop(exitCode: number): Promise<void> {
    if (isStopping) process.exit(exitCode)
    isStopping = true
    console.log('\nStopping … (once more to force)')
    forgetRunning()
    const stack = await starting.catch(() => null)
    await stack?.stop()
    process.exit(exitCode)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))

  const stack = await starting
  noteRunning({ endpoints: { sqs: stack.sqs.endpoint, control: stack.control.endpoint } })
  if (!existsSync(demoMark)) {
    printLine('demo', 'painting and uploading a few pictures')
    await seedDemo({ siteOrigin: stack.siteOrigin, ses: stack.ses })
    writeFileSync(demoMark, '')
  }
  console.log(`
  Shoebox   ${stack.siteOrigin}
  sign in   ${demoAccount.email}   ${demoAccount.password}
  inbox     ${stack.ses.endpoint}

  Ready in ${((performance.now() - startedMs) / 1000).toFixed(1)} s. Ctrl+C stops everything; \`npm run reset\` forgets all data.
`)
}

main().catch((error: unknown) => {
  console.error(`\n${explainFailure(error, countFreeBytes())}`)
  process.exit(1)
})
