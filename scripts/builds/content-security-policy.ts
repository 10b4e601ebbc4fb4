import type { Plugin } from 'vite';
import { CONTENT_SECURITY_POLICY } from '../../main/host/security.ts';

/** Puts the policy into the built page. Not while developing: hot reload needs inline scripts. */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'regimen:content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}
