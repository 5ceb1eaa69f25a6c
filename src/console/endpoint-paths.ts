/** Addresses below /console that are endpoints where people sign in; some are names of pages too. */
export const endpointPaths = [
  '/sign-in',
  '/sign-out',
  '/set-up',
  '/set-up/begin',
  '/account',
  '/account/password',
  '/account/sign-out-everywhere',
  '/operators',
  '/operators/reset',
  '/operators/remove',
] as const

/** A call of one of them. */
export type EndpointName = `${'GET' | 'POST'} ${(typeof endpointPaths)[number]}`
