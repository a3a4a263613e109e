// A file that is shown to whoever sits in front of this machine.
export { openOnDesktop } from '../stack/desktop.ts'
