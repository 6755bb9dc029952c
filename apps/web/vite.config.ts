// Builds the browser client. `API_ORIGIN` is only for a development server: where /api lives meanwhile.
import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type Plugin } from 'vite'
import solid from 'vite-plugin-solid'

const serviceWorker = 'service-worker'
const framePattern =
  /node_modules\/(solid-js|@solidjs\/router)\/|web\/src\/(api\/(client|proxy|refusal)|words\/(en|words)|compose|session\/next-place|ui\/(announcer|icon|toasts)|feed\/(density|feed-item)|upload\/(destination|upload-item))\.tsx?$|shared\/src\/(upload\/policy|media\/(derivatives|kinds|lay-out-rows))\.ts$/
const apiOrigin = process.env['API_ORIGIN']

/** Writes down every hashed file of this version, for the service worker to keep; see service-worker/keep-shell.ts. */
const listFiles: Plugin = {
  name: 'list-files',
  enforce: 'post',
  // Last: Vite takes away the chunks that only bring styles.
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const files = Object.keys(bundle).filter((name) => /^assets\/.+\.(js|css)$/.test(name))
      const source = JSON.stringify(files.map((name) => `/${name}`))
      this.emitFile({ type: 'asset', fileName: 'client-files.json', source })
    },
  },
}

export default defineConfig({
  plugins: [solid(), tailwindcss(), listFiles],
  build: {
    target: 'es2023',
    // A data: URL would need a wider content security policy than the pictures do.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What every page needs, whole: cut along who else uses which part, it is 4 kB more.
        codeSplitting: { groups: [{ name: 'frame', test: framePattern }] },
      },
    },
  },
  worker: {
    format: 'es',
    rolldownOptions: {
      output: {
        // A service worker keeps its address from version to version, and may only serve what lies beside or below it.
        entryFileNames: ({ name }) => (name === serviceWorker ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  ...(apiOrigin === undefined ? {} : { server: { proxy: { '/api': { target: apiOrigin } } } }),
})
