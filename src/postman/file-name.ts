import type { PostmanTarget } from './target.ts'

const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100)

/** Names of which a slug loses nothing but the case of the first letter: words in lower case, and for the pool a single one. */
const isKept = (pool: string, client: string): boolean =>
  /^[A-Za-z0-9][a-z0-9]*$/.test(pool) && /^[A-Za-z0-9][a-z0-9]*(?: [a-z0-9]+)*$/.test(client)

/**
 * What the files of a target are called before their endings: pool and app client, in letters, digits and hyphens. Where that could be
 * another app client's name too, the id of this one stands behind it.
 */
export const fileName = ({ pool, client }: Pick<PostmanTarget, 'pool' | 'client'>): string => {
  const name = slug(`${pool.Name} ${client.ClientName}`) || 'poolhouse'
  const isWhole = name.length < 100 && isKept(pool.Name, client.ClientName)
  return isWhole ? name : `${name}.${client.ClientId.replace(/[^\w+]/g, '')}`
}
