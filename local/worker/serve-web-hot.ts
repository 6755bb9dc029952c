// For `npm run dev`: Vite's development server with hot reload in front of the Worker, on the site's own port.
import { createServer } from 'vite'
import { loopbackHost } from '../ports.ts'
import { webDir } from './build-web.ts'

export async function serveWebHot(port: number, apiOrigin: string): Promise<{ stop(): Promise<void> }> {
  // Read by apps/web/vite.config.ts.
  process.env['API_ORIGIN'] = apiOrigin
  const server = await createServer({
    root: webDir,
    clearScreen: false,
    server: { host: loopbackHost, port, strictPort: true, allowedHosts: ['localhost'] },
  })
  await server.listen()
  return { stop: () => server.close() }
}
