import type { StyleSettings } from '../../src/domain/login-branding.ts'

type Colours = { readonly [name: string]: string | Colours }

const bothModes = (light: Colours, dark: Colours = light): StyleSettings =>
  ({ lightMode: { ...light }, darkMode: { ...dark } }) as StyleSettings

const states = (hue: string): Colours => ({
  defaults: { backgroundColor: `${hue}0000ff`, borderColor: `${hue}1000ff`, textColor: 'ffffffff' },
  hover: { backgroundColor: `${hue}2000ff`, borderColor: `${hue}3000ff`, textColor: 'fffff0ff' },
  active: { backgroundColor: `${hue}4000ff`, borderColor: `${hue}5000ff`, textColor: 'ffffe0ff' },
})

const indications = bothModes({
  error: { indicatorColor: 'aa0000ff', backgroundColor: 'ffeeeeff', borderColor: 'cc0000ff' },
  success: { indicatorColor: '00aa00ff', backgroundColor: 'eeffeeff', borderColor: '00cc00ff' },
})

/** Settings with everything that pages render, in the shape of AWS's example (API_CreateManagedLoginBranding). */
export const fullStyle: StyleSettings = {
  categories: {
    global: { colorSchemeMode: 'DYNAMIC', spacingDensity: 'REGULAR', pageHeader: { enabled: true }, pageFooter: { enabled: true } },
    form: { displayGraphics: true, location: { horizontal: 'END', vertical: 'CENTER' } },
    auth: { authMethodOrder: [[{ display: 'INPUT', type: 'USERNAME_PASSWORD' }]] },
  },
  componentClasses: {
    buttons: { borderRadius: 3 },
    divider: bothModes({ borderColor: 'ddccddff' }),
    focusState: bothModes({ borderColor: '123456ff' }),
    idpButtons: { icons: { enabled: true } },
    input: { borderRadius: 5, ...bothModes({ defaults: { backgroundColor: 'fffffaff', borderColor: '707070ff' } }) },
    inputDescription: bothModes({ textColor: '404040ff' }),
    inputLabel: bothModes({ textColor: '202020ff' }),
    link: bothModes({ defaults: { textColor: '0000aaff' }, hover: { textColor: '000077ff' } }),
    optionControls: bothModes({ selected: { backgroundColor: '550055ff' } }),
    statusIndicator: indications,
  },
  components: {
    alert: { borderRadius: 7, ...indications },
    favicon: { enabledTypes: ['ICO', 'SVG'] },
    form: {
      borderRadius: 11,
      backgroundImage: { enabled: true },
      logo: { enabled: true, location: 'START', position: 'TOP', formInclusion: 'IN' },
      ...bothModes({ backgroundColor: 'fefefeff', borderColor: 'cacacaff' }, { backgroundColor: 'f0f0f0ff', borderColor: 'b0b0b0ff' }),
    },
    pageBackground: { image: { enabled: true }, ...bothModes({ color: 'e0e8f0ff' }, { color: '102030ff' }) },
    pageHeader: {
      backgroundImage: { enabled: true },
      logo: { enabled: true, location: 'CENTER' },
      ...bothModes({ background: { color: 'd0e0d0ff' }, borderColor: 'a0b0a0ff' }),
    },
    pageFooter: {
      backgroundImage: { enabled: true },
      logo: { enabled: true, location: 'START' },
      ...bothModes({ background: { color: 'd0d0e0ff' }, borderColor: 'a0a0b0ff' }),
    },
    pageText: bothModes({ headingColor: '111111ff', bodyColor: '222222ff', descriptionColor: '333333ff' }),
    primaryButton: bothModes(states('80')),
    secondaryButton: bothModes(states('30')),
  },
}
