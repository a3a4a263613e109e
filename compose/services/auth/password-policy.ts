// Says what is wrong with a password, all of it at once.

/** What a password must have. */
export interface PasswordPolicy {
  readonly minLength: number
  readonly upper: boolean
  readonly lower: boolean
  readonly digit: boolean
  readonly symbol: boolean
}

/** Longer ones are refused, as hashing them would be a cheap way to burn our processor. */
const MAX_LENGTH = 128

/** The broken rules of `policy`; empty when the password may be used. */
export function passwordProblems(password: string, policy: PasswordPolicy): string[] {
  const rules: [boolean, string][] = [
    [password.length >= policy.minLength, `Password must be at least ${policy.minLength} characters long`],
    [password.length <= MAX_LENGTH, `Password must be at most ${MAX_LENGTH} characters long`],
    [!policy.upper || /\p{Lu}/u.test(password), 'Password must contain at least one uppercase letter'],
    [!policy.lower || /\p{Ll}/u.test(password), 'Password must contain at least one lowercase letter'],
    [!policy.digit || /\p{Nd}/u.test(password), 'Password must contain at least one number'],
    [!policy.symbol || /[^\p{L}\p{N}\s]/u.test(password), 'Password must contain at least one symbol'],
  ]
  return rules.filter(([kept]) => !kept).map(([, message]) => message)
}
