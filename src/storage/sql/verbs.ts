import { accessKeyVerbs } from './access-keys.ts'
import { attemptVerbs } from './attempts.ts'
import { auditVerbs } from './audit.ts'
import { authEventVerbs } from './auth-events.ts'
import { authorizationCodeVerbs } from './authorization-codes.ts'
import { brandingVerbs } from './branding.ts'
import { challengeStateVerbs } from './challenge-states.ts'
import { clientVerbs } from './clients.ts'
import { codeVerbs } from './codes.ts'
import { dataKeyVerbs } from './data-keys.ts'
import { deviceVerbs } from './devices.ts'
import { domainVerbs } from './domains.ts'
import { groupVerbs } from './groups.ts'
import { loadVerbs } from './loads.ts'
import { maintenanceVerbs } from './maintenance.ts'
import { metaVerbs } from './meta.ts'
import { operatorSessionVerbs } from './operator-sessions.ts'
import { operatorVerbs } from './operators.ts'
import { passkeyVerbs } from './passkeys.ts'
import { poolVerbs } from './pools.ts'
import { quotaVerbs } from './quotas.ts'
import { refreshFamilyVerbs } from './refresh-families.ts'
import { resourceServerVerbs } from './resource-servers.ts'
import { revocationVerbs } from './revocations.ts'
import { signingKeyVerbs } from './signing-keys.ts'
import { spentVerbs } from './spent.ts'
import { termsVerbs } from './terms.ts'
import { uiCustomizationVerbs } from './ui-customizations.ts'
import { userSessionVerbs } from './user-sessions.ts'
import { userVerbs } from './users.ts'
import type { Group, VerbsOf } from './verb.ts'

/** Every verb of the Store in SQL: what each executor, on whatever thread, looks verbs up in. */
export const verbs: { readonly [G in Group]: VerbsOf<G> } = {
  meta: metaVerbs,
  pools: poolVerbs,
  domains: domainVerbs,
  clients: clientVerbs,
  resourceServers: resourceServerVerbs,
  uiCustomizations: uiCustomizationVerbs,
  brandings: brandingVerbs,
  terms: termsVerbs,
  groups: groupVerbs,
  users: userVerbs,
  loads: loadVerbs,
  codes: codeVerbs,
  attempts: attemptVerbs,
  quotas: quotaVerbs,
  spent: spentVerbs,
  revocations: revocationVerbs,
  challengeStates: challengeStateVerbs,
  refreshFamilies: refreshFamilyVerbs,
  authorizationCodes: authorizationCodeVerbs,
  devices: deviceVerbs,
  passkeys: passkeyVerbs,
  userSessions: userSessionVerbs,
  authEvents: authEventVerbs,
  dataKeys: dataKeyVerbs,
  signingKeys: signingKeyVerbs,
  accessKeys: accessKeyVerbs,
  operators: operatorVerbs,
  operatorSessions: operatorSessionVerbs,
  audit: auditVerbs,
  maintenance: maintenanceVerbs,
}
