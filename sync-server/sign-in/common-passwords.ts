/** Words that passwords of ten characters and more are made of again and again, Dutch and English, by reading public lists of the commonest. */
const words = [
  'password',
  'passw0rd',
  'wachtwoord',
  'welkom',
  'welcome',
  'qwerty',
  'qwertyuiop',
  'azerty',
  'azertyuiop',
  'letmein',
  'iloveyou',
  'admin',
  'administrator',
  'changeme',
  'geheim',
  'secret',
  'test',
  'plein',
  'intranet',
  'voetbal',
  'football',
  'baseball',
  'basketball',
  'superman',
  'dragon',
  'monkey',
  'sunshine',
  'princess',
  'starwars',
  'computer',
  'internet',
  'zomer',
  'winter',
  'lente',
  'herfst',
  'summer',
  'spring',
  'autumn',
  'amsterdam',
  'rotterdam',
  'utrecht',
  'nederland',
  'holland',
  'belgie',
  'feyenoord',
  'ajax',
  'january',
  'januari',
  'maandag',
  'monday',
  'company',
  'bedrijf',
  'hallo',
  'hello',
  'trustno',
  'master',
  'abc',
  'abcdefghij',
  'asdfghjkl',
  'zxcvbnm',
  'qazwsx',
  'qwe',
  'asd',
  'zxc',
] as const

const padding = /^[\d\W_]+|[\d\W_]+$/g

/** Whether a password (lower case) is nothing but one or two such words with digits and marks around them, or a run of digits. */
export function isCommonPassword(plain: string): boolean {
  const core = plain.replace(padding, '')
  if (core === '') return true
  const known: readonly string[] = words
  const isKnown = (part: string) => known.includes(part.replace(padding, ''))
  if (isKnown(core)) return true
  return known.some((word) => core.startsWith(word) && isKnown(core.slice(word.length)))
}
