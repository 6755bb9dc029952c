// `npm run screens:accept`: takes the pictures of all screens as they are now for right, and writes the page of them anew.
import { installBrowserLibraries } from './run/install-browser-libraries.ts'
import { runTool } from './run/run-tool.ts'

const missing = await installBrowserLibraries()
if (missing !== null) throw new Error(missing)
const args = ['run', '--project=e2e', 'e2e/screens', ...process.argv.slice(2)]
const env = { SCREENS: 'accept' }
const { exitCode } = await runTool({ tool: 'vitest', args, env, isLive: true, timeoutMs: 20 * 60_000 })
process.exitCode = exitCode
