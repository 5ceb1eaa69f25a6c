import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { Component, type ReactNode } from 'react'

interface State {
  readonly error: unknown
}

/** Shows what broke in a page, or that its file is gone because the server was upgraded, instead of an empty window. */
export class PageBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { error: error ?? 'unknown' }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return (
      <Alert type="error" header="This page can't be shown" action={<Button onClick={() => location.reload()}>Load again</Button>}>
        The server may have been upgraded while the console was open. What you typed in forms is still there after loading again. (
        {error instanceof Error ? error.message : String(error)})
      </Alert>
    )
  }
}
