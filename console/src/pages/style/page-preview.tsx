import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import { useEffect, useRef, useState } from 'react'
import { useLoad } from '../../hooks/use-load.ts'

/** How the preview looks. */
export interface PreviewLook {
  readonly mode: 'light' | 'dark'
  /** Stands in for the client's own sheet; undefined leaves what the page links. */
  readonly sheet: string | undefined
}

/** The page without what runs; undefined where the server shows something else than a page. */
const fetchPage = async (url: string, signal: AbortSignal): Promise<string | undefined> => {
  const answer = await fetch(url, { credentials: 'omit', redirect: 'manual', cache: 'no-store', signal })
  return answer.ok && answer.headers.get('content-type')?.startsWith('text/html') ? answer.text() : undefined
}

// Nothing in the frame runs or is sent anywhere: it has no scripts and no forms, and scripts of a parsed document never start.
const show = (frame: HTMLIFrameElement, text: string): void => {
  const shown = frame.contentDocument
  if (shown === null) return
  const page = new DOMParser().parseFromString(text, 'text/html')
  for (const script of page.querySelectorAll('script')) script.remove()
  for (const field of page.querySelectorAll('[autofocus]')) field.removeAttribute('autofocus')
  page.body.inert = true
  shown.replaceChild(shown.adoptNode(page.documentElement), shown.documentElement)
}

const dress = (frame: HTMLIFrameElement, { mode, sheet }: PreviewLook): void => {
  const shown = frame.contentDocument
  const view = frame.contentWindow as (Window & typeof globalThis) | null
  if (shown === null || view === null) return
  shown.documentElement.dataset['mode'] = mode
  if (sheet === undefined) return
  for (const link of shown.querySelectorAll<HTMLLinkElement>('link[href*="/assets/branding/"][rel="stylesheet"]')) link.disabled = true
  const draft = new view.CSSStyleSheet()
  draft.replaceSync(sheet)
  shown.adoptedStyleSheets = [draft]
}

/**
 * The real sign-in page as the server shows it to nobody in particular, with a sheet that isn't saved yet. The page itself may stand in no
 * frame, so its markup is fetched and put into an empty one.
 */
export const PagePreview = ({ url, version, look }: { readonly url: string; readonly version: string; readonly look: PreviewLook }) => {
  const frame = useRef<HTMLIFrameElement>(null)
  const [isReady, setIsReady] = useState(false)
  const { value, error, loading } = useLoad((signal) => fetchPage(url, signal), `${url} ${version}`)
  const { mode, sheet } = look
  useEffect(() => {
    if (!isReady || frame.current === null || value === undefined) return
    show(frame.current, value)
  }, [isReady, value])
  useEffect(() => {
    if (!isReady || frame.current === null || value === undefined) return
    dress(frame.current, { mode, sheet })
  }, [isReady, value, mode, sheet])
  if (error !== undefined || (value === undefined && !loading)) {
    return <Alert type="info">The sign-in page can't be shown here. Open it in a new tab.</Alert>
  }
  return (
    <>
      <iframe
        ref={frame}
        className="page-preview"
        title="Preview of the sign-in page"
        sandbox="allow-same-origin"
        srcDoc="<!doctype html><html lang='en'><title>Preview</title></html>"
        tabIndex={-1}
        onLoad={() => setIsReady(true)}
      />
      <Box variant="small">Colours and corners change at once; images and the layout when they are saved.</Box>
    </>
  )
}
