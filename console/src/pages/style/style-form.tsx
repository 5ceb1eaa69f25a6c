import Box from '@cloudscape-design/components/box'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Toggle from '@cloudscape-design/components/toggle'
import type { StyleSettings } from '../../../../src/domain/login-branding.ts'
import { settingAt, switchAt, wordAt } from '../../../../src/domain/style-setting.ts'
import { styleColours, styleRadii, styleSwitches, styleWords, withSetting } from '../../settings/style-values.ts'
import { ColourField } from './colour-field.tsx'

interface StyleFormProps {
  readonly settings: StyleSettings
  readonly onChange: (settings: StyleSettings) => void
}

const textAt = (settings: StyleSettings, path: string): string => {
  const value = settingAt(settings, path)
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value)
}

/** The main colours of one colour mode. */
export const ColoursForm = ({ settings, onChange, mode }: StyleFormProps & { readonly mode: 'lightMode' | 'darkMode' }) => (
  <SpaceBetween size="l">
    {styleColours.map(({ title, colours }) => (
      <SpaceBetween key={title} size="xs">
        <Box variant="h3">{title}</Box>
        <ColumnLayout columns={2}>
          {colours.map(([label, pattern]) => {
            const path = pattern.replace('*', mode)
            return (
              <ColourField
                key={path}
                label={label}
                value={textAt(settings, path)}
                onChange={(value) => onChange(withSetting(settings, path, value === '' ? undefined : value))}
              />
            )
          })}
        </ColumnLayout>
      </SpaceBetween>
    ))}
  </SpaceBetween>
)

/** What a style says besides colours. */
export const LayoutForm = ({ settings, onChange }: StyleFormProps) => (
  <SpaceBetween size="l">
    <ColumnLayout columns={2}>
      {styleWords.map(([label, path, words]) => {
        const chosen = wordAt(settings, path, words.map((word) => word.toLowerCase()) as [string, ...string[]]).toUpperCase()
        const options = words.map((value) => ({ value, label: value.toLowerCase() }))
        return (
          <FormField key={path} label={label}>
            <Select
              selectedOption={options.find(({ value }) => value === chosen) ?? null}
              onChange={({ detail }) => onChange(withSetting(settings, path, detail.selectedOption.value))}
              options={options}
            />
          </FormField>
        )
      })}
      {styleRadii.map(([label, path]) => (
        <FormField key={path} label={label} constraintText="Pixels">
          <Input
            type="number"
            value={textAt(settings, path)}
            placeholder="default"
            onChange={({ detail }) => onChange(withSetting(settings, path, detail.value === '' ? undefined : Number(detail.value)))}
          />
        </FormField>
      ))}
    </ColumnLayout>
    <SpaceBetween size="xs">
      {styleSwitches.map(([label, path, otherwise]) => (
        <Toggle
          key={path}
          checked={switchAt(settings, path, otherwise)}
          onChange={({ detail }) => onChange(withSetting(settings, path, detail.checked))}
        >
          {label}
        </Toggle>
      ))}
    </SpaceBetween>
  </SpaceBetween>
)
