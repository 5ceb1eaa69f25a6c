import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import Textarea from '@cloudscape-design/components/textarea'
import type { ReactNode } from 'react'
import type { StyleSettings } from '../../../../src/domain/login-branding.ts'
import type { Draft } from '../../hooks/use-draft.ts'
import { useLocation } from '../../router/location.ts'
import { setQuery } from '../../router/set-query.ts'
import { parseStyle, styleText } from '../../settings/style-values.ts'
import { ColoursForm, LayoutForm } from './style-form.tsx'

/** The settings document while it is edited. */
export interface StyleDraft {
  readonly text: string
}

/** Edits the settings document of a style: its main colours and places by a form, all of it as JSON. */
export const StyleEditor = ({
  draft,
  pending,
  onSave,
}: {
  readonly draft: Draft<StyleDraft>
  readonly pending: boolean
  readonly onSave: () => void
}) => {
  const { values, set, isDirty, reset } = draft
  const tab = useLocation().searchParams.get('tab') ?? 'light'
  const parsed = parseStyle(values.text)
  const fault = 'fault' in parsed ? parsed.fault : undefined
  const change = (settings: StyleSettings) => set({ text: styleText(settings) })
  const form = (content: (settings: StyleSettings) => ReactNode) =>
    'settings' in parsed ? content(parsed.settings) : content(looseSettings(values.text))
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={!isDirty} onClick={() => reset()}>
                Discard changes
              </Button>
              <Button variant="primary" disabled={!isDirty || fault !== undefined} loading={pending} onClick={onSave}>
                Save changes
              </Button>
            </SpaceBetween>
          }
        >
          Settings
        </Header>
      }
    >
      <SpaceBetween size="m">
        {fault !== undefined && <Alert type="error">{fault}</Alert>}
        <Tabs
          activeTabId={tab}
          onChange={({ detail }) => setQuery({ tab: detail.activeTabId })}
          tabs={[
            {
              id: 'light',
              label: 'Light mode',
              content: form((settings) => <ColoursForm mode="lightMode" settings={settings} onChange={change} />),
            },
            {
              id: 'dark',
              label: 'Dark mode',
              content: form((settings) => <ColoursForm mode="darkMode" settings={settings} onChange={change} />),
            },
            { id: 'layout', label: 'Layout', content: form((settings) => <LayoutForm settings={settings} onChange={change} />) },
            {
              id: 'json',
              label: 'JSON editor',
              content: (
                <FormField
                  label="Settings document"
                  description="As CreateManagedLoginBranding takes it. What it leaves out looks as the server has it."
                  stretch
                >
                  <Textarea value={values.text} onChange={({ detail }) => set({ text: detail.value })} rows={28} spellcheck={false} />
                </FormField>
              ),
            },
          ]}
        />
      </SpaceBetween>
    </Container>
  )
}

/** What forms show of a document that is refused: its members where it is JSON, so that a wrong colour can be put right where it was typed. */
const looseSettings = (text: string): StyleSettings => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as StyleSettings) : {}
  } catch {
    return {}
  }
}
