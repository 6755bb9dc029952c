// What the bundler and workerd add to the web platform.

/** Wrangler compiles wasm files beforehand: workerd refuses to compile at run time. */
declare module '*.wasm' {
  const compiled: WebAssembly.Module
  export default compiled
}

interface CacheStorage {
  /** The cache of this Cloudflare location. */
  readonly default: Cache
}
