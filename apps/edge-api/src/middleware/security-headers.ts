import type { MiddlewareHandler } from 'hono'

export type SecurityHeadersSettings = {
  /** Where browsers send files. */
  readonly incomingOrigin: string
  /** Where pictures, video and audio come from. */
  readonly mediaOrigin: string
}

/** On every response: pages, assets, answers, refusals and faults. */
export function securityHeaders(settings: SecurityHeadersSettings): MiddlewareHandler {
  const headers = Object.entries(planSecurityHeaders(settings))
  return async (c, next) => {
    await next()
    for (const [name, value] of headers) c.res.headers.set(name, value)
  }
}

export function planSecurityHeaders({ incomingOrigin, mediaOrigin }: SecurityHeadersSettings): Record<string, string> {
  const policy = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': `'self' ${mediaOrigin}`,
    'media-src': mediaOrigin,
    'connect-src': `'self' ${incomingOrigin} ${mediaOrigin}`,
    'manifest-src': "'self'",
    'worker-src': "'self'",
    // A frame in which the service worker answers with a download; nothing of the site lets itself be shown in one.
    'frame-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
    'object-src': "'none'",
  }
  return {
    'content-security-policy': Object.entries(policy)
      .map(([directive, sources]) => `${directive} ${sources}`)
      .join('; '),
    'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    // Camera and microphone are for the page that takes photos; no frame or stranger gets them from us.
    'permissions-policy':
      'accelerometer=(), camera=(self), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(self), payment=(), usb=()',
  }
}
