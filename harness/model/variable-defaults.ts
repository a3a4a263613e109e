// Texts of a compose file as they are when the environment says nothing.

/** `${MEMORY:-64m}` -> 64m. A variable without a default is empty. */
export function withDefaults(text: string): string {
  return text.replaceAll(/\$\{\w+(?::?-([^}]*))?\}/g, '$1')
}
