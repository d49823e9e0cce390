/** What tutorials and samples print, what stands for "put yours here", one character again and again, rows of digits. */
const SAMPLE =
  /^(?:(.)\1*|0?1(?:2(?:3(?:4(?:5(?:6(?:7(?:89?0?)?)?)?)?)?)?)?|(?:my)?(?:pass|password|passwd|pwd|secret)\d*|keepalived|lvs|vrrp|admin|root|test(?:ing)?|changeme|letmein|qwerty|abc\d*|k@l!ve1|d0cker)$/i;

/** True for a password that is a sample as VRRP sends it: what stands behind 8 characters is not (vrrp.c). */
export function isSample(password: string): boolean {
  return SAMPLE.test(password) || SAMPLE.test(password.slice(0, 8));
}
