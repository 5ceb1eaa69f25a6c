import { afterAll, beforeAll, describe } from 'vitest'
import { authorizationCodeConformance } from './conformance/authorization-codes.ts'
import { brandingConformance } from './conformance/branding.ts'
import { clientConformance } from './conformance/clients.ts'
import { counterConformance } from './conformance/counters.ts'
import { domainConformance } from './conformance/domains.ts'
import { groupConformance } from './conformance/groups.ts'
import { keyConformance } from './conformance/keys.ts'
import { listUsersConformance } from './conformance/list-users.ts'
import { loadConformance } from './conformance/loads.ts'
import { maintenanceConformance } from './conformance/maintenance.ts'
import { operatorConformance } from './conformance/operators.ts'
import { poolConformance } from './conformance/pools.ts'
import { possessionConformance } from './conformance/possessions.ts'
import { sessionConformance } from './conformance/sessions.ts'
import { userConformance } from './conformance/users.ts'
import type { Store } from './store.ts'

/** What every Store must do; `open` answers an empty one. */
export const storeConformance = (name: string, open: () => Promise<Store>): void => {
  describe(name, () => {
    let opened: Store | undefined
    const store = (): Store => {
      if (opened === undefined) throw new Error('the store is not open')
      return opened
    }
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened?.close())

    poolConformance(store)
    domainConformance(store)
    clientConformance(store)
    brandingConformance(store)
    groupConformance(store)
    userConformance(store)
    listUsersConformance(store)
    loadConformance(store)
    counterConformance(store)
    sessionConformance(store)
    authorizationCodeConformance(store)
    possessionConformance(store)
    keyConformance(store)
    operatorConformance(store)
    maintenanceConformance(store)
  })
}
