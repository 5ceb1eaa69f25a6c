import type { Policy } from '../../src/context.ts'

/** A server's policy as `serve` has it without further settings. */
export const plainPolicy: Policy = {
  accountId: '000000000000',
  publicUrl: 'http://localhost:9339',
  issuer: 'own',
  regions: undefined,
  fixedCode: undefined,
  refreshReuse: 'keep',
  lockout: 'user',
  sessionsOnPasswordChange: 'keep',
  unprovedAccounts: 'guard',
  requirePkce: 'off',
  requirePkceClients: [],
  responseIss: false,
  rpInitiatedLogout: false,
  introspection: false,
  strictOidc: false,
  backchannelLogout: new Map(),
  pageOpener: 'cut',
  customAuthPages: false,
}
