// Builds the browser client. `API_ORIGIN` is only for a development server: where /api lives meanwhile.
import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type Plugin } from 'vite'
import solid from 'vite-plugin-solid'

const serviceWorker = 'service-worker'
const framePattern =
  /node_modules\/(solid-js|@solidjs\/router|@trpc)\/|web\/src\/(api\/(client|proxy|refusal)|words\/(en|words)|compose|session\/next-place|ui\/(announcer|first-icon|toasts)|feed\/(density|feed-item|use-shelf)|upload\/(destination|upload-item))\.tsx?$|shared\/src\/(upload\/policy|media\/(derivatives|kinds|lay-out-rows))\.ts$/
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

/** A list that only servers read, made by reading another: told that this changes nothing, the bundler leaves both out. */
const unusedCodes: Plugin = {
  name: 'unused-codes',
  transform: {
    filter: { id: /@trpc\/server\/dist\/codes/ },
    handler: (code) =>
      code.replace(/retryableRpcCodes = \[([^\]]*)\]/, 'retryableRpcCodes = /* @__PURE__ */ (() => [$1])()'),
  },
}

export default defineConfig({
  plugins: [solid(), tailwindcss(), unusedCodes, listFiles],
  build: {
    target: 'es2023',
    // A data: URL would need a wider content security policy than the pictures do.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // tRPC's modules do nothing when they are loaded, which they do not say.
    rolldownOptions: {
      treeshake: { moduleSideEffects: [{ test: /@trpc/, sideEffects: false }] },
      output: {
        // What every page needs, whole: cut along who else uses which part, it is 4 kB more.
        codeSplitting: { groups: [{ name: 'frame', test: framePattern }] },
        // The first load brings the names of all other files along: of what screens share, only the hash.
        chunkFileNames: ({ name }) => (/screen$|^frame$/.test(name) ? 'assets/[name]-[hash].js' : 'assets/[hash].js'),
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
