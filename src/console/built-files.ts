import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { ConsoleReply } from './console-request.ts'

/** Reads what the build left in dist/console. */
export interface BuiltFiles {
  /** The page that every address of the console shows; undefined where the console isn't built. */
  page(): Promise<string | undefined>
  /** A file beside the page, in the best encoding that the client takes; undefined where there is none of that name. */
  file(name: string, acceptEncoding: string | undefined): Promise<ConsoleReply | undefined>
}

// The build lays everything flat into dist/; sources lie in src/console/ beside it.
const besideThisFile = new URL(import.meta.url.endsWith('.ts') ? '../../dist/console/' : './console/', import.meta.url)

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

/** Hashed names never get other contents; the others are asked for again. */
const cacheOf = (name: string): string => (name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')

const takes = (acceptEncoding: string, coding: string): boolean =>
  acceptEncoding.split(',').some((entry) => {
    const [name, quality = ''] = entry
      .trim()
      .toLowerCase()
      .split(/\s*;\s*q=/)
    return name === coding && !/^0(?:\.0*)?$/.test(quality)
  })

/** The console's files in a folder, by default where the build puts them. They exist only compressed with brotli; who takes that gets them as they are. */
export const createBuiltFiles = (folder: URL = besideThisFile): BuiltFiles => {
  const read = (name: string) =>
    readFile(new URL(name, folder)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
      throw error
    })
  return {
    page: async () => (await read('index.html'))?.toString('utf8'),
    file: async (name, acceptEncoding = '') => {
      const extension = /^(?:assets\/)?[\w-]+(?:\.[\w-]+)*\.(\w+)$/.exec(name)?.[1] ?? ''
      const type = types[extension]
      if (type === undefined) return undefined
      const brotli = await read(`${name}.br`)
      if (brotli === undefined) return undefined
      const headers = { 'content-type': type, 'cache-control': cacheOf(name), vary: 'accept-encoding' }
      if (takes(acceptEncoding, 'br')) return { status: 200, headers: { ...headers, 'content-encoding': 'br' }, body: brotli }
      // Chromium offers brotli over https and to localhost alone.
      const { brotliDecompress, gzip } = await import('node:zlib')
      const plain = await promisify(brotliDecompress)(brotli)
      if (!takes(acceptEncoding, 'gzip')) return { status: 200, headers, body: plain }
      return { status: 200, headers: { ...headers, 'content-encoding': 'gzip' }, body: await promisify(gzip)(plain) }
    },
  }
}
