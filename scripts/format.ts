// `npm run format`: writes the format that `npm test` checks, and mends what the linter can mend by itself.
import { runTool } from './run/run-tool.ts'

const lint = await runTool({ tool: 'oxlint', args: ['--type-aware', '--fix'], isLive: true })
const format = await runTool({ tool: 'oxfmt', isLive: true })
process.exitCode = Math.max(lint.exitCode, format.exitCode)
