declare module 'proxy-from-env' {
  /** By HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in either case; empty where none is to be used. */
  export function getProxyForUrl(url: string | URL): string
}
