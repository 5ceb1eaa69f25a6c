import type { AppClient } from './app-client.ts'

/** An application that nobody vouches for, as it calls itself, and where it would have the browser go. */
export interface UnknownApplication {
  readonly name: string
  /** The host, or for an app's own address its scheme. */
  readonly host: string
}

/** Whether the app client registered itself: then nobody here has looked at its name and its addresses. */
export const registeredItself = ({ ClientType }: Pick<AppClient, 'ClientType'>): boolean => ClientType === 'DCR'

const hostOf = (uri: string): string => {
  const url = URL.parse(uri)
  if (url === null) return uri
  // What looks like the host of an app's own address could be anybody's.
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.host : url.protocol
}

/** What people have to know of an app client that registered itself; undefined for any other. */
export const unknownApplication = (
  client: Pick<AppClient, 'ClientType' | 'ClientName'>,
  redirectUri: string,
): UnknownApplication | undefined => (registeredItself(client) ? { name: client.ClientName, host: hostOf(redirectUri) } : undefined)
