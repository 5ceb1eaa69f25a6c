import { hrefOf } from '../../router/path.ts'

/** The address of the tester of a pool, to which login pages can lead back: it has no query, since callback URLs match letter by letter. */
export const ownAddress = (poolId: string): string => location.origin + hrefOf('user-pools/:poolId/sign-in-tester', { poolId })
