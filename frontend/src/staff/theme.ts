import { createTheme, type MantineColorsTuple } from '@mantine/core';

const cham: MantineColorsTuple = ['#f3f6fc', '#e4eaf7', '#cbd6ee', '#a9bae0', '#7f97cd', '#5a78b9', '#3554a0', '#2c427f', '#243463', '#1c2749'];
const rung: MantineColorsTuple = ['#e1f3e8', '#c4e5d2', '#a0d3b6', '#7abf98', '#56a97b', '#378f60', '#227849', '#17603f', '#124a36', '#0c3526'];
const doo: MantineColorsTuple = ['#fce7e9', '#f6c9ce', '#eb9ba4', '#dd6b78', '#cc4553', '#b82c3b', '#a8222f', '#9c1c2b', '#7d1622', '#5e101a'];
const nghe: MantineColorsTuple = ['#fdf1d2', '#fae3a9', '#f6d27a', '#f1c04d', '#e9a820', '#cf9212', '#a87309', '#8a5c05', '#6b4300', '#4d3000'];

/** The same tokens as the learner app, in Mantine's form. */
export const theme = createTheme({
  colors: { cham, rung, do: doo, nghe }, primaryColor: 'cham', primaryShade: 7, defaultRadius: 8, white: '#ffffff', black: '#1b1f27',
  fontFamily: '"Noto Sans", system-ui, Roboto, sans-serif', lineHeights: { md: '1.5' }, headings: { fontWeight: '700', sizes: { h1: { fontSize: '26px', lineHeight: '1.35' }, h2: { fontSize: '20px', lineHeight: '1.4' }, h3: { fontSize: '17px', lineHeight: '1.4' } } },
  components: { Button: { defaultProps: { size: 'md' } }, TextInput: { defaultProps: { size: 'md', withAsterisk: false } }, Textarea: { defaultProps: { size: 'md', withAsterisk: false } }, Checkbox: { defaultProps: { size: 'md' } }, Radio: { defaultProps: { size: 'md' } }, NumberInput: { defaultProps: { size: 'md', withAsterisk: false } }, Select: { defaultProps: { size: 'md', withAsterisk: false } }, Table: { defaultProps: { verticalSpacing: 'xs' } } },
});
