// `npm run db:generate [name]`: writes the migration that brings the database to what packages/db/src/schema says.
import { runTool } from './run/run-tool.ts'

const [name] = process.argv.slice(2)
const named = name === undefined ? [] : [`--name=${name}`]
const { exitCode } = await runTool({
  tool: 'drizzle-kit',
  args: ['generate', ...named],
  folder: 'packages/db',
  isLive: true,
})
process.exitCode = exitCode
