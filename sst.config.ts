/// <reference path="./.sst/platform/config.d.ts" />
// What `sst deploy` builds; the resources are in infra/. Nothing is imported at the top: SST reads `app` on its own first.
export default $config({
  app({ stage }) {
    const isProduction = stage === 'production'
    return {
      name: 'shoebox',
      home: 'aws',
      version: '4.17.1',
      removal: isProduction ? 'retain' : 'remove',
      protect: isProduction,
      providers: {
        // CloudFront's metrics and certificates live in this region, so everything does.
        aws: { version: '7.20.0', region: 'us-east-1' },
        cloudflare: '6.15.0',
        neon: '0.13.0',
        random: '4.16.6',
        tls: '5.0.1',
      },
    }
  },
  async run() {
    const { deploy } = await import('./infra/deploy.ts')
    return deploy()
  },
})
