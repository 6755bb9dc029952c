// Builds the browser client. `API_ORIGIN` is only for a development server: where /api lives meanwhile.
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'

const apiOrigin = process.env['API_ORIGIN']

export default defineConfig({
  plugins: [solid(), tailwindcss()],
  build: {
    target: 'es2023',
    // A data: URL would need a wider content security policy than the pictures do.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // tRPC's modules do nothing when they are loaded, which they do not say.
    rolldownOptions: { treeshake: { moduleSideEffects: [{ test: /@trpc/, sideEffects: false }] } },
  },
  worker: { format: 'es' },
  ...(apiOrigin === undefined ? {} : { server: { proxy: { '/api': { target: apiOrigin } } } }),
})
