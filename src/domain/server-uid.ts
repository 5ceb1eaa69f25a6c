/** Stands for the server itself where rows and keys belong to no pool. */
export const serverUid = 'server'
