/** The path of the public URL without a trailing slash: what a proxy in front of the server takes off; empty for a server at the root of its host. */
export const publicPath = (publicUrl: string): string => new URL(publicUrl).pathname.replace(/\/+$/, '')
