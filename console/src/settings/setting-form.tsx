import Container from '@cloudscape-design/components/container'
import type { ComponentType } from 'react'
import { FormPage } from '../components/form-page.tsx'
import { type Draft, useDraft } from '../hooks/use-draft.ts'
import { navigate } from '../router/location.ts'
import { useFlashes } from '../shell/flashes.tsx'
import { usePool } from '../shell/pool.tsx'
import type { Now, Setting } from './setting.ts'

/** What a form of settings is made from. */
export interface SettingFormParts<V extends object> {
  /** What is edited, as the title says it, e.g. `password policy`. */
  readonly what: string
  readonly read: (now: Now) => V
  readonly fault?: (values: V, now: Now) => string | undefined
  readonly Fields: ComponentType<{ readonly draft: Draft<V>; readonly now: Now }>
  readonly save: (poolId: string, values: V) => Promise<unknown>
}

interface SettingFormProps<V extends object> extends Now {
  readonly parts: SettingFormParts<V>
  readonly back: string
}

const SettingForm = <V extends object>({ parts, back, ...now }: SettingFormProps<V>) => {
  const { what, read, fault, Fields, save } = parts
  const draft = useDraft(what, read(now))
  const flashes = useFlashes()
  const pool = usePool()
  return (
    <FormPage
      title={`Edit ${what}`}
      submit="Save changes"
      fault={fault?.(draft.values, now)}
      cancelHref={back}
      onSubmit={() => save(now.pool.Id ?? '', draft.values)}
      onDone={() => {
        draft.reset(draft.values)
        pool?.reload()
        flashes.say(`Saved: ${what}.`)
        void navigate(back, { force: true })
      }}
    >
      <Container>
        <Fields draft={draft} now={now} />
      </Container>
    </FormPage>
  )
}

/** The form of a group of settings: begins with what is set, saves, says so and goes back. */
export const settingForm =
  <V extends object>(parts: SettingFormParts<V>): Setting['Form'] =>
  (props) => <SettingForm parts={parts} {...props} />
