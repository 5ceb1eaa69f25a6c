import type { PostmanTarget } from './target.ts'

/** What the files of a target are called before their endings: pool and app client, in letters, digits and hyphens. */
export const fileName = ({ pool, client }: Pick<PostmanTarget, 'pool' | 'client'>): string =>
  `${pool.Name} ${client.ClientName}`
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100) || 'poolhouse'
