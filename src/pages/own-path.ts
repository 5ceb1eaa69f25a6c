import { publicPath } from '../domain/public-path.ts'

/**
 * The path at which browsers reach `path` of this server: below the path of the public URL, which a proxy takes off again. Every address of
 * ours that a page or a redirect names is made here.
 */
export const ownPath = ({ publicUrl }: { readonly publicUrl: string }, path: string): string => publicPath(publicUrl) + path
